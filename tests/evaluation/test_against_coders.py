"""How often the machine was right on what coders have checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.corrections import Coder, Coding
from onrecord.evaluation import evaluate_corrections, machine_was_right
from onrecord.pipeline import analyze
from onrecord.records import Article, OnrecordError


@pytest.fixture
def coding(article: Article, tmp_path: Path) -> Coding:
    return Coding(analyze(article, engine="fast"), tmp_path / "a.corrections.jsonl", Coder("Ann"))


def test_what_was_accepted_is_right_and_what_was_changed_or_rejected_is_wrong(coding: Coding):
    first, second, third, *_ = [s.id for s in coding.analysis.statements]
    act = coding.analysis.statement(first).act
    coding.decide(first, "act", "refusal" if act != "refusal" else "claim")
    coding.accept(first)
    coding.accept(second)
    coding.reject(third)
    table = machine_was_right([coding.analysis]).set_index("measure")
    right = {name: round(row["score"] * row["items"]) for name, row in table.iterrows()}
    assert (right["acts"], table["items"]["acts"]) == (1, 2)
    assert (right["sources"], table["items"]["sources"]) == (2, 2)
    assert (right["statements found that are some"], table["items"]["statements found that are some"]) == (2, 3)


def test_of_what_nobody_checked_nothing_is_said(coding: Coding):
    assert machine_was_right([coding.analysis]).empty
    assert machine_was_right([]).empty


def test_the_command_reads_the_articles_that_have_corrections(coding: Coding, tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(coding.analysis.article.text, encoding="utf-8")
    with pytest.raises(OnrecordError, match="no article has corrections"):
        list(evaluate_corrections([tmp_path / "b.txt"], engine="fast"))
    coding.accept(coding.analysis.statements[0].id)
    head, table = evaluate_corrections([tmp_path / "a.txt", tmp_path / "b.txt"], engine="fast")
    assert head == "fast: 1 of 2 articles with corrections, by Ann"
    assert "acts" in table
