"""Uncertain labels: named as such where they are shown, in no count, title or finding where they are hidden."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from invented import invented_analysis

from onrecord import captions, findings, tables
from onrecord.answers import pair_disputes
from onrecord.export import provenance_of
from onrecord.records import ACTS, Analysis, Dispute, OnrecordError, Response, Stance, Statement
from onrecord.text import Words

TITLED = "stance_by_actor stance_matrix acts_by_actor quotes_by_actor words_by_side timeline network".split()
FINDINGS = (findings.main, findings.who_says_what, findings.where_they_stand, findings.claims_and_denials)
SEEDS = range(8)


def paired(analysis: Analysis, statements: tuple[Statement, ...]) -> tuple[Dispute, ...]:
    return pair_disputes(Words(analysis.article, analysis.tokens), statements)


def invented(seed: int) -> Analysis:
    """An invented article whose statements, too, are certain or not, and whose disputes follow from its answers."""
    made = invented_analysis(6, seed=seed)
    scores = (0.9, 0.3, 0.8)
    statements = tuple(replace(s, score=scores[(n + seed) % 3], nested_in=None) for n, s in enumerate(made.statements))
    return replace(made, statements=statements, disputes=paired(made, statements))


def without_uncertain(title: str) -> str:
    """What a title says of certain labels."""
    return re.sub(r" \(and \d+ uncertain(?: answers?)?\)|; \d+ uncertain \w+|\d+ uncertain \w+; ", "", title)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", TITLED)
def test_a_title_counts_certain_labels_alone(name: str, seed: int) -> None:
    analysis = invented(seed)
    shown, hidden = (
        getattr(captions, name)(getattr(tables, name)(each)) for each in (analysis, tables.certain(analysis))
    )
    if hidden.tells and "ertain" not in without_uncertain(shown.title):
        assert without_uncertain(shown.title) == hidden.title


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["stance_by_actor", "acts_by_actor", "quotes_by_actor", "network"])
def test_the_certain_part_of_a_table_is_the_table_of_certain_labels(name: str, seed: int) -> None:
    analysis, kept = invented(seed), {"actor", "about", "favor", "against", "direct", "mixed", "indirect", *ACTS}
    part = captions.certain_part(getattr(tables, name)(analysis))
    hidden = getattr(tables, name)(tables.certain(analysis))
    columns = [column for column in part if column in kept]
    order = [column for column in ("actor", "about") if column in part]
    counts = [
        frame[columns].sort_values(order).set_index(order).loc[lambda f: f.gt(0).any(axis=1)].to_dict("index")
        for frame in (part, hidden)
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("find", FINDINGS)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_finding_names_what_is_uncertain_where_it_is_hidden(find, seed: int) -> None:
    hidden = tables.certain(invented(seed))
    said = find(hidden)
    assert not [sentence for sentence in said if re.search(r"\d uncertain", sentence)]
    known = {statement.id for statement in hidden.statements}
    assert {id for sentence in said for id in re.findall(r"\bS\d+\b", sentence)} <= known


def test_what_is_uncertain_is_named_so_in_title_and_finding(gold_analysis: Analysis) -> None:
    first, *others = gold_analysis.statements
    against = (Stance("Pakistan", "actor", "against", 0.22), Stance("the plan", "issue", "against", 0.3))
    doubted = replace(gold_analysis, statements=(replace(first, actor="Mark Toner", stances=against), *others))
    title = captions.stance_by_actor(tables.stance_by_actor(doubted)).title
    assert "15 stances against" in title
    assert "(and 2 uncertain)" in title
    assert f"{title}." in findings.where_they_stand(doubted)


def test_an_uncertain_answer_is_no_finding_and_its_claim_is_not_unanswered(gold_analysis: Analysis) -> None:
    denial = gold_analysis.statement("S22")
    doubtful = replace(denial, responds_to=(Response("S13", "denies", "", 0.3),))
    statements = tuple(doubtful if s.id == "S22" else replace(s, responds_to=()) for s in gold_analysis.statements)
    analysis = replace(
        gold_analysis,
        statements=statements,
        disputes=paired(gold_analysis, statements),
    )
    title = captions.dispute_board(tables.disputes(analysis)).title
    assert "Malik" not in title
    assert title.endswith("none denied or refused for certain (and 1 uncertain answer)")
    for each in (analysis, tables.certain(analysis)):
        assert "S13" not in tables.unanswered(each)["id"].tolist()
        assert "Rehman Malik" not in findings.claims_and_denials(each)[0]


def test_an_uncertain_answer_makes_no_certain_dispute_in_the_subtitle(gold_analysis: Analysis) -> None:
    whole = replace(gold_analysis, disputes=paired(gold_analysis, gold_analysis.statements))
    every = captions.dispute_board(tables.disputes(whole)).subtitle
    assert "denied" in every
    assert "uncertain" not in every
    unsure = tuple(
        replace(s, responds_to=tuple(replace(r, score=0.3) for r in s.responds_to)) for s in gold_analysis.statements
    )
    table = tables.disputes(replace(whole, statements=unsure, disputes=paired(whole, unsure)))
    answered = table.loc[table["answer"] != "", "dispute"].nunique()
    assert answered > 1
    subtitle = captions.dispute_board(table).subtitle
    assert "denied" not in subtitle
    assert "refused" not in subtitle
    assert subtitle.endswith(f"(and {answered} uncertain)")


def test_uncertain_ones_are_nobodys_in_a_title(gold_analysis: Analysis) -> None:
    accusers = [s.id for s in gold_analysis.statements if s.act == "accusation"]
    scored = tuple(replace(s, act_score=0.3) if s.id in accusers[:-1] else s for s in gold_analysis.statements)
    title = captions.acts_by_actor(tables.acts_by_actor(replace(gold_analysis, statements=scored))).title
    who = gold_analysis.statement(accusers[-1]).actor
    assert title.startswith(f"1 accusation by {who} (and {len(accusers) - 1} uncertain); ")


def test_whom_is_spoken_about_uncertainly_is_told_beside(gold_analysis: Analysis) -> None:
    scored = tuple(replace(s, score=0.3) if n % 2 else s for n, s in enumerate(gold_analysis.statements))
    table = tables.network(replace(gold_analysis, statements=scored))
    title, about = captions.network(table).title, "Haqqani network"
    doubted = int(table.loc[table["about"] == about, "statements_unsure"].sum())
    assert doubted > 1
    assert title.startswith(about)
    assert title.endswith(f"(and {doubted} uncertain)")


def test_what_restates_an_answered_charge_is_not_unanswered(gold_analysis: Analysis) -> None:
    (charge, again, *_) = [s.id for s in gold_analysis.statements if s.act == "accusation"]
    denial = replace(gold_analysis.statement("S22"), responds_to=(Response(charge, "denies"),))
    statements = tuple(denial if s.id == "S22" else replace(s, responds_to=()) for s in gold_analysis.statements)
    (dispute,) = pair_disputes(
        Words(gold_analysis.article, gold_analysis.tokens), (gold_analysis.statement(charge), denial)
    )
    analysis = replace(gold_analysis, statements=statements, disputes=(replace(dispute, claims=(charge, again)),))
    assert {charge, again}.isdisjoint(tables.unanswered(analysis)["id"])


def test_the_source_line_says_that_uncertain_labels_are_left_out() -> None:
    analysis = invented(1)
    hidden = tables.certain(analysis)
    line = provenance_of(hidden).source_line()
    assert f"{len(hidden.statements)} of {len(analysis.statements)} statements: certain labels alone." in line
    assert "denials, certain labels alone" in provenance_of(hidden, filter="denials", statements=1).source_line()
    assert tables.certain(analysis, "shown") is analysis
    assert tables.certain(hidden) is hidden
    with pytest.raises(OnrecordError, match="shown or hidden"):
        tables.certain(analysis, "maybe")
