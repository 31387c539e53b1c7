"""Which statements an answer may answer, from which chance on a link is made, and what is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from marked import read_marked

from onrecord.answers import find_responses, links
from onrecord.answers.links import LinkModel, describe_about, load_links, may_answer
from onrecord.answers.statement_facts import Facts, gather_facts
from onrecord.records import RELATIONS, Statement
from onrecord.text import Words

LINES = (
    "<s>Al Li</s> <c>said</c> <t>Bo Wu hid the flood report</t>.",
    "<s>Cy Ott</s> <c>said</c> <t>the library opens soon</t>.",
    "<s>Bo Wu</s> <c>denied</c> <t>that he hid the flood report</t>.",
)


def article(*lines: str) -> tuple[Words, list[Statement]]:
    """The words and a claim a line; what is denied is a denial."""
    words, attributions = read_marked("\n".join(lines))
    return words, [
        Statement(
            f"S{n}",
            each.source,
            each.cue,
            each.content,
            "indirect",
            actor=" ".join(words.text[s:e] for s, e in each.source),
            act="denial" if "denied" in words.text[slice(*each.cue[0])] else "claim",
        )
        for n, each in enumerate(attributions, 1)
    ]


def answered(
    monkeypatch: pytest.MonkeyPatch, chances: Sequence[float], *, threshold: float = 0.3, lines: Sequence[str] = LINES
) -> Statement:
    """The last statement, where the model gives these chances to the others."""

    def given(self: LinkModel, answer: Facts, others: Sequence[Facts]) -> list[float]:
        assert len(others) == len(chances)
        return list(chances)

    monkeypatch.setattr(LinkModel, "chances", given)
    model = replace(load_links(), thresholds=dict.fromkeys(RELATIONS, threshold))
    monkeypatch.setattr(links, "load_links", lambda: model)
    return find_responses(*article(*lines))[-1]


def test_a_link_is_made_from_its_threshold_on_scores_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(monkeypatch, [0.2996, 0.299])
    assert [(r.to, r.relation, r.score, r.about) for r in found.responds_to] == [("S1", "denies", 0.2996, "")]
    both = answered(monkeypatch, [0.4, 0.9])
    assert [r.to for r in both.responds_to] == ["S1", "S2"]


def test_a_link_names_the_words_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    words, _ = article(*LINES)
    found = answered(monkeypatch, [0.9, 0.4])
    near, far = (reason for reason in found.because if reason.label == "responds_to")
    assert near.rule.startswith("S1: shares ")
    assert {"flood", "hid", "report"} >= set(near.rule.removeprefix("S1: shares ").partition(";")[0].split(", "))
    assert near.rule.endswith("; model 0.90")
    assert far.rule == "S2: stands near, with no word in common; model 0.40"
    first, second = found.responds_to
    assert " … ".join(words.text[s:e] for s, e in first.evidence).count("flood report") == 2
    assert second.evidence == found.cue


def test_four_words_in_common_are_shown_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    same = "the flood report hides six broken bridge gates"
    lines = (f"<s>Al Li</s> <c>said</c> <t>{same}</t>.", f"<s>Bo Wu</s> <c>denied</c> <t>{same}</t>.")
    found = answered(monkeypatch, [0.9], lines=lines)
    (reason,) = found.because
    assert len(reason.rule.removeprefix("S1: shares ").partition(";")[0].split(", ")) == 4


def test_an_answer_to_nothing_here_says_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    words, _ = article(*LINES)
    found = answered(monkeypatch, [0.1, 0.1])
    (response,), (reason,) = found.responds_to, found.because
    assert (response.to, response.relation, response.about) == (None, "denies", "hid the flood report")
    assert [words.text[s:e] for s, e in response.evidence] == ["hid the flood report"]
    assert (reason.label, reason.spans) == ("responds_to", response.evidence)


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("that he had taken money from the harbor union", "taken money from the harbor union"),
        ("to comment on the inquiry", "the inquiry"),
        ("“wild, wild lies” about the gates of", "wild, wild lies” about the gates"),
        ("a b c d e f g h i j k l m n", "a b c d e f g h i j k l"),
        ("a b c d e f g h i j of the law", "a b c d e f g h i j"),
    ],
)  # fmt: skip
def test_what_an_answer_is_about_in_twelve_words_of_the_text(content: str, about: str) -> None:
    words, statements = article(f"<s>Bo Wu</s> <c>denied</c> <t>{content}</t>.")
    (facts,) = gather_facts(words, statements)
    assert describe_about(words, facts)[0] == about


def test_nobody_answers_himself_nor_who_reports_him() -> None:
    words, statements = article(*LINES, "<s>Bo Wu</s> <c>said</c> <t>the report is old</t>.")
    facts = gather_facts(words, [replace(s, nested_in="S2" if s.id == "S3" else None) for s in statements])
    assert [each.statement.id for each in may_answer(facts[2], facts)] == ["S1"]
    assert [each.statement.id for each in may_answer(facts[0], facts)] == ["S2", "S3", "S4"]


@pytest.mark.parametrize(
    ("act", "side", "other_act", "other_side", "may"),
    [
        ("denial", "Peru", "denial", "Peru", False),
        ("denial", "Peru", "denial", "Chile", True),
        ("denial", "Peru", "claim", "Peru", True),
        ("refusal", "Peru", "denial", "Peru", True),
        ("denial", "unknown", "denial", "unknown", True),
        ("denial", "", "denial", "", True),
    ],
)
def test_a_denial_does_not_deny_one_of_the_same_side(
    act: str, side: str, other_act: str, other_side: str, may: bool
) -> None:
    words, (one, other, _) = article(*LINES)
    facts = gather_facts(words, [replace(one, act=other_act, side=other_side), replace(other, act=act, side=side)])
    assert bool(may_answer(facts[1], facts)) == may


def test_nothing_answers_what_stands_too_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    words, statements = article(*LINES, *LINES[:2])
    facts = gather_facts(words, statements)
    for reach, ids in ((1, ["S2", "S4"]), (2, ["S1", "S2", "S4", "S5"])):
        monkeypatch.setattr(links, "REACH", reach)
        assert [each.statement.id for each in may_answer(facts[2], facts)] == ids


def test_facts_that_are_given_are_used() -> None:
    words, statements = article(*LINES)
    facts = gather_facts(words, statements)
    turned = [replace(each, statement=replace(each.statement, act="claim")) for each in facts]
    assert [s.responds_to for s in find_responses(words, statements, facts=turned)] == [(), (), ()]
    assert find_responses(words, statements)[2].responds_to
