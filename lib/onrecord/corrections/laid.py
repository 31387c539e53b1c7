"""A reading while corrections are laid over it: which statement a line of the file means, and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from onrecord.corrections.anchors import AnchoredText, anchored_text
from onrecord.corrections.entries import SPAN_LABELS, Entry, Json, find_spans
from onrecord.corrections.matching import Parts, same_statement
from onrecord.corrections.values import NoPlace, reading_of
from onrecord.names import OwnActors
from onrecord.records import Analysis, Statement
from onrecord.text import Words

#: Why an entry is not applied where its words have their place, but no statement of the reading is made of them.
MISSING = "this reading has no such statement"


@dataclass(slots=True)
class Laid:
    """``statements`` are those that stand, by their id; ``known_as`` is how the file names a statement, by its id."""

    machine: Analysis
    words: Words = field(init=False)
    own: OwnActors = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    known_as: dict[str, Json] = field(default_factory=dict)
    rejected: dict[str, Statement] = field(default_factory=dict)
    created: dict[str, Statement] = field(default_factory=dict)
    decisions: dict[tuple[str, str], Entry] = field(default_factory=dict)
    orphaned: list[tuple[Entry, str]] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    _found: dict[str, str | None] = field(default_factory=dict)
    _sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.machine.article, self.machine.tokens)
        self.own = OwnActors(same_as=self.machine.same_as)
        self._sha256 = self.machine.article.sha256  # each entry asks for it, and it is computed anew each time
        self.statements = {statement.id: statement for statement in self.machine.statements}

    @property
    def text(self) -> AnchoredText:
        return anchored_text(self.machine.article.text)

    def is_of_this_text(self, entry: Entry) -> bool:
        return entry.article_sha256 == self._sha256

    def find(self, entry: Entry, on: Json | None = None) -> str | None:
        """The id of the statement that the entry is on (of ``on``, where given), a rejected one too.

        None where this reading lacks it. Raises ``NoPlace`` where its words have not exactly one place in this text.
        """
        name = on or entry.on or {}
        key = json.dumps([name[label] for label in SPAN_LABELS])
        if self._found.get(key) is None:
            parts = self._parts(name, entry)
            exact = self.is_of_this_text(entry) and entry.reading == reading_of(self.machine)
            found = same_statement(parts, self.machine.statements, exact=exact)
            found = found or same_statement(parts, self.created.values(), exact=exact)
            self._found[key] = found.id if found else None
            if found:
                self.known_as.setdefault(found.id, name)
        return self._found[key]

    def without_place(self) -> list[tuple[Entry, str]]:
        """The entries that were not applied, and why; those left out whose statement a later entry brought whole."""
        return [(entry, why) for entry, why in self.orphaned if why != MISSING or self.find(entry) is None]

    def create(self, entry: Entry) -> str:
        """The id of a new statement with the parts that the entry names."""
        assert entry.on is not None
        parts = self._parts(entry.on, entry)
        numbers = [int(id[1:]) for id in (*self.statements, *self.rejected) if id[:1] == "S" and id[1:].isdecimal()]
        id = f"S{max(numbers, default=0) + 1}"
        new = Statement(id, parts.source, parts.cue, parts.content, "indirect", act_score=0.0)
        self.created[id] = self.statements[id] = new
        self.known_as[id] = entry.on
        self._found[json.dumps([entry.on[label] for label in SPAN_LABELS])] = id
        return id

    def by_actor(self) -> dict[str, Statement]:
        """A statement of each actor, which tells kind and side."""
        return {s.actor: s for s in (*self.machine.statements, *self.statements.values()) if s.actor}

    def _parts(self, on: Json, entry: Entry) -> Parts:
        same = self.is_of_this_text(entry)
        found = [find_spans(self.text, on[label], same_text=same) for label in SPAN_LABELS]
        parts = [spans for spans in found if spans is not None]
        if len(parts) < len(found):
            raise NoPlace("its words do not stand in exactly one place of this text")
        return Parts(*parts)
