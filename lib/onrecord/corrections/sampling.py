"""A random sample of an engine's statements that is the same for the same seed, over one article or many."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from onrecord.corrections.entries import LABELS
from onrecord.records import Analysis, Statement

#: A statement of the engine's reading, and what coders made of it: None where they rejected it.
Drawn = tuple[Statement, Statement | None]


def random_order(analysis: Analysis, seed: int) -> list[str]:
    """The ids of the engine's statements in an order that chance alone decides.

    Each statement has its place by a hash of seed, article and content: so the order of many articles together is
    that of each one, and a statement that was added or rejected moves no other.
    """
    return [id for _, id in sorted((_key(analysis, s, seed), s.id) for s in analysis.machine.statements)]


def random_sample(analyses: Sequence[Analysis], seed: int) -> list[Drawn]:
    """The statements at the head of the random order that are all checked: a simple random sample of the whole.

    Checked is what was accepted whole or rejected. What was checked out of order, behind the first statement that
    nobody has looked at, is left out: it was not drawn by chance.
    """
    pool = sorted(
        ((_key(a, s, seed), number, s) for number, a in enumerate(analyses) for s in a.machine.statements),
        key=lambda each: each[:2],
    )
    standing = [{s.id: s for s in (analysis.full or analysis).statements} for analysis in analyses]
    drawn: list[Drawn] = []
    for _, number, machine in pool:
        now = standing[number].get(machine.id)
        if now is not None and set(now.decided) != set(LABELS):
            break
        drawn.append((machine, now))
    return drawn


def _key(analysis: Analysis, statement: Statement, seed: int) -> str:
    said = f"{seed} {analysis.article.sha256} {statement.content} {statement.cue} {statement.source}"
    return hashlib.sha256(said.encode()).hexdigest()
