"""How good the reading is: scores with their intervals, scores against truth, acts taken for one another."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.captions import rows_of
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import draw_head, draw_names, draw_row_rules, set_heads, set_names
from onrecord.plain_english import act_name
from onrecord.records import ACTS
from onrecord.tables import Row

#: The marks of a scale of shares.
MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def scores(table: pd.DataFrame, *, what: str, source: str, size: str = "medium") -> Chart:
    """Dots from table ``scores`` on a scale from 0 to 1, each with its 95% interval and its number of items.

    ``what`` says what is measured, as the subtitle. Rows without items are left out. Raises ``OnrecordError`` for
    an unknown size.
    """
    caption = captions.scores(table, what)
    known = table[table["score"].notna() & (table["items"] > 0)]
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    names = set_names([str(name) for name in known["measure"]], s, share=0.42)
    numbers = [f"{row['score']:.2f}  (n {row['items']:,})" for row in rows_of(known)]
    canvas = Canvas(caption, source, size, body=names.height + s.row)
    top, zero = canvas.top + s.row, canvas.left + names.width + s.row * 0.6
    unit = canvas.right - max(text_width(number, s.text) for number in numbers) - s.row * 0.5 - zero
    for mark in MARKS:
        canvas.rule(zero + mark * unit, top, zero + mark * unit, canvas.bottom)
        if unit > s.row * 8 or mark in (0, 0.5, 1):
            canvas.text(zero + mark * unit, canvas.top + s.row * 0.5, f"{mark:g}", ha="center", color=style.SOFT_INK)
    draw_names(canvas, names, top)
    for row, number, y, height in zip(rows_of(known), numbers, names.tops(top), names.heights, strict=True):
        _score(canvas, row, zero, unit, y + height / 2)
        canvas.text(canvas.right, y + height / 2, number, ha="right")
    return canvas.figure


def _score(canvas: Canvas, row: Row, zero: float, unit: float, y: float) -> None:
    if row["low"] == row["low"]:  # else it has no interval
        canvas.rule(zero + row["low"] * unit, y, zero + row["high"] * unit, y, color=style.QUOTED, width=1.6)
    canvas.dot(
        zero + row["score"] * unit, y, canvas.size.text * 0.36 / 72, style.FAVOR, unsure=row["items"] < captions.FEW
    )


def reliability(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """A reliability diagram from table ``reliability``: how often statements of a score are right, with intervals.

    Below, how many statements each bin holds. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.reliability(table)
    known = table[table["statements"] > 0]
    if known.empty:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    side = min((s.width - 2 * s.margin) * 0.7, s.row * 16, s.body - s.row * 3)
    canvas = Canvas(caption, source, size, body=side + s.row * 2.8)
    left, low = canvas.left + text_width("0.25", s.text) + s.row * 1.3, canvas.top + side
    _square(canvas, left, low, side)
    for row in rows_of(known):
        x, few = left + row["mean_score"] * side, row["statements"] < captions.FEW
        canvas.rule(x, low - row["low"] * side, x, low - row["high"] * side, color=style.QUOTED, width=1.4)
        canvas.dot(x, low - row["right"] * side, s.text * 0.4 / 72, style.FAVOR, unsure=few)
    _counts(canvas, known, left, low, side)
    return canvas.figure


def _square(canvas: Canvas, left: float, low: float, side: float) -> None:
    """The grid with its marks, the line of perfect scores and the names of the axes."""
    s = canvas.size
    for mark in MARKS:
        canvas.rule(left, low - mark * side, left + side, low - mark * side)
        canvas.rule(left + mark * side, low, left + mark * side, low - side)
        canvas.text(left - s.row * 0.25, low - mark * side, f"{mark:g}", ha="right", color=style.SOFT_INK)
        canvas.text(left + mark * side, low + s.row * 0.5, f"{mark:g}", ha="center", color=style.SOFT_INK)
    canvas.rule(left, low, left + side, low - side, color=style.NONE, width=1.2, dash=(0, (5, 3)))
    canvas.text(canvas.left + s.row * 0.5, low - side / 2, "right", ha="center", color=style.INK, upright=True)
    canvas.text(left + side + s.row * 0.5, low + s.row * 0.5, "score", color=style.INK)


def _counts(canvas: Canvas, known: pd.DataFrame, left: float, low: float, side: float) -> None:
    """How many statements stand behind each dot, one that would touch its neighbour on a second line."""
    s = canvas.size
    free = [left, left]  # where the next number may begin, on either line
    for row in rows_of(known):
        x, number = left + row["mean_score"] * side, f"{row['statements']:,}"
        half = text_width(number, s.note) / 2
        line = 0 if x - half >= free[0] else 1
        free[line] = x + half + s.row * 0.2
        canvas.text(x, low + s.row * (1.3 + 0.8 * line), number, points=s.note, ha="center", color=style.SOFT_INK)
    canvas.text(left - s.row * 0.25, low + s.row * 1.3, "n", points=s.note, ha="right", color=style.SOFT_INK)


def confusion(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """A matrix from table ``confusion``: acts of the gold in rows, acts as read in columns, right ones framed.

    Acts that occur neither way are left out. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.confusion(table)
    counts = table.set_index("gold")
    shown = [act for act in ACTS if counts[act].sum() or (act in counts.index and counts.loc[act].sum())]
    rows = [*shown, *(name for name in counts.index if name not in ACTS and counts.loc[name].sum())]
    columns = [*shown, *(["not_found"] if counts["not_found"].sum() else [])]
    if not shown:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    names = set_names([act_name(row) for row in rows], s, row=s.row * 1.25)
    step = (s.width - 2 * s.margin - names.width - s.row * 0.5) / len(columns)
    heads = set_heads([act_name(column).replace("_", " ") for column in columns], step, s)
    canvas = Canvas(caption, source, size, body=names.height + heads.height)
    top, x = canvas.top + heads.height, canvas.left + names.width + s.row * 0.5
    draw_names(canvas, names, top)
    draw_row_rules(canvas, names, top)
    for index, column in enumerate(columns):
        draw_head(canvas, heads, index, x + index * step, top, color=style.SOFT_INK)
        for row, y, height in zip(rows, names.tops(top), names.heights, strict=True):
            _cell(canvas, x + index * step, y, step, height, counts.loc[row], column, right=row == column)
    return canvas.figure


def _cell(
    canvas: Canvas, x: float, y: float, width: float, height: float, row: pd.Series, column: str, *, right: bool
) -> None:
    """A count on a ground as dark as its share of the row."""
    count, total = int(row[column]), int(row.sum())
    gap = canvas.size.row * 0.06
    ground, ink = style.shade(count / total if total else 0)
    if count:
        canvas.box(x, y + gap, width - gap, height - 2 * gap, ground)
        canvas.text(
            x + width / 2, y + height / 2, f"{count:,}", ha="center", color=ink, weight="bold" if right else "normal"
        )
    if right:
        canvas.frame(x, y + gap, width - gap, height - 2 * gap, color=style.INK)
