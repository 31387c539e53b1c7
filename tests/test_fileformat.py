"""The file format: what is written comes back, and spans lead to the words."""

from __future__ import annotations

import json
import os
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
        ("[]", "not in the file format"),
    ],
)
def test_wrong_format(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "given.jsonl").write_text(content)
    with pytest.raises(OnrecordError, match=message):
        read_statements(tmp_path / "given.jsonl")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ('"id": 7', 'statement 1: its "id" is 7'),
        ('"id": null', 'statement 1: its "id" is null'),
        ('"id": " "', 'statement 1: its "id" is " "'),
        ('"id": "S2"', 'statement 2: the "id" "S2" is used twice'),
        ('"content": []', 'statement S1: its "content" is empty'),
        ('"content": null', 'statement S1: its "content" is empty'),
        ('"content": [[1, 2, 3]]', r'statement S1: its "content" holds \[1, 2, 3\]'),
        ('"content": [[0.5, 5.5]]', r'"content" holds \[0.5, 5.5\]'),
        ('"content": [[false, true]]', r'"content" holds \[false, true\]'),
        ('"content": [[-3, 2]]', r'"content" holds \[-3, 2\]'),
        ('"content": [[0, 9], [5, 12]]', r'"content" holds \[5, 12\]'),
        ('"content": "0-5"', '"content" holds "0-5"'),
        ('"source": [["a", 3]]', r'"source" holds \["a", 3\]'),
        ('"cue": [[3, 3]]', r'"cue" holds \[3, 3\]'),
        ('"cue": {"start": 1}', r'"cue" holds {"start": 1}'),
        ('"nested_in": "S1"', 'statement S1: its "nested_in" leads back to itself'),
        ('"nested_in": "S2"', 'its "nested_in" leads back to itself'),
        ('"nested_in": "S9"', '"nested_in" is "S9", no id of a statement'),
        ('"nested_in": [1]', r'"nested_in" is \[1\], no id of a statement'),
    ],
)
def test_what_is_wrong_in_a_line_is_told_with_its_field(tmp_path: Path, fields: str, message: str) -> None:
    first = {"id": "S1", "content": [[0, 5]], **json.loads(f"{{{fields}}}")}
    second = {"id": "S2", "content": [[6, 9]], "nested_in": "S1"}
    fine = {"id": "a", "statements": [second | {"nested_in": None}]}
    wrong = {"id": "b", "statements": [first, second]}
    (tmp_path / "given.jsonl").write_text(f"{json.dumps(fine)}\n{json.dumps(wrong)}\n")
    with pytest.raises(OnrecordError, match=rf"given\.jsonl, line 2, .*{message}"):
        read_statements(tmp_path / "given.jsonl")


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["a", "a"], "line 2: the article 'a' was given before"),
        ([None], "id is null"),
        ([True], "id is true"),
        ([""], 'is ""'),
    ],
)
def test_each_article_has_an_id_of_its_own(tmp_path: Path, ids: list[object], message: str) -> None:
    lines = [json.dumps({"id": id, "statements": []}) for id in ids]
    (tmp_path / "given.jsonl").write_text("\n".join(lines))
    with pytest.raises(OnrecordError, match=message):
        read_statements(tmp_path / "given.jsonl")


def test_a_long_chain_of_nesting_is_checked_in_no_time(tmp_path: Path) -> None:
    rows = [{"id": f"S{n}", "content": [[0, 5]], "nested_in": f"S{n - 1}" if n else None} for n in range(20_000)]
    (tmp_path / "given.jsonl").write_text(json.dumps({"id": "a", "statements": rows[::-1]}))
    assert len(read_statements(tmp_path / "given.jsonl")["a"]) == 20_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "given.jsonl")
    with pytest.raises(OnrecordError, match="this is a pipe or a device"):
        read_statements(tmp_path / "given.jsonl")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="cannot read"):
        read_statements(tmp_path / "none.jsonl")
