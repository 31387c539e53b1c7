"""Scores against gold: values computed by hand, files that are wrong, and what is printed."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from casefiles import cases
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.entry import main
from onrecord.evaluation import (
    GoldArticle,
    agreement,
    attribution_scores,
    attribution_scores_by,
    compare,
    compare_labels,
    confusion,
    errors,
    label_scores,
    read_gold,
    read_gold_folder,
    reliability,
    source_accuracy,
)
from onrecord.evaluation.article import article_summary, statement_checks
from onrecord.evaluation.cues import cue_kind
from onrecord.evaluation.labels import same_name
from onrecord.evaluation.words import Words, double_quotations
from onrecord.fileformat import statement_to_json
from onrecord.records import OnrecordError, Response, Span, Stance, Statement

TEXT = "Ann said that rain fell. “Go home,” Bob told us. According to Cy, it froze."


def spans(*parts: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts if part)


def statement(id: str, source: str, cue: str, content: str, **labels: object) -> Statement:
    return Statement(id, spans(source), spans(cue), spans(content), "direct", **labels)  # type: ignore[arg-type]


GOLD = (
    statement("G1", "Ann", "said", "that rain fell", act="claim", actor="Ann", named=True),
    statement("G2", "Bob", "told us", "“Go home,”", act="demand", actor="Bob", named=True, hedged=True),
    statement("G3", "Cy", "According to", "it froze", act="claim", actor="Cy", named=True),
)
FOUND = (
    statement("P1", "Ann", "said", "rain fell", act="claim", actor="Ann Lee", named=True, score=0.95),
    statement("P2", "Ann", "told us", "Go home", act="claim", actor="Ann", named=False, score=0.85),
    statement("P3", "", "", "told us", act="other", score=0.15),
)


def values(table: pd.DataFrame, row: str, *columns: str) -> list[Any]:
    picked: Any = table.loc[row]
    return [picked[column] for column in columns]


@pytest.fixture
def gold() -> list[GoldArticle]:
    return [GoldArticle("a", TEXT, GOLD, publisher="the paper", labelled=True)]


def test_attribution_scores_by_hand(gold: list[GoldArticle]) -> None:
    table = attribution_scores(compare(gold, {"a": FOUND}))
    expected = {  # right, predicted, gold
        "content words": (2 + 2, 2 + 2 + 2, 3 + 2 + 2),
        "source words": (1, 1, 3),  # Bob was not found; Ann stands in two predictions, counted once
        "cue words": (1 + 2, 3, 1 + 2 + 2),
        "content relaxed": (2, 3, 3),
        "content strict": (2, 3, 3),  # but for "that"
        "relation": (1, 3, 3),
        "relation with source": (1, 3, 3),
        "cue and relation": (1, 3, 3),
    }
    for measure, (right, predicted, in_gold) in expected.items():
        row = table.loc[measure]
        assert row["precision"] == pytest.approx(right / predicted), measure
        assert row["recall"] == pytest.approx(right / in_gold), measure
        assert row["f1"] == pytest.approx(2 * right / (predicted + in_gold)), measure
    assert math.isnan(values(table, "relation", "low")[0])  # one article says nothing about others


def test_scores_by_kind(gold: list[GoldArticle]) -> None:
    comparison = compare(gold, {"a": FOUND})
    by_quote = attribution_scores_by(comparison, "quote")
    assert values(by_quote, "direct", "gold", "recall_relaxed", "recall_relation", "predicted") == [1, 1, 0, 1]
    assert values(by_quote, "indirect", "gold", "recall_strict", "source_right") == [2, 0.5, 1]
    assert attribution_scores_by(comparison, "cue_kind")["gold"].to_dict() == {
        "speech verb": 2, "according to": 1, "none": 0,
    }  # fmt: skip
    assert attribution_scores_by(comparison, "publisher").index.tolist() == ["the paper"]
    assert source_accuracy(comparison) == 0.5


def test_intervals_hold_the_score() -> None:
    articles = [GoldArticle(str(i), TEXT, GOLD) for i in range(12)]
    found = {str(i): FOUND[: i % 4] for i in range(12)}
    table = attribution_scores(compare(articles, found))
    assert ((table["low"] <= table["f1"]) & (table["f1"] <= table["high"])).all()
    assert (table["low"] < table["high"]).any()
    assert attribution_scores(compare(articles, found)).equals(table), "the same draws every time"


def test_gold_against_itself_is_perfect(gold: list[GoldArticle]) -> None:
    comparison = compare(gold, {"a": GOLD})
    assert (attribution_scores(comparison)[["precision", "recall", "f1"]] == 1).all(axis=None)
    assert agreement(comparison) == 1
    assert errors(gold, {"a": GOLD}, comparison).empty


def test_nothing_found_is_zero_and_everything_missed(gold: list[GoldArticle]) -> None:
    comparison = compare(gold, {})
    assert (attribution_scores(comparison)["f1"] == 0).all()
    assert errors(gold, {}, comparison)["error"].tolist() == ["missed"] * 3


def test_statements_in_discarded_stretches_do_not_count() -> None:
    start = TEXT.index("According")
    article = GoldArticle("a", TEXT, GOLD, discard=(Span(start, len(TEXT)),))
    table = attribution_scores(compare([article], {"a": GOLD}))
    assert values(table, "relation", "gold", "predicted") == [2, 2]


def test_a_source_where_gold_has_none_is_wrong() -> None:
    bare = [GoldArticle("a", TEXT, (replace(GOLD[0], source=()),))]
    table = attribution_scores(compare(bare, {"a": GOLD[:1]}))
    assert table.loc["content relaxed", "f1"] == 1 and table.loc["relation", "f1"] == 0
    assert attribution_scores(compare(bare, {"a": bare[0].statements})).loc["relation", "f1"] == 1


def test_agreement_by_hand() -> None:
    """Four words and a stop; one label differs: alpha = 1 - (1/5) / De with De over the ten labels."""
    text = "Ann said rain fell."
    one = Statement("1", (Span(0, 3),), (Span(4, 8),), (Span(9, 18),), "indirect")
    two = replace(one, content=(Span(14, 18),))
    shares = {"source": 2, "cue": 2, "content": 3, "none": 3}
    expected = 1 - sum(n * (n - 1) for n in shares.values()) / (10 * 9)
    got = agreement(compare([GoldArticle("a", text, (one,))], {"a": (two,)}))
    assert got == pytest.approx(1 - (1 / 5) / expected)


def test_errors_name_what_is_wrong_and_show_the_sentence(gold: list[GoldArticle]) -> None:
    table = errors(gold, {"a": FOUND}, compare(gold, {"a": FOUND}))
    assert table["error"].tolist() == ["wrong source", "invented", "missed"]
    row = table.iloc[0]
    assert (row["source_gold"], row["source_found"], row["cue"], row["score"]) == ("Bob", "Ann", "told us", 0.85)
    assert row["context"] == "“Go home,” Bob told us."
    assert table.iloc[2]["context"] == "According to Cy, it froze."


def test_reliability_by_hand(gold: list[GoldArticle]) -> None:
    table = reliability(compare(gold, {"a": FOUND}))
    assert table["statements"].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 1, 1]
    assert table.loc[9, "right"] == 1 and table.loc[8, "right"] == 0
    assert table.attrs["ece"] == pytest.approx((0.05 + 0.85 + 0.15) / 3)


def test_label_scores_by_hand(gold: list[GoldArticle]) -> None:
    comparison = compare_labels(gold, {"a": FOUND})
    table = label_scores(comparison)
    assert table.loc["statements", "f1"] == pytest.approx(2 / 3)
    assert table.loc["act accuracy", "f1"] == 0.5
    assert values(table, "act claim", "precision", "recall") == [0.5, 0.5]
    assert table.loc["actor exact", "f1"] == 0 and table.loc["actor lenient", "f1"] == 0.5
    assert table.loc["named accuracy", "f1"] == 0.5
    assert values(table, "hedged", "precision", "recall", "gold") == [0, 0, 1]
    matrix = confusion(comparison)
    assert matrix.loc["claim", "claim"] == 1 and matrix.loc["demand", "claim"] == 1
    assert matrix.loc["claim", "(not found)"] == 1 and matrix.loc["(not in gold)", "other"] == 1
    assert matrix.to_numpy().sum() == 4


def test_macro_f1_counts_acts_seen_often_enough() -> None:
    articles = [GoldArticle(str(i), TEXT, GOLD, labelled=True) for i in range(3)]
    table = label_scores(compare_labels(articles, {str(i): GOLD for i in range(3)}))
    assert table.loc["act macro", "f1"] == 1  # six claims; the three demands do not enter
    half = {str(i): (GOLD[0], replace(GOLD[1], act="claim"), GOLD[2]) for i in range(3)}
    assert label_scores(compare_labels(articles, half)).loc["act macro", "f1"] == pytest.approx(2 * 6 / (6 + 9))


def test_stances_and_links_are_counted_one_to_one() -> None:
    favor = Stance("the new bridge", "issue", "favor")
    g = (
        replace(GOLD[0], stances=(favor, Stance("Bob Ray", "actor", "against"))),
        replace(GOLD[1], responds_to=(Response("G1", "denies"), Response(None, "denies", "a charge"))),
    )
    p = (
        replace(FOUND[0], stances=(replace(favor, target="bridge"), replace(favor, target="a bridge"))),
        replace(FOUND[1], responds_to=(Response("P1", "refuses"),)),
    )
    table = label_scores(compare_labels([GoldArticle("a", TEXT, g)], {"a": p}))
    assert values(table, "stance issue", "precision", "recall") == [0.5, 1]
    assert table.loc["stance actor", "recall"] == 0
    assert values(table, "polarity accuracy", "f1", "gold") == [1, 1]
    assert values(table, "links", "f1", "gold", "predicted") == [0, 1, 1]
    assert table.loc["links, any relation", "f1"] == 1


def test_one_article_statement_by_statement(gold: list[GoldArticle]) -> None:
    checks = statement_checks(gold[0], FOUND)
    assert checks["gold"].tolist()[:3] == ["G1", "G2", "G3"] and checks["found_as"].iloc[3] == "P3"
    summary = article_summary(checks)
    assert values(summary, "found", "right", "of") == [2, 3]
    assert values(summary, "source right", "right", "of") == [1, 3]
    assert values(summary, "actor right", "right", "of") == [1, 3]
    assert values(summary, "act right", "right", "of") == [1, 3]
    assert values(summary, "invented", "right", "of") == [1, 3]


@pytest.mark.parametrize("case", cases("cue_kinds"))
def test_kind_of_cue(case: dict[str, str]) -> None:
    start = case["text"].index("[")
    cue, text = case["text"][start + 1 : case["text"].index("]")], case["text"].replace("[", "").replace("]", "")
    assert cue_kind(text, (Span(start, start + len(cue)),) if cue else ()) == case["kind"]


@pytest.mark.parametrize("case", cases("double_quotations"))
def test_double_quotations(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    assert " + ".join(text[s:e] for s, e in double_quotations(text)) == case["quoted"]


@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=3))
def test_any_text_any_span(text: str, pairs: list[tuple[int, int]]) -> None:
    words = Words.of(text)
    inside = words.within(tuple(Span(*pair) for pair in pairs), marks=True)
    assert all(0 <= i < len(words.starts) for i in inside)
    assert len(words.quoted) == len(words.starts) == len(words.is_word)


@given(st.text(), st.text())
def test_a_name_shares_a_word_with_itself_and_order_does_not_matter(first: str, second: str) -> None:
    assert same_name(first, second) == same_name(second, first)


def row(**changes: object) -> str:
    plain = {"id": "a", "text": TEXT, "statements": [statement_to_json(s) for s in GOLD]}
    return json.dumps({**plain, **changes})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no article in it"),
        ("{", "line 1: no valid JSON"),
        ("[]", "line 1: a JSON object is needed, not list"),
        (row() + "\n\n" + row(), "line 3: the id 'a' was used before"),
        (row(text=None), "line 1: the field 'text' is missing"),
        (row(statements=None), "line 1: the field 'statements' is missing"),
        (row(statements=[{"id": "S1"}]), "line 1: a statement is incomplete"),
        (row(statements=[{"id": "S1", "content": [[0, 999]]}]), r"S1 has the span \[0, 999\], but the text has"),
        (row(statements=[{"id": "S1", "content": [["0", 3]]}]), "S1 has the span"),
        (row(statements=[{"id": "S1", "content": [[0, 3]], "act": "lie"}]), "the act 'lie'; known: denial"),
        (row(statements=[{"id": "S1", "content": [[0, 3]]}] * 2), "two statements have the id 'S1'"),
    ],
)
def test_bad_gold_is_refused_with_its_place(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OnrecordError, match=message):
        read_gold(path)


def test_missing_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(OnrecordError, match=r"article\.txt cannot be read"):
        read_gold_folder(tmp_path)


def test_polnear_rows_are_gold_too(tmp_path: Path) -> None:
    bare = {"id": "a", "text": TEXT, "publisher": "p", "discard": [[0, 3]],
            "attributions": [{"id": "E1", "source": None, "cue": [[4, 8]], "content": [[9, 23]]}]}  # fmt: skip
    (tmp_path / "g.jsonl").write_text(json.dumps(bare) + "\n" + json.dumps({**bare, "primary": False}))
    (article,) = read_gold(tmp_path / "g.jsonl")
    assert (article.publisher, article.discard, article.labelled) == ("p", (Span(0, 3),), False)
    assert article.statements[0].source == () and article.statements[0].content == (Span(9, 23),)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(row(), encoding="utf-8")
    evil = replace(FOUND[2], source=spans("“Go"), cue=())
    rows = [statement_to_json(s) for s in (*FOUND[:2], evil)]
    found.write_text(json.dumps({"id": "a", "statements": rows}), encoding="utf-8")
    return gold, found


def test_evaluate_attribution_prints_scores_and_writes_errors(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = files
    table = tmp_path / "errors.csv"
    assert main(["evaluate", "attribution", str(gold), "--predicted", str(found), "--errors", str(table)]) == 0
    out = capsys.readouterr().out
    assert "1 articles, 3 statements" in out and "relation with source" in out and "calibration error" in out
    with open(table, encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [r["error"] for r in rows] == ["wrong source", "invented", "missed"]


def test_evaluate_labels_and_article(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = files
    assert main(["evaluate", "labels", str(gold), "--predicted", str(found)]) == 0
    assert "act macro" in capsys.readouterr().out
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    lines = [json.dumps(statement_to_json(s)) for s in GOLD]
    (tmp_path / "statements.gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["evaluate", "article", str(tmp_path), "--predicted", str(found)]) == 0
    out = capsys.readouterr().out
    assert "G3: missed" in out and "P3: invented" in out and "G2: another source; another actor; " in out


def test_bad_gold_on_the_command_line_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "attribution", str(tmp_path / "no.jsonl")]) == 2
    assert "cannot be read" in capsys.readouterr().err
