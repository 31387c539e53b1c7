"""The report's files: one page and one Word document of the same name."""

from __future__ import annotations

from pathlib import Path

from onrecord.export import Provenance, page_bytes, save_files
from onrecord.records import Analysis
from onrecord.report.as_docx import docx_bytes
from onrecord.report.as_html import report_html
from onrecord.report.contents import report_document


def save_report(analysis: Analysis, stem: Path | str, *, provenance: Provenance, overwrite: bool = False) -> list[Path]:
    """The paths of the report on ``analysis`` as .html and .docx; names and ``overwrite`` as in ``save_figure``."""
    document = report_document(analysis, provenance)
    page = page_bytes(report_html(document, analysis), provenance)
    contents = {".html": page, ".docx": docx_bytes(document)}
    return save_files(Path(stem), contents, document.title, provenance, overwrite)
