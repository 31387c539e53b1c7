"""In which order statements are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.corrections import random_order, same_statement
from onrecord.records import Analysis, OnrecordError, Statement

#: The orders, with what the editor calls them.
ORDERS = {
    "uncertain": "most uncertain and most used first",
    "text": "in the order of the text",
    "random": "a random sample",
    "differ": "where two codings differ",
}


def queue(analysis: Analysis, order: str, *, seed: int = 7, other: Analysis | None = None) -> list[str]:
    """The ids of the statements in this order (a key of ``ORDERS``).

    ``uncertain``: doubt times the number of figures that would change. ``random`` is the same for the same ``seed``
    and reading. ``differ`` gives the statements that ``other`` lacks or labels otherwise, and raises
    ``OnrecordError`` where there is no other coding.
    """
    statements = list(analysis.statements)
    if order == "uncertain":
        statements.sort(key=lambda s: -_doubt(s) * _figures(s, analysis))
    elif order == "random":
        place = {id: number for number, id in enumerate(random_order(analysis, seed))}
        statements = sorted((s for s in statements if s.id in place), key=lambda s: place[s.id])
    elif order == "differ":
        if other is None:
            raise OnrecordError("there is no second coding to compare with. Name one with beside=….")
        statements = [s for s in statements if _differs(s, other.statements)]
    elif order != "text":
        raise OnrecordError(f"there is no order {order!r}. Choose from: {', '.join(ORDERS)}.")
    return [statement.id for statement in statements]


def _doubt(s: Statement) -> float:
    """How likely the least certain of its labels is wrong."""
    return 1 - min([s.score, s.act_score, *(t.score for t in s.stances), *(r.score for r in s.responds_to)])


def _figures(s: Statement, analysis: Analysis) -> int:
    """How many counts, cells and cards rest on the statement."""
    answers = sum(r.to == s.id for other in analysis.statements for r in other.responds_to)
    disputes = sum(s.id in (*d.claims, *d.answers) for d in analysis.disputes)
    return 1 + len(s.stances) + len(s.responds_to) + answers + disputes


def _differs(s: Statement, others: Sequence[Statement]) -> bool:
    other = same_statement(s, others, exact=False)
    return other is None or _labels(s) != _labels(other)


def _labels(s: Statement) -> tuple[object, ...]:
    return s.actor, s.act, s.hedged, {(t.target, t.polarity) for t in s.stances}, len(s.responds_to)
