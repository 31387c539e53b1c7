"""What the editor's screen shows, as JSON: marks for the text, and all about the statement looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.corrections import LABELS
from onrecord.plain_english import act_name, shortened, unique
from onrecord.records import RELATIONS, Analysis, Article, Reason, Spans, Statement

if TYPE_CHECKING:
    from onrecord.editor.sitting import Sitting

Json = dict[str, Any]
#: Characters of a statement that a list of statements shows.
_ROOM = 70


def screen(sitting: Sitting, *, is_shown: bool) -> Json:
    """``is_shown`` is False where the machine's labels are hidden from the coder."""
    analysis = sitting.analysis
    machine = {s.id: s for s in sitting.coding.machine.statements}
    standing = {s.id for s in analysis.statements}
    rejected = [id for id in machine if id not in standing]
    checked = sum(_status(s) != "open" and set(s.decided) == set(LABELS) for s in analysis.statements)
    here = analysis.statement(sitting.at) if sitting.at in standing else None
    return {
        "at": sitting.at,
        "order": sitting.order,
        "orders": sitting.orders,
        "blind": sitting.blind,
        "shown": is_shown,
        "done": checked + len(rejected),
        "total": len(analysis.statements) + len(rejected),
        "coder": sitting.coding.coder.name,
        "message": sitting.message,
        "error": sitting.error,
        "warnings": list(analysis.article.notes),
        "marks": [_mark(s, is_shown or s.id != sitting.at) for s in analysis.statements],
        "now": _detail(analysis, here, machine.get(here.id), is_shown) if here else None,
        "statements": [
            [s.id, f"{s.actor}: {shortened(analysis.article.words_of(s.content), _ROOM)}"] for s in analysis.statements
        ],
        "actors": unique(s.actor for s in analysis.statements),
        "targets": _targets(analysis, here),
    }


def _status(s: Statement) -> str:
    """open, checked or corrected."""
    return "corrected" if s.corrected else "checked" if s.decided else "open"


def _mark(s: Statement, is_shown: bool) -> Json:
    spans = {"source": _lists(s.source), "cue": _lists(s.cue), "content": _lists(s.content)}
    signs = "".join(unique({"favor": "+", "against": "−"}[t.polarity] for t in s.stances))
    label = act_name(s.act) + (f" {signs}" if signs else "")
    return {"id": s.id, **spans, "label": label if is_shown or "act" in s.decided else "?", "status": _status(s)}


def _detail(analysis: Analysis, s: Statement, machine: Statement | None, is_shown: bool) -> Json:
    """All of a statement; undecided labels are None where they are hidden."""
    article = analysis.article
    labels: Json = {
        "actor": s.actor,
        "named": s.named,
        "side": s.side,
        "act": s.act,
        "hedged": s.hedged,
        "stance": [{"target": t.target, "type": t.target_type, "polarity": t.polarity} for t in s.stances],
        "responds_to": [{"to": r.to, "relation": r.relation, "about": r.about} for r in s.responds_to],
    }
    hidden = {} if is_shown else {label: None for label in labels if label not in s.decided}
    return {
        **labels,
        **hidden,
        "id": s.id,
        "status": _status(s),
        "decided": list(s.decided),
        "whole": set(s.decided) == set(LABELS),
        "relation": RELATIONS.get(s.act, ""),
        "words": {name: article.words_of(getattr(s, name)) for name in ("source", "cue", "content")},
        "because": [_because(article, reason) for reason in s.because if reason.rule] if is_shown else [],
        "machine": _told(machine) if machine and is_shown else {},
    }


def _told(machine: Statement) -> Json:
    """What the machine says, in words, for each label that the editor shows."""
    return {
        "actor": f"{machine.actor or 'no source'}",
        "named": "named" if machine.named else "not named",
        "side": machine.side,
        "act": f"{act_name(machine.act)}, score {machine.act_score:.2f}",
        "hedged": "hedged" if machine.hedged else "not hedged",
        "stance": "; ".join(f"{t.polarity} {t.target}, score {t.score:.2f}" for t in machine.stances) or "no stance",
        "responds_to": "; ".join(f"{r.relation} {r.to or r.about}" for r in machine.responds_to) or "no answer",
    }


def _because(article: Article, reason: Reason) -> str:
    words = f" “{article.words_of(reason.spans)}”" if reason.spans else ""
    return f"{reason.label.replace('_', ' ')}:{words} {shortened(reason.rule, _ROOM)}"


def _targets(analysis: Analysis, here: Statement | None) -> list[list[str]]:
    """The targets to choose from, with their type: those of this statement, of the others, and the actors."""
    held = [(t.target, t.target_type) for t in here.stances] if here else []
    held += [(t.target, t.target_type) for s in analysis.statements for t in s.stances]
    held += [(s.actor, "actor") for s in analysis.statements if s.actor and (here is None or s.actor != here.actor)]
    types: dict[str, str] = {}
    for target, kind in held:
        types.setdefault(target, kind)
    return [[target, kind] for target, kind in types.items()]


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
