"""What was put forward on the left, what answers it on the right; an empty place where nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from onrecord import captions, style
from onrecord.charts.canvas import Canvas, Chart, empty
from onrecord.charts.lettering import text_width, wrapped
from onrecord.plain_english import act_name, capitalized, count_of, listed
from onrecord.records import DISPUTE_STATES, RELATIONS
from onrecord.tables import Row, is_sure

#: The share of the width that lies between the two columns, and the lines of words that a card may have: the
#: first number with which all disputes fit, or the last.
BETWEEN, WORD_LINES = 0.11, (6, 4, 3, 2)
_STATES = {
    "contested": "Contested",
    "refused": "Refused",
    "corroborated": "Told by two sources, no answer found",
    "unanswered": "No answer found in this article",
}
_LINES = {"denies": "-", "refuses": (0, (5, 2)), "confirms": (0, (1, 1.2)), "declines": (0, (3, 2, 1, 2))}
_ACTS = {relation: act for act, relation in RELATIONS.items()}
_NO_ANSWER = "No answer found"


@dataclass(frozen=True, slots=True)
class Card:
    """A statement as it is printed: what kind and where, who, in which words; measured, not placed."""

    id: str
    kicker: str
    head: tuple[str, ...]
    words: tuple[str, ...]
    color: str

    def height(self, size: style.Size) -> float:
        if not self.id:
            return size.line * 2.2
        return size.line * (len(self.head) + len(self.words)) * 1.04 + size.note * 1.4 / 72 + size.row * 0.35


@dataclass(frozen=True, slots=True)
class Block:
    """A dispute: its claims, its answers, which answers which (relation, whether it is uncertain).

    ``left_out`` counts the statements of the dispute that have no card.
    """

    state: str
    claims: tuple[Card, ...]
    answers: tuple[Card, ...]
    links: tuple[tuple[str, str, str, bool], ...]
    left_out: int = 0

    def height(self, size: style.Size) -> float:
        columns = (self.claims, self.answers)
        tallest = max(sum(card.height(size) for card in cards) + size.row * 0.5 * (len(cards) - 1) for cards in columns)
        return tallest + size.row * 1.8


def dispute_board(table: pd.DataFrame, *, source: str, size: str = "medium") -> Chart:
    """A board from ``tables.disputes``: claims left in the article's words, answers right, joined by lines.

    Contested ones first, unanswered last; disputes that have no room are counted in a last line, and so are the
    statements of a dispute that alone is too large. Raises ``OnrecordError`` for an unknown size.
    """
    caption = captions.dispute_board(table)
    if not caption.tells:
        return empty(caption, source=source, size=size)
    s = style.size_named(size)
    shown = _that_fit(table, s)
    rest = _left_out(table, shown)
    body = sum(block.height(s) for block in shown) + s.row * bool(rest)
    canvas = Canvas(caption, source, size, body=body)
    y = canvas.top
    for block in shown:
        _draw_block(canvas, block, y)
        y += block.height(s)
    if rest:
        canvas.text(canvas.left, y + s.row / 2, f"and {rest}, in the table", italic=True, color=style.SOFT_INK)
    return canvas.figure


def _left_out(table: pd.DataFrame, shown: Sequence[Block]) -> str:
    """What has no room, in words: "3 more disputes"; empty where all have."""
    statements = sum(block.left_out for block in shown)
    disputes = table["dispute"].nunique() - len(shown)
    counts = ((statements, "more statement"), (disputes, "more dispute"))
    return listed([count_of(count, noun) for count, noun in counts if count])


def _that_fit(table: pd.DataFrame, size: style.Size) -> list[Block]:
    """The disputes that the size can hold, their words cut shorter where that lets all of them in.

    The first is always among them, without some of its statements where it alone is too large.
    """
    together: dict[str, list[Row]] = {}
    for row in captions.rows_of(table):
        together.setdefault(row["dispute"], []).append(row)
    disputes = sorted(together.values(), key=lambda rows: DISPUTE_STATES.index(rows[0]["state"]))
    room = size.body - size.row
    for lines in WORD_LINES:
        shown: list[Block] = []
        height = 0.0
        for rows in disputes:
            block = _block(rows, size, lines)
            height += block.height(size)
            if shown and height > room:
                break
            shown.append(block)
        if len(shown) == len(disputes) and height <= room:
            break
    return shown if shown[0].height(size) <= room else [_without_some(disputes[0], size, room)]


def _without_some(rows: Sequence[Row], size: style.Size, room: float) -> Block:
    """As much of a dispute as has room, in few words: what is answered comes before what nobody answers."""
    kept = sorted(rows, key=lambda row: not row["answer"])
    while len(kept) > 1 and _block(kept, size, WORD_LINES[-1]).height(size) > room:
        kept.pop()
    block = _block(kept, size, WORD_LINES[-1])
    return replace(block, left_out=len(_statements(rows) - _statements(kept)))


def _statements(rows: Sequence[Row]) -> set[str]:
    return {row[role] for row in rows for role in ("claim", "answer") if row[role]}


def _block(rows: Sequence[Row], size: style.Size, lines: int) -> Block:
    answered = [row for row in rows if row["answer"]]
    claims = {row["claim"]: _card(row, "claim", row["claim_act"], size, lines) for row in rows}
    answers = {row["answer"]: _card(row, "answer", _ACTS[row["relation"]], size, lines) for row in answered}
    links = tuple((row["claim"], row["answer"], row["relation"], not is_sure(row["score"])) for row in answered)
    nobody = (Card("", "", (), (_NO_ANSWER,), style.NONE),)
    return Block(rows[0]["state"], tuple(claims.values()), tuple(answers.values()) or nobody, links)


def _card(row: Row, role: str, act: str, size: style.Size, lines: int) -> Card:
    """The card of the claim or the answer of a row; reported words say little without their cue, so it leads them."""
    width = _column(size) - size.row * 0.45
    head = wrapped(capitalized(row[f"{role}_actor"]), width, size.text, weight="bold")
    cue = f"{row[f'{role}_cue']}: " if row[f"{role}_quote"] == "indirect" and row[f"{role}_cue"] else ""
    words = wrapped(cue + row[f"{role}_words"], width, size.text, lines=lines)
    doubt = "?" * (not row[f"{role}_sure"])
    kicker = f"{capitalized(act_name(act))}{doubt} · {row[role]}, {captions.paragraph_name(row[f'{role}_paragraph'])}"
    return Card(row[role], kicker, tuple(head), tuple(words), style.act_color(act))


def _column(size: style.Size) -> float:
    return (size.width - 2 * size.margin) * (1 - BETWEEN) / 2


def _draw_block(canvas: Canvas, block: Block, top: float) -> None:
    s, width = canvas.size, _column(canvas.size)
    canvas.rule(canvas.left, top, canvas.right, top)
    canvas.text(canvas.left, top + s.row * 0.65, _STATES[block.state], weight="bold", color=style.SOFT_INK)
    start = top + s.row * 1.3
    left = _draw_cards(canvas, block.claims, canvas.left, start)
    right = _draw_cards(canvas, block.answers, canvas.right - width, start)
    for claim, answer, relation, unsure in block.links:
        color = style.DENIAL if relation == "denies" else style.SOFT_INK
        x0, x1 = canvas.left + width + s.row * 0.1, canvas.right - width - s.row * 0.1
        canvas.curve(x0, left[claim], x1, right[answer], color=color, width=1.2, dash=_LINES.get(relation, "-"))
        if unsure:
            _draw_doubt(canvas, (x0 + x1) / 2, (left[claim] + right[answer]) / 2, color)


def _draw_doubt(canvas: Canvas, x: float, y: float, color: str) -> None:
    """A question mark on a line: the link is uncertain."""
    half = text_width("?", canvas.size.text, "bold")
    canvas.box(x - half, y - half, 2 * half, 2 * half, style.PAPER)
    canvas.text(x, y, "?", ha="center", weight="bold", color=color)


def _draw_cards(canvas: Canvas, cards: Sequence[Card], x: float, top: float) -> dict[str, float]:
    """Draws the cards one under the other; where the middle of each lies."""
    s, width, middles = canvas.size, _column(canvas.size), {}
    for card in cards:
        height = card.height(s)
        middles[card.id] = top + height / 2
        if card.id:
            _draw_card(canvas, card, x, top, height)
        else:
            canvas.frame(x, top, width, height, color=style.NONE, dashed=True)
            canvas.text(x + width / 2, top + height / 2, card.words[0], ha="center", color=style.SOFT_INK)
        top += height + s.row * 0.5
    return middles


def _draw_card(canvas: Canvas, card: Card, x: float, top: float, height: float) -> None:
    s = canvas.size
    canvas.spot(x, top, _column(s), height, card.id)
    canvas.box(x, top, _column(s), height, style.FAINT)
    canvas.box(x, top, s.row * 0.14, height, card.color)
    inner, step = x + s.row * 0.33, s.line * 1.04
    ink = style.SOFT_INK if card.color == style.OTHER_ACT else card.color
    canvas.text(inner, top + s.row * 0.15 + s.note * 0.7 / 72, card.kicker, points=s.note, weight="bold", color=ink)
    y = top + s.row * 0.15 + s.note * 1.4 / 72 + step / 2
    for weight, lines in (("bold", card.head), ("normal", card.words)):
        for line in lines:
            canvas.text(inner, y, line, weight=weight)
            y += step
