"""What a statement does, case by case; and that no span whatever breaks the step."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from onrecord.labels import acts
from onrecord.labels.act_rules import RuleHit, decide
from onrecord.labels.acts import load_mix, mix_acts, mix_hedged, overrule, tag_acts
from onrecord.lexicon.patterns import Pattern, read_rows, read_rules, verb_forms
from onrecord.records import ACTS, Article, Attribution, Block, Span
from onrecord.text.words import Words

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases/acts.csv").open(encoding="utf-8")))
TEXT = "“We won’t comment,” he said. She denied it, and they asked: why? …  Officials “may” act — or not."
IDS = [case["comment"] + ": " + case["marked"][:60] for case in CASES]


def _expected(case: dict[str, str]) -> object:
    reason = case["known_failure"]
    return pytest.param(case, marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [])


@pytest.mark.parametrize("case", [_expected(case) for case in CASES], ids=IDS)
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


def test_an_act_is_overruled_where_the_rule_is_as_reliable_as_the_reading_is_sure() -> None:
    chances = np.array([0.7 if act == "claim" else 0.3 / (len(ACTS) - 1) for act in ACTS])
    found = overrule(chances, [RuleHit("accusation", 3, (0,), "cue: accuse")], {"accusation 3": 0.7})
    assert found[ACTS.index("accusation")] == pytest.approx(0.7)
    assert found.sum() == pytest.approx(1.0)


def test_what_the_rules_say_counts_with_their_strength(monkeypatch: pytest.MonkeyPatch) -> None:
    even, sums = dict.fromkeys(ACTS, 0.1), np.zeros(len(ACTS))
    mix = replace(load_mix(), network=1.0, words=1.0, rules=0.5, bias={}, reliability={})
    monkeypatch.setattr(acts, "load_mix", lambda: mix)
    plain, weak, strong = (
        mix_acts(sums, [RuleHit("denial", strength, (0,), "")] if strength else [], even)[ACTS.index("denial")]
        for strength in (0, 1, 3)
    )
    assert plain == pytest.approx(1 / len(ACTS))
    assert plain < weak < strong
    assert weak / (1 - weak) * (len(ACTS) - 1) == pytest.approx(np.exp(0.5))
    assert strong / (1 - strong) * (len(ACTS) - 1) == pytest.approx(np.exp(1.5))


def test_readings_count_with_their_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    mix = replace(load_mix(), network=2.0, words=0.5, rules=0.0, bias={"denial": 0.25}, reliability={})
    monkeypatch.setattr(acts, "load_mix", lambda: mix)
    sums = np.array([2.0 if act == "claim" else 0.0 for act in ACTS])
    seen = dict.fromkeys(ACTS, 0.1) | {"demand": 0.2}
    found = dict(zip(ACTS, mix_acts(sums, [], seen), strict=True))
    odds = {act: np.log(found[act] / found["other"]) for act in ("claim", "demand", "denial", "refusal")}
    assert odds == pytest.approx({"claim": 1.0, "demand": 2 * np.log(2), "denial": 0.25, "refusal": 0.0}, abs=1e-6)


def test_an_act_that_the_encoder_does_not_tell_is_not_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "load_mix", lambda: replace(load_mix(), bias={}, reliability={}))
    found = mix_acts(np.zeros(len(ACTS)), [], {"denial": 1.0})
    assert ACTS[int(found.argmax())] == "denial"
    assert all(0 < chance < 0.01 for act, chance in zip(ACTS, found, strict=True) if act != "denial")


@pytest.mark.parametrize(("seen", "odds", "told"), [(0.5, 2.0, 1.0), (0.9, 0.0, np.log(9.0)), (0.1, 0.0, -np.log(9.0))])
def test_hedges_by_words_and_encoder_add_up_in_log_odds(
    seen: float, odds: float, told: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    mix = replace(load_mix(), hedged_words=0.5, hedged_network=1.0, hedged_bias=0.25)
    monkeypatch.setattr(acts, "load_mix", lambda: mix)
    chance = mix_hedged(odds, {"hedged": seen})
    assert np.log(chance / (1 - chance)) == pytest.approx(told + 0.25)
    assert 0 < mix_hedged(odds, {"hedged": 0.0}) < mix_hedged(odds, {"hedged": 1.0}) < 1


@pytest.mark.parametrize("scores", [None, {}, {"denial": 1.0}])
def test_where_the_encoder_tells_no_hedge_the_words_alone_do(scores: dict[str, float] | None) -> None:
    assert mix_hedged(0.0, scores) == pytest.approx(0.5)
    assert mix_hedged(2.0, scores) == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_an_act_names_its_rules_once_each_and_what_they_fired_on() -> None:
    words, attributions = read_marked("<s>The mayor</s> <c>accused</c> <t>the contractor of skipping inspections</t>.")
    (tag,) = tag_acts(words, attributions)
    (reason,) = [reason for reason in tag.because if reason.label == "act"]
    assert "accused" in " ".join(words.text[s:e] for s, e in reason.spans)
    assert reason.rule.startswith("accusation: cue: ")
    named = reason.rule.partition("; model ")[0].split("; ")
    assert len(named) == len(set(named)) <= 3
    assert "the rules alone say" not in reason.rule


def test_an_act_against_the_rules_says_what_they_say() -> None:
    words, attributions = read_marked("<s>The mayor</s> <c>said</c> <t>the bridge was finished in May</t>.")
    sure = dict.fromkeys(ACTS, 0.001) | {"denial": 0.99, "hedged": 0.0}
    (tag,) = tag_acts(words, attributions, scores=[sure])
    (reason,) = tag.because
    assert reason.rule.startswith("the words that weigh most; model ")
    assert reason.rule.endswith("; the rules alone say claim")
    assert reason.spans
    assert reason.spans != attributions[0].cue
    assert not tag.hedged


def test_a_hedge_shows_the_words_of_doubt() -> None:
    words, attributions = read_marked("<s>The mayor</s> <c>said</c> <t>the bridge may possibly be finished in May</t>.")
    (tag,) = tag_acts(words, attributions, scores=[dict.fromkeys(ACTS, 0.1) | {"hedged": 0.99}])
    (reason,) = [reason for reason in tag.because if reason.label == "hedged"]
    assert reason.rule.startswith("words of doubt; model ")
    assert "may" in " ".join(words.text[s:e] for s, e in reason.spans).lower().split()
    plain, attributions = read_marked("<s>The mayor</s> <c>said</c> <t>the bridge was finished</t>.")
    (tag,) = tag_acts(plain, attributions, scores=[dict.fromkeys(ACTS, 0.1) | {"hedged": 1.0}])
    (reason,) = [reason for reason in tag.because if reason.label == "hedged"]
    assert tag.hedged
    assert reason.rule.startswith("the words that weigh most; model ")
    assert reason.spans
