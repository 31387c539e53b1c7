"""Names at the left of rows and above columns: wrapped and measured; and the row that counts what has no room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from onrecord import style
from onrecord.charts.canvas import Canvas
from onrecord.charts.lettering import both_ends, fits, text_width, wrapped

#: The names' share of a chart's width, at most.
NAMES = 0.36
MAX_LINES = 2


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the rows, wrapped: ``width`` in inches of the widest line, ``heights`` of the rows."""

    lines: tuple[tuple[str, ...], ...]
    width: float
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.heights)

    def tops(self, start: float) -> list[float]:
        """The upper edge of each row, the first at ``start``."""
        return [start + sum(self.heights[:index]) for index in range(len(self.heights))]


def set_names(names: Sequence[str], size: style.Size, *, share: float = NAMES, row: float = 0.0) -> Names:
    """The names wrapped into at most two lines of ``share`` of the width; rows at least ``row`` inches high."""
    limit = (size.width - 2 * size.margin) * share
    lines = _told_apart(names, limit, size.text)
    widest = max((text_width(line, size.text) for name in lines for line in name), default=0.0)
    heights = tuple(max(row or size.row, len(name) * size.line * 1.1 + size.row * 0.25) for name in lines)
    return Names(lines, widest, heights)


def _told_apart(
    names: Sequence[str], limit: float, points: float, *, lines: int = MAX_LINES
) -> tuple[tuple[str, ...], ...]:
    """The names wrapped; those that would look the same once cut keep their ends in place of their middles.

    Where a name may have one line only, nothing tells them apart.
    """
    cut = [tuple(wrapped(name, limit, points, lines=lines)) or ("",) for name in names]
    looks = Counter(dict(zip(names, cut, strict=True)).values())
    return tuple(
        tuple(both_ends(name, limit, points)) if lines > 1 and looks[found] > 1 and found[-1].endswith("…") else found
        for name, found in zip(names, cut, strict=True)
    )


def draw_names(canvas: Canvas, names: Names, top: float, *, last_is_rest: bool = False, low: bool = False) -> None:
    """The names at the left edge, each in the middle of its row, or ``low``: on its base line."""
    for index, (lines, y, height) in enumerate(zip(names.lines, names.tops(top), names.heights, strict=True)):
        rest = last_is_rest and index == len(names.lines) - 1
        middle = y + height - canvas.size.line * (len(lines) * 0.55 + 0.1) if low else y + height / 2
        canvas.lines(canvas.left, middle, list(lines), italic=rest, color=style.SOFT_INK if rest else style.INK)


def draw_row_rules(canvas: Canvas, names: Names, top: float) -> None:
    """A hairline under each row but the last, to lead the eye across."""
    for y in names.tops(top)[1:]:
        canvas.rule(canvas.left, y, canvas.right, y, color=style.FAINT)


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of columns, wrapped: level, or upright where a word is wider than its column."""

    lines: tuple[tuple[str, ...], ...]
    upright: bool
    height: float


def set_heads(headings: Sequence[str], step: float, size: style.Size) -> Heads:
    """The headings for columns ``step`` inches wide; upright ones take a third of the chart's body at most."""
    room, pad = step * 0.94, size.row * 0.35
    if all(fits(word, room, size.text, lines=1) for heading in headings for word in heading.split()):
        level = _told_apart(headings, room, size.text, lines=4)
        return Heads(level, False, max(map(len, level)) * size.line * 1.05 + pad)
    limit = min(size.row * 7, size.body / 3)
    upright = _told_apart(headings, limit, size.text, lines=max(int(room / size.line), 1))
    return Heads(upright, True, max(text_width(line, size.text) for lines in upright for line in lines) + pad)


def draw_head(canvas: Canvas, heads: Heads, index: int, x: float, bottom: float, *, color: str) -> None:
    """Heading ``index`` above its column, which begins at ``x``; it ends a little above ``bottom``."""
    s, lines = canvas.size, heads.lines[index]
    for number, line in enumerate(lines):
        if heads.upright:
            canvas.text(x + (number + 0.5) * s.line, bottom - s.row * 0.2, line, color=color, upright=True)
        else:
            y = bottom - s.row * 0.2 - (len(lines) - number - 0.5) * s.line * 1.05
            canvas.text(x, y, line, color=color)


def folded(
    table: pd.DataFrame, name: str, size: style.Size, *, row: float = 0.0, taken: float = 0.0, noun: str = "actors"
) -> pd.DataFrame:
    """The table with as many rows as the size can hold under ``taken`` inches of headings.

    The rest is summed up in a last row, "and 12 more actors"; columns that are no numbers are empty there. Where
    all rows fit, the table is returned as it is.
    """
    heights = set_names([str(value) for value in table[name]], size, row=row).heights
    room = size.body - taken
    if sum(heights) <= room or len(table) < 3:
        return table
    kept = 1
    while sum(heights[: kept + 1]) <= room - (row or size.row) and kept < len(table) - 2:
        kept += 1
    head, tail = table.iloc[:kept], table.iloc[kept:]
    rest = {
        column: [tail[column].sum() if pd.api.types.is_numeric_dtype(tail[column]) else ""] for column in table.columns
    }
    return pd.concat([head, pd.DataFrame({**rest, name: [f"and {len(tail)} more {noun}"]})], ignore_index=True)
