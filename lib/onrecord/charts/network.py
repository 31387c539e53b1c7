"""Who speaks about whom: speakers on the left, those spoken about on the right, a line for every pair."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from onrecord import captions, style
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import Names, set_names

#: The share of the width that the names of one side may take.
SIDE = 0.31
KINDS = ("against", "favor", "neutral")
_LOOK = {
    "against": (style.AGAINST, (0, (4, 1.6)), "−"),
    "favor": (style.FAVOR, "-", "+"),
    "neutral": (style.NONE, (0, (1, 1.5)), "·"),
}
_REST = "and {} more"


def network(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Lines from ``tables.network``: against broken, for solid, neither dotted; the thicker, the more statements.

    Actors that have no room share the last place of their side. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.network(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    room = max(int((s.body - s.row * 1.5) / (s.line * 2.2 + s.row * 0.25)), 2)
    speakers, targets = _places(table, "actor", room), _places(table, "about", room)
    edges = _edges(table, speakers, targets)
    left = set_names(list(dict.fromkeys(speakers.values())), s, share=SIDE)
    right = set_names([_with_counts(name, edges) for name in dict.fromkeys(targets.values())], s, share=SIDE)
    body = max(left.height, right.height)
    canvas = Canvas(caption, source, size, body=body + s.row * 1.5)
    top = canvas.top + s.row * 1.5
    starts = _draw_side(canvas, left, dict.fromkeys(speakers.values()), top, body, at_right=False)
    ends = _draw_side(canvas, right, dict.fromkeys(targets.values()), top, body, at_right=True)
    _spot_names(canvas, table, "actor", starts, canvas.left, left.width)
    _spot_names(canvas, table, "about", ends, canvas.right - right.width, right.width)
    _draw_key(canvas, edges)
    gap = s.row * 0.35
    x0, x1 = canvas.left + left.width + gap, canvas.right - right.width - gap
    thickest = max(edges.values())
    doubtful = _edges(table, speakers, targets, unsure=True)
    for (speaker, target, kind), count in sorted(edges.items(), key=lambda edge: -KINDS.index(edge[0][2])):
        color, dash, _ = _LOOK[kind]
        shift = (KINDS.index(kind) - 1) * s.row * 0.14
        width = s.text * (0.08 + 0.2 * count / thickest)
        hollow = doubtful.get((speaker, target, kind)) == count
        ends_at = (x0, starts[speaker] + shift, x1, ends[target] + shift)
        canvas.curve(*ends_at, color=color, width=max(width, s.text * 0.3 * hollow), dash=dash, hollow=hollow)
    return canvas.figure


def _places(table: pd.DataFrame, column: str, room: int) -> dict[str, str]:
    """The place of each name, most statements first; names without room share the last place."""
    sums = table.groupby(column, sort=False)["statements"].sum().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in sums.index]
    if len(names) <= room:
        return dict(zip(names, names, strict=True))
    rest = _REST.format(len(names) - room + 1)
    return {name: name if index < room - 1 else rest for index, name in enumerate(names)}


def _edges(
    table: pd.DataFrame, speakers: dict[str, str], targets: dict[str, str], *, unsure: bool = False
) -> dict[tuple[str, str, str], int]:
    """Statements per place on the left, place on the right and kind; with ``unsure`` the uncertain ones alone."""
    edges: dict[tuple[str, str, str], int] = {}
    for row in captions.rows_of(table):
        for kind in KINDS:
            count = row.get(f"{kind}_unsure", 0) if unsure else row[kind]
            if count:
                edge = (speakers[row["actor"]], targets[row["about"]], kind)
                edges[edge] = edges.get(edge, 0) + int(count)
    return edges


def _with_counts(target: str, edges: dict[tuple[str, str, str], int]) -> str:
    """The name, led by how often it is spoken of: "−1 +2 ·3 Pakistan"."""
    counts = {kind: sum(count for (_, to, k), count in edges.items() if to == target and k == kind) for kind in KINDS}
    return " ".join([*(f"{_LOOK[kind][2]}{count}" for kind, count in counts.items() if count), target])


def _draw_side(
    canvas: Canvas, names: Names, keys: Sequence[str] | dict[str, None], top: float, body: float, *, at_right: bool
) -> dict[str, float]:
    """Draws the names of one side, spread over the height of the other; where the middle of each lies."""
    spare = (body - names.height) / len(names.heights)
    middles: dict[str, float] = {}
    y = top
    for key, lines, height in zip(keys, names.lines, names.heights, strict=True):
        middle = y + (height + spare) / 2
        x = canvas.right - names.width if at_right else canvas.left + names.width
        canvas.lines(x, middle, list(lines), ha="left" if at_right else "right")
        middles[key] = middle
        y += height + spare
    return middles


def _spot_names(
    canvas: Canvas, table: pd.DataFrame, column: str, middles: dict[str, float], x: float, width: float
) -> None:
    """Makes the names of one side lead to the statements by them or about them."""
    height = canvas.size.line * 1.6
    for name, middle in middles.items():
        ids = " ".join(dict.fromkeys(" ".join(table["ids"][table[column] == name]).split()))
        canvas.spot(x, middle - height / 2, width, height, ids)


def _draw_key(canvas: Canvas, edges: dict[tuple[str, str, str], int]) -> None:
    """What the lines mean, as far as they occur."""
    s, x, y = canvas.size, canvas.left, canvas.top + canvas.size.row * 0.4
    for kind, label in (("against", "− against"), ("favor", "+ for"), ("neutral", "· neither")):
        if any(edge[2] == kind for edge in edges):
            color, dash, _ = _LOOK[kind]
            canvas.curve(x, y, x + s.row * 1.6, y, color=color, width=s.text * 0.2, dash=dash)
            ink = style.SOFT_INK if kind == "neutral" else color
            canvas.text(x + s.row * 1.9, y, label, color=ink, weight="bold")
            x += s.row * 3 + text_width(label, s.text, "bold")
