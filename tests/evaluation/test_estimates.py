"""Counts from a checked sample: right where all is checked, wide where nothing is, and covering the truth."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord.corrections import Coder, Coding, random_order, random_sample
from onrecord.evaluation import estimate_count, estimated_counts
from onrecord.pipeline import analyze
from onrecord.records import Analysis, Article


@pytest.fixture(scope="module")
def machine(article: Article) -> Analysis:
    return analyze(article, engine="fast")


@pytest.fixture
def coding(machine: Analysis, tmp_path: Path) -> Coding:
    return Coding(machine, tmp_path / "a.corrections.jsonl", Coder("Ann"))


def test_where_all_is_checked_nothing_is_left_to_chance():
    pairs = [(True, True), (True, False), (False, True), (False, False), (False, False)]
    found = estimate_count([machine for machine, _ in pairs], pairs)
    assert found == (2, 2.0, 2.0, 2.0)


@pytest.mark.parametrize(("yes", "of"), [(0, 10), (3, 10), (10, 10)])
def test_where_nothing_is_checked_nearly_anything_is_possible(yes: int, of: int):
    found = estimate_count([True] * yes + [False] * (of - yes), [])
    assert (found.machine, found.estimate) == (yes, yes)
    assert found.low <= 1 and found.high >= of - 1


def test_what_the_machine_invents_is_taken_off_and_what_it_misses_is_added():
    counted = [True] * 40 + [False] * 360
    invented = estimate_count(counted, [(True, False)] * 5 + [(True, True)] * 5 + [(False, False)] * 90)
    missed = estimate_count(counted, [(True, True)] * 10 + [(False, True)] * 9 + [(False, False)] * 81)
    assert (invented.estimate, missed.estimate) == (20, 76)
    assert invented.low < 20 < invented.high < missed.high
    assert missed.low >= 19  # so many are there for certain


@pytest.mark.parametrize(("share", "recall", "precision"), [(0.1, 0.5, 0.5), (0.3, 0.8, 0.75), (0.4, 0.4, 0.5)])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(share: float, recall: float, precision: float):
    chance, covered = random.Random(3), 0
    false = share * recall * (1 - precision) / precision / (1 - share)
    for _ in range(300):
        truth = [chance.random() < share for _ in range(300)]
        machine = [chance.random() < (recall if each else false) for each in truth]
        drawn = chance.sample(range(300), 80)
        found = estimate_count(machine, [(machine[i], truth[i]) for i in drawn])
        covered += found.low - 1e-9 <= sum(truth) <= found.high + 1e-9
    assert 0.91 <= covered / 300 <= 0.99


def test_the_sample_is_the_head_of_the_random_order(coding: Coding, machine: Analysis):
    order = random_order(machine, 7)
    assert order != random_order(machine, 8)
    assert sorted(order) == sorted(s.id for s in machine.statements)
    coding.accept(order[0])
    coding.reject(order[1])
    coding.accept(order[3])  # behind one that nobody has looked at: chance did not draw it
    drawn = random_sample([coding.analysis], 7)
    assert [(one.id, now and now.id) for one, now in drawn] == [(order[0], order[0]), (order[1], None)]
    assert random_order(coding.analysis, 7) == order


def test_the_counts_of_a_checked_article_are_those_of_its_coder(coding: Coding, machine: Analysis):
    first = machine.statements[0]
    coding.decide(first.id, "act", "refusal" if first.act != "refusal" else "claim")
    for statement in machine.statements:
        coding.accept(statement.id)
    table = estimated_counts([coding.analysis], "act").set_index("count")
    now = [s.act.replace("_", " ") for s in coding.analysis.statements]
    assert {name: row["estimate"] for name, row in table.iterrows()} == {n: now.count(n) for n in table.index}
    assert (table["low"] == table["high"]).all()
    assert table["machine"].sum() == len(machine.statements) == table["of"].iloc[0]
    assert len(estimated_counts([machine], "stance")) == len(
        {(t.polarity, t.target) for s in machine.statements for t in s.stances}
    )
