"""Findings are sentences that agree with the tables they come from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import findings, show
from onrecord.answers.disputes import pair_disputes
from onrecord.export.provenance import provenance_of
from onrecord.records import Analysis, Stance
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
    assert said[0] == "21 statements by 9 actors."
    assert said[1].startswith("Mark Toner speaks most: 8 statements")
    told = findings.claims_and_denials(analysis)
    assert "2 denials, by Pakistan and Rehman Malik (S18, S20)." in told
    assert "2 refusals to comment, by Mark Toner (S15, S16)." in told


def test_the_main_findings_name_their_statements(analysis: Analysis):
    said = findings.main(analysis)
    assert len(said) == 3
    assert said[0].startswith("Mark Toner speaks most: 8 statements")
    assert said[2].endswith("S20).")


def test_one_statement_comes_and_a_tie_of_many_names_no_statement(gold_analysis: Analysis):
    of = gold_analysis.statement
    lone = tuple(
        replace(of(id), named=False, nested_in=None, stances=(Stance(target, "issue", "against"),), responds_to=())
        for id, target in (("S9", "the plan"), ("S11", "the road"), ("S12", "the bridge"))
    )
    said = findings.main(replace(gold_analysis, statements=lone))
    assert said[1] == "None of 3 targets draws more than 1 stance."
    assert "1 statement comes from sources" in findings.who_says_what(replace(gold_analysis, statements=lone[:1]))[-1]


def test_shares_of_words_add_up(analysis: Analysis):
    assert findings.reading(analysis)[0].startswith("72% of the words (328 of 454)")


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
