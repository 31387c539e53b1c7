"""The file format: what is written comes back, and spans lead to the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fileformat import read_statements, statement_to_json, statements_from_json, to_json
from onrecord.records import ACTS, Analysis, OnrecordError, Reason, Response, Span, Stance, Statement

SPANS = st.lists(st.tuples(st.integers(0, 99), st.integers(100, 999)).map(lambda pair: Span(*pair)), max_size=3).map(
    tuple
)
WORDS = st.text(max_size=9)
SCORES = st.integers(0, 10_000).map(lambda n: n / 10_000)
REASONS = st.lists(st.sampled_from(["act", "hedged", "actor"]), unique=True).flatmap(
    lambda labels: st.tuples(*(st.builds(Reason, st.just(label), SPANS, WORDS) for label in labels))
)
STATEMENTS = st.builds(
    Statement,
    id=WORDS,
    source=SPANS,
    cue=SPANS,
    content=SPANS,
    quote=st.sampled_from(["direct", "mixed", "indirect"]),
    nested_in=st.none() | WORDS,
    score=SCORES,
    actor=WORDS,
    named=st.booleans(),
    act=st.sampled_from(ACTS),
    act_score=SCORES,
    hedged=st.booleans(),
    stances=st.lists(
        st.builds(Stance, WORDS, WORDS, st.sampled_from(["favor", "against"]), SCORES, SPANS), max_size=2
    ).map(tuple),
    responds_to=st.lists(st.builds(Response, st.none() | WORDS, WORDS, WORDS, SCORES, SPANS), max_size=2).map(tuple),
    because=REASONS,
)


@given(STATEMENTS)
def test_what_is_written_comes_back(statement: Statement) -> None:
    row = json.loads(json.dumps(statement_to_json(statement)))
    assert statements_from_json([row]) == (statement,)


def test_gold_survives(gold_analysis: Analysis) -> None:
    line = json.loads(json.dumps(to_json(gold_analysis), ensure_ascii=False))
    assert (line["id"], line["date"]) == ("haqqani-2011", None)
    assert statements_from_json(line["statements"]) == gold_analysis.statements


def test_gold_spans_lead_to_the_words(gold_analysis: Analysis) -> None:
    text = gold_analysis.article.text
    denial = next(s for s in gold_analysis.statements if s.actor == "Rehman Malik")
    assert gold_analysis.article.words_of(denial.cue) == "said"
    for statement in gold_analysis.statements:
        for start, end in (*statement.source, *statement.cue, *statement.content):
            assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": "a"}', "line 1: not in the file format"),
        ('{"id": "a", "statements": []}\n{"id":', "line 2: not in the file format"),
        ('{"id": "a", "statements": [{"id": "S1"}]}', "content"),
        ('{"id": "a", "statements": [{"id": "S1", "content": [[1, 2, 3]]}]}', "not in the file format"),
        ("[]", "not in the file format"),
    ],
)
def test_wrong_format(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "given.jsonl").write_text(content)
    with pytest.raises(OnrecordError, match=message):
        read_statements(tmp_path / "given.jsonl")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="cannot read"):
        read_statements(tmp_path / "none.jsonl")
