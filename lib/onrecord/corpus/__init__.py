"""Many articles: read and analysed into a folder of Parquet tables, on all cores, stopped and taken up at any point.

In: files, folders, downloads, as ``read_articles`` takes them. Out: ``articles``, ``statements``, ``stances`` and
``responses`` (``TABLES`` says what is in them), asked by SQL, and the Analysis of any one article; of a handful,
tables over all of them. It never changes a
text, and never does an article twice.
"""

from onrecord.corpus.asking import Status, failed, query, read_analysis, status
from onrecord.corpus.running import Progress, retry, run
from onrecord.corpus.schema import TABLES, VERSION
from onrecord.corpus.together import analyze_all, articles, choose, together

__all__ = [
    "TABLES",
    "VERSION",
    "Progress",
    "Status",
    "analyze_all",
    "articles",
    "choose",
    "failed",
    "query",
    "read_analysis",
    "retry",
    "run",
    "status",
    "together",
]
