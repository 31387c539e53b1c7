"""Which rules fire on a statement, what a negation does to them, and what they decide."""

from __future__ import annotations

import pytest
from marked import read_marked

from onrecord.labels.act_rules import RuleHit, across_hits, decide, own_subject, rule_hits

SOURCE = "<s>Ann Roe</s> <c>{cue}</c> <t>{content}</t>."


def hits(cue: str, content: str = "the mayor of fraud", *, across: bool = False) -> list[tuple[str, int, str]]:
    """Label, strength and words of each rule that fires."""
    words, (only,) = read_marked(SOURCE.format(cue=cue, content=content))
    found = (across_hits if across else rule_hits)(words, words.parts(only))
    return [(hit.label, hit.strength, " ".join(words.lower[i] for i in hit.words)) for hit in found]


def labels(cue: str, content: str = "the mayor of fraud", *, across: bool = False) -> set[str]:
    return {label for label, _, _ in hits(cue, content, across=across)}


@pytest.mark.parametrize(
    ("cue", "act"),
    [("accused", "accusation"), ("denied", "denial"), ("confirmed", "confirmation"), ("demanded", "demand")],
)
@pytest.mark.parametrize("negation", ["has not", "never"])
def test_a_negation_in_the_cue_takes_an_act_back(cue: str, act: str, negation: str) -> None:
    assert act in labels(cue)
    taken_back = labels(f"{negation} {cue}")
    assert act not in taken_back
    assert "other" in taken_back


def test_what_was_taken_back_shows_its_negation_and_is_no_stronger_than_a_sure_rule() -> None:
    (strength,) = {strength for label, strength, words in hits("has not denied") if label == "other"}
    assert 0 < strength <= 3
    assert ("other", strength, "not denied") in hits("has not denied")


@pytest.mark.parametrize("cue", ["accused, not praised,", "accused"])
def test_a_negation_behind_the_verb_takes_nothing_back(cue: str) -> None:
    assert "accusation" in labels(cue)
    assert "other" not in labels(cue)


def test_a_negation_leaves_other_acts_as_they_are() -> None:
    assert "no_comment" in labels("would not comment") | labels("would not comment", "on it", across=True)


@pytest.mark.parametrize(
    ("content", "label", "strength", "shown"),
    [
        ("she will not sign the law", "refusal", 2, "she will not sign"),
        ("her office did not pay him", "denial", 1, "her office did not pay"),
        ("we do not know the man", "no_comment", 1, "we do not know"),
        ("Roe never met him", "denial", 1, "roe never met"),
    ],
)
def test_a_negation_on_the_sources_own_side(content: str, label: str, strength: int, shown: str) -> None:
    assert hits("said", content, across=True) == [(label, strength, shown)]


@pytest.mark.parametrize(
    "content", ["the mayor did not pay and nobody knows", "Bo Wu never met him", "nothing is ready"]
)
def test_a_negation_of_somebody_else_is_told_once_and_decides_nothing(content: str) -> None:
    ((label, strength, _),) = hits("said", content, across=True)
    assert (label, strength) == ("plain_negation", 1)
    assert decide([RuleHit(label, strength, (0,), "")]) == ("claim", ())


@pytest.mark.parametrize(
    "content",
    [
        "she thinks that the law does not work",  # more than four words behind her
        "the mayor of this old town did not pay",  # behind the first six words
        "she paid",
    ],
)
def test_a_negation_further_off_says_nothing(content: str) -> None:
    assert hits("said", content, across=True) == []


@pytest.mark.parametrize(
    ("content", "subject"),
    [
        ("he paid", "he"),
        ("“We paid", "we"),
        ("that, and but: she paid", "she"),
        ("Their plan failed", "their plan"),
        ("Roe paid", "roe"),
        ("the mayor paid", None),
        ("the man from the town we", "we"),
        ("the very old man from here she", None),  # only six words are looked at
        ("“the man “from the town they", "they"),  # marks do not count among them
        ("paid by her", None),  # a possessive needs what is possessed
        ("the", None),
    ],
)
def test_the_first_subject_of_the_content_where_it_is_the_source_or_its_side(content: str, subject: str | None) -> None:
    words, (only,) = read_marked(SOURCE.format(cue="said", content=content))
    found = own_subject(words, words.parts(only))
    assert (" ".join(words.lower[i] for i in found) if found else None) == subject


def test_a_word_of_the_source_that_names_nobody_is_no_subject() -> None:
    words, (only,) = read_marked("<s>The mayor of Lima</s> <c>said</c> <t>the law of Peru failed</t>.")
    assert own_subject(words, words.parts(only)) is None


def test_a_sense_is_told_by_cue_and_content_together() -> None:
    assert "refusal" in labels("denied", "the permit", across=True)
    assert "refusal" not in labels("denied", "the permit")
    assert "no_comment" in labels("declined", "to comment", across=True)


def test_rules_do_not_look_past_sixty_words_of_the_content() -> None:
    denial = "is a lie"
    filler = "it rained and "
    near, far = filler * 18, filler * 20
    assert labels("said", near + denial) > labels("said", near)
    assert labels("said", far + denial) == labels("said", far)


def test_the_strongest_rule_decides_then_the_order_of_the_scheme() -> None:
    def hit(label: str, strength: int) -> RuleHit:
        return RuleHit(label, strength, (0,), label)

    accusation, denial, weak = hit("accusation", 2), hit("denial", 2), hit("demand", 1)
    assert decide([weak, accusation]) == ("accusation", (accusation,))
    assert decide([accusation, denial]) == ("denial", (denial,))
    assert decide([hit("accusation", 1), accusation, weak]) == ("accusation", (hit("accusation", 1), accusation))
    assert decide([hit("plain_negation", 4), weak]) == ("demand", (weak,))
