"""The report on one article, as one HTML page and one Word document: what an analyst hands on."""

from onrecord.document.contents import report_document
from onrecord.document.saved import save_report

__all__ = ["report_document", "save_report"]
