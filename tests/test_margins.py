"""What is told of an article is the same on every machine: processors round differently, so scores get a margin.

Every chance that a decision rests on is moved by a hundredth, all up, all down and each its own way. What differs then
differs by processor sooner or later.
"""

from __future__ import annotations

import csv
import functools
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from casefiles import CASES

from onrecord import analyze, tables
from onrecord.answers import links
from onrecord.labels import acts, stances
from onrecord.records import Analysis, Article
from onrecord.statements import linker
from onrecord.text.input_files import parse_article

MARGIN = 0.01
Shake = Callable[[], float]
with open(CASES / "invented_articles.csv", encoding="utf-8", newline="") as _file:
    INVENTED = {row["name"]: row["text"] for row in csv.DictReader(_file)}
WAYS: dict[str, Callable[[], Shake]] = {
    "up": lambda: lambda: MARGIN,
    "down": lambda: lambda: -MARGIN,
    "each its own way": lambda: (lambda chance: lambda: chance.choice([-MARGIN, MARGIN]))(random.Random(7)),
}
#: The share of statements that may be told otherwise.
MOST_CHANGED = 1 / 3
#: A statement as figures, tables and findings tell it.
Told = tuple[str, ...]


def told(analysis: Analysis) -> list[Told]:
    """Every statement with its labels, and which of them are certain."""
    labels = ["actor", "act", "hedged", "stance", "content_words"]
    rows, sure = (tables.statements(each).set_index("id") for each in (analysis, tables.certain(analysis)))
    words = rows["content_words"].to_dict()
    answers = {
        s.id: " ".join(f"{r.relation} {words.get(r.to or '')}" for r in s.responds_to) for s in analysis.statements
    }
    certain = {id: f"{row['act']} {row['stance']}" for id, row in sure.iterrows()}
    return [
        (*map(str, row), answers[id], certain.get(id, ""))
        for id, row in zip(rows.index, rows[labels].itertuples(index=False), strict=True)
    ]


def shaken(monkeypatch: pytest.MonkeyPatch, shake: Shake) -> None:
    """Moves the chances of acts, hedges, stances, answers and statements."""

    def moved(name: str, module: Any, move: Callable[[Any], Any]) -> None:
        before = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: move(before(*given)))

    moved("mix_acts", acts, lambda chances: _with_total_one(chances, shake))
    moved("mix_hedged", acts, lambda chance: chance + shake())
    moved("_mix", stances, lambda chances: _with_total_one(chances, shake))
    moved("chances", links.LinkModel, lambda chances: [chance + shake() for chance in chances])
    moved("_link", linker, lambda link: replace(link, probability=link.probability + shake()))


def _with_total_one(chances: Any, shake: Shake) -> Any:
    """The likeliest moved, the others with it so that they add up."""
    top = int(chances.argmax())
    now = float(np.clip(chances[top] + shake(), 1e-6, 1 - 1e-6))
    others = chances * (1 - now) / max(1 - chances[top], 1e-9)
    others[top] = now
    return others


@functools.cache
def articles() -> dict[str, Article]:
    given = {
        "haqqani": (CASES.parents[1] / "data" / "haqqani-2011" / "article.txt").read_text(encoding="utf-8"),
        **INVENTED,
    }
    return {name: parse_article(text, id=name) for name, text in given.items()}


@functools.cache
def unshaken(name: str) -> list[Told]:
    return told(analyze(articles()[name]))


def changed(name: str, way: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many statements are told otherwise once all chances are moved, and of how many."""
    before = unshaken(name)
    shaken(monkeypatch, WAYS[way]())
    after = told(analyze(articles()[name]))
    return max(len(set(before) - set(after)), len(set(after) - set(before))), len(before)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["haqqani", *INVENTED])
def test_a_hundredth_changes_little_that_is_told(name: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    differing, every = changed(name, way, monkeypatch)
    assert every >= 5
    assert differing <= every * MOST_CHANGED


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(
            way,
            marks=pytest.mark.xfail(
                reason="the act of the State Department's no_comment is just below the mark for certain ones"
            ),
        )
        if way == "up"
        else way
        for way in WAYS
    ],
)
def test_a_hundredth_changes_nothing_that_the_readme_tells(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed("haqqani", way, monkeypatch)[0] == 0
