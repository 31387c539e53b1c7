"""Tables reconcile with the statements, with every filter and with none left; columns and types never change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import invented_analysis

from onrecord import tables
from onrecord.actors import find_references
from onrecord.plain_english import NARRATOR, NO_ACTOR, printable
from onrecord.records import ACTS, Analysis, Article, OnrecordError, Span, Stance, Statement, Tokens
from onrecord.text import Words, parse_article

COUNTED = (
    "stances actors disputes unanswered stance_by_actor stance_by_target stance_matrix acts_by_actor "
    "quotes_by_actor words_by_side timeline network"
).split()
TEXT = "blocks sentences words quotations".split()
NOBODY = Analysis(Article(""), Tokens((), ()), ())


def table(name: str) -> Callable[..., pd.DataFrame]:
    function: Callable[..., pd.DataFrame] = getattr(tables, name)
    return function


@pytest.mark.parametrize("name", ["statements", *COUNTED, *TEXT])
def test_columns_and_types_hold_for_no_rows(name: str) -> None:
    full, none = table(name)(invented_analysis(12)), table(name)(NOBODY)
    assert list(full.columns) == list(none.columns) == list(tables.COLUMNS[name])
    assert full.dtypes.tolist() == none.dtypes.tolist()
    assert len(none) == 0 < len(full)


@pytest.mark.parametrize("name", COUNTED)
def test_no_statement_left_leaves_nothing_counted(name: str) -> None:
    analysis = invented_analysis(5)
    left = table(name)(analysis, tables.statements(analysis)[:0])
    assert len(left[left["actor"] != NARRATOR] if name == "timeline" else left) == 0


@pytest.mark.parametrize("name", ["actors", "stance_by_actor", "acts_by_actor", "quotes_by_actor"])
def test_counts_by_actor_reconcile_with_the_statements(name: str, gold_analysis: Analysis) -> None:
    rows = tables.statements(gold_analysis)
    for kept in (rows, rows[rows["act"] == "evaluation"], rows[:1]):
        counted = table(name)(gold_analysis, kept)
        assert counted["statements"].sum() == len(kept)
        assert sorted(" ".join(counted["ids"]).split()) == sorted(kept["id"])
        assert counted["statements"].tolist() == [len(ids.split()) for ids in counted["ids"]]


def test_the_kinds_of_each_count_add_up(gold_analysis: Analysis) -> None:
    acts, quotes = tables.acts_by_actor(gold_analysis), tables.quotes_by_actor(gold_analysis)
    assert (acts[list(ACTS)].sum(axis=1) == acts["statements"]).all()
    assert (quotes[["direct", "mixed", "indirect"]].sum(axis=1) == quotes["statements"]).all()


def test_stances_are_the_same_in_every_table(gold_analysis: Analysis) -> None:
    stances = tables.stances(gold_analysis)
    taken = stances[stances["polarity"] != "none"]
    for name in ("stance_by_actor", "stance_by_target", "stance_matrix"):
        counted = table(name)(gold_analysis)
        assert counted["favor"].sum() == (taken["polarity"] == "favor").sum() == 9
        assert counted["against"].sum() == (taken["polarity"] == "against").sum() == 13
    assert tables.stance_by_actor(gold_analysis)["none"].sum() == (stances["polarity"] == "none").sum()


def test_every_word_counts_once(gold_analysis: Analysis) -> None:
    words = tables.words(gold_analysis)
    total = words["word"].str.contains(r"\w").sum()
    sides = tables.words_by_side(gold_analysis)
    assert sides["words"].sum() == tables.timeline(gold_analysis)["words"].sum() == total
    assert sides["share"].sum() == pytest.approx(1)
    assert tables.timeline(gold_analysis).groupby("paragraph")["share"].sum().tolist() == pytest.approx([1] * 14)
    own = sides.loc[sides["side"] != NARRATOR, "words"].sum()
    assert tables.statements(gold_analysis)["words"].sum() == tables.actors(gold_analysis)["words"].sum() == own


def test_a_comma_that_closes_a_source_is_no_part_of_what_the_actor_is_called(gold_analysis: Analysis) -> None:
    first, *others = gold_analysis.statements
    text = gold_analysis.article.text
    end = next(n for n in range(first.source[-1].end, len(text)) if text[n] == ",") + 1
    closed = replace(first, source=(Span(end - 6, end),), actor="Somebody")
    called = tables.actors(replace(gold_analysis, statements=(closed, *others))).set_index("actor")["called"]
    assert called["Somebody"] == text[end - 6 : end - 1].strip()


def test_nested_words_belong_to_the_inner_statement(gold_analysis: Analysis) -> None:
    rows = tables.statements(gold_analysis).set_index("id")
    assert rows.loc["S8", "nested_in"] == "S7"
    assert rows.loc["S8", "words"] == 11
    words = tables.words(gold_analysis)
    assert words.loc[words["word"] == "officials", "statement"].tolist()[:3] == ["S6", "S9", "S14"]


def test_spans_lead_to_the_words(gold_analysis: Analysis) -> None:
    text = gold_analysis.article.text
    for name in TEXT:
        for row in table(name)(gold_analysis).to_dict("records"):
            said = row.get("text", row.get("word"))
            assert " ".join(text[row["start"] : row["end"]].split()) == said


@pytest.mark.parametrize("odd", ["\x1a", "\x00", "\ud800", "\uffff", "\ufeff"])
def test_a_row_of_odd_characters_is_the_words_there_in_print(odd: str) -> None:
    article = parse_article(f"{odd}Bridge{odd} shut\n\n“It {odd} fell,” he said.\n\nIt will be mended.{odd}")
    analysis = Analysis(article, Words.of(article).tokens, ())
    for name in TEXT:
        for row in table(name)(analysis).to_dict("records"):
            said = row.get("text", row.get("word"))
            assert printable(" ".join(article.text[row["start"] : row["end"]].split())) == said


def test_a_statement_row_says_it_all(gold_analysis: Analysis) -> None:
    row = tables.statements(gold_analysis).set_index("id").loc["S18"]
    assert row["paragraph"] == 12
    assert (row["actor"], row["side"], row["act"]) == ("Pakistan", "Pakistan", "denial")
    assert row["stance"] == "against U.S. accusations that it aides militants"
    assert row["responds_to"] == "denies S10; denies S11; denies S19"
    assert (row["source_words"], row["cue_words"]) == ("Pakistan", "repeatedly has rejected")


def test_disputes_keep_both_sides_whole() -> None:
    analysis = invented_analysis(12)
    everything = tables.disputes(analysis)
    answer = everything.loc[everything["answer"] != "", "answer"].iloc[0]
    rows = tables.statements(analysis)
    kept = tables.disputes(analysis, rows[rows["id"] == answer])
    assert answer in kept["answer"].tolist()
    assert kept["claim_words"].str.len().min() > 0
    assert (everything.loc[everything["state"] == "unanswered", "answer"] == "").all()


def test_unanswered_are_the_charges_and_demands_that_nobody_answers(gold_analysis: Analysis) -> None:
    open_ones = tables.unanswered(gold_analysis)
    assert open_ones["id"].tolist() == ["S9"]
    assert open_ones["against"].tolist() == ["the Haqqani network"]


def test_who_speaks_about_whom(gold_analysis: Analysis) -> None:
    rows = tables.network(gold_analysis).to_dict("records")
    edges = {(row["actor"], row["about"]): (row["favor"], row["against"], row["neutral"]) for row in rows}
    assert edges["Michael Mullen", "Haqqani network"] == (0, 2, 0)
    assert edges["Mark Toner", "Pakistan"] == (1, 0, 3)
    assert ("Pakistan", "Pakistan") not in edges


def test_everybody_is_counted_who_is_spoken_about_whether_they_speak_or_not(gold_analysis: Analysis) -> None:
    about = tables.network(gold_analysis).query("about == 'Haqqani network'")
    named = [s.id for s in gold_analysis.statements if "Haqqani" in gold_analysis.article.words_of(s.content)]
    assert set(named) <= set(" ".join(about["ids"]).split())
    assert {gold_analysis.statement(id).actor for id in named} <= set(about["actor"])


def test_somebody_is_counted_in_every_form_and_as_he_or_she() -> None:
    article = parse_article(
        "Row Over the Bridge\n\nMayor Ana Ruiz met the builder, Tom Bell, on Monday.\n\n"
        "Bell said Mayor Ruiz took bribes. Clerk Sarah Wei said that he was lying. Wei said Kabul is far."
    )
    said = {"Mayor Ruiz took bribes": "Tom Bell", "he was lying": "Sarah Wei", "Kabul is far": "Sarah Wei"}
    statements = tuple(
        Statement(id, (), (), (Span(at := article.text.index(words), at + len(words)),), "indirect", actor=actor)
        for id, (words, actor) in zip(("S1", "S2", "S3"), said.items(), strict=True)
    )
    of = Words.of(article)
    found = Analysis(article, of.tokens, statements, references=find_references(of, statements))
    edges = {(row["actor"], row["about"]) for row in tables.network(found).to_dict("records")}
    assert edges == {("Tom Bell", "Ana Ruiz"), ("Sarah Wei", "Tom Bell")}


def test_a_missing_source_has_a_name_to_filter_by() -> None:
    analysis = invented_analysis(1)
    lone = replace(analysis, statements=(replace(analysis.statements[0], actor="", source=()),), disputes=())
    rows = tables.statements(lone)
    assert rows["actor"].tolist() == [NO_ACTOR]
    assert rows["source_words"].tolist() == [""]
    assert len(tables.filter_statements(rows, actors=[NO_ACTOR])) == 1


@pytest.mark.parametrize(
    ("choice", "ids", "words"),
    [
        ({}, 21, "all 21 statements"),
        ({"actors": ["Mark Toner"]}, 8, "8 of 21 statements: Mark Toner"),
        ({"actors": "Mark Toner", "acts": ["no_comment"]}, 2, "2 of 21 statements: Mark Toner, no comments"),
        ({"acts": ["denial", "refusal"]}, 3, "3 of 21 statements: denials or refusals"),
        ({"sides": ["Pakistan"]}, 3, "3 of 21 statements: Pakistan"),
        ({"targets": ["Pakistan"], "polarity": ["favor"]}, 2, "2 of 21 statements: for Pakistan"),
        ({"targets": ["Pakistan"], "polarity": ["against"]}, 1, "1 of 21 statements: against Pakistan"),
        ({"polarity": ["none"]}, 6, "6 of 21 statements: no stance"),
        ({"quotes": ["direct"]}, 4, "4 of 21 statements: direct quotation"),
        ({"named": False}, 4, "4 of 21 statements: unnamed sources"),
        ({"min_score": 0.5}, 21, "21 of 21 statements: score at least 0.50"),
        ({"text": "  SAFE havens "}, 1, "1 of 21 statements: with “SAFE havens”"),
        ({"text": "(.*"}, 0, "0 of 21 statements: with “(.*”"),
        ({"actors": ["Nobody"]}, 0, "0 of 21 statements: Nobody"),
    ],
)
def test_filters(choice: dict[str, object], ids: int, words: str, gold_analysis: Analysis) -> None:
    rows = tables.statements(gold_analysis)
    kept = tables.filter_statements(rows, **choice)  # type: ignore[arg-type]
    assert len(kept) == ids
    assert tables.describe_filter(len(kept), len(rows), **choice) == words  # type: ignore[arg-type]
    assert kept.dtypes.tolist() == rows.dtypes.tolist()


@pytest.mark.parametrize("choice", [{"acts": ["lie"]}, {"polarity": ["neutral"]}, {"quotes": ["half"]}])
def test_unknown_labels_are_told(choice: dict[str, list[str]], gold_analysis: Analysis) -> None:
    with pytest.raises(OnrecordError, match="Choose from"):
        tables.filter_statements(tables.statements(gold_analysis), **choice)  # type: ignore[arg-type]


def test_filters_work_on_no_rows() -> None:
    assert len(tables.filter_statements(tables.statements(NOBODY), text="x", polarity=["favor"], named=True)) == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["favor", "against"]), st.text(min_size=1, max_size=20)), max_size=3))
def test_every_target_can_be_filtered_by(held: list[tuple[str, str]]) -> None:
    analysis = invented_analysis(1)
    stances = tuple(Stance(target, "issue", polarity) for polarity, target in held)
    rows = tables.statements(replace(analysis, statements=(replace(analysis.statements[0], stances=stances),)))
    for target in tables.target_choices(rows):
        assert len(tables.filter_statements(rows, targets=[target])) == 1
    assert len(tables.parse_stances(rows["stance"].iloc[0])) == len(held)


def test_a_circle_of_nesting_ends() -> None:
    one = invented_analysis(1).statements[0]
    circle = replace(invented_analysis(1), statements=(replace(one, nested_in=one.id),), disputes=())
    assert len(tables.statements(circle)) == 1


def test_the_dictionary_explains_every_column() -> None:
    told = tables.data_dictionary("statements", "stances")
    assert set(told["table"]) == {"statements", "stances"}
    assert told["meaning"].str.len().min() > 5
    assert len(tables.data_dictionary()) == sum(map(len, tables.COLUMNS.values()))


def test_half_characters_and_control_signs_reach_no_cell() -> None:
    one = invented_analysis(1)
    broken = replace(one, statements=(replace(one.statements[0], actor="A\ud800\x00B"),), disputes=())
    rows = tables.statements(broken)
    assert rows["actor"].tolist() == ["A��B"]
    assert len(tables.filter_statements(rows, actors=rows["actor"].tolist())) == 1
    rows.to_csv().encode("utf-8")
