"""What is put right at the desk stands in the table of own actors, and nothing else in it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefiles import cases
from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk.actors_file import add_actor
from onrecord.names import read_actors, words_of
from onrecord.records import OnrecordError


def change_of(told: str) -> dict[str, str]:
    """ "Kari Lund side=the city" as keywords."""
    name, _, rest = told.partition(" | ")
    key, _, value = rest.partition("=")
    return {"name": name, key: value}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("case", cases("own_table_changes"))
def test_a_row_is_written_and_the_rest_stays(tmp_path: Path, case: dict[str, str], mark: str, end: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes((mark + case["before"].replace("¶", end)).encode())
    add_actor(path, **change_of(case["change"]))
    assert path.read_bytes().decode() == mark + case["after"].replace("¶", end)
    read_actors(path)


def test_a_table_is_begun_in_a_folder_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mine.csv"
    add_actor(path, "Kari Lund", side="Lund, the harbour")
    add_actor(path, "the mayor", same_as="Kari Lund")
    own = read_actors(path)
    assert (own.sides, own.same_as) == ({"Kari Lund": "Lund, the harbour"}, {"the mayor": "Kari Lund"})
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname,side,same as\r\n")  # Excel shows its letters right


def test_the_side_of_a_name_that_goes_by_another_is_the_side_of_that_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    add_actor(path, "the mayor", same_as="Kari Lund")
    add_actor(path, "The Mayor", side="the city")
    assert read_actors(path).sides == {"Kari Lund": "the city"}


@pytest.mark.parametrize(
    ("before", "change", "message"),
    [
        ("name;side\nKari Lund;x\n", {"side": "the city"}, "its cells are not separated by commas"),
        (
            "name,side,same as\nTom Beck,,Kari Lund\n",
            {"same_as": "Tom Beck"},
            "“Tom Beck” goes by the name",
        ),
        (
            "name,side\nTom Beck,x\n",
            {"same_as": "the kari lund"},
            "“the kari lund” goes by the name",
        ),
    ],
)
def test_what_makes_no_table_is_refused_and_the_file_stays(
    tmp_path: Path, before: str, change: dict[str, str], message: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(OnrecordError) as error:
        add_actor(path, "Kari Lund", **change)
    assert message in str(error.value)
    assert path.read_text(encoding="utf-8") == before


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OnrecordError, match="Choose another place"):
        add_actor(tmp_path / "file" / "mine.csv", "Kari Lund", side="x")


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(words_of)


@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=6))
def test_any_names_can_be_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("own") / "mine.csv"
    for name, side in rows:
        add_actor(path, name, side=side)
    sides = {words_of(name): side for name, side in read_actors(path).sides.items()}
    assert sides == {words_of(name): side for name, side in rows}
