"""The form fields of the filter boxes, one for each keyword of ``tables.filter_statements``.

Standard ipywidgets: ordinary fields with their labels, which Tab reaches and arrows and space change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ipywidgets
import pandas as pd

from onrecord import tables
from onrecord.plain_english import act_name, polarity_name, shortened
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES

#: Of a form field, and of a list of names: two of these are as wide as three of those.
CONTROL_WIDTH, WIDE = "268px", "404px"
#: What the choice of sources stands for; a field cannot have the value None.
NAMED = {"named or not": None, "named only": True, "unnamed only": False}
#: Characters that a field and a list of names have room for beside a count.
_ROOM, _WIDE_ROOM = 17, 33


def _several(
    label: str, options: Sequence[tuple[str, str]], *, width: str = CONTROL_WIDTH, rows: int = 5
) -> ipywidgets.SelectMultiple:
    return ipywidgets.SelectMultiple(
        description=label,
        options=options,
        rows=min(rows, max(len(options), 2)),
        layout={"width": width},
        tooltip="Ctrl or Shift for several; none chosen means all",
    )


def _counted(statements: pd.DataFrame, column: str, room: int = _ROOM) -> list[tuple[str, str]]:
    counts = statements[column].value_counts()
    order = sorted(counts.index, key=lambda value: (-counts[value], value.casefold()))
    return [(f"{shortened(value, room)} ({counts[value]})", value) for value in order]


def _acts(statements: pd.DataFrame) -> list[tuple[str, str]]:
    counts = statements["act"].value_counts()
    return [(f"{act_name(act, 2)} ({counts[act]})", act) for act in ACTS if act in counts]


def _targets(statements: pd.DataFrame) -> list[tuple[str, str]]:
    return [(shortened(target, _WIDE_ROOM + 4), target) for target in tables.target_choices(statements)]


def _named(statements: pd.DataFrame) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(description="Sources", options=list(NAMED), layout={"width": CONTROL_WIDTH})


def _score(statements: pd.DataFrame) -> ipywidgets.FloatSlider:
    return ipywidgets.FloatSlider(
        description="Score from", max=1.0, step=0.05, continuous_update=False, layout={"width": CONTROL_WIDTH}
    )


def _text(statements: pd.DataFrame) -> ipywidgets.Text:
    return ipywidgets.Text(
        description="Words", placeholder="then Enter", continuous_update=False, layout={"width": CONTROL_WIDTH}
    )


#: The control for each keyword of ``tables.filter_statements``.
CONTROLS: Mapping[str, Callable[[pd.DataFrame], ipywidgets.ValueWidget]] = {
    "actors": lambda statements: _several("Actors", _counted(statements, "actor", _WIDE_ROOM), width=WIDE),
    "targets": lambda statements: _several("About", _targets(statements), width=WIDE),
    "sides": lambda statements: _several("Sides", _counted(statements, "side")),
    "acts": lambda statements: _several("Acts", _acts(statements)),
    "polarity": lambda statements: _several("Stance", [(polarity_name(p), p) for p in (*POLARITIES, "none")]),
    "quotes": lambda statements: _several("Quotation", [(quote, quote) for quote in QUOTE_TYPES]),
    "named": _named,
    "min_score": _score,
    "text": _text,
}
