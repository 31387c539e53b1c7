"""What a coder decides stands, in this reading, another engine's and in an edited article, or is told as orphaned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.corrections import LABELS, Coder, Coding, lay_over, read_journal
from onrecord.records import Analysis, OnrecordError, Response, Span, Stance, Statement

BOB = Coder("Bob")


def span_of(analysis: Analysis, words: str) -> Span:
    start = analysis.article.text.index(words)
    return Span(start, start + len(words))


def test_a_decided_label_stands_with_its_coder_and_without_doubt(coding: Coding):
    machine = coding.machine.statement("S6")
    coding.decide("S6", "act", "evaluation", why="“constructively” weighs it")
    now = coding.analysis.statement("S6")
    assert (machine.act, now.act, now.act_score, now.decided, now.corrected) == (
        "claim",
        "evaluation",
        1.0,
        ("act",),
        ("act",),
    )
    assert [r.rule for r in now.because if r.label == "act"] == ["checked by hand by Ann: “constructively” weighs it"]
    coding.accept("S6")
    assert set(coding.analysis.statement("S6").decided) == set(LABELS)
    assert coding.analysis.statement("S6").corrected == ("act",)
    checking = coding.analysis.checking
    assert checking is not None
    assert (checking.machine, checking.coders, checking.by_hand) == (coding.machine, ("Ann",), True)


def test_the_same_decision_is_not_written_twice(coding: Coding):
    for _ in range(2):
        coding.decide("S6", "act", "demand")
        coding.accept("S6")
    assert len(coding.journal.entries) == 2


DECISIONS: dict[str, tuple[str, Callable[[Coding], object], Callable[[Statement], object]]] = {
    "hedged": ("hedged", lambda c: True, lambda s: s.hedged),
    "side": ("side", lambda c: "Norway", lambda s: s.side),
    "named": ("named", lambda c: False, lambda s: s.named),
    "actor": ("actor", lambda c: "Rehman Malik", lambda s: s.actor),
    "content": ("content", lambda c: (span_of(c.machine, "safe havens"),), lambda s: s.content),
    "no cue": ("cue", lambda c: (), lambda s: s.cue),
    "stance": ("stance", lambda c: (Stance("Oslo", "issue", "favor"),), lambda s: s.stances),
    "no stance": ("stance", lambda c: (), lambda s: s.stances),
    "link": ("responds_to", lambda c: (Response("S10", "denies"),), lambda s: s.responds_to),
    "paraphrase": ("responds_to", lambda c: (Response(None, "denies", "a charge"),), lambda s: s.responds_to),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_every_label_can_be_decided_undone_and_redone(coding: Coding, name: str):
    label, value, look = DECISIONS[name]
    before = coding.analysis.statements
    coding.decide("S12", label, value(coding))
    after = coding.analysis.statements
    assert look(coding.analysis.statement("S12")) == value(coding)
    assert label in coding.analysis.statement("S12").decided
    assert coding.undo() == label
    assert coding.analysis.statements == before
    assert coding.redo() == label
    assert coding.analysis.statements == after
    assert coding.redo() == ""
    assert Coding(coding.machine, coding.file, BOB).analysis.statements == after


def test_a_label_that_is_emptied_stays_empty(coding: Coding):
    coding.decide("S12", "actor", "")
    assert read_journal(coding.file).set_aside == ()
    assert (coding.machine.statement("S12").actor, coding.analysis.statement("S12").actor) == ("Mark Toner", "")


def test_an_actor_known_elsewhere_brings_kind_and_side(coding: Coding):
    coding.decide("S12", "actor", "Rehman Malik")
    assert coding.analysis.statement("S12").side == next(
        s.side for s in coding.machine.statements if s.actor == "Rehman Malik"
    )
    coding.decide("S12", "actor", "two clerks")
    now = coding.analysis.statement("S12")
    assert (now.actor_kind, now.named, now.side) == ("unnamed", False, "unknown")


def test_links_follow_the_act(coding: Coding):
    denial = coding.machine.statement(next(d.answers[0] for d in coding.machine.disputes if d.state == "contested"))
    coding.decide(denial.id, "act", "claim")
    assert coding.analysis.statement(denial.id).responds_to == ()
    assert not any(denial.id in dispute.answers for dispute in coding.analysis.disputes)


def test_a_rejected_statement_goes_with_the_links_to_it(coding: Coding):
    answered = next(r.to for s in coding.machine.statements for r in s.responds_to if r.to)
    coding.reject(answered)
    assert answered not in {s.id for s in coding.analysis.statements}
    assert all(r.to != answered for s in coding.analysis.statements for r in s.responds_to)
    with pytest.raises(OnrecordError, match="no statement"):
        coding.accept(answered)
    coding.undo()
    assert coding.analysis.statements == coding.machine.statements


def test_a_statement_is_added_where_it_stands(coding: Coding):
    words = span_of(coding.machine, "under review")
    id = coding.add((words,), source=(span_of(coding.machine, "Toner said that is"),))
    assert id == f"S{len(coding.machine.statements) + 1}"
    added = coding.analysis.statement(id)
    assert (added.actor, added.act_score, added.score) == ("Toner said that is", 0.0, 1.0)
    assert [s.content[0].start for s in coding.analysis.statements] == sorted(
        s.content[0].start for s in coding.analysis.statements
    )
    with pytest.raises(OnrecordError, match="already"):
        coding.add((words,), source=(span_of(coding.machine, "Toner said that is"),))
    coding.decide(id, "act", "no_comment")
    assert coding.analysis.statement(id).act == "no_comment"


def test_two_actors_become_one_as_source_and_as_target(coding: Coding):
    coding.merge("State Department", "United States")
    actors = {s.actor for s in coding.analysis.statements}
    assert "State Department" not in actors
    assert all(s.decided == () for s in coding.analysis.statements)  # nobody has looked at each of them
    coding.undo()
    assert coding.analysis.statements == coding.machine.statements


def test_of_two_coders_the_later_one_stands_and_both_are_told(coding: Coding):
    other = Coding(coding.machine, coding.file, BOB)
    coding.decide("S6", "act", "demand")
    other.decide("S6", "act", "commitment")
    coding.reload()
    assert coding.analysis.statement("S6").act == "commitment"
    told = "S6, act: Ann and Bob differ, and Bob, who decided later, stands"
    assert coding.analysis.checking is not None
    assert coding.analysis.checking.contradictions == (told,)
    assert any(told in note for note in coding.analysis.article.notes)
    assert coding.undo() == "act"  # one takes back one's own decisions alone
    assert coding.analysis.statement("S6").act == "commitment"
    assert coding.undo() == ""


def test_a_program_that_decides_is_not_called_a_hand(coding: Coding):
    Coding(coding.machine, coding.file, Coder("a model", person=False)).accept("S6")
    coding.reload()
    assert coding.analysis.checking is not None
    assert not coding.analysis.checking.by_hand


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda c: c.decide("S99", "act", "claim"), "no statement S99"),
        (lambda c: c.decide("S1", "mood", "claim"), "no label 'mood'"),
        (lambda c: c.decide("S1", "content", (Span(0, 99_999),)), "outside the text"),
        (lambda c: c.add(()), "needs its content"),
    ],
)
def test_what_cannot_be_is_refused_and_not_written(coding: Coding, change: Callable[[Coding], None], problem: str):
    with pytest.raises(OnrecordError, match=problem):
        change(coding)
    assert not coding.file.exists()


def test_corrections_are_laid_over_once(coding: Coding):
    coding.accept("S1")
    with pytest.raises(OnrecordError, match="already"):
        lay_over(coding.analysis, coding.journal)
    assert Coding(coding.analysis, coding.file, coding.coder).analysis.statements == coding.analysis.statements


def test_an_accepted_statement_stands_where_another_engine_missed_it(coding: Coding, readings: dict[str, Analysis]):
    for statement in coding.machine.statements:
        coding.accept(statement.id)
    other = lay_over(readings["fast"], coding.journal)
    words = {readings["fast"].article.words_of(s.content): (s.actor, s.act) for s in other.statements if s.decided}
    assert words == {coding.machine.article.words_of(s.content): (s.actor, s.act) for s in coding.machine.statements}
    assert other.checking is not None
    assert other.checking.orphaned == ()


def test_ones_own_table_of_actors_tells_sides_over_what_was_merely_accepted(coding: Coding):
    statement = next(s for s in coding.machine.statements if s.actor == "Mark Toner")
    coding.accept(statement.id)
    sides = tuple(replace(s, side="the podium") for s in coding.machine.statements)
    own = replace(coding.machine, statements=sides, actors_file="mine.csv")
    assert lay_over(own, coding.journal).statement(statement.id).side == "the podium"
    coding.decide(statement.id, "side", "Norway")
    assert lay_over(own, coding.journal).statement(statement.id).side == "Norway"


def test_ones_own_table_of_actors_makes_one_of_two_that_a_coder_has_decided_on(coding: Coding):
    first, second = coding.machine.statements[:2]
    coding.decide(first.id, "actor", "Mike Mullen")
    coding.decide(second.id, "stance", [Stance("Mike  Mullen", "actor", "favor")])
    own = replace(coding.machine, actors_file="mine.csv", same_as={"mike mullen": "Michael Mullen"})
    laid = lay_over(own, coding.journal)
    assert laid.statement(first.id).actor == "Michael Mullen"
    assert [stance.target for stance in laid.statement(second.id).stances] == ["Michael Mullen"]


def test_of_another_article_nothing_is_taken(coding: Coding):
    coding.accept("S1")
    other = replace(
        coding.machine, article=replace(coding.machine.article, id="another", text=coding.machine.article.text + " ")
    )
    laid = lay_over(other, coding.journal)
    assert laid.statements == other.statements
