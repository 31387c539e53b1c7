"""The report on one article: every notebook run, one HTML page and one Word document, an index of all of them.

In: an article's path, or an ``Analysis``. Out: files, and what failed in words.
It never labels or counts: that is done in the rooms before it.
"""

from onrecord.report.contents import report_document
from onrecord.report.notebook_folder import own_notebooks
from onrecord.report.run_notebooks import report
from onrecord.report.save_report import save_report

__all__ = ["own_notebooks", "report", "report_document", "save_report"]
