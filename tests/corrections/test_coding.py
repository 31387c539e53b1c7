"""What a coder decides stands, in this reading, another engine's and in an edited article, or is told as orphaned."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.corrections import LABELS, Coder, Coding, Journal, lay_over, read_journal
from onrecord.corrections.values import given_labels
from onrecord.pipeline import analyze
from onrecord.records import ACTS, Analysis, Article, OnrecordError, Response, Span, Stance, Statement
from onrecord.text import parse_article

ANN, BOB = Coder("Ann"), Coder("Bob")
#: What Toner “said” stands twice, word for word, and a third time with one word changed.
LOOK_ALIKES = (
    "\n\nMark Toner said the talks go on. Nobody else spoke that day.\n\nThe embassy in Oslo opened late."
    "\n\nMark Toner said the talks go on. Mark Toner said the talks went on."
)


@pytest.fixture(scope="module")
def readings(article: Article) -> dict[str, Analysis]:
    """The article with look-alike sentences at its end, as both engines read it."""
    longer = parse_article(article.text.rstrip() + LOOK_ALIKES, id="haqqani-2011")
    return {engine: analyze(longer, engine=engine) for engine in ("default", "fast")}


@pytest.fixture
def coding(readings: dict[str, Analysis], tmp_path: Path) -> Coding:
    return Coding(readings["default"], tmp_path / "a.corrections.jsonl", ANN)


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
    assert Coding(coding.analysis, coding.file, ANN).analysis.statements == coding.analysis.statements


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


def act_at_random(coding: Coding, chance: random.Random) -> None:
    """One decision of any kind; what is refused changes nothing."""
    ids = [s.id for s in coding.analysis.statements]
    words = coding.machine.tokens.words
    first = chance.randrange(len(words) - 4)
    span = (Span(words[first].start, words[first + chance.randrange(4)].end),)
    actors = sorted({s.actor for s in coding.analysis.statements if s.actor})
    stances = (Stance(chance.choice(actors), "actor", chance.choice(("favor", "against"))),)
    moves: list[Callable[[], object]] = [
        lambda: coding.accept(chance.choice(ids)),
        lambda: coding.reject(chance.choice(ids)),
        lambda: coding.decide(chance.choice(ids), "act", chance.choice(ACTS)),
        lambda: coding.decide(chance.choice(ids), chance.choice(("source", "cue", "content")), span),
        lambda: coding.decide(chance.choice(ids), "stance", stances),
        lambda: coding.decide(chance.choice(ids), "responds_to", (Response(chance.choice(ids), "denies"),)),
        lambda: coding.add(span),
        lambda: coding.merge(*chance.sample(actors, 2)),
        coding.undo,
        coding.redo,
    ]
    try:
        chance.choice(moves)()
    except OnrecordError:
        return


def edited(text: str, chance: random.Random) -> str:
    """The text with a sentence gone, one twice, or one more."""
    sentences = re.split(r"(?<=[.”]) ", text)
    at = chance.randrange(1, len(sentences))
    change = {"gone": [], "twice": sentences[at : at + 1] * 2, "more": ["Late news came in.", sentences[at]]}
    return " ".join(sentences[:at] + change[chance.choice(sorted(change))] + sentences[at + 1 :])


def decided_words(journal: Journal) -> set[tuple[str, ...]]:
    """The words of each content that the file decides on."""
    found = set()
    for entry in journal.entries:
        contents = [given_labels(entry).get("content"), (entry.on or {}).get("content")]
        found |= {tuple(anchor["words"] for anchor in content) for content in contents if content}
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_random_decisions_are_kept_and_applied_nowhere_else(readings: dict[str, Analysis], tmp_path: Path, seed: int):
    chance = random.Random(seed)
    file = tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}.corrections.jsonl"
    coders = [Coding(readings["default"], file, coder) for coder in (ANN, BOB)]
    for _ in range(20):
        coder = chance.choice(coders)
        coder.reload()
        kept = coder.journal.entries
        act_at_random(coder, chance)
        assert coder.journal.entries[: len(kept)] == kept
    if not file.exists():
        return
    journal = read_journal(file)
    assert lay_over(readings["default"], journal).statements == coder.analysis.statements
    text = edited(readings["default"].article.text, chance)
    again = analyze(parse_article(text, id="haqqani-2011"), engine="fast")
    for machine in (readings["fast"], again):
        laid = lay_over(machine, journal)
        for statement in laid.statements:
            words = tuple(" ".join(machine.article.text[s:e].split()) for s, e in statement.content)
            if "content" in statement.decided:
                assert words in decided_words(journal)
        assert len({s.id for s in laid.statements}) == len(laid.statements)
        known = {s.id for s in laid.statements}
        assert all(r.to in known for s in laid.statements for r in s.responds_to if r.to)


def test_of_look_alikes_the_one_that_was_meant_is_corrected(readings: dict[str, Analysis], coding: Coding):
    text = coding.machine.article.text
    words = "the talks go on"
    places = [m.start() for m in re.finditer(words, text)]
    second = (
        coding.add((Span(places[1], places[1] + len(words)),))
        if not any(s.content == ((places[1], places[1] + len(words)),) for s in coding.analysis.statements)
        else next(s.id for s in coding.analysis.statements if s.content[0].start == places[1])
    )
    coding.decide(second, "act", "commitment")
    coding.accept(second)
    gone = text.replace("Mark Toner said the talks go on. Mark Toner said the talks went on.", "Nobody came.")
    laid = lay_over(analyze(parse_article(gone, id="haqqani-2011"), engine="fast"), coding.journal)
    assert laid.checking is not None
    assert len(laid.checking.orphaned) == len(coding.journal.entries)
    assert all(s.decided == () for s in laid.statements)
    longer = text.replace(
        "Mark Toner said the talks go on. Nobody", "In short, Mark Toner said the talks go on. Nobody"
    )
    laid = lay_over(analyze(parse_article(longer, id="haqqani-2011"), engine="fast"), coding.journal)
    (decided,) = [s for s in laid.statements if s.decided]
    assert decided.content[0].start == longer.rindex(words)
    assert decided.act == "commitment"
