"""Corrections laid over an engine's reading: a new Analysis, in which what a coder has decided stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.answers import pair_disputes
from onrecord.corrections.entries import Entry
from onrecord.corrections.journal import Journal, standing
from onrecord.corrections.laid import MISSING, Laid
from onrecord.corrections.matching import holds
from onrecord.corrections.values import NoPlace, decided, given_labels, with_links, with_other_name
from onrecord.plain_english import count_of, shortened, unique
from onrecord.records import Analysis, Checking, OnrecordError, Statement
from onrecord.text import Words


def lay_over(machine: Analysis, journal: Journal) -> Analysis:
    """The reading with the corrections of ``journal`` that find their place in it, each decided label with score 1.

    What finds no place, or several, is orphaned: told in the notes, kept in the file, applied nowhere. Of two
    decisions on one label the later one stands; where two coders differ, the notes say so. Statements that a coder
    added get the next free ids. Raises ``OnrecordError`` where ``machine`` has corrections laid over it already.
    """
    return with_disputes(lay(machine, journal)[0])


def lay(machine: Analysis, journal: Journal) -> tuple[Analysis, Laid]:
    """As ``lay_over``, without disputes, and with what the desk needs to know beside the reading."""
    if machine.checking is not None:
        raise OnrecordError("corrections are laid over this reading already: lay them over the machine's own.")
    laid = Laid(machine)
    here = journal.about(machine.article)
    entries = standing(here.entries)
    for entry in entries:
        try:
            _apply(laid, entry)
        except NoPlace as error:
            laid.orphaned.append((entry, str(error)))
    _link(laid)
    return _finish(laid, here, entries), laid


def _apply(laid: Laid, entry: Entry) -> None:
    """Changes ``laid`` by one entry. Raises ``NoPlace`` where it has none."""
    if entry.what == "merge":
        _merge(laid, entry)
        return
    id = laid.find(entry)
    if entry.what == "rejected":
        if id in laid.statements:  # else this reading has not even found it
            laid.rejected[id] = laid.statements.pop(id)
        return
    if entry.what in ("added", "accepted"):
        id = id or laid.create(entry)
        if id in laid.rejected:
            laid.statements[id] = laid.rejected.pop(id)
    if id is None:
        raise NoPlace(MISSING)
    if id not in laid.statements:
        raise NoPlace("the statement was rejected")
    laid.statements[id] = decided(laid.statements[id], entry, laid, same_text=laid.is_of_this_text(entry))
    for label in given_labels(entry):
        _tell_contradiction(laid, id, label, entry)
        laid.decisions[id, label] = entry


def _tell_contradiction(laid: Laid, id: str, label: str, entry: Entry) -> None:
    earlier = laid.decisions.get((id, label))
    if earlier and earlier.coder != entry.coder and given_labels(earlier)[label] != given_labels(entry)[label]:
        one, other = earlier.coder.name, entry.coder.name
        laid.contradictions.append(f"{id}, {label}: {one} and {other} differ, and {other}, who decided later, stands")


def _merge(laid: Laid, entry: Entry) -> None:
    """Makes one actor of two, as a source and as a target."""
    old, new = str(entry.before), str(entry.after)
    like = laid.by_actor().get(new)
    changed = {
        s.id: with_other_name(s, old, new, like, entry)
        for s in laid.statements.values()
        if s.actor == old or any(stance.target == old for stance in s.stances)
    }
    if not changed:
        raise NoPlace("no actor of this reading has this name")
    laid.statements.update(changed)


def _link(laid: Laid) -> None:
    """The links that coders decided on, once all statements are there that they may lead to."""
    for (id, label), entry in laid.decisions.items():
        if label == "responds_to" and id in laid.statements:
            places: list[str | None] = []
            for row in given_labels(entry)["responds_to"]:
                try:
                    to = laid.find(entry, row["to"]) if row["to"] else None
                except NoPlace:
                    to = None
                places.append(to)
                if row["to"] and to not in laid.statements:
                    laid.orphaned.append((entry, "what it answers has no place in this reading"))
            laid.statements[id] = with_links(laid.statements[id], entry, places)


def _finish(laid: Laid, journal: Journal, entries: list[Entry]) -> Analysis:
    """The reading whole again: in order, nested where it lies, links to what is there, disputes of what is said."""
    machine = laid.machine
    ordered = sorted(laid.statements.values(), key=lambda s: s.content[0].start if s.content else 0)
    reaches = [(s.content[0].start, s.content[-1].end, s) for s in ordered if s.content]
    statements = tuple(_tied(statement, laid, reaches) for statement in ordered)
    checking = Checking(
        machine,
        journal.file,
        journal.sha256,
        coders=tuple(unique(entry.coder.name for entry in entries)),
        by_hand=all(entry.coder.person for entry in entries),
        orphaned=tuple(f"{_named(entry)}: {why}" for entry, why in laid.without_place()),
        contradictions=tuple(laid.contradictions),
    )
    article = replace(machine.article, notes=(*machine.article.notes, *_notes(journal, checking)))
    return replace(machine, article=article, statements=statements, disputes=(), checking=checking)


def with_disputes(analysis: Analysis) -> Analysis:
    """The reading with its disputes paired: most of the time that laying over takes, and no key has to wait for it."""
    words = Words(analysis.article, analysis.tokens)
    return replace(analysis, disputes=pair_disputes(words, analysis.statements))


def _tied(statement: Statement, laid: Laid, reaches: list[tuple[int, int, Statement]]) -> Statement:
    """The statement with its links to statements that are there, nested in the innermost that holds it.

    ``reaches`` are all statements with the first and last character of their contents.
    """
    links = tuple(
        r for r in statement.responds_to if r.to is None or (r.to in laid.statements and r.to != statement.id)
    )
    within = statement.nested_in
    while within in laid.rejected:
        within = laid.rejected[within].nested_in
    if "content" in statement.decided:
        first, last = statement.content[0].start, statement.content[-1].end
        around = (s for start, end, s in reaches if start <= first and last <= end and s is not statement)
        outer = [s for s in around if holds(s, statement)]
        within = min(outer, key=lambda s: sum(end - start for start, end in s.content)).id if outer else None
    if (links, within) == (statement.responds_to, statement.nested_in):
        return statement
    return replace(statement, responds_to=links, nested_in=within)


def _named(entry: Entry) -> str:
    """The entry in words, for the list of what found no place."""
    if entry.on is None:
        return f"{entry.coder.name}, {entry.what} of {entry.before} into {entry.after}"
    words = " … ".join(str(anchor["words"]) for anchor in entry.on["content"])
    return f"{entry.coder.name}, {entry.what.replace('_', ' ')} of “{shortened(words, 60)}”"


def _notes(journal: Journal, checking: Checking) -> Iterator[str]:
    if not journal.entries:
        yield f"{journal.file} holds no correction of this article."
    if journal.set_aside:
        lines = ", ".join(map(str, journal.set_aside))
        yield f"{journal.file}: line {lines} is no whole correction (half written?) and was set aside."
    if checking.orphaned:
        count = len(checking.orphaned)
        yield (
            f"{count_of(count, 'correction')} of {journal.file} found no place in this reading and "
            f"{'was' if count == 1 else 'were'} left out: {'; '.join(checking.orphaned)}."
        )
    if checking.contradictions:
        yield f"Coders differ in {journal.file}: {'; '.join(checking.contradictions)}."
