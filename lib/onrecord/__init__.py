"""onrecord: who is on record with what. Claims, denials and stances in news articles.

The front door: what notebooks and scripts of one's own import. ``analyze`` and ``read_articles`` lead to records; what
is made of them stands in rooms of its own, each loaded when it is imported:

>>> from onrecord import analyze, charts, corrections, desk, evaluation, export, findings, read_articles, report, show
>>> from onrecord import tables
"""

from onrecord.names import OwnActors, read_actors
from onrecord.pipeline import analyze
from onrecord.records import Analysis, Article, Dispute, OnrecordError, Response, Span, Stance, Statement
from onrecord.statements import ENGINES
from onrecord.text import read_articles

__version__ = "0.1.0"
__all__ = [
    "ENGINES",
    "Analysis",
    "Article",
    "Dispute",
    "OnrecordError",
    "OwnActors",
    "Response",
    "Span",
    "Stance",
    "Statement",
    "analyze",
    "read_actors",
    "read_articles",
]
