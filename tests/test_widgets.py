"""Filter boxes show what the pure functions give, in every state of their controls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from onrecord import charts, show, tables
from onrecord.provenance import inspect_file
from onrecord.records import Analysis, OnrecordError
from onrecord.widgets import CONTROLS, FilterBox, View, desk, filter_by_actor

CHOICES: dict[str, Any] = {
    "actors": ("Rehman Malik",),
    "sides": ("Pakistan",),
    "acts": ("denial",),
    "targets": ("the Haqqani network",),
    "polarity": ("against",),
    "quotes": ("direct",),
    "named": False,
    "min_score": 0.5,
    "text": "committed",
}


@pytest.fixture
def box(gold_analysis: Analysis) -> FilterBox:
    return filter_by_actor(gold_analysis, tables.stance_by_actor, charts.stance_by_actor)


def shown(box: FilterBox) -> str:
    """The error, the chart and the table, as HTML."""
    return " ".join(str(part.value) for part in (box.children[2], *box.children[3].children))


def status(box: FilterBox) -> str:
    return str(box.children[1].children[-1].value)


def test_it_starts_with_all_statements(box: FilterBox):
    assert status(box) == "<b>all 21 statements</b>"
    assert "Mark Toner" in shown(box)
    assert "Rehman Malik" in shown(box)
    assert "<img" in shown(box)


def test_table_chart_and_words_follow_the_actor(box: FilterBox, gold_analysis: Analysis):
    box.controls["actors"].value = ("Michael Mullen",)
    rows = tables.filter_statements(tables.statements(gold_analysis), actors=["Michael Mullen"])
    table = tables.stance_by_actor(gold_analysis, rows)
    assert status(box) == "<b>2 of 21 statements: Michael Mullen</b>"
    assert show.table_html(table) in shown(box)
    assert charts.stance_by_actor(table, source="").alt.split(":")[-1] in shown(box)
    assert "Mark Toner" not in shown(box)


def test_reset_shows_all_again(box: FilterBox):
    before = shown(box)
    box.controls["actors"].value = ("Michael Mullen",)
    assert shown(box) != before
    box.children[1].children[0].click()
    assert shown(box) == before


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_every_control_of_the_desk_narrows_the_selection(gold_analysis: Analysis, name: str):
    box = desk(gold_analysis)
    expected = tables.filter_statements(box.statements, **{name: CHOICES[name]})
    box.controls[name].value = "unnamed only" if name == "named" else CHOICES[name]
    assert len(box.selection) < len(box.statements) or name == "min_score"
    assert list(box.selection["id"]) == list(expected["id"])
    assert box.words in status(box).replace("<b>", "")


def test_two_filters_with_the_same_statements_have_their_own_words(gold_analysis: Analysis):
    box = desk(gold_analysis)
    box.controls["actors"].value = ("Rehman Malik",)
    first = box.provenance.filter
    box.controls["actors"].value = ()
    box.controls["text"].value = "no links to the Haqqani"
    assert list(box.selection["actor"]) == ["Rehman Malik"]
    assert box.provenance.filter != first


def test_a_selection_of_no_statement_is_an_honest_picture(gold_analysis: Analysis):
    box = desk(gold_analysis)
    box.controls["text"].value = "no such words"
    assert status(box).startswith("<b>0 of 21 statements")
    assert "<img" in shown(box)
    assert "0 rows" in shown(box)


def test_an_error_shows_in_the_box_and_goes_with_the_next_choice(gold_analysis: Analysis):
    def fails_for_one(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
        if len(rows) == 1:
            raise ValueError("<one> row")
        return tables.stance_by_actor(analysis, rows)

    box = filter_by_actor(gold_analysis, fails_for_one)
    box.controls["actors"].value = ("Rehman Malik",)
    assert "ValueError: &lt;one&gt; row" in shown(box)
    assert "fails_for_one" in shown(box)
    assert "<table" not in shown(box)
    box.controls["actors"].value = ()
    assert "ValueError" not in shown(box)
    assert "<table" in shown(box)


def test_an_error_for_the_analyst_comes_without_a_traceback(gold_analysis: Analysis):
    def refuses(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
        raise OnrecordError("choose another")

    box = filter_by_actor(gold_analysis, refuses)
    assert "choose another" in shown(box)
    assert "Details" not in shown(box)


def test_heights_do_not_change_with_the_selection(box: FilterBox):
    heights = [child.layout.height for child in box.children]
    box.controls["actors"].value = ("Rehman Malik",)
    assert [child.layout.height for child in box.children] == heights


def test_what_the_article_says_is_shown_not_run(gold_analysis: Analysis):
    evil = "<img src=x onerror=alert(1)>"
    first, *rest = gold_analysis.statements
    analysis = Analysis(gold_analysis.article, gold_analysis.tokens, (replace(first, actor=evil), *rest))
    box = filter_by_actor(analysis, tables.stance_by_actor, charts.stance_by_actor)
    box.controls["actors"].value = (evil,)
    assert "onerror" in shown(box)
    assert "<img src=x" not in shown(box)
    assert "<img" not in status(box)


def test_the_selection_is_saved_as_it_stands(gold_analysis: Analysis, tmp_path: Path):
    box = desk(gold_analysis, View(tables.stance_by_actor, charts.stance_by_actor), folder=tmp_path)
    box.controls["actors"].value = ("Michael Mullen",)
    box.children[1].children[1].click()
    assert "stance_by_actor-michael-mullen.csv" in status(box)
    told = inspect_file(tmp_path / "stance_by_actor-michael-mullen.png")["provenance"]
    assert (told["filter"], told["statements"], told["of"]) == ("Michael Mullen", 2, 21)


def test_on_a_page_without_widgets_a_line_stands_in_its_place(box: FilterBox):
    bundle = box._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "filter box" in bundle["text/html"]


def test_an_empty_analysis_has_a_box_too(gold_analysis: Analysis):
    empty = Analysis(gold_analysis.article, gold_analysis.tokens, ())
    assert status(desk(empty)) == "<b>all 0 statements</b>"
