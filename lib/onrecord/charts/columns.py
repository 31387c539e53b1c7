"""Actors in rows, kinds in columns: acts and quote types as bars, each column from a line of its own."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.captions import Caption
from onrecord.charts.bars import spot_bar
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.matrix import draw_tile
from onrecord.charts.rows import Names, draw_head, draw_names, draw_row_rules, folded, set_heads, set_names
from onrecord.plain_english import act_name
from onrecord.records import ACTS, QUOTE_TYPES

#: Acts from left to right: what charges and what answers first, then the rest in the order of the scheme.
ACT_ORDER = ("accusation", "denial", "refusal", "no_comment", "confirmation", *ACTS[5:])
#: The widest column of bars, and the longest bar that stands for one, in rows.
WIDEST, LONGEST_UNIT = 4.6, 1.2
#: Where a bar for one would be shorter than this, in rows, there are tiles: so short a bar shows no hatching.
TILED = 0.25
#: Count, uncertain ones among them, ids, top, height.
Cell = tuple[int, int, str, float, float]
QUOTE_COLORS = {"direct": style.QUOTED, "mixed": style.OTHER_ACT, "indirect": style.REPORTED}


def acts_by_actor(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Bars from ``tables.acts_by_actor``: a column per act that occurs, accusations and denials in colour.

    One scale for all columns. Raises ``OnrecordError`` for an unknown size.
    """
    acts = [act for act in ACT_ORDER if not table.empty and table[act].sum()]
    heads = {act: act_name(act) for act in acts}
    colors = {act: style.act_color(act) for act in acts}
    return _columns(table, heads, colors, "acts", captions.acts_by_actor(table), source, size)


def quotes_by_actor(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Bars from ``tables.quotes_by_actor``: a column each for direct, mixed and indirect quotation."""
    heads = {quote: quote for quote in QUOTE_TYPES}
    return _columns(table, heads, QUOTE_COLORS, "quotes", captions.quotes_by_actor(table), source, size)


def _columns(
    table: pd.DataFrame,
    heads: dict[str, str],
    colors: dict[str, str],
    key: str,
    caption: Caption,
    source: str,
    size: str,
) -> Chart:
    """A column of bars for each of ``heads`` (column of the table → its heading); ``key`` is their filter."""
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    width = set_names([str(actor) for actor in table["actor"]], s).width
    step = min((s.width - 2 * s.margin - width - s.row * 0.5) / len(heads), s.row * WIDEST)
    headings = set_heads(list(heads.values()), step, s)
    shown = folded(table, "actor", s, taken=headings.height)
    names = set_names([str(actor) for actor in shown["actor"]], s)
    canvas = Canvas(caption, source, size, body=names.height + headings.height)
    top = canvas.top + headings.height
    draw_names(canvas, names, top, last_is_rest=len(shown) < len(table))
    draw_row_rules(canvas, names, top)
    most = max(int(shown[column].max()) for column in heads)
    number = text_width(f"{most:,}", s.text) + s.row * 0.3
    unit = min((step - number - s.row * 0.15) / most, s.row * LONGEST_UNIT)
    x = canvas.right - step * len(heads) if step < s.row * WIDEST else canvas.left + width + s.row * 0.5
    narrow = unit < s.row * TILED
    for index, column in enumerate(heads):
        zero, strong = x + index * step, column in ("accusation", "denial")
        draw_head(canvas, headings, index, zero, top, color=colors[column] if strong else style.SOFT_INK)
        cells = _cells(shown, column, names, top)
        if narrow:
            _tiles(canvas, zero, step, cells, colors[column])
        else:
            canvas.rule(zero, top, zero, canvas.bottom, color=style.INK if strong else style.NONE)
            _bars(canvas, zero, unit, cells, colors[column])
        for count, _, ids, y, height in cells:
            spot_bar(canvas, zero, y, step * 0.8 if narrow else count * unit, height, ids, **{key: column})
    return canvas.figure


def _cells(shown: pd.DataFrame, column: str, names: Names, top: float) -> list[Cell]:
    """The counts of a column that are not 0, with how many of them are uncertain, their ids, top and height."""
    unsure = shown[f"{column}_unsure"] if f"{column}_unsure" in shown else pd.Series(0, index=shown.index)
    cells = zip(shown[column], unsure, shown["ids"], names.tops(top), names.heights, strict=True)
    return [cell for cell in cells if cell[0]]


def _bars(canvas: Canvas, zero: float, unit: float, cells: list[Cell], color: str) -> None:
    """Bars from the line at ``zero``, ``unit`` inches per statement, the uncertain part hatched at the end."""
    thick = canvas.size.row * 0.62
    for count, doubted, _, y, height in cells:
        upper, sure = y + (height - thick) / 2, (count - doubted) * unit
        if sure:
            canvas.box(zero, upper, sure, thick, color)
        if doubted:
            canvas.box(zero + sure, upper, doubted * unit, thick, color, unsure=True)
        canvas.text(zero + count * unit + canvas.size.row * 0.15, y + height / 2, f"{count:,}")


def _tiles(canvas: Canvas, x: float, width: float, cells: list[Cell], color: str) -> None:
    """Numbers on tiles, where a column has no room for bars."""
    high = canvas.size.row * 0.84
    for count, doubted, _, y, height in cells:
        spot = (x, y + (height - high) / 2, width * 0.92, high)
        draw_tile(canvas, *spot, f"{count:,}", color, 1 - doubted / count)
