"""A table as an Excel workbook: one sheet with the rows, one with where they come from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from onrecord.export.office_zip import dated_zip
from onrecord.export.provenance import SHEET, Provenance
from onrecord.plain_english import printable

#: What Excel takes in one cell, and as the name of a sheet.
MAX_CELL, MAX_TITLE = 32_767, 31
MIN_WIDTH, MAX_WIDTH = 8, 60


def workbook_bytes(frame: pd.DataFrame, title: str, provenance: Provenance) -> bytes:
    """The workbook: frozen header, filters, column widths by content, long text wrapped; text stays text.

    The same frame and provenance give the same bytes. Text is made printable, and cells are cut at
    Excel's limit of 32,767 characters with "…". Not handled: more rows than Excel takes (1,048,575).
    """
    book = Workbook()
    sheet = book.active
    title = printable(title)
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", title)[:MAX_TITLE] or "table"
    _fill(sheet, list(map(str, frame.columns)), frame.itertuples(index=False, name=None))
    _fill(book.create_sheet(SHEET), ["field", "value"], asdict(provenance).items())
    book.properties.creator = f"onrecord {provenance.onrecord}"
    book.properties.title, book.properties.description = title, provenance.source_line()
    buffer = io.BytesIO()
    book.save(buffer)
    return dated_zip(buffer.getvalue(), provenance.made)


def _fill(sheet: Worksheet, header: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    widths = [len(name) + 4 for name in header]  # room for the filter's arrow
    for column, name in enumerate(header, 1):
        _write(sheet.cell(1, column), name).font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), value).alignment = Alignment(vertical="top", wrap_text=True)
            widths[column - 1] = max(widths[column - 1], len(str(value)) + 2)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width, MIN_WIDTH), MAX_WIDTH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(cell: Cell, value: object) -> Cell:
    """``value`` in ``cell``: numbers and truth values as such, everything else as text, never as a formula."""
    if isinstance(value, bool | int | float):
        cell.value = None if pd.isna(value) else value
        return cell
    text = printable("" if value is None else str(value))
    cell.value = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")  # stays text when the analyst edits the cell
    return cell
