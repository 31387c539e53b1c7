"""What a statement does, case by case; and that no span whatever breaks the step."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from onrecord.labels.act_rules import RuleHit, decide
from onrecord.labels.acts import load_mix, mix_acts, overrule, tag_acts
from onrecord.lexicon.patterns import Pattern, read_rows, read_rules, verb_forms
from onrecord.records import ACTS, Article, Attribution, Block, Span
from onrecord.text.words import Words

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases/acts.csv").open(encoding="utf-8")))
TEXT = "“We won’t comment,” he said. She denied it, and they asked: why? …  Officials “may” act — or not."
IDS = [case["comment"] + ": " + case["marked"][:60] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_act_and_hedge(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["marked"])
    (tag,) = tag_acts(words, attributions)
    assert not case["act"] or tag.act == case["act"], tag
    assert tag.hedged == (case["hedged"] == "yes"), tag


@pytest.mark.parametrize("case", CASES, ids=[case["marked"] for case in CASES])
def test_every_act_shows_its_words(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["marked"])
    (tag,) = tag_acts(words, attributions)
    reason = next(reason for reason in tag.because if reason.label == "act")
    assert reason.spans and reason.rule
    assert all(words.text[s:e].strip() for s, e in reason.spans)
    assert tag.hedged == any(reason.label == "hedged" for reason in tag.because)


def test_network_scores_are_mixed_in() -> None:
    words, attributions = read_marked("<s>The mayor</s> <c>said</c> <t>the bridge was finished in May</t>.")
    sure = dict.fromkeys(ACTS, 0.001) | {"denial": 0.99, "hedged": 0.99}
    (tag,) = tag_acts(words, attributions, scores=[sure])
    assert tag.act == "denial"
    with pytest.raises(ValueError):
        tag_acts(words, attributions, scores=[])


spans = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=3).map(
    lambda pairs: tuple(sorted(Span(min(p), max(p)) for p in pairs))
)


@settings(max_examples=60, deadline=None)
@given(source=spans, cue=spans, content=spans)
def test_any_spans(source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> None:
    article = Article(TEXT, blocks=(Block(Span(0, len(TEXT)), "paragraph", 1),))
    (tag,) = tag_acts(Words.of(article), [Attribution(source, cue, content)])
    assert tag.act in ACTS and 0 <= tag.score <= 1
    assert all(0 <= s < e <= len(TEXT) for reason in tag.because for s, e in reason.spans)


def test_rules_alone_say_claim_where_nothing_fires() -> None:
    assert decide([]) == ("claim", ())


@pytest.mark.parametrize("name", ["acts", "hedges", "stances"])
def test_word_lists_are_commented(name: str) -> None:
    assert len(read_rules(name).rules) == len(read_rows(name))
    assert all(row["comment"] for row in read_rows(name))


def test_patterns() -> None:
    words = "she has denied all of the many claims".split()
    assert Pattern.parse("~deny .. claims").find(words) is None, "a gap is three words at most"
    assert Pattern.parse("~deny .. the").find(words) == (2, 6)
    assert Pattern.parse("claims $").find(words) == (7, 8)
    assert Pattern.parse("^ has").find(words) is None
    assert "stopped" in verb_forms("stop") and "vowed" in verb_forms("vow")
    with pytest.raises(ValueError):
        Pattern.parse(".. claims")


def test_reliable_rules_overrule_an_unsure_reading() -> None:
    words, attributions = read_marked("<s>The mayor</s> <c>accused</c> <t>the contractor of skipping inspections</t>.")
    unsure = dict.fromkeys(ACTS, 0.1) | {"hedged": 0.0}
    (tag,) = tag_acts(words, attributions, scores=[unsure])
    assert tag.act == "accusation"


@pytest.mark.parametrize(
    ("reliability", "ahead"), [({"accusation 3": 0.9}, "accusation"), ({"accusation 3": 0.6}, "claim"), ({}, "claim")]
)
def test_overruling_needs_a_rule_more_reliable_than_the_reading(reliability: dict[str, float], ahead: str) -> None:
    chances = np.array([0.6 if act == "claim" else 0.4 / (len(ACTS) - 1) for act in ACTS])
    found = overrule(chances, [RuleHit("accusation", 3, (0,), "cue: accuse")], reliability)
    assert ACTS[int(found.argmax())] == ahead
    assert found.sum() == pytest.approx(1.0)


def test_no_rule_overrules_in_favour_of_a_claim() -> None:
    chances = np.array([0.6 if act == "accusation" else 0.4 / (len(ACTS) - 1) for act in ACTS])
    found = overrule(chances, [RuleHit("claim", 3, (0,), "cue: found")], {"claim 3": 0.9})
    assert ACTS[int(found.argmax())] == "accusation"


def test_reliable_rules_overrule_the_words_alone() -> None:
    """Where the encoder reads nothing, the linear model is overruled too."""
    sums = np.array([2.0 if act == "claim" else 1.0 for act in ACTS])
    sure, name = next((sure, name) for name, sure in load_mix().reliability.items() if sure > 0.8)
    act, strength = name.split()
    found = mix_acts(sums, [RuleHit(act, int(strength), (0,), "cue")], None)
    assert ACTS[int(found.argmax())] == act and found.max() == pytest.approx(sure)
