"""From any reading to the gold of an article: the commands of the editor, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.corrections import LABELS, same_statement
from onrecord.editor.sitting import Sitting
from onrecord.records import Spans, Statement

Command = dict[str, Any]


def commands(sitting: Sitting, gold: Sequence[Statement]) -> Iterator[Command]:
    """Commands for ``sitting``, each to be done before the next is asked for, until its reading has all gold labels."""
    names: dict[str, str] = {}
    for wanted in gold:
        left = [s for s in sitting.analysis.statements if s.id not in names.values()]
        found = same_statement(wanted, left, exact=False)
        if found:
            yield {"do": "goto", "id": found.id}
        else:
            yield {"do": "add", "content": lists(wanted.content)}
        names[wanted.id] = sitting.at
        yield from _labels(sitting, wanted)
    for statement in sitting.analysis.statements:
        if statement.id not in names.values():
            yield {"do": "goto", "id": statement.id}
            yield {"do": "reject"}
    for wanted in gold:
        yield {"do": "goto", "id": names[wanted.id]}
        yield from _links(sitting, wanted, names)
    for wanted in gold:
        yield {"do": "goto", "id": names[wanted.id]}
        if set(here(sitting).decided) != set(LABELS):
            yield {"do": "accept"}


def here(sitting: Sitting) -> Statement:
    return sitting.analysis.statement(sitting.at)


def _labels(sitting: Sitting, wanted: Statement) -> Iterator[Command]:
    for label in ("content", "source", "cue"):
        if getattr(here(sitting), label) != getattr(wanted, label):
            yield {"do": "decide", "label": label, "value": lists(getattr(wanted, label))}
    for label in ("act", "hedged", "actor", "named", "side"):
        if getattr(here(sitting), label) != getattr(wanted, label):
            yield {"do": "decide", "label": label, "value": getattr(wanted, label)}
    for stance in here(sitting).stances:
        if stance.target not in {s.target for s in wanted.stances}:
            yield {"do": "stance", "target": stance.target, "polarity": "none"}
    held = {(s.target, s.target_type, s.polarity) for s in here(sitting).stances}
    for s in wanted.stances:
        if (s.target, s.target_type, s.polarity) not in held:
            yield {"do": "stance", "target": s.target, "target_type": s.target_type, "polarity": s.polarity}


def _links(sitting: Sitting, wanted: Statement, names: dict[str, str]) -> Iterator[Command]:
    links = {names[r.to] for r in wanted.responds_to if r.to}
    had = {r.to for r in here(sitting).responds_to if r.to}
    for to in sorted(links ^ had, key=lambda id: int(id[1:])):
        yield {"do": "link", "to": to}
    about = next((r.about for r in wanted.responds_to if not r.to), "")
    if about != next((r.about for r in here(sitting).responds_to if not r.to), ""):
        yield {"do": "link", "about": about}


def lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def plain(statement: Statement) -> tuple[object, ...]:
    """All that gold says of a statement, but for ids, which nobody chooses."""
    stances = {(s.target, s.target_type, s.polarity) for s in statement.stances}
    parts = (statement.source, statement.cue, statement.content)
    return (*parts, statement.actor, statement.named, statement.side, statement.act, statement.hedged, stances)
