"""Filter boxes show what the pure functions give, in every state of their controls."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from invented import invented_analysis

from onrecord import charts, show, tables
from onrecord.desk.controls import CONTROLS
from onrecord.desk.widgets import DESK_VIEWS, FilterBox, View, explore, filter_by_actor
from onrecord.export.read_back import inspect_file
from onrecord.records import Analysis, OnrecordError

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
    return f"{box.children[2].value} {box.panes.chart} {box.panes.table}"


def status(box: FilterBox) -> str:
    return str(box.children[1].children[-1].value)


def test_it_starts_with_all_statements(box: FilterBox):
    assert status(box) == "<b>all 21 statements</b>"
    assert "Mark Toner" in shown(box)
    assert "Rehman Malik" in shown(box)
    assert "<img" in shown(box)


@pytest.mark.parametrize("name", ["Bartholomew Achterberg-Nakamura", "anonymous Pakistani officials"])
def test_the_list_of_actors_has_room_for_long_names(gold_analysis: Analysis, name: str):
    first, *others = gold_analysis.statements
    renamed = replace(gold_analysis, statements=(replace(first, actor=name), *others))
    control = CONTROLS["actors"](tables.statements(renamed))
    assert (f"{name} (1)", name) in control.options


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
    box = explore(gold_analysis)
    expected = tables.filter_statements(box.statements, **{name: CHOICES[name]})
    box.controls[name].value = "unnamed only" if name == "named" else CHOICES[name]
    assert len(box.selection) < len(box.statements) or name == "min_score"
    assert list(box.selection["id"]) == list(expected["id"])
    assert box.words in status(box).replace("<b>", "")


def test_two_filters_with_the_same_statements_have_their_own_words(gold_analysis: Analysis):
    box = explore(gold_analysis)
    box.controls["actors"].value = ("Rehman Malik",)
    first = box.provenance.filter
    box.controls["actors"].value = ()
    box.controls["text"].value = "no links to the Haqqani"
    assert list(box.selection["actor"]) == ["Rehman Malik"]
    assert box.provenance.filter != first


def test_a_selection_of_no_statement_is_an_honest_picture(gold_analysis: Analysis):
    box = explore(gold_analysis)
    box.controls["text"].value = "no such words"
    assert status(box).startswith("<b>0 of 21 statements")
    assert "<img" in shown(box)
    assert box.panes.lit == []


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
    box = explore(gold_analysis, [View(tables.stance_by_actor, charts.stance_by_actor)], folder=tmp_path)
    box.controls["actors"].value = ("Michael Mullen",)
    box.children[1].children[1].click()
    assert {path.stem for path in tmp_path.iterdir()} == {
        "stance_by_actor-michael-mullen",
        "statements-michael-mullen",
        "article-michael-mullen",
        "manifest",
    }
    for file in ("stance_by_actor-michael-mullen.png", "statements-michael-mullen.csv", "article-michael-mullen.html"):
        assert file in status(box)
        told = inspect_file(tmp_path / file)["provenance"]
        assert (told["filter"], told["statements"], told["of"]) == ("Michael Mullen", 2, 21)
    saved = pd.read_csv(tmp_path / "statements-michael-mullen.csv")
    assert list(saved["actor"]) == ["Michael Mullen"] * 2
    page = (tmp_path / "article-michael-mullen.html").read_text(encoding="utf-8")
    assert page.count("<tr id=") == 2


def test_a_filter_with_a_slash_is_saved_too(gold_analysis: Analysis, tmp_path: Path):
    box = explore(gold_analysis, folder=tmp_path)
    box.controls["text"].value = "and/or: “9\\11”?"
    box.children[1].children[1].click()
    assert box.children[2].value == ""
    assert (tmp_path / "statements-with-and-or-9-11.csv").is_file()
    assert {path.parent for path in tmp_path.rglob("*")} == {tmp_path}


def test_what_cannot_be_saved_is_told_and_the_picture_stays(gold_analysis: Analysis, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    box = explore(gold_analysis, folder=tmp_path / "file")
    before = box.panes.chart
    box.children[1].children[1].click()
    assert "Choose another place" in box.children[2].value
    assert box.panes.chart == before != ""
    assert box.panes.lit


def test_the_text_is_sent_once_and_a_filter_only_names_what_is_lit(gold_analysis: Analysis):
    box = explore(gold_analysis)
    text, table = box.panes.text, box.panes.table
    assert box.panes.lit == [statement.id for statement in gold_analysis.statements]
    box.controls["acts"].value = ("denial",)
    assert box.panes.lit == ["S18", "S20"]
    assert (box.panes.text, box.panes.table) == (text, table)


@pytest.mark.parametrize("view", DESK_VIEWS, ids=lambda view: view.name)
def test_every_view_of_the_desk_follows_the_filter(gold_analysis: Analysis, view: View):
    box = explore(gold_analysis)
    box.chooser.value = view
    whole = box.panes.chart
    box.controls["actors"].value = ("Mark Toner",)
    assert box.panes.chart != whole
    assert status(box) == "<b>8 of 21 statements: Mark Toner</b>"
    assert box.children[2].value == ""


def test_what_is_picked_goes_with_a_reset(gold_analysis: Analysis):
    box = explore(gold_analysis)
    box.panes.chosen = ["S3"]
    box.reset()
    assert box.panes.chosen == []


@pytest.mark.parametrize("view", DESK_VIEWS, ids=lambda view: view.name)
def test_a_change_of_the_filter_is_quick_in_a_long_article(view: View):
    """Under .1 s for 59 statements of 32 actors; processor time, and twice that much for a busy machine."""
    box = explore(invented_analysis(32))
    box.chooser.value = view
    took = []
    for score in (0.1, 0.2, 0.3, 0.35):  # all statements pass, but the words of the filter are new
        started = time.process_time()
        box.controls["min_score"].value = score
        took.append(time.process_time() - started)
    assert len(box.selection) > 50
    assert min(took) < 0.2


def test_on_a_page_without_widgets_a_line_stands_in_its_place(box: FilterBox):
    bundle = box._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "filter box" in bundle["text/html"]


def test_an_empty_analysis_has_a_box_too(gold_analysis: Analysis):
    empty = Analysis(gold_analysis.article, gold_analysis.tokens, ())
    assert status(explore(empty)) == "<b>no statements</b>"
