"""Paragraph by paragraph: who holds the floor, how much of it, and where it is an accusation or a denial."""

from __future__ import annotations

import pandas as pd

from onrecord import captions, style
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width
from onrecord.charts.rows import draw_names, folded, set_names
from onrecord.plain_english import NARRATOR, act_name
from onrecord.tables import Row

#: A lane is at least and at most so many rows high: the share of the paragraph as a bar, a mark above it.
LANE = (1.3, 1.75)
#: The upper end of a lane's scale: all words of the paragraph.
FULL = "100%"
MARKS = {"accusation": "▲", "denial": "▼"}


def timeline(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """Lanes from ``tables.timeline``: a bar per paragraph, as high as the share of its words; the article's own last.

    Actors stand in the order of their first paragraph. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.timeline(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    turns = table[table["actor"] != NARRATOR]
    paragraphs = sorted({int(number) for number in table["paragraph"]})
    every = [*dict.fromkeys(str(actor) for actor in turns["actor"]), NARRATOR]
    lane = min(max((s.body - s.row * 2) / len(every), s.row * LANE[0]), s.row * LANE[1])
    lanes = _lanes(turns, every, s, lane)
    names = set_names(lanes, s, row=lane)
    canvas = Canvas(caption, source, size, body=names.height + s.row * 2)
    top = canvas.top + s.row
    left = canvas.left + names.width + s.row * 0.5
    step = min((canvas.right - left - text_width(FULL, s.note) - s.row * 0.3) / len(paragraphs), s.row * 4)
    place = {number: left + index * step for index, number in enumerate(paragraphs)}
    _draw_key(canvas, turns)
    draw_names(canvas, names, top, last_is_rest=True, low=True)
    _draw_scale(canvas, place, step)
    rows = _turns(table, lanes)
    end = left + step * len(paragraphs)
    for name, y, height in zip(lanes, names.tops(top), names.heights, strict=True):
        canvas.rule(left, y + height, end, y + height, color=style.RULE)
        _draw_shares(canvas, left, end, y + height, _full(lane, s), labelled=name == lanes[0])
        free = 0.0
        for row in rows[name]:
            free = _draw_turn(canvas, row, place[row["paragraph"]], y + height, step, lane, free)
    return canvas.figure


def _full(lane: float, size: style.Size) -> float:
    """How high the bar of somebody who has all words of a paragraph is: the rest of the lane is for the marks."""
    return lane - size.line * 1.25


def _draw_shares(canvas: Canvas, left: float, end: float, base: float, full: float, *, labelled: bool) -> None:
    """The scale of a lane: a faint line where all words of a paragraph would reach, its numbers at the right."""
    canvas.rule(left, base - full, end, base - full, color=style.FAINT)
    if labelled:
        x = end + canvas.size.row * 0.15
        canvas.text(x, base - full, FULL, points=canvas.size.note, color=style.SOFT_INK)
        canvas.text(x, base, "0", points=canvas.size.note, color=style.SOFT_INK)


def _lanes(turns: pd.DataFrame, every: list[str], size: style.Size, lane: float) -> list[str]:
    """The names of the lanes; where not all fit, those with most paragraphs, then one for all others."""
    shown = folded(pd.DataFrame({"actor": every}), "actor", size, row=lane, taken=size.row * 2)
    if len(shown) == len(every):
        return every
    room = len(shown) - 2
    frequent = turns.groupby("actor", sort=False)["paragraph"].nunique().nlargest(room).index
    return [*(name for name in every if name in frequent), f"and {len(every) - 1 - room} more actors", NARRATOR]


def _turns(table: pd.DataFrame, lanes: list[str]) -> dict[str, list[Row]]:
    """What is drawn in each lane: the rows of its actor, or of all actors that have none, summed by paragraph."""
    found: dict[str, list[Row]] = {name: [] for name in lanes}
    for row in captions.rows_of(table):
        if row["actor"] in found:
            found[row["actor"]].append(row)
    others = table[~table["actor"].isin(lanes)]
    if not others.empty:
        sums = others.groupby("paragraph").agg({"share": "sum", "acts": "; ".join, "ids": " ".join}).reset_index()
        sure = {number: _sure_acts(rows) for number, rows in others.groupby("paragraph")}
        (shared,) = set(lanes) - set(table["actor"])
        found[shared] = [
            row | {"acts_unsure": "; ".join(set(row["acts"].split("; ")) - sure[row["paragraph"]])}
            for row in captions.rows_of(sums)
        ]
    return found


def _sure_acts(rows: pd.DataFrame) -> set[str]:
    """The acts that are certain in one of the rows at least."""
    pairs = zip(rows["acts"], rows["acts_unsure"], strict=True)
    return {act for acts, doubted in pairs for act in acts.split("; ") if act not in doubted.split("; ")}


def _draw_turn(canvas: Canvas, row: Row, x: float, base: float, step: float, lane: float, free: float) -> float:
    """A bar from the base line, the marks of accusation and denial above it; where the next mark has room.

    A mark that would hit the one before it (``free`` is where that ends) is left out.
    """
    s, acts = canvas.size, [act for act in MARKS if act in row["acts"].split("; ")]
    height = row["share"] * _full(lane, s)
    color = style.act_color(acts[0]) if acts else style.QUOTED if row["acts"] else style.RULE
    unsure = bool(acts) and acts[0] in row["acts_unsure"].split("; ")
    canvas.box(x + step * 0.08, base - height, step * 0.84, height, color, unsure=unsure)
    canvas.spot(x, base - lane * 0.9, step, lane * 0.9, row["ids"])
    marks = "".join(MARKS[act] for act in acts)
    half = text_width(marks, s.note) / 2
    if not marks or x + step / 2 - half < free:
        return free
    above = height if 2 * half < step else _full(lane, s)  # a wide mark clears the neighbours' bars too
    canvas.text(x + step / 2, base - above - s.line * 0.5, marks, points=s.note, ha="center", color=color)
    return x + step / 2 + half


def _draw_key(canvas: Canvas, turns: pd.DataFrame) -> None:
    """What the marks mean, as far as they occur."""
    x = canvas.left
    for act, mark in MARKS.items():
        if any(act in acts.split("; ") for acts in turns["acts"]):
            label = f"{mark} {act_name(act)}"
            canvas.text(x, canvas.top + canvas.size.row * 0.3, label, color=style.act_color(act), weight="bold")
            x += text_width(label, canvas.size.text, "bold") + canvas.size.row


def _draw_scale(canvas: Canvas, place: dict[int, float], step: float) -> None:
    """The numbers of the paragraphs below the lanes, as many as fit."""
    s = canvas.size
    widest = text_width(captions.paragraph_name(max(place)), s.text) + s.row * 0.25
    every = next(skip for skip in (1, 2, 5, 10, 20, 50, 100, 1000) if skip * step >= widest or skip == 1000)
    for index, (number, x) in enumerate(place.items()):
        if index % every == 0:
            canvas.text(x + step / 2, canvas.bottom - s.row * 0.45, captions.paragraph_name(number), ha="center")
