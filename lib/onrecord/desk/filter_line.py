"""The line of filters: one field for each keyword of ``tables.filter_statements``, all of them one state.

Ordinary form fields with their labels, which Tab reaches and arrows and space change.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import anywidget
import pandas as pd
import traitlets

from onrecord import tables
from onrecord.plain_english import act_name, listed, polarity_name
from onrecord.reading import FILTERS_SHEET
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES, OnrecordError

#: What the choice of sources stands for; the first one is no choice.
NAMED = {"named or not": None, "named only": True, "unnamed only": False}
#: Each filter with its label and the kind of its field, in the order of the desk.
FILTERS = {
    "text": ("Words", "text"),
    "actors": ("Actors", "several"),
    "targets": ("About", "several"),
    "sides": ("Sides", "several"),
    "acts": ("Acts", "several"),
    "polarity": ("Stance", "several"),
    "quotes": ("Quotation", "several"),
    "named": ("Sources", "one"),
    "min_score": ("Score from", "score"),
}
Options = list[tuple[str, str]]


def fields_of(statements: pd.DataFrame, names: Iterable[str] = tuple(FILTERS)) -> list[dict[str, Any]]:
    """The fields of these names, as the line shows them, with what there is to choose among ``statements``."""
    return [
        {"name": name, "label": FILTERS[name][0], "kind": FILTERS[name][1], "options": _options(statements, name)}
        for name in names
    ]


def _options(statements: pd.DataFrame, name: str) -> Options:
    columns = {"actors": "actor", "sides": "side"}
    if name in columns:
        return _counted(statements, columns[name])
    if name == "acts":
        counts = statements["act"].value_counts()
        return [(f"{act_name(act, 2)} ({counts[act]})", act) for act in ACTS if act in counts]
    fixed: Mapping[str, Options] = {
        "polarity": [(polarity_name(p), p) for p in (*POLARITIES, "none")],
        "quotes": [(quote, quote) for quote in QUOTE_TYPES],
        "named": [(words, words) for words in NAMED],
    }
    return (
        [(target, target) for target in tables.target_choices(statements)] if name == "targets" else fixed.get(name, [])
    )


def _counted(statements: pd.DataFrame, column: str) -> Options:
    counts = statements[column].value_counts()
    order = sorted(counts.index, key=lambda value: (-counts[value], value.casefold()))
    return [(f"{value or 'no source given'} ({counts[value]})", value) for value in order]


@functools.cache
def _script() -> str:
    return files("onrecord").joinpath("desk/filter_line.js").read_text(encoding="utf-8")


class FilterLine(anywidget.AnyWidget):
    """The fields, folded into one line until they are ``unfolded``, and ``words``: the filter in words.

    ``choice`` holds what is set, by the names of ``FILTERS``; ``resets`` counts how often all was cleared.
    """

    fields: Any = traitlets.List().tag(sync=True)
    choice: Any = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    unfolded = traitlets.Bool().tag(sync=True)
    resets = traitlets.Int().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(_esm=_script(), _css=FILTERS_SHEET, **traits)


def as_keywords(choice: Mapping[str, Any]) -> dict[str, Any]:
    """The choice of a line as keyword arguments of ``tables.filter_statements``."""
    return dict(choice) | ({"named": NAMED[choice["named"]]} if "named" in choice else {})


def checked_choice(choice: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``choice`` (keywords of ``tables.filter_statements``) as a line holds it, what is empty left out.

    Raises ``OnrecordError`` for a filter that the line lacks and for a value that none of its options has.
    """
    known = {field["name"]: [value for _, value in field["options"]] for field in fields}
    checked: dict[str, Any] = {}
    for name, value in choice.items():
        if name not in known:
            raise OnrecordError(f"there is no filter {name!r} here. Choose from: {', '.join(known)}.")
        if FILTERS[name][1] == "several":
            value = [value] if isinstance(value, str) else list(value)
            wrong = [each for each in value if each not in known[name]]
            if wrong:
                there = listed(known[name]) or "nothing"
                raise OnrecordError(f"no statement here has {wrong[0]!r} among its {name}. There is: {there}.")
        if name == "named":
            value = next((words for words, meant in NAMED.items() if value in (words, meant)), "")
        if value and value != next(iter(NAMED)):
            checked[name] = value
    return checked
