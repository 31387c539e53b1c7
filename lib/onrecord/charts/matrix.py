"""Actors in rows, targets in columns: who stands where, as signed numbers."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import draw_head, draw_names, draw_row_rules, folded, set_heads, set_names

COUNTS = ["against", "against_unsure", "favor", "favor_unsure"]
#: A row, the narrowest and widest column, and the widest tile, in rows of the size.
ROW, NARROWEST, WIDEST, TILE = 1.35, 1.45, 5.5, 3.2
#: How much of the chart's width the columns may take.
COLUMNS_SHARE = 0.62
REST = "all other targets"


def stance_matrix(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """A matrix from ``tables.stance_matrix``: how many stances of each actor are against (−) and for (+) each target.

    Targets that do not fit are summed up in a last column, actors in a last row. Raises ``OnrecordError`` for an
    unknown size.
    """
    caption = captions.stance_matrix(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    targets = _targets(table, s)
    every = pd.DataFrame({"actor": table["actor"].unique()})
    width = set_names(every["actor"].tolist(), s).width + s.row * 0.5
    step = min((s.width - 2 * s.margin - width) / len(targets), s.row * WIDEST)
    heads = set_heads(targets, step, s)
    actors = folded(every, "actor", s, row=s.row * ROW, taken=heads.height)["actor"].tolist()
    cells, ids = _cells(table, actors, targets), _ids(table)
    names = set_names(actors, s, row=s.row * ROW)
    canvas = Canvas(caption, source, size, body=names.height + heads.height)
    top, x = canvas.top + heads.height, canvas.left + width
    draw_names(canvas, names, top, last_is_rest=actors[-1] not in set(table["actor"]))
    draw_row_rules(canvas, names, top)
    for index, target in enumerate(targets):
        draw_head(canvas, heads, index, x + index * step, top, color=style.SOFT_INK if target == REST else style.INK)
        for actor, y, height in zip(actors, names.tops(top), names.heights, strict=True):
            if (actor, target) in cells:
                _draw_cell(canvas, x + index * step, y, step, height, cells[actor, target])
                behind = ids.get((actor, target), "")
                _spot_cell(canvas, x + index * step, y, step, height, cells[actor, target], behind, target)
    return canvas.figure


def _targets(table: pd.DataFrame, size: style.Size) -> list[str]:
    """As many targets as have room, those with most stances first; what is left shares the last column."""
    sums = (table["favor"] + table["against"]).groupby(table["target"], sort=False).sum()
    targets = [str(target) for target in sums.sort_values(ascending=False, kind="stable").index]
    room = max(int((size.width - 2 * size.margin) * COLUMNS_SHARE / (size.row * NARROWEST)), 2)
    return targets if len(targets) <= room else [*targets[: room - 1], REST]


def _cells(table: pd.DataFrame, actors: list[str], targets: list[str]) -> dict[tuple[str, str], dict[str, int]]:
    """The counts per shown actor and target; whatever has no row or column of its own goes to the last one."""
    shown = table.assign(
        actor=table["actor"].where(table["actor"].isin(actors), actors[-1]),
        target=table["target"].where(table["target"].isin(targets), targets[-1]),
    )
    sums = shown.groupby(["actor", "target"], sort=False)[COUNTS].sum()
    return {
        (str(row["actor"]), str(row["target"])): {column: int(row[column]) for column in COUNTS}
        for row in captions.rows_of(sums.reset_index())
    }


def _ids(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The statements per actor and target; where a target is both actor and issue, those of either."""
    found: dict[tuple[str, str], str] = {}
    for actor, target, ids in zip(table["actor"], table["target"], table["ids"], strict=True):
        found[actor, target] = f"{found.get((actor, target), '')} {ids}".strip()
    return found


def _spot_cell(
    canvas: Canvas, x: float, y: float, width: float, height: float, counts: dict[str, int], ids: str, target: str
) -> None:
    """Makes the tiles of a cell lead to their statements."""
    kinds = [kind for kind in ("against", "favor") if counts[kind]]
    for index, kind in enumerate(kinds):
        top, each = y + height * index / len(kinds), height / len(kinds)
        wide = min(width, canvas.size.row * TILE)
        canvas.spot(x, top, wide, each, " ".join(dict.fromkeys(ids.split())), targets=target, polarity=kind)


def _draw_cell(canvas: Canvas, x: float, y: float, width: float, height: float, counts: dict[str, int]) -> None:
    """A tile for stances against, under it one for stances for; either fills the cell where it is alone."""
    kinds = [kind for kind in ("against", "favor") if counts[kind]]
    gap = canvas.size.row * 0.08
    each = (height - gap) / len(kinds)
    for index, kind in enumerate(kinds):
        label = f"{'−' if kind == 'against' else '+'}{counts[kind]}"
        sure = 1 - counts[f"{kind}_unsure"] / counts[kind]
        spot = (x, y + gap + index * each, min(width, canvas.size.row * TILE) - gap, each - gap)
        draw_tile(canvas, *spot, label, style.POLARITY[kind], sure)


def draw_tile(
    canvas: Canvas, x: float, y: float, width: float, height: float, label: str, color: str, sure: float
) -> None:
    """A number on a tile; its uncertain share hatched, with the number on paper."""
    if sure > 0:
        canvas.box(x, y, width * sure, height, color)
    if sure < 1:
        canvas.box(x + width * sure, y, width * (1 - sure), height, color, unsure=True)
        half = min(text_width(label, canvas.size.text, "bold") / 2 + canvas.size.row * 0.06, width / 2)
        canvas.box(x + width / 2 - half, y + height * 0.12, 2 * half, height * 0.76, style.PAPER)
    letters = style.letters_on(color)
    if sure < 1 and letters == style.PAPER:
        letters = color  # on paper, where a colour too light for paper letters would be too light itself
    canvas.text(x + width / 2, y + height / 2, label, ha="center", weight="bold", color=letters)
