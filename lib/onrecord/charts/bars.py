"""Bars with a name at the left: stances to both sides of a line, words from a line."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import Names, draw_names, folded, set_names
from onrecord.plain_english import NARRATOR, side_name
from onrecord.tables import Row

#: How much of a row's height its bar fills.
THICK = 0.62
#: The longest bar that stands for one: few counts shall not look like many (in rows).
LONGEST_UNIT = 1.6
AGAINST_HEAD, FAVOR_HEAD, NONE_HEAD = "← against", "for →", "no stance"


def stance_by_actor(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Diverging bars from ``tables.stance_by_actor``: against to the left, for to the right, none beside.

    What does not fit the size is summed up in a last row. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.stance_by_actor(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    shown = folded(table, "actor", s, taken=s.row)
    names = set_names([str(actor) for actor in shown["actor"]], s)
    canvas = Canvas(caption, source, size, body=names.height + s.row)
    zero, nothing, unit = _scale(canvas, names, shown)
    top = canvas.top + s.row
    _stance_heads(canvas, zero, nothing)
    draw_names(canvas, names, top, last_is_rest=len(shown) < len(table))
    canvas.rule(zero, top, zero, canvas.bottom, color=style.INK)
    canvas.rule(nothing, top, nothing, canvas.bottom, color=style.NONE)
    for row, y, height in zip(captions.rows_of(shown), names.tops(top), names.heights, strict=True):
        _stance_bar(canvas, zero, y, height, -unit, row["against"], row["against_unsure"], style.AGAINST)
        _stance_bar(canvas, zero, y, height, unit, row["favor"], row["favor_unsure"], style.FAVOR)
        _stance_bar(canvas, nothing, y, height, unit, row["none"], row["none_unsure"], style.NONE)
        for kind, line, step in (("against", zero, -unit), ("favor", zero, unit), ("none", nothing, unit)):
            if row[kind]:
                spot_bar(canvas, line, y, row[kind] * step, height, row["ids"], polarity=kind)
    return canvas.figure


def _scale(canvas: Canvas, names: Names, shown: pd.DataFrame) -> tuple[float, float, float]:
    """Where the zero line and that of "no stance" stand, and the inches per count: one scale for all three."""
    points, gap = canvas.size.text, canvas.size.row * 0.5
    number = text_width("0" * len(str(shown[["against", "favor", "none"]].to_numpy().max())), points) + gap * 0.5
    most = [int(shown[column].max()) for column in ("against", "favor", "none")]
    heads = [text_width(head, points, "bold") + gap * 0.4 for head in (AGAINST_HEAD, FAVOR_HEAD, NONE_HEAD)]
    free = canvas.width - names.width - 2 * gap
    unit = min(canvas.size.row * LONGEST_UNIT, (free - 3 * number) / max(sum(most), 1))
    while sum(_widths(most, heads, number, unit)) > free:
        unit *= 0.97
    widths = _widths(most, heads, number, unit)
    zero = canvas.left + names.width + gap + widths[0]
    return zero, zero + widths[1] + gap, unit


def _widths(most: list[int], heads: list[float], number: float, unit: float) -> list[float]:
    return [max(head, count * unit + number) for count, head in zip(most, heads, strict=True)]


def _stance_heads(canvas: Canvas, zero: float, nothing: float) -> None:
    y, gap = canvas.top + canvas.size.row * 0.45, canvas.size.row * 0.2
    canvas.text(zero - gap, y, AGAINST_HEAD, ha="right", weight="bold", color=style.AGAINST)
    canvas.text(zero + gap, y, FAVOR_HEAD, weight="bold", color=style.FAVOR)
    canvas.text(nothing, y, NONE_HEAD, color=style.SOFT_INK)


def _stance_bar(
    canvas: Canvas, zero: float, y: float, height: float, unit: float, count: int, unsure: int, color: str
) -> None:
    """A bar from the line at ``zero``, to the left for a unit below 0; the uncertain part hatched at its end."""
    if not count:
        return
    thick = canvas.size.row * THICK
    top, sure = y + (height - thick) / 2, (count - unsure) * unit
    if count > unsure:
        canvas.box(zero, top, sure, thick, color)
    if unsure:
        canvas.box(zero + sure, top, unsure * unit, thick, color, unsure=True)
    gap = canvas.size.row * 0.15 * (1 if unit > 0 else -1)
    canvas.text(zero + count * unit + gap, y + height / 2, f"{count:,}", ha="left" if unit > 0 else "right")


def spot_bar(canvas: Canvas, zero: float, y: float, length: float, height: float, ids: str, **choice: str) -> None:
    """Makes the bar that begins at ``zero``, with room for its number, lead to its statements."""
    number = canvas.size.row * 0.7
    left = zero + length - number if length < 0 else zero
    canvas.spot(left, y + height * 0.1, abs(length) + number, height * 0.8, ids, **choice)


def words_by_side(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Bars from ``tables.words_by_side``: words in quotation marks dark, the rest light; the article's own below."""
    caption = captions.words_by_side(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    shown = folded(table, "side", s, row=s.row * 1.3, noun="sides")
    labels = [side_name(str(side)) for side in shown["side"]]
    names = set_names(labels, s, row=s.row * 1.3)
    canvas = Canvas(caption, source, size, body=names.height)
    draw_names(canvas, names, canvas.top, last_is_rest=True)  # the article itself, with whatever was folded into it
    zero = canvas.left + names.width + s.row * 0.5
    words = [f"{row['words']:,} words, {row['share']:.0%}" for row in captions.rows_of(shown)]
    room = canvas.right - zero - max(text_width(label, s.text) for label in words) - s.row * 0.4
    unit = room / max(int(shown["words"].max()), 1)
    canvas.rule(zero, canvas.top, zero, canvas.bottom, color=style.INK)
    thick = s.row * 0.8
    for row, label, y, height in zip(
        captions.rows_of(shown), words, names.tops(canvas.top), names.heights, strict=True
    ):
        _words_bar(canvas, zero, y + (height - thick) / 2, thick, unit, row)
        spot_bar(canvas, zero, y, row["words"] * unit, height, row["ids"])
        canvas.text(zero + row["words"] * unit + s.row * 0.25, y + height / 2, label)
    return canvas.figure


def _words_bar(canvas: Canvas, zero: float, top: float, thick: float, unit: float, row: Row) -> None:
    """Quoted words, then reported ones, then those of uncertain statements; the article's own as an outline."""
    if row["side"] == NARRATOR:
        canvas.frame(zero, top, row["words"] * unit, thick, color=style.NONE)
        return
    words, doubted = row["words"] * unit, row["words_unsure"] * unit
    canvas.box(zero, top, words, thick, style.REPORTED)
    canvas.box(zero, top, row["quoted_words"] * unit, thick, style.QUOTED)
    if doubted:
        canvas.box(zero + words - doubted, top, doubted, thick, style.REPORTED, unsure=True)
