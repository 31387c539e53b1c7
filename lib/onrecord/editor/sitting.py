"""A sitting of one coder: which statement is looked at, what each command does, what the screen has to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onrecord.corrections import LABELS, Coding
from onrecord.editor.queues import ORDERS, queue
from onrecord.editor.screen import screen
from onrecord.plain_english import act_name
from onrecord.records import RELATIONS, Analysis, OnrecordError, Response, Span, Spans, Stance, Statement

#: A statement holds so many stances at most (docs/LABELS.md).
MAX_STANCES = 3
Command = Mapping[str, Any]


class Sitting:
    """What the editor shows and does, without a screen. ``at`` is the statement looked at, "" where none is left."""

    def __init__(self, coding: Coding, *, order: str, seed: int, other: Analysis | None) -> None:
        self.coding, self.seed, self.other = coding, seed, other
        self.orders = {name: words for name, words in ORDERS.items() if name != "differ" or other}
        self.blind = self._shown = False
        self.message = self.error = ""
        self.set_order(order)

    @property
    def analysis(self) -> Analysis:
        """The reading with what was decided, without its disputes."""
        return self.coding.reading

    def set_order(self, order: str) -> None:
        """Begins the queue anew, at the first statement that is not checked."""
        self.order, self._queue = order, queue(self.coding.analysis, order, seed=self.seed, other=self.other)
        self.coding.queue = f"random, seed {self.seed}" if order == "random" else order
        self.at = ""
        self.at = next(iter(self.left()), next(iter(self._queue), ""))

    def left(self) -> list[str]:
        """The ids that are still to be checked, from the one after the present one on."""
        ids = [*self._queue, *(s.id for s in self.analysis.statements if s.id not in set(self._queue))]
        here = ids.index(self.at) + 1 if self.at in ids else 0
        open_ones = {s.id for s in self.analysis.statements if set(s.decided) != set(LABELS)}
        if self.order == "differ":
            ids = [id for id in ids if id in set(self._queue)]
        return [id for id in ids[here:] + ids[:here] if id in open_ones]

    def do(self, command: Command) -> None:
        """Does what a key or a button stands for; what goes wrong is said in ``error``, and nothing has changed."""
        self.message = self.error = ""
        try:
            self._do(command)
        except OnrecordError as error:
            self.error = str(error)

    def _do(self, command: Command) -> None:
        actions: dict[str, Callable[[Command], None]] = {
            "decide": self._decide,
            "stance": self._stance,
            "link": self._link,
            "accept": self._accept,
            "reject": self._reject,
            "add": self._add,
            "merge": self._merge,
            "undo": lambda c: self._say(self.coding.undo(), "Taken back", "Nothing of yours to take back"),
            "redo": lambda c: self._say(self.coding.redo(), "Done again", "Nothing to do again"),
            "goto": self._goto,
            "step": self._step,
            "order": lambda c: self.set_order(str(c["value"])),
            "blind": self._set_blind,
        }
        before = self.at
        actions[str(command["do"])](command)
        if self.at not in {s.id for s in self.analysis.statements}:
            self.at = next(iter(self.left()), "")
        if self.at != before:
            self._shown = False

    def screen(self) -> dict[str, Any]:
        """Everything that the screen shows, ready for JSON."""
        shown = not self.blind or self._shown
        return screen(self, is_shown=shown)

    def _here(self) -> Statement:
        if not self.at:
            raise OnrecordError("no statement is left to decide on.")
        return self.analysis.statement(self.at)

    def _say(self, what: str, done: str, none: str) -> None:
        self.message = f"{done}: {what.replace('_', ' ')}." if what else f"{none}."

    def _decide(self, command: Command) -> None:
        label, value = str(command["label"]), command["value"]
        if label in ("source", "cue", "content"):
            value = _spans(value)
        self.coding.decide(self._here().id, label, value, why=str(command.get("why", "")))
        self._say(label, "Kept", "")

    def _stance(self, command: Command) -> None:
        here, target, polarity = self._here(), str(command["target"]).strip(), str(command["polarity"])
        if not target:
            raise OnrecordError("choose a target first (up and down), or name one (t).")
        held = next((s for s in here.stances if s.target == target), None)
        stances = tuple(s for s in here.stances if s.target != target)
        if polarity != "none":
            new = Stance(target, str(command.get("target_type", "issue")), polarity)
            stances += (replace(held, polarity=polarity, target_type=new.target_type) if held else new,)
        if len(stances) > MAX_STANCES:
            raise OnrecordError(f"a statement holds {MAX_STANCES} stances at most: take one away first (n).")
        self.coding.decide(here.id, "stance", stances, why=str(command.get("why", "")))
        self._say("stance", "Kept", "")

    def _link(self, command: Command) -> None:
        """Links to a statement, or takes that link away; without ``to``, to something outside the article in words."""
        here, to, about = self._here(), str(command.get("to", "")) or None, str(command.get("about", ""))
        relation = RELATIONS.get(here.act)
        links = tuple(r for r in here.responds_to if r.to and r.to != to)
        if not any(r.to == to for r in here.responds_to if to) and (to or about):
            if relation is None:
                raise OnrecordError(f"“{act_name(here.act)}” is no answer: choose another act first.")
            links = (*links, Response(to, relation, about))
        self.coding.decide(here.id, "responds_to", links, why=str(command.get("why", "")))
        self._say("responds_to", "Kept", "")

    def _accept(self, command: Command) -> None:
        here = self._here()
        if self.blind and not self._shown:
            self._shown = True
            self.message = "This is what the machine says. Enter again accepts what stands now."
            return
        self.coding.accept(here.id, why=str(command.get("why", "")))
        self.at = next(iter(self.left()), here.id)
        self.message = f"{here.id} is kept." if self.at != here.id else "All statements of this queue are checked."

    def _reject(self, command: Command) -> None:
        here = self._here()
        following = self.left()
        self.coding.reject(here.id, why=str(command.get("why", "")))
        self.at = next((id for id in following if id != here.id), "")
        self.message = f"{here.id} is no statement."

    def _add(self, command: Command) -> None:
        self.at = self.coding.add(_spans(command["content"]), why=str(command.get("why", ""))) or self.at
        self.message = f"{self.at} is added: give it its source (s), its cue (c) and its labels."

    def _merge(self, command: Command) -> None:
        old, new = self._here().actor, str(command["into"])
        if not old:
            raise OnrecordError("this statement names no source: there is no actor to merge.")
        self.coding.merge(old, new, why=str(command.get("why", "")))
        self.message = f"{old} is {new} everywhere."

    def _goto(self, command: Command) -> None:
        self.at = self.analysis.statement(str(command["id"])).id

    def _step(self, command: Command) -> None:
        """To the next or the last statement of the queue, checked ones too."""
        standing = {s.id for s in self.analysis.statements}
        ids = [id for id in self._queue if id in standing]
        ids += [s.id for s in self.analysis.statements if s.id not in set(ids)]
        here = ids.index(self.at) if self.at in ids else 0
        self.at = ids[(here + int(command["by"])) % len(ids)] if ids else ""

    def _set_blind(self, command: Command) -> None:
        self.blind, self._shown = bool(command["value"]), False
        self.message = "The machine’s labels are hidden until Enter." if self.blind else "The machine’s labels show."


def _spans(pairs: Any) -> Spans:
    return tuple(Span(int(start), int(end)) for start, end in pairs)
