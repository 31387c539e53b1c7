"""The analyst's own table of actors: what it tells, what is wrong with it, and that every file says it was used."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from casefiles import cases
from hypothesis import given
from hypothesis import strategies as st
from marked import read_marked

from onrecord.actors.resolve import resolve_actors
from onrecord.export.provenance import provenance_of
from onrecord.names.mentions import find_mentions
from onrecord.names.own_actors import OwnActors, read_actors
from onrecord.names.sides import OWN
from onrecord.pipeline import analyze
from onrecord.records import OnrecordError
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
        assert own.sides
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
