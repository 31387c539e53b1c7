"""Filter boxes around the same tables and charts that the notebooks print: what is clicked is what is printed.

Standard ipywidgets only, so that they work in JupyterLab with the network off. Each control is an ordinary form
field with its label: Tab reaches it, arrows and space change it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from onrecord import style, tables
from onrecord.charts import Chart
from onrecord.export import save_all
from onrecord.phrases import act_name, polarity_name
from onrecord.provenance import ALL, Provenance, provenance_of
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES, Analysis, OnrecordError
from onrecord.show import table_html

TableMaker = Callable[[Analysis, pd.DataFrame], pd.DataFrame]
ChartMaker = Callable[..., Chart]

#: Pixels for chart and table together: they stay, whatever the selection, so that nothing below jumps.
HEIGHT = 640
CONTROL_WIDTH = "400px"
#: What the choice of sources stands for; a field cannot have the value None.
NAMED = {"named or not": None, "named only": True, "unnamed only": False}
#: Shown where widgets cannot run: in an exported page.
_STATIC = "In JupyterLab a filter box stands here. On this page, the figure and the table above show all statements."


@dataclass(frozen=True, slots=True)
class View:
    """A table, and the chart that draws it (none where the table says it all). ``columns`` are the ones shown."""

    table: TableMaker
    chart: ChartMaker | None = None
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(getattr(self.table, "__name__", "table"))


def filter_by_actor(
    analysis: Analysis, table: TableMaker, chart: ChartMaker | None = None, *, columns: Sequence[str] = ()
) -> FilterBox:
    """A box that shows ``table`` and ``chart`` for the actors chosen in it; with none chosen, for all.

    ``table`` takes the Analysis and the rows of ``tables.statements`` to count, ``chart`` takes that table:
    ``filter_by_actor(analysis, tables.stance_by_actor, charts.stance_by_actor)``.
    """
    return FilterBox(analysis, View(table, chart, tuple(columns)), ("actors",))


class FilterBox(ipywidgets.VBox):  # type: ignore[misc]
    """Controls, the filter in words, a reset, the chart and the table of the statements that pass.

    ``selection`` are these statements, ``words`` is the filter in words. An error shows in the box, in full; the
    last good picture then goes away, for it no longer fits the filter.
    """

    def __init__(self, analysis: Analysis, view: View, controls: Sequence[str], *, folder: Path | None = None) -> None:
        """``controls`` are keys of ``CONTROLS``; with ``folder``, a button saves the selection there."""
        self.analysis, self.view, self.folder = analysis, view, folder
        self.statements = tables.statements(analysis)
        self.controls = {name: CONTROLS[name](self.statements) for name in controls}
        self._start = {name: control.value for name, control in self.controls.items()}
        self._pictures: dict[tuple[str, ...], tuple[str, str]] = {}
        self._resetting = False
        self._status, self._error = _html("status"), _html("alert")
        self._chart = _html("chart")
        self._table = _html("table")
        self._reset = _button("Reset", "Show all statements again")
        self._reset.on_click(lambda _: self.reset())
        self._save = _button("Save selection", "Save this chart and table as files")
        self._save.on_click(lambda _: self._guarded(self._export))
        for control in self.controls.values():
            control.observe(self._changed, names="value")
        buttons = [self._reset, *([self._save] if folder else [])]
        shown = ipywidgets.VBox([self._chart, self._table], layout={"height": f"{HEIGHT}px", "overflow": "auto"})
        super().__init__([_grid(list(self.controls.values())), _row([*buttons, self._status]), self._error, shown])
        self.add_class("onrecord-filter")
        self.refresh()

    @property
    def choice(self) -> dict[str, Any]:
        """The filter, as keyword arguments of ``tables.filter_statements``."""
        chosen = {name: control.value for name, control in self.controls.items()}
        return chosen | ({"named": NAMED[chosen["named"]]} if "named" in chosen else {})

    @property
    def selection(self) -> pd.DataFrame:
        """The statements that pass the filter, as rows of ``tables.statements``."""
        return tables.filter_statements(self.statements, **self.choice)

    @property
    def words(self) -> str:
        """The filter in words: "3 of 21 statements: Mark Toner, denials"."""
        return tables.describe_filter(len(self.selection), len(self.statements), **self.choice)

    @property
    def provenance(self) -> Provenance:
        """Where the picture in the box comes from, its filter included."""
        said = self.words.partition(": ")[2] or ALL
        return provenance_of(self.analysis, filter=said, statements=len(self.selection))

    def reset(self) -> None:
        """Every control as it was in the beginning."""
        self._resetting = True  # one picture at the end, not one per control
        for name, control in self.controls.items():
            control.value = self._start[name]
        self._resetting = False
        self.refresh()

    def _changed(self, change: object) -> None:
        if not self._resetting:
            self.refresh()

    def refresh(self) -> None:
        """Table, chart and words follow the controls."""
        self._guarded(self._show)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
            self._error.value = ""
        except Exception as error:  # whatever it is, the analyst sees it here: a callback's traceback is lost
            self._chart.value = self._table.value = ""
            self._error.value = error_html(error)

    def _show(self) -> None:
        rows = self.selection
        key = (self.words, *rows["id"])
        if key not in self._pictures:
            self._pictures[key] = self._drawn(rows)
        self._status.value = f"<b>{escape(self.words)}</b>"
        self._chart.value, self._table.value = self._pictures[key]

    def _drawn(self, rows: pd.DataFrame) -> tuple[str, str]:
        made = self.view.table(self.analysis, rows)
        shown = made[list(self.view.columns)] if self.view.columns else made
        return self._picture(made), table_html(shown)

    def _picture(self, made: pd.DataFrame) -> str:
        if self.view.chart is None:
            return ""
        return chart_html(self.view.chart(made, source=self.provenance.source_line()))

    def _export(self) -> None:
        if self.folder is None:
            return
        made = self.view.table(self.analysis, self.selection)
        origin = self.provenance
        figures = {self._stem: self.view.chart(made, source=origin.source_line())} if self.view.chart else {}
        saved = save_all(self.folder, figures=figures, tables={self._stem: made}, provenance=origin)
        self._status.value = "Saved: " + ", ".join(escape(path.name) for path in saved)

    @property
    def _stem(self) -> str:
        return f"{self.view.name} {self.words.partition(': ')[2]}".strip()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, and a line in its place for pages on which no widget runs."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options) or {}
        return {**bundle, "text/html": f'<p class="onrecord-static"><em>{escape(_STATIC)}</em></p>'}


def chart_html(chart: Chart) -> str:
    """The chart as a picture with its alt text."""
    return str(chart._repr_mimebundle_()["text/html"])


def error_html(error: Exception) -> str:
    """What went wrong: an ``OnrecordError`` in its own words, anything else with its traceback to unfold."""
    said = escape(str(error) if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}")
    trace = escape("".join(traceback.format_exception(error)))
    more = (
        "" if isinstance(error, OnrecordError) else f"<details><summary>Details</summary><pre>{trace}</pre></details>"
    )
    return f'<div style="border-left:4px solid {style.AGAINST};padding:4px 10px"><b>Error:</b> {said}{more}</div>'


def _html(part: str) -> ipywidgets.HTML:
    widget = ipywidgets.HTML(layout={"flex": "0 0 auto"})
    widget.add_class(f"onrecord-filter-{part}")
    return widget


def _button(label: str, tooltip: str) -> ipywidgets.Button:
    return ipywidgets.Button(description=label, tooltip=tooltip, layout={"flex": "0 0 auto"})


def _row(children: Sequence[ipywidgets.Widget]) -> ipywidgets.HBox:
    return ipywidgets.HBox(list(children), layout={"align_items": "center", "min_height": "40px"})


def _grid(children: Sequence[ipywidgets.Widget]) -> ipywidgets.Box:
    return ipywidgets.Box(list(children), layout={"flex_flow": "row wrap", "align_items": "flex-start"})


def _several(label: str, options: Sequence[tuple[str, str]], rows: int = 6) -> ipywidgets.SelectMultiple:
    return ipywidgets.SelectMultiple(
        description=label,
        options=options,
        rows=min(rows, max(len(options), 2)),
        layout={"width": CONTROL_WIDTH},
        tooltip="Ctrl or Shift for several; none chosen means all",
    )


def _counted(statements: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    counts = statements[column].value_counts()
    order = sorted(counts.index, key=lambda value: (-counts[value], value.casefold()))
    return [(f"{value} ({counts[value]})", value) for value in order]


def _acts(statements: pd.DataFrame) -> list[tuple[str, str]]:
    counts = statements["act"].value_counts()
    return [(f"{act_name(act, 2)} ({counts[act]})", act) for act in ACTS if act in counts]


def _targets(statements: pd.DataFrame) -> list[tuple[str, str]]:
    return [(target, target) for target in tables.target_choices(statements)]


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
    "actors": lambda statements: _several("Actors", _counted(statements, "actor")),
    "sides": lambda statements: _several("Sides", _counted(statements, "side")),
    "acts": lambda statements: _several("Acts", _acts(statements)),
    "targets": lambda statements: _several("About", _targets(statements)),
    "polarity": lambda statements: _several("Stance", [(polarity_name(p), p) for p in (*POLARITIES, "none")]),
    "quotes": lambda statements: _several("Quotation", [(quote, quote) for quote in QUOTE_TYPES]),
    "named": _named,
    "min_score": _score,
    "text": _text,
}


def desk(analysis: Analysis, view: View | None = None, *, folder: Path | str | None = None) -> FilterBox:
    """A box with every filter at once, over the stances by actor where no other ``view`` is given.

    With ``folder``, a button saves chart and table of the selection there, under a name that tells the filter.
    """
    from onrecord import charts

    shown = view or View(tables.stance_by_actor, charts.stance_by_actor)
    return FilterBox(analysis, shown, tuple(CONTROLS), folder=Path(folder) if folder else None)
