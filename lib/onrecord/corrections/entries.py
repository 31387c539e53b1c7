"""One decision of a coder as a line of the file: who, when, on which statement, what, before, after, why."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from onrecord.corrections.anchors import Anchor, AnchoredText
from onrecord.records import ACTS, POLARITIES, OnrecordError, Span, Spans

Json = dict[str, Any]
#: The labels of a statement that a coder can decide on, one by one; ``accepted`` decides on all of them.
LABELS = ("source", "cue", "content", "actor", "named", "side", "act", "hedged", "stance", "responds_to")
SPAN_LABELS = ("source", "cue", "content")
#: What is decided where a statement is added.
WHEN_ADDED = (*SPAN_LABELS, "actor")
#: ``merge`` makes one actor of two; ``undo`` takes back an earlier entry (an undo too: that is a redo).
KINDS = (*LABELS, "accepted", "rejected", "added", "merge", "undo")
#: A label that is emptied, or was empty, is said all the same: a source that names nobody has no actor.
_EMPTIED = (("before", ""), ("after", ""))


@dataclass(frozen=True, slots=True)
class Coder:
    """Who decides. ``person`` is False for a program, such as a large language model reading under the scheme."""

    name: str
    person: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file. ``on`` names the statement by the anchors of its source, cue and content as it was found.

    ``before`` and ``after`` are what JSON holds: a label, a list of anchors, of stances or of links; labels by name for
    ``accepted`` (all) and ``added`` (``WHEN_ADDED``); the names of two actors for ``merge``. ``undoes`` is the id of
    an entry, ``reading`` the engine and model whose labels the coder had before them, ``queue`` how the statement
    came to be looked at ("" where the coder chose it).
    """

    what: str
    coder: Coder
    article: str
    article_sha256: str
    on: Json | None = None
    before: Any = None
    after: Any = None
    why: str = ""
    undoes: str = ""
    reading: str = ""
    queue: str = ""
    when: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    def as_json(self) -> Json:
        """The entry for ``json.dumps``, without the fields that say nothing."""
        row = {name: getattr(self, name) for name in ("id", "when", "what", "on", "before", "after")}
        row |= {"why": self.why, "undoes": self.undoes, "who": self.coder.name, "person": self.coder.person}
        row |= {"article": self.article, "article_sha256": self.article_sha256}
        row |= {"reading": self.reading, "queue": self.queue}
        return {name: value for name, value in row.items() if value not in (None, "") or (name, value) in _EMPTIED}


def entry_from_json(row: Json) -> Entry:
    """The entry of a line.

    Raises ``ValueError``, ``KeyError``, ``TypeError`` or ``AttributeError`` where the line is none.
    """
    what = row["what"]
    if what not in KINDS:
        raise ValueError(f"no kind of entry: {what!r}")
    on = row.get("on")
    if (on is None) != (what in ("merge", "undo")):
        raise ValueError(f"an entry of kind {what!r} {'names no' if on is None else 'needs no'} statement")
    if on is not None:
        for label in SPAN_LABELS:
            anchors_from_json(on[label])
    _check_value(what, row.get("after"))
    return Entry(
        what=what,
        coder=Coder(str(row["who"]), bool(row.get("person", True))),
        article=str(row["article"]),
        article_sha256=str(row["article_sha256"]),
        on=on,
        before=row.get("before"),
        after=row.get("after"),
        why=str(row.get("why", "")),
        undoes=str(row.get("undoes", "")),
        reading=str(row.get("reading", "")),
        queue=str(row.get("queue", "")),
        when=str(row["when"]),
        id=str(row["id"]),
    )


def _check_value(what: str, value: Any) -> None:
    """Raises where the value is none for this kind: a file that people edit must fail here, not in a figure."""
    if what in ("accepted", "added"):
        for label in LABELS if what == "accepted" else WHEN_ADDED:
            _check_value(label, value[label])
    elif what in SPAN_LABELS:
        if not anchors_from_json(value) and what == "content":
            raise ValueError("a statement without content")
    elif what == "act" and value not in ACTS:
        raise ValueError(f"no act: {value!r}")
    elif what in ("hedged", "named") and not isinstance(value, bool):
        raise ValueError(f"{what} is true or false, not {value!r}")
    elif what in ("actor", "side", "merge") and not isinstance(value, str):
        raise ValueError(f"{what} is a name, not {value!r}")
    elif what == "stance":
        for stance in value:
            if stance["polarity"] not in POLARITIES or stance["target_type"] not in ("actor", "issue"):
                raise ValueError(f"no stance: {stance!r}")
            anchors_from_json(stance.get("evidence", ()))
            str.strip(stance["target"])
    elif what == "responds_to":
        for link in value:
            str.strip(link["relation"])
            if link["to"] is not None:
                anchors_from_json(link["to"]["content"])


def anchors_to_json(text: AnchoredText, spans: Spans) -> list[Json]:
    """The anchors of the spans. Raises ``OnrecordError`` where a span holds no word."""
    try:
        return [asdict(text.anchor(span)) for span in spans]
    except ValueError as error:
        raise OnrecordError(f"{error}: select the words that the statement is made of.") from error


def anchors_from_json(rows: Iterable[Json]) -> list[Anchor]:
    """The anchors; raises ``KeyError`` or ``TypeError`` where a row is none."""
    return [Anchor(str(r["words"]), str(r["before"]), str(r["after"]), int(r["start"])) for r in rows]


def find_spans(text: AnchoredText, rows: Iterable[Json], *, same_text: bool) -> tuple[Span, ...] | None:
    """The spans of the anchors, or None where one of them has not exactly one place."""
    found = [text.find(anchor, same_text=same_text) for anchor in anchors_from_json(rows)]
    kept = tuple(span for span in found if span is not None)
    return kept if len(kept) == len(found) else None
