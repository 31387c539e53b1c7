"""A coder at work: each decision goes to disk and then into the reading that everybody sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.corrections.entries import LABELS, SPAN_LABELS, Coder, Entry, Json, anchors_to_json
from onrecord.corrections.journal import Journal, append_entries, read_journal, standing
from onrecord.corrections.overlay import lay, with_disputes
from onrecord.corrections.values import reading_of
from onrecord.records import Analysis, OnrecordError, Response, Span, Spans, Stance, Statement


class Coding:
    """One coder's decisions on one article: ``analysis`` is the reading with all that stands in the file.

    ``reading`` is the same without disputes, which take the longest to pair.

    Each method returns when its entry is on disk. It raises ``OnrecordError`` where that fails or a statement is
    unknown, and then nothing has changed. ``undo`` and ``redo`` go through this coder's own entries alone, of this
    sitting and earlier ones. ``queue`` is written with each entry: how the statement came to be looked at.
    """

    def __init__(self, analysis: Analysis, file: Path, coder: Coder) -> None:
        """``analysis`` may have corrections laid over it, or hide what is uncertain; ``file`` need not exist yet."""
        self.machine = analysis.machine
        self.file, self.coder = file, coder
        self.queue = ""
        self._undone: list[str] = []
        self.reload()

    def reload(self) -> None:
        """Takes up what others have written since."""
        self.journal = read_journal(self.file) if self.file.exists() else Journal(self.file.name)
        self.reading, self._laid = lay(self.machine, self.journal)
        self._paired: Analysis | None = None

    @property
    def analysis(self) -> Analysis:
        """The reading with all that stands in the file, disputes included."""
        self._paired = self._paired or with_disputes(self.reading)
        return self._paired

    def decide(self, id: str, label: str, value: Any, *, why: str = "") -> None:
        """Gives a label of the statement a value: spans, stances and responses as records, the others as they are."""
        statement, on = self._statement(id), self._name(id)
        before = self._label(statement, label)
        after = self._json(label, value)
        if after != before:
            self._write(label, on=on, before=before, after=after, why=why)

    def accept(self, id: str, *, why: str = "") -> None:
        """Says that all labels of the statement are right as they stand; two coders may both say so."""
        statement, decisions = self._statement(id), self._laid.decisions
        own = {label for label in LABELS if (entry := decisions.get((id, label))) and entry.coder == self.coder}
        if own != set(LABELS):
            self._write("accepted", on=self._name(id), after=self._all_labels(statement), why=why)

    def reject(self, id: str, *, why: str = "") -> None:
        """Says that this is no statement; it goes, with the links that lead to it."""
        self._statement(id)
        self._write("rejected", on=self._name(id), why=why)

    def add(self, content: Spans, *, source: Spans = (), cue: Spans = (), why: str = "") -> str:
        """The id of a statement that was missed. Its actor is called as its source is; other labels are to be decided.

        Until then it is a claim with score 0. Raises ``OnrecordError`` where the statement is there already.
        """
        self._within(content + source + cue)
        like = Statement("", source, cue, content, "indirect")
        on = {label: self._json(label, getattr(like, label)) for label in SPAN_LABELS}
        if not content or any(known == on for id, known in self._laid.known_as.items() if id in self._laid.statements):
            raise OnrecordError("this statement is there already." if content else "a statement needs its content.")
        was = {statement.id for statement in self.reading.statements}
        self._write("added", on=on, after={**on, "actor": self.reading.article.words_of(source)}, why=why)
        return next((s.id for s in self.reading.statements if s.id not in was), "")

    def merge(self, actor: str, into: str, *, why: str = "") -> None:
        """Makes one actor of two, as a source and as a target."""
        if actor != into:
            self._write("merge", before=actor, after=into, why=why)

    def undo(self) -> str:
        """Takes back this coder's last decision that stands: its kind, or "" where there is none."""
        own = [e for e in standing(self._entries()) if e.coder == self.coder]
        if not own:
            return ""
        self._write("undo", undoes=own[-1].id)
        self._undone.append(self._entries()[-1].id)
        return own[-1].what

    def redo(self) -> str:
        """Takes back the last undo of this sitting, where nothing was decided since: its kind, or ""."""
        if not self._undone:
            return ""
        undone = self._undone.pop()
        kept = self._undone
        self._write("undo", undoes=undone)
        self._undone = kept
        target = next(e.undoes for e in self._entries() if e.id == undone)
        return next((e.what for e in self._entries() if e.id == target), "")

    def _entries(self) -> Sequence[Entry]:
        return self.journal.about(self.machine.article).entries

    def _write(self, what: str, **fields: Any) -> None:
        if what != "undo":
            self._undone = []
        article = self.machine.article
        entry = Entry(
            what, self.coder, article.id, article.sha256, reading=reading_of(self.machine), queue=self.queue, **fields
        )
        append_entries(self.file, [entry])
        self.reload()

    def _statement(self, id: str) -> Statement:
        try:
            return self.reading.statement(id)
        except KeyError:
            raise OnrecordError(f"there is no statement {id}. Was it rejected?") from None

    def _name(self, id: str) -> Json:
        """How the file names the statement: by the words that it was found with."""
        known = self._laid.known_as.get(id)
        return known or {label: self._json(label, getattr(self.machine.statement(id), label)) for label in SPAN_LABELS}

    def _label(self, statement: Statement, label: str) -> Any:
        if label not in LABELS:
            raise OnrecordError(f"there is no label {label!r}. Choose from: {', '.join(LABELS)}.")
        return self._json(label, getattr(statement, {"stance": "stances"}.get(label, label)))

    def _all_labels(self, statement: Statement) -> Json:
        return {label: self._label(statement, label) for label in LABELS}

    def _json(self, label: str, value: Any) -> Any:
        """A label's value in the form of the file."""
        if label in SPAN_LABELS:
            self._within(value)
            return anchors_to_json(self._laid.text, value)
        if label == "stance":
            return [self._stance(stance) for stance in value]
        if label == "responds_to":
            return [self._response(response) for response in value]
        return value

    def _stance(self, stance: Stance) -> Json:
        row = {"target": stance.target, "target_type": stance.target_type, "polarity": stance.polarity}
        return {**row, "evidence": anchors_to_json(self._laid.text, stance.evidence)}

    def _response(self, response: Response) -> Json:
        to = None if response.to is None else self._name(self._statement(response.to).id)
        return {"to": to, "relation": response.relation, "about": response.about}

    def _within(self, spans: Iterable[Span]) -> None:
        length = len(self.machine.article.text)
        for start, end in spans:
            if not 0 <= start < end <= length:
                raise OnrecordError(f"the span [{start}, {end}] lies outside the text of {length} characters.")
