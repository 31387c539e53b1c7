"""Which statement answers which, case by case; the states of disputes; and that no span whatever breaks the step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casefiles import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from onrecord.actors.resolve import resolve_actors
from onrecord.answers import find_responses, gather_facts, pair_disputes
from onrecord.records import ACTS, DISPUTE_STATES, RELATIONS, Article, Block, Response, Span, Statement
from onrecord.text.words import Words

TEXT = "“We won’t comment,” Al Li said. Bo Wu denied it, and they asked: why? …  Peru “may” act — or not."
PLAN = "<s>Al Li</s> <c>said</c> <t>the plan failed</t>."
COAST = "<s>Bo Wu</s> <c>said</c> <t>trains reach the coast</t>."


LIE = "<s>Al Li</s> <c>said</c> <t>Bo Wu had lied to the board about the bridge</t>."
LIES = "<s>Al Li</s> <c>said</c> <t>what Bo Wu wrote was false</t>."
THEFT = "<s>Al Li</s> <c>said</c> <t>somebody stole money</t>."
DENIED = "<s>Bo Wu</s> <c>denied</c> <t>it</t>."


def labelled(marked: str, acts: str) -> tuple[Words, list[Statement]]:
    """The words of an article, and its statements with the acts given and the actors that the library finds."""
    words, attributions = read_marked(marked)
    actors = resolve_actors(words, attributions)
    rows = zip(attributions, actors, acts.split(), strict=True)
    return (
        words,
        [
            Statement(f"S{n}", a.source, a.cue, a.content, a.quote, actor=o.name, named=o.named, side=o.side, act=act)
            for n, (a, o, act) in enumerate(rows, 1)
        ],
    )


@pytest.mark.parametrize("case", cases("responses"))
def test_links(case: dict[str, str]) -> None:
    words, statements = labelled(case["marked"].replace(" | ", "\n"), case["acts"])
    answered = find_responses(words, statements)
    links = [f"{s.id[1:]}>{r.to[1:]}" for s in answered for r in s.responds_to if r.to]
    assert " ".join(links) == case["links"]
    for statement in answered:
        assert bool(statement.responds_to) == (statement.act in RELATIONS)
        assert all(r.relation == RELATIONS[statement.act] and (r.to or r.about) for r in statement.responds_to)
        assert all(reason.rule and reason.spans for reason in statement.because)


def test_who_reports_a_denial_is_not_denied_by_it() -> None:
    words, (report, denial) = labelled(
        "<s>The Daily Post</s> <c>reported</c> <t>that Al Li denied that the plan failed</t>.\n"
        "<s>Al Li</s> <c>denied</c> <t>that the plan failed</t>.",
        "claim denial",
    )
    (_, answered) = find_responses(words, [report, replace(denial, nested_in=report.id)])
    assert [response.to for response in answered.responds_to] == [None]


@pytest.mark.parametrize(
    ("denied", "by"),
    [("rejected", "reports"), ("denied", "rumours"), ("dismissed", "claims")],
)
def test_a_denial_answers_the_charge_that_it_tells(denied: str, by: str) -> None:
    told = f"{by} that Lena Moss had burned the letters"
    words, (plan, denial) = labelled(
        f"{PLAN}\nNobody slept.\n<s>Bo Wu</s> <c>{denied}</c> <t>{told}</t>.", "claim denial"
    )
    start = words.text.index(told)
    source, content = Span(start, start + len(by)), Span(start + len(f"{by} that "), start + len(told))
    inside = Statement("S3", (source,), (source,), (content,), "indirect", actor=by, act="claim", nested_in=denial.id)
    (_, answered, _) = find_responses(words, [plan, denial, inside])
    assert max(answered.responds_to, key=lambda response: response.score).to == inside.id


def answering(statement: Statement, *to: str) -> Statement:
    return replace(statement, responds_to=tuple(Response(each, RELATIONS[statement.act]) for each in to))


@pytest.mark.parametrize(
    ("lines", "acts", "links", "expected"),
    [
        ([PLAN, COAST], "accusation denial", {2: ["S1"]}, [("S1", "S2", "contested")]),
        ([PLAN, COAST], "demand refusal", {2: ["S1"]}, [("S1", "S2", "refused")]),
        ([PLAN], "accusation", {}, [("S1", "", "unanswered")]),
        ([PLAN], "claim", {}, []),
        ([PLAN, PLAN.replace("Al Li", "Bo Wu")], "accusation accusation", {}, [("S1 S2", "", "corroborated")]),
        ([PLAN, PLAN], "accusation accusation", {}, [("S1 S2", "", "unanswered")]),
        ([PLAN, COAST.replace("Bo Wu", "Al Li")], "accusation denial", {2: ["S1"]}, [("S1", "", "unanswered")]),
        ([PLAN, COAST.replace("Bo Wu", "Al Li")], "claim denial", {2: ["S1"]}, []),
        ([PLAN, COAST], "evaluation denial", {2: ["S1"]}, [("S1", "S2", "contested")]),
        ([PLAN, COAST], "commitment refusal", {2: ["S1"]}, [("S1", "S2", "refused")]),
        ([PLAN, COAST], "commitment confirmation", {2: ["S1"]}, []),
        ([PLAN, COAST], "accusation confirmation", {2: ["S1"]}, [("S1", "", "unanswered")]),
        ([LIE, LIES, DENIED], "accusation accusation denial", {3: ["S1"]}, [("S1 S2", "S3", "contested")]),
        (
            [LIE, THEFT, DENIED],
            "accusation accusation denial",
            {3: ["S1"]},
            [("S1", "S3", "contested"), ("S2", "", "unanswered")],
        ),
        (
            [LIE, "It rained.", "It snowed.", LIES],
            "accusation accusation",
            {},
            [("S1", "", "unanswered"), ("S2", "", "unanswered")],
        ),
        (
            [LIE, LIES, DENIED, DENIED],
            "accusation accusation denial denial",
            {3: ["S1"], 4: ["S2"]},
            [("S1", "S3", "contested"), ("S2", "S4", "contested")],
        ),
    ],
)
def test_states(lines: list[str], acts: str, links: dict[int, list[str]], expected: list[tuple[str, str, str]]) -> None:
    words, statements = labelled("\n".join(lines), acts)
    for number, to in links.items():
        statements[number - 1] = answering(statements[number - 1], *to)
    disputes = pair_disputes(words, statements)
    assert [(" ".join(d.claims), " ".join(d.answers), d.state) for d in disputes] == expected
    assert all(dispute.topic for dispute in disputes)


RESTATED = "<s>Al Li</s> <c>said</c> <t>the board was told lies about the bridge</t>."
STOLEN = "<s>Al Li</s> <c>said</c> <t>Bo Wu stole money too</t>."


@pytest.mark.parametrize(
    ("again", "claims"),
    [
        (RESTATED, ["S1 S2"]),  # in nearly the same words
        (STOLEN, ["S1 S2"]),  # of the same man
        (RESTATED.replace("Al Li", "Cy Ott"), ["S1", "S2"]),  # by somebody else
        (THEFT, ["S1", "S2"]),  # neither
    ],
)
def test_a_charge_is_restated_by_its_source_of_the_same_man_or_in_its_words(again: str, claims: list[str]) -> None:
    words, statements = labelled(f"{LIE}\n{again}", "accusation accusation")
    assert [" ".join(dispute.claims) for dispute in pair_disputes(words, statements)] == claims


@pytest.mark.parametrize(
    ("claim", "answer", "topic"),
    [
        ("that the plan for the bridge had failed", "the bridge is fine", "bridge had failed"),
        ("that he will hide the flood report", "trains run", "hide the flood report"),
        ("that b c d e f g h j k l m n", "trains run", "b c d e f g h j k"),
        ("that trains reach a coast so far from it and the", "no", "trains reach a coast so far"),
    ],
)
def test_a_topic_begins_where_its_answer_shares_its_words(claim: str, answer: str, topic: str) -> None:
    marked = f"<s>Al Li</s> <c>said</c> <t>{claim}</t>.\n<s>Bo Wu</s> <c>denied</c> <t>{answer}</t>."
    words, (one, other) = labelled(marked, "claim denial")
    (dispute,) = pair_disputes(words, [one, answering(other, "S1")])
    assert dispute.topic == topic


def test_nearly_the_same_words_put_one_proposition_forward() -> None:
    """Nearly the same words are found among many others, whichever word of them is the rarest."""
    others = [f"<s>Cy Ott</s> <c>said</c> <t>train {n} reaches town {n} at noon</t>." for n in range(6)]
    near = "<s>Bo Wu</s> <c>said</c> <t>the bridge plan failed badly</t>."
    far = "<s>Bo Wu</s> <c>said</c> <t>the new school for girls opens</t>."
    first = "<s>Al Li</s> <c>said</c> <t>the bridge plan failed</t>."
    for again, together in ((near, True), (far, False)):
        words, statements = labelled("\n".join([first, *others, again]), "accusation " + "claim " * 6 + "accusation")
        claims = [dispute.claims for dispute in pair_disputes(words, statements)]
        assert (("S1", "S8") in claims) == together


def test_a_claim_restates_no_charge() -> None:
    words, statements = labelled(f"{LIE}\n{STOLEN}", "accusation claim")
    assert [dispute.claims for dispute in pair_disputes(words, statements)] == [("S1",)]


def test_facts_of_other_statements_are_refused() -> None:
    words, statements = labelled(f"{PLAN}\n{COAST}", "claim claim")
    with pytest.raises(ValueError):
        pair_disputes(words, statements, facts=gather_facts(words, statements[:1]))


def test_what_one_denial_answers_is_one_dispute() -> None:
    words, statements = labelled(f"{PLAN}\n{COAST}\n<s>Cy Ott</s> <c>denied</c> <t>both</t>.", "claim claim denial")
    (dispute,) = pair_disputes(words, [*statements[:2], answering(statements[2], "S1", "S2")])
    assert (dispute.id, dispute.claims, dispute.answers) == ("D1", ("S1", "S2"), ("S3",))


spans = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=3).map(
    lambda pairs: tuple(sorted(Span(min(p), max(p)) for p in pairs))
)
statement = st.builds(
    Statement,
    id=st.just("S"),
    source=spans,
    cue=spans,
    content=spans,
    quote=st.just("mixed"),
    nested_in=st.sampled_from([None, "S1", "S2"]),
    actor=st.sampled_from(["", "Al Li", "Bo Wu", "Peru"]),
    side=st.sampled_from(["unknown", "Peru", ""]),
    act=st.sampled_from(ACTS),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(statement, max_size=4))
def test_any_spans(drawn: list[Statement]) -> None:
    article = Article(TEXT, blocks=(Block(Span(0, len(TEXT)), "paragraph", 1),))
    statements = [replace(each, id=f"S{number}") for number, each in enumerate(drawn, 1)]
    words = Words.of(article)
    answered = find_responses(words, statements)
    ids = {each.id for each in statements}
    for each in answered:
        assert all(r.to is None or r.to in ids - {each.id} for r in each.responds_to)
        assert all(0 <= r.score <= 1 for r in each.responds_to)
    for dispute in pair_disputes(words, answered):
        assert dispute.state in DISPUTE_STATES and not set(dispute.claims) & set(dispute.answers)
