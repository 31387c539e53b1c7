"""Findings are sentences that agree with the tables they come from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import captions, findings, show, tables
from onrecord.answers.disputes import pair_disputes
from onrecord.export.provenance import provenance_of
from onrecord.records import RELATIONS, Analysis, Stance
from onrecord.text.input_files import parse_article
from onrecord.text.tokens import tokenize
from onrecord.text.words import Words

EVERY = [findings.main, findings.who_says_what, findings.where_they_stand, findings.claims_and_denials]


@pytest.fixture(scope="module")
def analysis(gold_analysis: Analysis) -> Analysis:
    article, statements = gold_analysis.article, gold_analysis.statements
    words = Words(article, gold_analysis.tokens)
    return Analysis(
        article,
        gold_analysis.tokens,
        statements,
        pair_disputes(words, statements),
        "gold",
        "",
    )


def test_the_counts_are_those_of_the_gold_labels(analysis: Analysis):
    said = findings.who_says_what(analysis)
    assert said[0] == "21 statements by 9 actors, 2 without a source."
    assert said[1].startswith("Mark Toner speaks most: 8 statements")
    told = findings.claims_and_denials(analysis)
    assert "2 denials, by Pakistan and Rehman Malik (S20, S22)." in told
    assert "2 refusals to comment, by Mark Toner (S17, S18)." in told


def test_the_main_findings_name_their_statements(analysis: Analysis):
    said = findings.main(analysis)
    assert len(said) == 3
    assert said[0].startswith("Mark Toner speaks most: 8 statements")
    assert said[2].endswith("S22).")


def test_one_statement_comes_and_a_tie_of_many_names_no_statement(gold_analysis: Analysis):
    of = gold_analysis.statement
    lone = tuple(
        replace(of(id), named=False, nested_in=None, stances=(Stance(target, "issue", "against"),), responds_to=())
        for id, target in (("S11", "the plan"), ("S13", "the road"), ("S14", "the bridge"))
    )
    said = findings.main(replace(gold_analysis, statements=lone))
    assert said[1] == "None of 3 targets draws more than 1 stance."
    assert "1 statement comes from sources" in findings.who_says_what(replace(gold_analysis, statements=lone[:1]))[-1]


def test_shares_of_words_add_up(analysis: Analysis):
    assert findings.reading(analysis)[0].startswith("71% of the words (324 of 454)")


@pytest.mark.parametrize("find", EVERY)
def test_an_article_without_statements_is_told_so(gold_analysis: Analysis, find):
    empty = Analysis(gold_analysis.article, gold_analysis.tokens, ())
    assert find(empty) == [findings.NOTHING]
    assert findings.reading(empty) == [findings.NOTHING]


def test_what_is_not_there_is_not_counted(gold_analysis: Analysis):
    plain = parse_article("The Bridge Over the Lim\n\nIt is 340 metres long and stands on nine piers.")
    empty = Analysis(plain, tokenize(plain.text, plain.blocks), ())
    assert findings.about_article(empty)[1] == "15 words in 2 sentences and 1 paragraph."
    assert findings.about_article(gold_analysis)[1].endswith("; 6 lines of page furniture left out.")
    assert "“The Bridge Over the Lim”. No statements. Tagged" in provenance_of(empty).source_line()


@pytest.mark.parametrize("find", [findings.about_article, findings.reading, *EVERY])
def test_every_finding_is_a_sentence(analysis: Analysis, find):
    assert all(sentence.endswith(".") and "nan" not in sentence for sentence in find(analysis))


def test_findings_are_shown_escaped():
    assert "<b>" not in show.findings(["<b>bold</b>"]).data


def sourceless(analysis: Analysis, *ids: str) -> Analysis:
    """The analysis where these statements give no source."""
    return replace(
        analysis,
        statements=tuple(
            replace(s, actor="", named=False, source=()) if s.id in ids else s for s in analysis.statements
        ),
    )


def test_a_missing_source_is_nobody(analysis: Analysis):
    """Nobody speaks most, leads, is counted among the actors or is denied by the name of "no source given"."""
    all_of_toner = [s.id for s in analysis.statements if s.actor == "Mark Toner"]
    few = sourceless(analysis, *all_of_toner)
    told = [
        *findings.main(few),
        *findings.reading(few),
        *findings.who_says_what(few),
        *findings.where_they_stand(few),
        *findings.claims_and_denials(few),
    ]
    told += [title for chart in CHARTS for title in chart(few)]
    assert [line for line in told if "no source given" in line] == []
    assert findings.who_says_what(few)[0] == "13 statements by 8 actors, 10 without a source."
    assert "2 refusals to comment, 2 without a source (S17, S18)." in told
    none = sourceless(analysis, *(s.id for s in analysis.statements))
    assert findings.who_says_what(none)[0] == "23 statements without a source."
    assert not any("speaks most" in line for line in findings.main(none))


CHARTS = (
    lambda a: captions.network(tables.network(a)).titles,
    lambda a: captions.dispute_board(tables.disputes(a)).titles,
    lambda a: captions.timeline(tables.timeline(a)).titles,
    lambda a: captions.acts_by_actor(tables.acts_by_actor(a)).titles,
    lambda a: captions.stance_by_actor(tables.stance_by_actor(a)).titles,
    lambda a: captions.quotes_by_actor(tables.quotes_by_actor(a)).titles,
)


def test_what_is_denied_without_a_source_is_nobodys(analysis: Analysis):
    charges = [s.id for s in analysis.statements if s.act not in RELATIONS]
    title, *_ = captions.dispute_board(tables.disputes(sourceless(analysis, *charges))).titles
    assert title == "Pakistan and Rehman Malik deny what stands without a source"


def test_an_uncertain_answer_to_two_claims_is_one_answer(analysis: Analysis):
    answers = {s.id for s in analysis.statements if any(r.to for r in s.responds_to)}
    unsure = tuple(replace(s, score=0.3) if s.id in answers else s for s in analysis.statements)
    table = tables.disputes(replace(analysis, statements=unsure))
    shown = table.loc[table["answer"] != "", "answer"]
    assert len(shown) > shown.nunique() > 1
    assert f"(and {shown.nunique()} uncertain answers)" in captions.dispute_board(table).title


def test_more_names_than_are_told_are_counted(analysis: Analysis):
    statements = tuple(
        replace(s, actor=f"officials of town {n}", named=False, act="refusal")
        for n, s in enumerate(analysis.statements[:6])
    )
    many = replace(analysis, statements=statements, disputes=())
    who = "officials of town 0, officials of town 1, officials of town 2"
    assert findings.who_says_what(many)[-1].endswith(f"{who} and 3 more.")
    assert any(f"by {who}, officials of town 3 and 2 more (" in line for line in findings.claims_and_denials(many))
    last = findings.where_they_stand(replace(many, statements=tuple(replace(s, stances=()) for s in statements)))[-1]
    assert last == f"No stance was found in what {who}, officials of town 3 and 2 more say."
