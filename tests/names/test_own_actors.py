"""The analyst's own table of actors: what it tells, what is wrong with it, and that every file says it was used."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from casefiles import cases
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked

from onrecord.actors.own_table import join_targets
from onrecord.actors.resolve import resolve_actors
from onrecord.export.provenance import provenance_of
from onrecord.names.mentions import find_mentions
from onrecord.names.own_actors import OwnActors, read_actors
from onrecord.names.sides import OWN
from onrecord.pipeline import analyze
from onrecord.records import Actor, OnrecordError, Stance
from onrecord.report.method_note import method
from onrecord.text.tokens import split_words

TABLE = '# mine\nname,side,comment\nKari Lund,the harbour,asked twice\n\nHarbour Board,"x, y"\n'


@pytest.mark.parametrize("case", cases("own_actors"))
def test_its_rows_win(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["text"])
    own = OwnActors(dict(row.split("=") for row in case["rows"].split(";")))
    actor = resolve_actors(words, attributions, mentions=find_mentions(words, own))[-1]
    assert (actor.name, actor.side) == (case["actor"], case["side"])
    rules = [reason.rule for reason in actor.because if reason.label == "side"]
    assert rules == ([] if case["side"] == "unknown" else [OWN])


@pytest.mark.parametrize("case", cases("own_same"))
def test_actors_that_it_calls_the_same_are_one(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["text"])
    own = OwnActors(same_as=dict(row.split("=") for row in case["rows"].split(";")))
    mentions = find_mentions(words, own)
    actor = resolve_actors(words, attributions, mentions=mentions)[-1]
    assert (actor.name, actor.side) == (case["actor"], case["side"])
    assert len({entity.name for entity in mentions.entities}) == len(mentions.entities)
    assert {mention.entity for mention in mentions.names} <= set(mentions.entities)


def test_one_of_two_names_is_the_target_and_the_source_under_the_other(tmp_path: Path) -> None:
    text = (
        "Bridge Closed\n\nMayor Kari Lund blamed the Harbour Board for the collapse.\n\n"
        "“The Dockers’ Union broke the bridge,” Tom Beck said. Tom Beck condemned the Harbour Board.\n"
    )
    article, table = tmp_path / "a.txt", tmp_path / "mine.csv"
    article.write_text(text, encoding="utf-8")
    table.write_text("name,side,same as\nHarbour Board,,Dockers’ Union\nTom Beck,,Mayor of the Harbour\n", "utf-8")
    told = analyze(article, engine="fast", actors=table)
    assert "Mayor of the Harbour" in {statement.actor for statement in told.statements}
    named = {s.actor for s in told.statements} | {each.target for s in told.statements for each in s.stances}
    assert not named & {"Tom Beck", "Harbour Board", "the Harbour Board"}


def test_a_target_that_is_no_name_goes_by_the_one_that_the_table_says() -> None:
    words, _ = read_marked("<s>Kari Lund</s> <c>said</c> <t>the Harbour Board lied</t>.")
    own = OwnActors(
        same_as={"the board of the port": "Harbour Board", "the mayor": "Kari Lund", "the quay": "the pier"}
    )
    mentions = find_mentions(words, own)
    found = [Stance(target, "issue", "against") for target in ("the board of the port", "the mayor", "the quay", "war")]
    told = join_targets(
        (*found, Stance("Harbour Board", "actor", "against")), Actor("Kari Lund", "named", True), mentions
    )
    assert [(stance.target, stance.target_type) for stance in told] == [
        ("Harbour Board", "actor"),
        ("the pier", "issue"),
        ("war", "issue"),
    ]


@pytest.mark.parametrize("case", cases("own_tables"))
def test_a_bad_table_is_refused_with_file_line_and_remedy(tmp_path: Path, case: dict[str, str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(case["content"].replace("|", "\n"), encoding="utf-8")
    with pytest.raises(OnrecordError) as error:
        read_actors(path)
    assert str(path) in str(error.value)
    assert case["message"] in str(error.value)


def test_another_encoding_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("name,side\nKari Lünd,x\n".encode("cp1252"))
    with pytest.raises(OnrecordError, match=r"mine\.csv, line 2: the table of actors is not UTF-8\. Save it anew"):
        read_actors(path)
    for missing in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(OnrecordError, match="cannot read"):
            read_actors(missing)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_comments_further_columns_and_what_spreadsheets_write_are_read(tmp_path: Path, mark: str, end: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes((mark + TABLE.replace("\n", end)).encode())
    own = read_actors(path)
    assert own.sides == {"Kari Lund": "the harbour", "Harbour Board": "x, y"}
    assert (own.file, own.sha256) == ("mine.csv", hashlib.sha256(path.read_bytes()).hexdigest())


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_a_table_or_an_error_in_words(
    tmp_path_factory: pytest.TempPathFactory, head: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("own") / "mine.csv"
    path.write_bytes((f"name,side{head}\n" + text).encode("utf-8", "surrogatepass"))
    try:
        own = read_actors(path)
    except OnrecordError as error:
        assert str(path) in str(error)
    else:
        assert own.sides or own.same_as
        assert all(own.side_in([name[start:end] for start, end in split_words(name)]) for name in own.sides)


def test_a_figure_and_the_report_say_which_table_was_used(tmp_path: Path) -> None:
    article, table = tmp_path / "a.txt", tmp_path / "mine.csv"
    article.write_text("Bridge Closed\n\nKari Lund said on Monday that the bridge was shut.\n", encoding="utf-8")
    table.write_text("name,side\nKari Lund,the harbour\n", encoding="utf-8")
    plain, told = analyze(article, engine="fast"), analyze(article, engine="fast", actors=table)
    assert [(s.actor, s.side) for s in plain.statements] == [("Kari Lund", "unknown")]
    assert [(s.actor, s.side) for s in told.statements] == [("Kari Lund", "the harbour")]
    origin = provenance_of(told)
    assert (origin.actors, origin.actors_sha256) == ("mine.csv", hashlib.sha256(table.read_bytes()).hexdigest())
    assert "sides from mine.csv" in origin.source_line()
    assert "sides from" not in provenance_of(plain).source_line()
    notes = [str(part) for part in method(told, origin)]
    assert sum("mine.csv" in note for note in notes) == 1
    assert not any("own table" in str(part) for part in method(plain, provenance_of(plain)))
