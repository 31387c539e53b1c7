"""Filter boxes around the same tables and charts that the notebooks print: what is clicked is what is printed.

They work in JupyterLab with the network off, by mouse and by keyboard alone.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from onrecord import charts, style, tables
from onrecord.charts import Chart
from onrecord.desk.controls import CONTROLS, NAMED
from onrecord.desk.panes import Panes
from onrecord.export import ALL, Provenance, provenance_of, save_all, save_page, slug
from onrecord.reading import chart_html, reading_view, statement_table
from onrecord.records import Analysis, OnrecordError
from onrecord.show import table_html

TableMaker = Callable[[Analysis, pd.DataFrame], pd.DataFrame]
ChartMaker = Callable[..., Chart]

#: Shown where widgets cannot run: in an exported page.
_STATIC = "In JupyterLab a filter box stands here. On this page, the figure and the table above show all statements."


@dataclass(frozen=True, slots=True)
class View:
    """A table, and the chart that draws it (none where the table says it all). ``columns`` are the ones shown."""

    table: TableMaker
    chart: ChartMaker | None = None
    columns: tuple[str, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        return str(getattr(self.table, "__name__", "table"))


#: What the desk can draw, the first one at its beginning.
DESK_VIEWS = (
    View(tables.stance_by_actor, charts.stance_by_actor, title="Stances"),
    View(tables.stance_matrix, charts.stance_matrix, title="Targets"),
    View(tables.acts_by_actor, charts.acts_by_actor, title="Acts"),
    View(tables.disputes, charts.dispute_board, title="Disputes"),
    View(tables.quotes_by_actor, charts.quotes_by_actor, title="Quotation"),
    View(tables.timeline, charts.timeline, title="Timeline"),
    View(tables.network, charts.network, title="Network"),
    View(tables.words_by_side, charts.words_by_side, title="Words"),
)


def filter_by_actor(
    analysis: Analysis, table: TableMaker, chart: ChartMaker | None = None, *, columns: Sequence[str] = ()
) -> FilterBox:
    """A box that shows ``table`` and ``chart`` for the actors chosen in it; with none chosen, for all.

    ``table`` takes the Analysis and the rows of ``tables.statements`` to count, ``chart`` takes that table:
    ``filter_by_actor(analysis, tables.stance_by_actor, charts.stance_by_actor)``.
    """
    return FilterBox(analysis, [View(table, chart, tuple(columns))], ["actors"])


def explore(analysis: Analysis, views: Sequence[View] = DESK_VIEWS, *, folder: Path | str | None = None) -> FilterBox:
    """Every filter at once over chart, article and statements, each leading to the others by a click.

    ``views`` are the charts to choose from. With ``folder``, a button saves the selection there: chart, its table,
    the statements and the marked article, under names that tell the filter.
    """
    return FilterBox(analysis, views, tuple(CONTROLS), reading=True, folder=Path(folder) if folder else None)


class FilterBox(ipywidgets.VBox):  # type: ignore[misc]
    """Controls, the filter in words, a reset, the chart and the table of the statements that pass.

    ``selection`` are these statements, ``words`` is the filter in words. An error shows in the box, in full; the
    last good picture then goes away, for it no longer fits the filter.
    """

    def __init__(
        self,
        analysis: Analysis,
        views: Sequence[View],
        controls: Sequence[str],
        *,
        reading: bool = False,
        folder: Path | None = None,
    ) -> None:
        """``controls`` are keys of ``CONTROLS``; with ``folder``, a button saves the selection there.

        With ``reading``, the article stands beside the chart and the statements below it; else the table of the view.
        """
        self.analysis, self.folder, self.reading = analysis, folder, reading
        self.statements = tables.statements(analysis)
        self.controls = {name: CONTROLS[name](self.statements) for name in controls}
        self._start = {name: control.value for name, control in self.controls.items()}
        self._pictures: dict[tuple[str, ...], tuple[str, str]] = {}
        self._resetting = False
        self._key = f"box-{secrets.token_hex(3)}-"  # two boxes in one JupyterLab must not share their ids
        self._status, self._error = _html("status"), _html("alert")
        self.chooser = _chooser(views)
        self.panes = Panes(**self._article() if reading else {})
        self._reset = _button("Reset", "Show all statements again")
        self._save = _button("Save selection", "Save chart, tables and marked article as files")
        buttons = [self._reset, *([self._save] if folder else [])]
        picks = [self.chooser] if len(views) > 1 else []
        super().__init__(
            [_grid(self.controls.values()), _row([*buttons, self._status]), self._error, *picks, self.panes]
        )
        self.add_class("onrecord-filter")
        self._listen()
        self.refresh()

    def _listen(self) -> None:
        self._reset.on_click(lambda _: self.reset())
        self._save.on_click(lambda _: self._guarded(self._export, blank=False))
        for control in (*self.controls.values(), self.chooser):
            control.observe(self._changed, names="value")

    @property
    def view(self) -> View:
        """What is drawn now."""
        chosen: View = self.chooser.value
        return chosen

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
        """Every control as it was in the beginning; nothing is picked any more."""
        self._resetting = True  # one picture at the end, not one per control
        for name, control in self.controls.items():
            control.value = self._start[name]
        self._resetting = False
        self.panes.chosen = []
        self.refresh()

    def _changed(self, change: object) -> None:
        if not self._resetting:
            self.refresh()

    def refresh(self) -> None:
        """Chart, table, text and words follow the controls."""
        self._guarded(self._show)

    def _guarded(self, action: Callable[[], None], *, blank: bool = True) -> None:
        """Does it; an error is shown, and what no longer fits the filter goes away (``blank``)."""
        try:
            action()
            self._error.value = ""
        except Exception as error:  # whatever it is, the analyst sees it here: a callback's traceback is lost
            self._error.value = error_html(error)
            if blank:
                self.panes.chart = ""
                self.panes.lit = []
            if blank and not self.reading:
                self.panes.table = ""

    def _article(self) -> dict[str, str]:
        """The text and the table of all statements, sent once: a filter only says which of them are lit."""
        return {
            "text": reading_view(self.analysis, with_table=True, key=self._key),
            "table": statement_table(self.statements, key=self._key),
        }

    def _show(self) -> None:
        rows = self.selection
        words = self.words
        key = (self.view.name, words, *rows["id"])
        if key not in self._pictures:
            self._pictures[key] = self._drawn(rows)
        chart, table = self._pictures[key]
        self._status.value = f"<b>{escape(words)}</b>"
        with self.panes.hold_sync():
            self.panes.lit = list(rows["id"])
            self.panes.chart = chart
            if not self.reading:
                self.panes.table = table

    def _drawn(self, rows: pd.DataFrame) -> tuple[str, str]:
        made = self.view.table(self.analysis, rows)
        shown = made[list(self.view.columns)] if self.view.columns else made
        return self._picture(made, rows), "" if self.reading else table_html(shown)

    def _picture(self, made: pd.DataFrame, rows: pd.DataFrame) -> str:
        if self.view.chart is None:
            return ""
        size = "small" if self.reading else "medium"
        chart = self.view.chart(made, source=self.provenance.source_line(), size=size)
        return chart_html(chart, rows, key=self._key, linked=self.reading)

    def _export(self) -> None:
        if self.folder is None:
            return
        rows, origin = self.selection, self.provenance
        made = self.view.table(self.analysis, rows)
        figures = {self._stem: self.view.chart(made, source=origin.source_line())} if self.view.chart else {}
        data = {self._stem: made} | ({self._named("statements"): rows} if self.reading else {})
        saved = save_all(self.folder, figures=figures, tables=data, provenance=origin)
        if self.reading:
            page = reading_view(self.analysis, rows, standalone=True)
            alt = f"The article with its statements marked: {self.words}"
            saved.append(save_page(page, self.folder / self._named("article"), alt=alt, provenance=origin))
        self._status.value = "Saved: " + ", ".join(escape(path.name) for path in saved)

    @property
    def _stem(self) -> str:
        return self._named(self.view.name)

    def _named(self, what: str) -> str:
        """A file's name: ``what``, and the filter, in which an actor or a word may hold a slash."""
        return slug(f"{what} {self.words.partition(': ')[2]}")

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, and a line in its place for pages on which no widget runs."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options) or {}
        return {**bundle, "text/html": f'<p class="onrecord-static"><em>{escape(_STATIC)}</em></p>'}


def error_html(error: Exception) -> str:
    """What went wrong: an ``OnrecordError`` in its own words, anything else with its traceback to unfold."""
    said = escape(str(error) if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}")
    trace = escape("".join(traceback.format_exception(error)))
    more = (
        "" if isinstance(error, OnrecordError) else f"<details><summary>Details</summary><pre>{trace}</pre></details>"
    )
    return f'<div style="border-left:4px solid {style.AGAINST};padding:4px 10px"><b>Error:</b> {said}{more}</div>'


def _html(part: str) -> ipywidgets.HTML:
    widget = ipywidgets.HTML(layout={"flex": "0 1 auto"})
    widget.add_class(f"onrecord-filter-{part}")
    return widget


def _button(label: str, tooltip: str) -> ipywidgets.Button:
    return ipywidgets.Button(description=label, tooltip=tooltip, layout={"flex": "0 0 auto"})


def _chooser(views: Sequence[View]) -> ipywidgets.ToggleButtons:
    return ipywidgets.ToggleButtons(
        options=[(view.title or view.name, view) for view in views], style={"button_width": "auto"}, description=""
    )


def _row(children: Sequence[ipywidgets.Widget]) -> ipywidgets.HBox:
    return ipywidgets.HBox(list(children), layout={"align_items": "center", "min_height": "40px"})


def _grid(children: Iterable[ipywidgets.Widget]) -> ipywidgets.Box:
    return ipywidgets.Box(list(children), layout={"flex_flow": "row wrap", "align_items": "flex-start"})
