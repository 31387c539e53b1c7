"""What the desk writes and what it leaves out: the table of own actors, scores, a figure's last touches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from onrecord import analyze, charts, tables
from onrecord.desk.scores import left_out, scored_from
from onrecord.desk.widgets import explore
from onrecord.records import Analysis, OnrecordError
from onrecord.text.input_files import parse_article

TEXT = (
    "Kari Lund said the harbour is safe. The Harbour Board denied that the harbour is safe. "
    "The Port Authority said on Monday that Kari Lund was wrong about the harbour."
)


def test_two_actors_become_one_and_a_side_is_set_without_leaving_the_desk(tmp_path: Path):
    box = explore(analyze(parse_article(TEXT, id="a"), engine="fast"), folder=tmp_path / "exports")
    assert {"Harbour Board", "Port Authority"} <= set(box.statements["actor"])
    form = box.actors_form
    form.actor.value, form.same_as.value = "Port Authority", "Harbour Board"
    box.put_right()
    assert box.error.value == ""
    assert "Port Authority" not in set(box.statements["actor"])
    form.actor.value, form.side.value = "Harbour Board", "the city"
    box.put_right()
    assert set(box.statements.query("actor == 'Harbour Board'")["side"]) == {"the city"}
    assert "actors.csv" in form.told.value


def test_what_was_put_right_is_taken_back_step_by_step(tmp_path: Path):
    table = tmp_path / "mine.csv"
    box = explore(analyze(parse_article(TEXT, id="a"), engine="fast"), folder=tmp_path / "exports", actors=table)
    before, form = box.statements, box.actors_form
    assert form.undo.disabled
    form.actor.value, form.side.value = "Harbour Board", "the city"
    box.put_right()
    side_set = table.read_bytes()
    form.actor.value, form.same_as.value = "Port Authority", "Harbour Board"
    box.put_right()
    form.undo.click()
    assert table.read_bytes() == side_set
    assert set(box.statements.query("actor == 'Harbour Board'")["side"]) == {"the city"}
    assert "Port Authority" in set(box.statements["actor"])
    form.undo.click()
    assert not table.exists()
    assert form.undo.disabled
    pd.testing.assert_frame_equal(box.statements, before)
    assert "Taken back" in form.told.value


def test_a_table_other_than_the_one_that_was_read_is_not_written(tmp_path: Path):
    """Else the sides of the first table would be lost."""
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    first.write_text("name,side\nKari Lund,the party\n", encoding="utf-8")
    analysis = analyze(parse_article(TEXT, id="a"), engine="fast", actors=first)
    box = explore(analysis, folder=tmp_path / "exports", actors=other)
    box.actors_form.actor.value, box.actors_form.side.value = "Harbour Board", "the city"
    box.put_right()
    assert "the sides here are from first.csv" in box.error.value
    assert not other.exists()
    right = explore(analysis, folder=tmp_path / "exports", actors=first)
    right.actors_form.actor.value, right.actors_form.side.value = "Harbour Board", "the city"
    right.put_right()
    assert set(right.statements.query("actor == 'Kari Lund'")["side"]) == {"the party"}
    assert right.selected.provenance.actors == "first.csv"


@pytest.mark.parametrize("chosen", [{}, {"same_as": "Kari Lund"}, {"side": "x", "same_as": "Harbour Board"}])
def test_a_form_that_does_not_say_one_thing_is_refused(tmp_path: Path, chosen: dict[str, str]):
    box = explore(analyze(parse_article(TEXT, id="a"), engine="fast"), folder=tmp_path / "exports")
    box.actors_form.actor.value = "Kari Lund"
    for name, value in chosen.items():
        getattr(box.actors_form, name).value = value
    box.put_right()
    assert "choose" in box.error.value
    assert not (tmp_path / "actors.csv").exists()


def test_stances_and_answers_go_by_their_own_score(gold_analysis: Analysis):
    index, holder = next((i, s) for i, s in enumerate(gold_analysis.statements) if s.stances)
    doubtful = replace(holder, stances=tuple(replace(stance, score=0.2) for stance in holder.stances))
    statements = [*gold_analysis.statements]
    statements[index] = doubtful
    analysis = replace(gold_analysis, statements=tuple(statements))
    assert scored_from(analysis, 0.0) is analysis
    assert scored_from(analysis, 0.5).statement(holder.id).stances == ()
    assert left_out(analysis, 0.5) == f"{len(holder.stances)} stance{'s' * (len(holder.stances) > 1)}"
    box = explore(analysis)
    box.choose(min_score=0.5)
    assert holder.id in set(box.selection["id"])
    assert box.selection.set_index("id").loc[holder.id, "stance"] == ""
    assert "left out by their own scores" in box.line.words


def test_the_cell_brings_filter_and_view_back(gold_analysis: Analysis):
    box = explore(gold_analysis)
    box.show_view("Acts")
    box.choose(actors=["Mark Toner"], named=True, text="network")
    assert "view='Acts'" in box.cell
    again = explore(gold_analysis, view="Acts", choice=box.choice)
    assert (again.words, again.view) == (box.words, box.view)
    assert again.cell == box.cell


@pytest.mark.parametrize("choice", [{"actors": ["Nobody"]}, {"colour": "red"}])
def test_a_filter_that_is_not_there_is_refused(gold_analysis: Analysis, choice: dict[str, object]):
    with pytest.raises(OnrecordError, match=r"There is|Choose from"):
        explore(gold_analysis, choice=choice)


def test_a_filter_lets_go_of_what_it_hides(gold_analysis: Analysis):
    box = explore(gold_analysis)
    shown, hidden = (
        tables.filter_statements(box.statements, actors=[a])["id"].iloc[0] for a in ("Mark Toner", "Michael Mullen")
    )
    box.panes.chosen = [shown, hidden]
    box.choose(actors=["Mark Toner"])
    assert box.panes.chosen == [shown]


def test_all_views_are_saved_with_size_palette_and_workbooks(gold_analysis: Analysis, tmp_path: Path):
    box = explore(gold_analysis, folder=tmp_path)
    form = box.save_form
    form.views.value, form.tables.value, form.palette.value, form.size.value = True, ("xlsx",), "grey", "small"
    box.save()
    assert box.error.value == ""
    told = {view.name for view in box.views if len(view.table(gold_analysis, box.selection))}
    assert {path.stem for path in tmp_path.glob("*.png")} == told
    assert {path.stem for path in tmp_path.glob("*.xlsx")} == {*told, "statements"}
    files = [path for path in tmp_path.iterdir() if path.name != "manifest.json"]
    assert f"Saved: {len(files)} files in {tmp_path.as_posix()}" in form.saved.value
    assert all(path.name in form.saved.value for path in files)
    book = openpyxl.load_workbook(next(tmp_path.glob("statements*.xlsx")))
    assert book.worksheets[0].max_row == 24
    with Image.open(next(tmp_path.glob("stance_by_actor*.png"))) as picture:
        reds, greens, blues = picture.convert("RGB").split()
    assert reds.tobytes() == greens.tobytes() == blues.tobytes()


def test_a_figure_is_saved_under_a_title_of_ones_own(gold_analysis: Analysis, tmp_path: Path):
    box = explore(gold_analysis, folder=tmp_path)
    box.save_form.title.value = "Who stands where"
    box.save()
    assert "Who stands where" in next(tmp_path.glob("*.svg")).read_text(encoding="utf-8")
    box.save_form.title.value = "too long " * 60
    box.save()
    assert "Shorten it" in box.error.value


def test_a_title_of_ones_own_goes_with_the_selection_it_was_written_for(gold_analysis: Analysis, tmp_path: Path):
    box = explore(gold_analysis, folder=tmp_path)
    for change in (lambda: box.choose(actors=["Mark Toner"]), lambda: box.show_view("Acts")):
        box.save_form.title.value = "All that was said"
        change()
        assert box.save_form.title.value == ""


def test_of_all_views_those_without_anything_to_show_are_left_out(gold_analysis: Analysis, tmp_path: Path):
    box = explore(gold_analysis, folder=tmp_path)
    box.choose(text="no such words")
    for both in (True, False):
        box.save_form.views.value = both
        box.save()
        assert box.error.value == ""
        assert not any(tmp_path.glob("stance_by_actor*.png"))  # a chart that tells no more than its title is no file
    assert not any(tmp_path.glob("acts_by_actor*"))


def test_an_unknown_palette_is_refused(gold_analysis: Analysis):
    chart = charts.stance_by_actor(tables.stance_by_actor(gold_analysis), source="")
    with pytest.raises(OnrecordError, match="Choose from: colour, grey, dark"):
        charts.finish(chart, palette="pink")
