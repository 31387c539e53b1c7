"""Random decisions of two coders: nothing acknowledged is lost, nothing is applied elsewhere, look-alikes included."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.corrections import Coder, Coding, Journal, lay_over, read_journal
from onrecord.corrections.values import given_labels
from onrecord.pipeline import analyze
from onrecord.records import ACTS, Analysis, OnrecordError, Response, Span, Stance
from onrecord.text import parse_article

ANN, BOB = Coder("Ann"), Coder("Bob")


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
