"""What a decision makes of a statement: each kind of label from the form that the file holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from onrecord.corrections.anchors import AnchoredText
from onrecord.corrections.entries import LABELS, SPAN_LABELS, Entry, Json, find_spans
from onrecord.names import OwnActors
from onrecord.records import RELATIONS, Analysis, Reason, Response, Spans, Stance, Statement
from onrecord.statements import quote_type
from onrecord.text import Words


class Context(Protocol):
    """The reading that a decision is made on."""

    machine: Analysis
    words: Words
    own: OwnActors

    @property
    def text(self) -> AnchoredText: ...

    def by_actor(self) -> Mapping[str, Statement]: ...


class NoPlace(Exception):
    """A decision that has no place in this reading; its words say why."""


def given_labels(entry: Entry) -> dict[str, Any]:
    """The labels that an entry decides on, with their values in the form of the file."""
    if entry.what in ("accepted", "added"):
        return {label: entry.after[label] for label in LABELS if label in entry.after}
    return {entry.what: entry.after} if entry.what in LABELS else {}


def reading_of(machine: Analysis) -> str:
    """Which engine's reading a coder had before them."""
    return f"{machine.engine} {machine.model}".strip()


def decided(statement: Statement, entry: Entry, laid: Context, *, same_text: bool) -> Statement:
    """The statement with what the entry decides, but for its links. Raises ``NoPlace`` where its words have none."""
    changed = statement
    labels = given_labels(entry)
    for label, value in labels.items():
        if label in SPAN_LABELS:
            changed = _with(changed, label, _spans(laid.text, value, same_text))
        elif label == "stance":
            changed = replace(changed, stances=tuple(_stance(laid, row, same_text) for row in value))
        elif label == "actor":
            changed = _with_actor(changed, laid.own.main_name(str(value)), laid.by_actor())
        elif label == "side" and entry.what == "accepted" and laid.machine.actors_file:
            continue  # the analyst's own table tells sides: to accept what stood there before does not unsay it
        elif label != "responds_to":
            changed = _with(changed, label, value)
    if entry.what == "act" and "responds_to" not in statement.decided:
        fits = (r for r in changed.responds_to if r.relation == RELATIONS.get(changed.act))
        changed = replace(changed, responds_to=tuple(fits))
    if changed.content != statement.content or entry.what == "added":
        changed = replace(changed, quote=quote_type(laid.words, changed.content))
    changed = replace(
        changed,
        actor_score=1.0 if "actor" in labels else changed.actor_score,
        act_score=1.0 if "act" in labels else changed.act_score,
        score=1.0 if "source" in labels or "content" in labels else changed.score,
        decided=_in_order({*statement.decided, *labels}),
    )
    return _explained(changed, statement, entry)


def _with(statement: Statement, label: str, value: Any) -> Statement:
    return replace(statement, **{label: value})


def with_links(statement: Statement, entry: Entry, places: Sequence[str | None]) -> Statement:
    """The statement with the links that the entry decides, each to the id in ``places``; those without one left out."""
    had = {(r.to, r.relation): r for r in statement.responds_to}
    links = []
    for row, to in zip(given_labels(entry)["responds_to"], places, strict=True):
        if to is not None or row["to"] is None:
            link = had.get((to, row["relation"]), Response(to, row["relation"], row.get("about", "")))
            links.append(replace(link, score=1.0))
    return _explained(replace(statement, responds_to=tuple(links)), statement, entry)


def with_other_name(statement: Statement, old: str, new: str, like: Statement | None, entry: Entry) -> Statement:
    """The statement with the actor ``new`` wherever it had ``old``; ``like`` is a statement of the new one."""
    stances = tuple(replace(s, target=new) if s.target == old else s for s in statement.stances)
    changed = replace(statement, stances=stances)
    if statement.actor == old:
        changed = replace(changed, actor=new)
        if like:
            changed = replace(changed, actor_kind=like.actor_kind, named=like.named, side=like.side)
    return _explained(changed, statement, entry)


def _explained(changed: Statement, before: Statement, entry: Entry) -> Statement:
    """The statement with the coder as the reason of each label that the entry has changed."""
    new = {label for label in LABELS if _plain(changed, label) != _plain(before, label)}
    if not new:
        return changed
    reason = f"{'checked by hand' if entry.coder.person else 'read again'} by {entry.coder.name}"
    reason += f": {entry.why}" if entry.why else ""
    kept = [r for r in changed.because if r.label not in new]
    told = [Reason(label, (), reason) for label in LABELS if label in new and label not in SPAN_LABELS]
    return replace(changed, because=(*kept, *told), corrected=_in_order({*before.corrected, *new}))


def _plain(statement: Statement, label: str) -> object:
    """The label without scores and evidence, for comparison."""
    if label == "stance":
        return {(s.target, s.target_type, s.polarity) for s in statement.stances}
    if label == "responds_to":
        return {(r.to, r.relation, r.about) for r in statement.responds_to}
    return getattr(statement, label)


def _in_order(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=LABELS.index))


def _with_actor(statement: Statement, name: str, known: Mapping[str, Statement]) -> Statement:
    """The statement with another actor, who is what the article's other statements say of this name."""
    if name == statement.actor:
        return statement
    if name in known:
        like = known[name]
        return replace(statement, actor=name, actor_kind=like.actor_kind, named=like.named, side=like.side)
    named = any(word[:1].isupper() for word in name.split())
    kind = "named" if named else "unnamed" if name else "narrator"
    return replace(statement, actor=name, actor_kind=kind, named=named, side="unknown", described=())


def _spans(text: AnchoredText, value: list[Json], same_text: bool) -> Spans:
    found = find_spans(text, value, same_text=same_text)
    if found is None:
        raise NoPlace("its words do not stand in exactly one place of this text")
    return tuple(sorted(found))


def _stance(laid: Context, row: Json, same_text: bool) -> Stance:
    evidence = find_spans(laid.text, row.get("evidence", ()), same_text=same_text)
    return Stance(laid.own.main_name(row["target"]), row["target_type"], row["polarity"], 1.0, evidence or ())
