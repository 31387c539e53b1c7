"""What a coder decided is in every table, text, file and line that is made of the article, and says so."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import charts, tables
from onrecord.cli import entry as cli
from onrecord.corrections import Coder, Coding, corrections_file
from onrecord.export import provenance_of
from onrecord.fileformat import statements_from_json, to_json
from onrecord.pipeline import analyze
from onrecord.reading import reading_view
from onrecord.records import Analysis, OnrecordError, Stance
from onrecord.report import save_report
from onrecord.text import read_articles

ARTICLE = Path(__file__).parents[2] / "data" / "haqqani-2011" / "article.txt"
WHO = Coder("Ann Lee")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the article with corrections beside it: two statements corrected, one of them accepted as well."""
    path = tmp_path_factory.mktemp("checked") / "article.txt"
    shutil.copy(ARTICLE, path)
    coding = Coding(analyze(path, engine="fast"), corrections_file(path), WHO)
    first = next(s for s in coding.analysis.statements if s.act == "claim" and s.actor)
    coding.decide(first.id, "act", "demand", why="it asks")
    coding.decide(first.id, "stance", (Stance("a new bridge", "issue", "favor"),))
    coding.accept(first.id)
    coding.reject(coding.analysis.statements[-1].id)
    coding.decide(coding.analysis.statements[-1].id, "hedged", True)
    return path


@pytest.fixture(scope="module")
def checked(place: Path) -> Analysis:
    return analyze(place, engine="fast")


@pytest.fixture(scope="module")
def machine(place: Path) -> Analysis:
    return analyze(place, engine="fast", corrections=False)


def corrected(analysis: Analysis) -> str:
    return next(s.id for s in analysis.statements if "act" in s.corrected)


def test_the_file_beside_the_article_is_taken_unless_told_otherwise(place: Path, checked: Analysis, machine: Analysis):
    assert checked.checking is not None
    assert checked.checking.machine.statements == machine.statements
    assert machine.checking is None
    (article,) = read_articles([place.parent])  # the corrections are no article
    assert analyze(article, engine="fast").statements == checked.statements
    assert analyze(replace(article, file=""), engine="fast").checking is None
    assert analyze(article, engine="fast", given=machine.statements).checking is None
    named = analyze(replace(article, file=""), engine="fast", corrections=corrections_file(place))
    assert named.statements == checked.statements


def test_a_file_that_is_named_must_be_there_and_of_this_article(place: Path, tmp_path: Path):
    with pytest.raises(OnrecordError, match="cannot read"):
        analyze(place, engine="fast", corrections=tmp_path / "none.jsonl")
    other = tmp_path / "other.txt"
    other.write_text("Short\n\nThe mayor said on Monday that the bridge was open.\n", encoding="utf-8")
    notes = analyze(other, engine="fast", corrections=corrections_file(place)).article.notes
    assert "article.corrections.jsonl holds no correction of this article." in notes


def test_the_source_line_and_the_provenance_say_who_checked(checked: Analysis, machine: Analysis):
    origin = provenance_of(checked)
    assert f"Checked by hand: 2 of {len(checked.statements)} (onrecord" in origin.source_line()
    assert (origin.corrections, origin.coders) == ("article.corrections.jsonl", "Ann Lee")
    assert checked.checking is not None
    assert origin.corrections_sha256 == checked.checking.sha256
    assert "Tagged automatically" in provenance_of(machine).source_line()
    by_program = replace(checked.checking, coders=("a large model, no person",), by_hand=False)
    line = provenance_of(replace(checked, checking=by_program)).source_line()
    assert "Checked by a large model, no person: 2 of" in line


def test_tables_and_charts_follow_and_doubt_goes(checked: Analysis, machine: Analysis):
    id = corrected(checked)
    row = tables.statements(checked).set_index("id").loc[id]
    assert (row["act"], row["act_score"], row["stance"], row["checked"]) == ("demand", 1.0, "favor a new bridge", True)
    assert row["corrected"] == "act; stance"
    counted = tables.acts_by_actor(checked).set_index("actor").loc[row["actor"]]
    before = tables.acts_by_actor(machine).set_index("actor").loc[row["actor"]]
    assert counted["demand"] == before["demand"] + 1
    drawn = charts.stance_matrix(tables.stance_matrix(checked), source="")
    assert "a new bridge" in drawn.alt


def test_machine_and_coders_stand_side_by_side(checked: Analysis, machine: Analysis):
    id = corrected(checked)
    changed = tables.checking(checked, changed_only=True)
    row = changed[(changed["id"] == id) & (changed["label"] == "act")].iloc[0]
    assert (row["machine"], row["checked"], row["why"]) == ("claim", "demand", "checked by hand by Ann Lee: it asks")
    assert "rejected" in set(changed["checked"])
    assert set(tables.checking(checked)["changed"]) == {True, False}
    assert len(tables.checking(machine)) == 0
    both = tables.beside_machine(tables.acts_by_actor, checked)
    assert both["demand"].sum() == both["demand_machine"].sum() + 1
    assert both["statements_machine"].sum() == len(machine.statements) == both["statements"].sum() + 1
    alone = tables.beside_machine(tables.acts_by_actor, machine)
    assert (alone["demand"] == alone["demand_machine"]).all()


@pytest.mark.parametrize(
    "table", [tables.stance_by_actor, tables.stance_matrix, tables.stance_by_target, tables.network, tables.timeline]
)
def test_every_table_of_counts_can_stand_beside_the_machines(checked: Analysis, table):
    both = tables.beside_machine(table, checked)
    mine = table(checked)
    assert len(both) >= len(mine)
    numbers = [name for name in mine.select_dtypes("number") if name in both and name != "paragraph"]
    assert [name for name in numbers if both[name].sum() != pytest.approx(mine[name].sum())] == []


def test_the_text_shows_what_was_corrected(checked: Analysis, machine: Analysis):
    html = reading_view(checked)
    assert f"{corrected(checked)} demand" in html
    assert html.count("onr-tag-corrected") >= 2
    assert "corrected: act and stance" in html
    assert "✓ checked" in html
    assert "✎" not in reading_view(machine)


def test_the_file_format_carries_what_was_decided(checked: Analysis):
    row = json.loads(json.dumps(to_json(checked)))
    assert (row["corrections"], row["coders"]) == ("article.corrections.jsonl", ["Ann Lee"])
    again = statements_from_json(row["statements"])
    assert [(s.decided, s.corrected) for s in again] == [(s.decided, s.corrected) for s in checked.statements]


def test_the_report_says_it(checked: Analysis, tmp_path: Path):
    html = save_report(checked, tmp_path / "report", provenance=provenance_of(checked))[0].read_text(encoding="utf-8")
    assert "given by a program and checked by hand: 2 of" in html
    assert "statements were checked by hand (article.corrections.jsonl, SHA-256" in html


@pytest.mark.parametrize(
    ("arguments", "coders"), [([], ["Ann Lee"]), (["--machine"], None), (["--corrections", "here"], ["Ann Lee"])]
)
def test_the_command_line(place: Path, tmp_path: Path, arguments: list[str], coders: list[str] | None):
    out = tmp_path / "out.jsonl"
    named = [str(corrections_file(place)) if word == "here" else word for word in arguments]
    assert cli.main(["analyze", str(place), "-o", str(out), "--engine", "fast", *named]) == 0
    assert json.loads(out.read_text(encoding="utf-8")).get("coders") == coders


def test_a_file_of_corrections_is_not_overwritten(place: Path, capsys: pytest.CaptureFixture[str]):
    beside = corrections_file(place)
    before = beside.read_bytes()
    arguments = ["analyze", str(place), "-o", str(beside), "--engine", "fast"]
    assert cli.main(arguments) == 2
    assert "corrections" in capsys.readouterr().err
    assert beside.read_bytes() == before
