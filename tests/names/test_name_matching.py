"""Whether two names can be one: first names, suffixes, short forms of organisations."""

from __future__ import annotations

import pytest

from onrecord.names.name_matching import fathers_and_sons, is_same_first_name, is_same_person, short_forms
from onrecord.names.proper_names import Name
from onrecord.records import Span


def name(text: str) -> Name:
    return Name(Span(0, len(text)), tuple(text.split()), 0, "person")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ken", "Kenneth", True),
        ("Liz", "Elizabeth", True),
        ("Hillary", "Hilary", True),
        ("José", "Jose", True),
        ("Eric", "Erica", False),
        ("Paul", "Paulina", False),
        ("Dan", "Daniel", True),
        ("Alex", "Alexandra", True),
        ("Marco", "Mark", False),
        ("Al", "Alan", False),
    ],
)
def test_first_names(a: str, b: str, expected: bool) -> None:
    assert is_same_first_name(a, b) is is_same_first_name(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ruth Lund", "R. Lund", True),
        ("Ruth Lund", "Ruth B. Lund", True),
        ("Ruth Lund", "Carl Lund", False),
        ("Carl Lund Jr.", "Carl Lund III", False),
        ("Carl Lund , Jr.", "Carl Lund", True),
    ],
)
def test_full_names_of_one_family_name(a: str, b: str, expected: bool) -> None:
    assert is_same_person(name(a), name(b)) is expected


def test_a_father_is_named_without_jr() -> None:
    assert fathers_and_sons([name("Carl Lund"), name("Carl Lund Jr.")]) == {("Carl", "Lund")}
    assert fathers_and_sons([name("Carl Lund Jr."), name("Lund")]) == set()


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Oslo Post", {"OP", "Post", "Oslo Post"}),
        ("Bay News", {"BN", "Bay", "News", "Bay News"}),
        ("Department of Harbours", {"DH", "DOH", "Harbours"}),
        ("Harbour Watch", {"HW", "Harbour"}),
    ],
)
def test_short_forms_of_an_organisation(full: str, expected: set[str]) -> None:
    assert set(short_forms(full.split())) == expected
