"""Whether an actor that goes by no name has one: what is asked, what the odds are made of, what the label says."""

from __future__ import annotations

from marked import read_marked

from onrecord.actors import named_or_not
from onrecord.actors.candidates import Surroundings, settle
from onrecord.actors.resolve import Resolver, resolve_actors
from onrecord.names.mentions import find_mentions

POLL = (
    "The Beck Institute and the Adler Institute asked 900 people each, in Oslo and in Bergen.\n"
    "<s>The new poll</s> <c>found</c> <t>that most were for it</t>."
)


def settled(text: str) -> Surroundings:
    words, attributions = read_marked(text)
    resolver = Resolver(words, attributions, find_mentions(words))
    around = resolver.surroundings()
    settle(around, resolver.entity_actor)
    return around


def test_only_sources_without_a_name_and_with_names_near_are_asked_of():
    assert named_or_not.open_questions(settled(POLL)) == [0]
    assert named_or_not.open_questions(settled("<s>The new poll</s> <c>found</c> <t>that most were for it</t>.")) == []
    assert named_or_not.open_questions(settled("<s>Ruth Adler</s> <c>said</c> <t>it was late</t>.")) == []
    assert named_or_not.open_questions(settled("Ruth Adler left. It was <c>reportedly</c> <t>late</t>.")) == []


def test_the_odds_are_the_sum_of_the_weights():
    weights = named_or_not.weights()
    told = {"margin": 2.0, "headline": 1.0, "a feature that no model knows": 5.0}
    assert named_or_not.log_odds({}) == weights[""]
    assert named_or_not.log_odds(told) == weights[""] + 2 * weights["margin"] + weights.get("headline", 0.0)


def test_who_is_called_named_keeps_the_words_of_the_source_and_the_reason(monkeypatch):
    monkeypatch.setattr(named_or_not, "weights", lambda: {"": 1.0})  # everybody asked of is called named
    words, attributions = read_marked(POLL)
    (actor,) = resolve_actors(words, attributions)
    assert (actor.name, actor.kind, actor.named) == ("new poll", "document", True)
    (reason,) = (reason for reason in actor.because if reason.label == "named")
    assert reason.spans == attributions[0].source
    assert reason.rule.startswith("somebody with a name is meant: probability 0.")


def test_the_likelier_the_best_candidate_with_a_name_the_likelier_is_a_name():
    around = settled("Ruth Adler met Tom Beck in Oslo.\n<s>A judge</s> <c>said</c> <t>it was late</t>.")
    (number,) = named_or_not.open_questions(around)
    odds = []
    for margin in (-4.0, 0.0, 4.0):
        around.margins[number] = margin
        odds.append(named_or_not.log_odds(named_or_not.features_of(around, number)))
    assert odds == sorted(odds)
    assert odds[0] < odds[2]


def test_a_straight_and_a_curly_apostrophe_make_no_second_actor() -> None:
    words, attributions = read_marked(
        "<s>The dockworkers' union</s> <c>said</c> <t>it rained</t>.\n"
        "<s>The dockworkers’ union</s> <c>said</c> <t>it snowed</t>."
    )
    assert {actor.name for actor in resolve_actors(words, attributions)} == {"dockworkers' union"}
