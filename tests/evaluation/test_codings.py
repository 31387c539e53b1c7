"""Several codings of one article: how far they agree, where they differ, and the settled one as gold."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from onrecord.corrections import Coder, Coding
from onrecord.evaluation import (
    as_gold,
    coder_agreement,
    coder_differences,
    codings_of,
    compare_labels,
    label_scores,
    read_gold,
)
from onrecord.pipeline import analyze
from onrecord.records import Article, Span, Stance, Statement


@pytest.fixture
def one(gold_statements: tuple[Statement, ...]) -> list[Statement]:
    return list(gold_statements)


def rows(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """The columns of each label."""
    return {str(row.pop("label")): row for row in table.to_dict("records")}  # type: ignore[misc]


def test_a_coding_agrees_with_itself(article: Article, one: list[Statement]):
    table = rows(coder_agreement(article, {"Ann": one, "Bob": one, "Cid": one}))
    assert (table["act"]["alpha"], table["act"]["kappa"]) == (1, 1)
    assert (table["statements"]["f1"], table["content"]["f1"]) == (1, 1)
    assert isnan(table["hedged"]["alpha"])  # nobody ever says hedged: there is nothing to agree on
    assert len(coder_differences(article, {"Ann": one, "Bob": one})) == 0


def test_a_space_or_an_article_costs_nothing(article: Article, one: list[Statement]):
    other = [
        replace(
            s,
            actor=f"the  {s.actor.removeprefix('the ').upper()}" if s.actor else "",
            stances=tuple(
                Stance(f"The {t.target.removeprefix('the ')} ", t.target_type, t.polarity) for t in s.stances
            ),
            content=(Span(s.content[0].start, s.content[0].end + 1), *s.content[1:]),
        )
        for s in one
    ]
    table = rows(coder_agreement(article, {"Ann": one, "Bob": other}))
    assert table["actor"]["alpha"] == table["stance"]["alpha"] == 1
    assert table["statements"]["f1"] == 1


def test_alpha_and_kappa_are_the_textbooks():
    """Krippendorff, Computing Krippendorff's alpha-reliability (2011), example A: two coders, ten units, alpha .095."""
    text = " ".join(f"w{n}" for n in range(10))
    spans = [Span(3 * n, 3 * n + 2) for n in range(10)]
    codes = ("0100000000", "1110010010")[0:2]
    first, second = (
        [Statement(f"S{n}", (), (), (spans[n],), "direct", hedged=code == "1") for n, code in enumerate(codes[k])]
        for k in (0, 1)
    )
    table = rows(coder_agreement(Article(text), {"Ann": first, "Bob": second}))
    ones = sum(code == "1" for coder in codes for code in coder)
    zeros, apart = 20 - ones, sum(a != b for a, b in zip(*codes, strict=True))
    assert table["hedged"]["alpha"] == pytest.approx(1 - 19 * apart / (ones * zeros), abs=1e-9)
    seen, p, q = 1 - apart / 10, codes[0].count("1") / 10, codes[1].count("1") / 10
    chance = p * q + (1 - p) * (1 - q)
    assert table["hedged"]["kappa"] == pytest.approx((seen - chance) / (1 - chance), abs=1e-9)


def test_where_they_differ_is_told_by_statement_and_label(article: Article, one: list[Statement]):
    other = [replace(one[0], act="claim"), *one[2:]]
    table = coder_differences(article, {"Ann": one, "Bob": other})
    assert table[["id", "label", "said"]].to_numpy().tolist() == [
        ["S1", "act", "Ann: evaluation; Bob: claim"],
        ["S2", "statement", "Ann: found; Bob: missing"],
    ]
    agreement = rows(coder_agreement(article, {"Ann": one, "Bob": other}))
    assert agreement["statements"]["f1"] == pytest.approx(2 * 22 / 45)
    assert 0.9 < agreement["act"]["alpha"] < 1


def test_two_coders_of_one_file_and_their_settled_coding_as_gold(article: Article, tmp_path: Path):
    machine = analyze(article, engine="fast")
    file, ids = tmp_path / "a.corrections.jsonl", [s.id for s in machine.statements[:4]]
    ann, bob = (Coding(machine, file, Coder(name)) for name in ("Ann", "Bob"))
    for coding, act in ((ann, "refusal"), (bob, "demand")):
        coding.reload()
        coding.decide(ids[0], "act", act)
        for id in ids:
            coding.accept(id)
    codings = codings_of(machine, bob.journal)
    assert {name: len(coding) for name, coding in codings.items()} == {"Ann": 4, "Bob": 4}
    differences = coder_differences(article, codings)
    assert differences["said"].tolist() == ["Ann: refusal; Bob: demand"]
    ann.reload()
    ann.decide(ids[0], "act", "demand", why="settled")
    path = tmp_path / "gold.jsonl"
    path.write_text(as_gold(ann.analysis), encoding="utf-8")
    (gold,) = read_gold(path)
    assert [s.act for s in gold.statements] == [ann.analysis.statement(s.id).act for s in gold.statements]
    scores = label_scores(compare_labels([gold], {gold.id: machine.statements}), draws=0)
    assert scores.loc["act accuracy", "f1"] == 0.75
