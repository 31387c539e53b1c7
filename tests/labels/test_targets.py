"""Whom and what a statement could be for or against: names, pronouns and noun phrases, case by case."""

from __future__ import annotations

import pytest
from casefiles import cases
from marked import read_marked

from onrecord.actors import Antecedents, resolve_actors
from onrecord.labels.stance_features import Candidate
from onrecord.labels.targets import actor_candidates, issue_candidates
from onrecord.names import find_mentions

LAW = "the law of the city"


def people(marked: str) -> list[Candidate]:
    """The actors of the last statement."""
    words, attributions = read_marked(marked)
    mentions, actors = find_mentions(words), resolve_actors(words, attributions)
    last, antecedents = attributions[-1], Antecedents(words, mentions)
    for attribution, actor in zip(attributions, actors, strict=True):
        entity = next((each for each in mentions.entities if each.name == actor.name), None)
        antecedents.add_source(attribution.source, actor, entity)
    return actor_candidates(words, words.parts(last), last, actors[-1], mentions, antecedents)


def phrases(content: str, actors: tuple[Candidate, ...] = ()) -> list[str]:
    words, (only,) = read_marked(f"<s>Al Li</s> <c>said</c> <t>{content}</t>.")
    return [each.name for each in issue_candidates(words, words.parts(only), actors)]


@pytest.mark.parametrize("case", cases("noun_phrases"))
def test_noun_phrases(case: dict[str, str]) -> None:
    assert phrases(case["content"]) == [phrase for phrase in case["phrases"].split("; ") if phrase]


def test_a_phrase_is_kept_with_the_words_it_stands_in() -> None:
    words, (only,) = read_marked(f"<s>Al Li</s> <c>opposes</c> <t>{LAW}</t>.")
    (phrase,) = issue_candidates(words, words.parts(only), [])
    assert [[words.lower[i] for i in place] for place in phrase.places] == [LAW.split()]
    assert phrase.entity is None


def test_what_only_names_an_actor_is_no_issue() -> None:
    words, (only,) = read_marked("<s>Al Li</s> <c>said</c> <t>the Bo Wu campaign has lost to Cy Ott</t>.")
    parts = words.parts(only)
    bo, wu, cy, ott = (next(i for i in parts.content if words.forms[i] == name) for name in ("Bo", "Wu", "Cy", "Ott"))
    named = [Candidate("Bo Wu", ((bo, wu),)), Candidate("Cy Ott", ((cy, ott),))]
    assert [each.name for each in issue_candidates(words, parts, named)] == ["the Bo Wu campaign"]
    taken_up = [Candidate("Cy Ott", ((cy, ott),), by_name=False)]
    assert "Cy Ott" in [each.name for each in issue_candidates(words, parts, taken_up)]


def test_a_name_alone_is_no_issue() -> None:
    words, (only,) = read_marked("<s>Al Li</s> <c>praised</c> <t>Cy Ott</t>.")
    parts = words.parts(only)
    assert issue_candidates(words, parts, [Candidate("Cy Ott", (parts.content,))]) == []


def test_a_phrase_does_not_run_over_a_gap_in_the_content() -> None:
    words, (only,) = read_marked("<s>Al Li</s> <c>opposes</c> <t>the plan</t>, he wrote, <t>of the sale</t>.")
    assert [each.name for each in issue_candidates(words, words.parts(only), [])] == ["the plan", "the sale"]


def test_issues_are_looked_for_in_the_first_forty_words() -> None:
    filler = " ".join(["it"] * 36)
    assert phrases(f"{filler} and {LAW.removesuffix(' of the city')} of it") == ["the law"]
    assert phrases(f"{filler} it and it and {LAW}") == []


def test_actors_are_named_or_taken_up_by_a_pronoun_in_the_order_of_the_text() -> None:
    found = people(
        "<s>Bo Wu</s> <c>spoke</c> <t>first</t>.\n<s>Ann Roe</s> <c>said</c> <t>he and Cy Ott fear Bo Wu</t>."
    )
    assert [(each.name, len(each.places), each.by_name) for each in found] == [("Bo Wu", 2, True), ("Cy Ott", 1, True)]
    assert list(found[0].places) == sorted(found[0].places)


def test_a_pronoun_alone_takes_up_an_actor_without_naming_him() -> None:
    (found,) = people("<s>Bo Wu</s> <c>spoke</c> <t>first</t>.\n<s>Ann Roe</s> <c>said</c> <t>he is wrong</t>.")
    assert (found.name, len(found.places), found.by_name) == ("Bo Wu", 1, False)


@pytest.mark.parametrize(
    ("marked", "others"),
    [
        ("<s>Al Li</s> <c>said</c> <t>critics of Al Li are wrong about Bo Wu</t>.", ["Bo Wu"]),
        ("<s>Al Li</s> <c>told Bo Wu</c> <t>the plan is bad</t>.", ["Bo Wu"]),
        ("<s>Bo Wu</s> <c>spoke</c> <t>first</t>.\n<s>Al Li</s> <c>said</c> <t>the law is bad</t>.", []),
    ],
)
def test_cue_and_content_name_targets_and_the_source_is_none(marked: str, others: list[str]) -> None:
    assert [each.name for each in people(marked)] == others


def test_an_article_before_a_name_makes_no_other_actor() -> None:
    words, (only,) = read_marked("<s>The Harbor Union</s> <c>said</c> <t>the Harbor Union is ready</t>.")
    mentions = find_mentions(words)
    (actor,) = resolve_actors(words, (only,))
    assert actor.name.removeprefix("The ") == "Harbor Union"
    assert actor_candidates(words, words.parts(only), only, actor, mentions, Antecedents(words, mentions)) == []
