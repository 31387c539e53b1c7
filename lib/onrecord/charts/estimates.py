"""What counts would be if all were checked: the machine's number, the estimate, and how far it can be trusted."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.captions import rows_of
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import draw_names, draw_row_rules, set_names
from onrecord.tables import Row


def estimates(table: pd.DataFrame, *, what: str, source: str, size: str = "medium") -> Chart:
    """A row per count of table ``estimates``: its 95% interval and estimate, and a mark where the machine's number is.

    ``what`` says what is counted ("acts"). Rows that the size has no room for are left out and named in the note, the
    least frequent first. Raises ``OnrecordError`` for an unknown size.
    """
    s = style.size_named(size)
    shown = table.head(max(int(s.body / s.row) - 2, 1))
    caption = captions.estimates(table, what, left_out=len(table) - len(shown))
    if not caption.tells:
        return empty(caption, source=source, size=size)
    names = set_names([str(name) for name in shown["count"]], s)
    numbers = [captions.interval(row) for row in rows_of(shown)]
    canvas = Canvas(caption, source, size, body=names.height)
    zero = canvas.left + names.width + s.row * 0.6
    room = canvas.right - max(text_width(number, s.text) for number in numbers) - s.row * 0.5 - zero
    unit = room / max(float(shown["high"].max()), float(shown["machine"].max()), 1.0)
    draw_names(canvas, names, canvas.top)
    draw_row_rules(canvas, names, canvas.top)
    for row, number, y, height in zip(rows_of(shown), numbers, names.tops(canvas.top), names.heights, strict=True):
        _estimate(canvas, row, zero, unit, y, height)
        canvas.text(canvas.right, y + height / 2, number, ha="right")
    return canvas.figure


def _estimate(canvas: Canvas, row: Row, zero: float, unit: float, y: float, height: float) -> None:
    middle, machine = y + height / 2, zero + row["machine"] * unit
    canvas.rule(zero + row["low"] * unit, middle, zero + row["high"] * unit, middle, color=style.QUOTED, width=1.6)
    canvas.dot(zero + row["estimate"] * unit, middle, canvas.size.text * 0.36 / 72, style.FAVOR)
    canvas.rule(machine, y + height * 0.2, machine, y + height * 0.8, color=style.INK, width=1.6)
