"""A sitting at the editor: what each command does, in which order statements come, what the screen shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.corrections import LABELS, Coder, Coding, read_journal
from onrecord.editor import ORDERS, Editor, put_right, queue
from onrecord.editor.sitting import Sitting
from onrecord.fileformat import statements_from_json
from onrecord.pipeline import analyze
from onrecord.records import Analysis, Article, OnrecordError, Statement
from towards_gold import commands, plain

HAQQANI = Path(__file__).parents[2] / "data" / "haqqani-2011"


@pytest.fixture(scope="module")
def machine(article: Article) -> Analysis:
    return analyze(article)


@pytest.fixture
def sitting(machine: Analysis, tmp_path: Path) -> Sitting:
    coding = Coding(machine, tmp_path / "a.corrections.jsonl", Coder("Ann"))
    return Sitting(coding, order="text", seed=7, other=None)


def go(sitting: Sitting, do: str, **fields: object) -> None:
    sitting.do({"do": do, **fields})
    json.dumps(sitting.screen())  # whatever is shown can be sent


def test_from_the_machines_reading_to_every_gold_label(sitting: Sitting, gold_statements: tuple[Statement, ...]):
    for command in commands(sitting, gold_statements):
        go(sitting, **command)
        assert sitting.error == ""
    assert sorted(str(plain(s)) for s in sitting.analysis.statements) == sorted(str(plain(s)) for s in gold_statements)
    assert sitting.screen()["done"] == sitting.screen()["total"]
    assert sitting.left() == []


def test_the_projects_article_ships_checked_as_its_gold_says(gold_statements: tuple[Statement, ...]):
    reading = analyze(HAQQANI / "article.txt")
    wanted = {str(plain(s)): s for s in gold_statements}
    assert {str(plain(s)) for s in reading.statements} == set(wanted)
    assert all(set(s.decided) == set(LABELS) for s in reading.statements)
    ids = {s.id: wanted[str(plain(s))].id for s in reading.statements}
    links = {(ids[s.id], ids.get(r.to or "", ""), r.relation) for s in reading.statements for r in s.responds_to}
    assert links == {(s.id, r.to or "", r.relation) for s in gold_statements for r in s.responds_to}
    assert {(ids[s.id], ids.get(s.nested_in or "")) for s in reading.statements} == {
        (s.id, s.nested_in) for s in gold_statements
    }
    assert reading.checking is not None
    assert not reading.checking.by_hand
    assert (reading.checking.orphaned, reading.checking.contradictions) == ((), ())


def test_the_gold_file_is_what_was_read(gold_statements: tuple[Statement, ...]):
    lines = (HAQQANI / "statements.gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert statements_from_json(map(json.loads, lines)) == gold_statements
    assert len(lines) == 23


@pytest.mark.parametrize("order", ["uncertain", "text", "random"])
def test_every_order_shows_each_statement_once_and_then_no_more(sitting: Sitting, order: str):
    go(sitting, "order", value=order)
    seen = []
    while sitting.left():
        seen.append(sitting.at)
        go(sitting, "accept")
    assert sorted(seen) == sorted(s.id for s in sitting.analysis.statements)
    assert {entry.queue for entry in sitting.coding.journal.entries} == {
        "random, seed 7" if order == "random" else order
    }


def test_the_queue_of_differences_needs_a_second_coding(machine: Analysis):
    with pytest.raises(OnrecordError, match="no second coding"):
        queue(machine, "differ")
    with pytest.raises(OnrecordError, match="no order"):
        queue(machine, "by size")
    assert queue(machine, "differ", other=machine) == []
    assert 0 < len(queue(machine, "differ", other=analyze(machine.article, engine="fast"))) <= len(machine.statements)
    assert set(ORDERS) == {"uncertain", "text", "random", "differ"}


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ({"do": "stance", "target": " ", "polarity": "favor"}, "choose a target"),
        ({"do": "link", "to": "S10"}, "is no answer"),
        ({"do": "add", "content": []}, "needs its content"),
        ({"do": "decide", "label": "content", "value": [[0, 99999]]}, "outside the text"),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_is_written(sitting: Sitting, command: dict[str, object], problem: str):
    sitting.do(command)
    assert problem in sitting.error
    assert not sitting.coding.file.exists()


def test_a_fourth_stance_is_refused(sitting: Sitting):
    for target in ("one", "two", "three", "four"):
        go(sitting, "stance", target=target, target_type="issue", polarity="against")
    assert "3 stances at most" in sitting.error


def test_blind_the_labels_are_hidden_until_the_first_enter(sitting: Sitting):
    go(sitting, "blind", value=True)
    now = sitting.screen()["now"]
    assert (now["act"], now["stance"], now["because"], now["machine"]) == (None, None, [], {})
    go(sitting, "decide", label="act", value="demand")
    assert sitting.screen()["now"]["act"] == "demand"
    here = sitting.at
    go(sitting, "accept")
    assert sitting.at == here
    assert sitting.screen()["now"]["machine"]["act"].startswith(sitting.coding.machine.statement(here).act)
    go(sitting, "accept")
    assert sitting.at != here


def test_what_was_rejected_comes_back_with_undo(sitting: Sitting):
    here = sitting.at
    go(sitting, "reject")
    assert here not in {s.id for s in sitting.analysis.statements}
    assert sitting.at != here
    go(sitting, "undo")
    go(sitting, "goto", id=here)
    assert sitting.at == here
    go(sitting, "redo")
    assert here not in {s.id for s in sitting.analysis.statements}


def test_the_widget_writes_before_it_shows(machine: Analysis, tmp_path: Path):
    file = tmp_path / "mine.corrections.jsonl"
    box = put_right(machine, coder="Ann", file=file, order="text")
    assert isinstance(box, Editor)
    assert "<img" in box.picture
    before = box.picture
    box._heard(box, {"do": "decide", "label": "act", "value": "denial", "turn": 3}, [])
    assert [entry.what for entry in read_journal(file).entries] == ["act"]
    assert (box.screen["turn"], box.screen["now"]["act"]) == (3, "denial")
    box._heard(box, {"do": "draw", "chart": "Acts"}, [])
    assert box.picture != before
    assert box.analysis.statement(box.screen["at"]).act == "denial"


def test_an_article_without_a_file_needs_one_for_its_corrections(machine: Analysis):
    with pytest.raises(OnrecordError, match="file="):
        put_right(machine)


def test_the_text_of_an_article_is_never_markup():
    scripts = [
        path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).parents[2] / "lib" / "onrecord" / "editor").glob("*.js"))
    ]
    written = [line for script in scripts for line in script.splitlines() if "innerHTML" in line]
    assert len(written) == 1  # the chart's picture, made by Python
