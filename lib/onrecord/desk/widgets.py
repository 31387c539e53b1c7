"""Filter boxes around the same tables and charts that the notebooks print: what is clicked is what is printed.

They work in JupyterLab with the network off, by mouse and by keyboard alone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from onrecord import style, tables
from onrecord.desk.actors_file import add_actor, read_table, write_back
from onrecord.desk.actors_form import ActorsForm
from onrecord.desk.errors import error_html
from onrecord.desk.filter_line import FILTERS, FilterLine, as_keywords, checked_choice, fields_of
from onrecord.desk.panes import Panes
from onrecord.desk.save_form import SaveForm, Selection, saved_html
from onrecord.desk.scores import left_out, scored_from
from onrecord.desk.views import DESK_VIEWS, ChartMaker, TableMaker, View
from onrecord.export import ALL, provenance_of
from onrecord.pipeline import analyze
from onrecord.reading import chart_html, reading_view, statement_table
from onrecord.records import Analysis, OnrecordError
from onrecord.show import table_html
from onrecord.statements import ENGINES

#: Shown where widgets cannot run: in an exported page.
_STATIC = "In JupyterLab a filter box stands here. On this page, the figure and the table above show all statements."
#: Pixels to an inch of a chart on a screen.
_PIXELS = 96


def filter_by_actor(
    analysis: Analysis, table: TableMaker, chart: ChartMaker | None = None, *, columns: Sequence[str] = ()
) -> FilterBox:
    """A box that shows ``table`` and ``chart`` for the actors chosen in it; with none chosen, for all.

    ``table`` takes the Analysis and the rows of ``tables.statements`` to count, ``chart`` takes that table:
    ``filter_by_actor(analysis, tables.stance_by_actor, charts.stance_by_actor)``.
    """
    return FilterBox(analysis, [View(table, chart, tuple(columns))], ["actors"])


def explore(
    analysis: Analysis,
    views: Sequence[View] = DESK_VIEWS,
    *,
    folder: Path | str | None = None,
    actors: Path | str | None = None,
    choice: Mapping[str, Any] | None = None,
    view: str = "",
) -> FilterBox:
    """Every filter at once over chart, article and statements, each leading to the others by a click.

    ``views`` are the charts to choose from, ``view`` the label of the one shown first. With ``folder``, a form saves
    the selection there: charts, tables, statements and the marked article, under names that tell the filter.
    ``actors`` is the table of own actors into which the desk writes (``actors.csv`` beside ``folder`` where not given).
    ``choice`` are keywords of ``tables.filter_statements``: a filter brought back. Raises ``OnrecordError`` for a
    view, a filter or a value that is not there.
    """
    place = Path(folder) if folder else None
    box = FilterBox(
        analysis,
        views,
        tuple(FILTERS),
        reading=True,
        folder=place,
        actors=Path(actors) if actors else place.parent / "actors.csv" if place else None,
    )
    if view:
        box.show_view(view)
    if choice:
        box.choose(**choice)
    return box


class FilterBox(ipywidgets.VBox):  # type: ignore[misc]
    """The line of filters, the chart and the table of the statements that pass, and forms to save and to put right.

    ``selection`` are these statements, ``words`` is the filter in words. An error shows in the box, in full; the
    last good picture then goes away, for it no longer fits the filter.
    """

    def __init__(
        self,
        analysis: Analysis,
        views: Sequence[View],
        filters: Sequence[str],
        *,
        reading: bool = False,
        folder: Path | None = None,
        actors: Path | None = None,
    ) -> None:
        """``filters`` are keys of ``FILTERS``; with ``folder``, a form saves the selection there.

        With ``reading``, the article stands beside the chart and the statements below it; else the table of the view.
        With ``actors``, a form writes into that table of own actors.
        """
        self.folder, self.reading, self.actors, self.views = folder, reading, actors, tuple(views)
        self._written: list[bytes | None] = []  # the table of own actors before each row that was written
        self._key = f"box-{secrets.token_hex(3)}-"  # two boxes in one JupyterLab must not share their ids
        self.line = FilterLine(unfolded=len(filters) == 1)
        self._filters = tuple(filters)
        self.error = ipywidgets.HTML()
        self.error.add_class("onrecord-filter-alert")
        self.chooser = ipywidgets.ToggleButtons(
            options=[(each.label, each) for each in views], style={"button_width": "auto"}
        )
        self.panes = Panes()
        self.save_form, self.actors_form = SaveForm(self.save), ActorsForm(self.put_right, self.undo)
        super().__init__([self.line, self._tools(analysis), self.error, self.panes])
        self.add_class("onrecord-filter")
        self._read(analysis)
        self.line.observe(self._changed, names=["choice", "resets"])
        self.chooser.observe(lambda _: self.refresh(), names="value")
        self.panes.observe(lambda _: self.refresh(), names="room")
        self.refresh()

    def _tools(self, analysis: Analysis) -> ipywidgets.VBox:
        """The views to choose from and, behind a button each, the forms that this box has."""
        forms = {"Save …": self.save_form} if self.folder else {}
        forms |= {"Actors …": self.actors_form} if self.actors and analysis.engine in ENGINES else {}
        shown = ipywidgets.VBox()
        switches = [ipywidgets.ToggleButton(description=name, layout={"width": "auto"}) for name in forms]

        def unfold(change: Mapping[str, Any]) -> None:
            if change["new"]:
                for other in switches:
                    other.value = other is change["owner"]
            shown.children = [form for form, s in zip(forms.values(), switches, strict=True) if s.value]

        for switch in switches:
            switch.observe(unfold, names="value")
        row = [*([self.chooser] if len(self.views) > 1 else []), *switches]
        return ipywidgets.VBox([ipywidgets.HBox(row, layout={"flex_flow": "row wrap"}), shown])

    def _read(self, analysis: Analysis) -> None:
        """Begins with this analysis: fields, forms, text and table are its own."""
        self.analysis = analysis
        self.statements = tables.statements(analysis)
        self._pictures: dict[tuple[object, ...], tuple[str, str]] = {}
        self._scored = (0.0, analysis, self.statements)
        self.line.fields = fields_of(self.statements, self._filters)
        self.save_form.follow("")  # a title was written for the reading before
        actors = sorted(filter(None, set(self.statements["actor"])), key=str.casefold)
        sides = sorted(set(self.statements["side"]) - {"unknown", ""})
        self.actors_form.offer(actors, tables.target_choices(self.statements), sides)
        self._send_article()

    def _send_article(self) -> None:
        """The text and the table of all statements, sent once: a filter only says which of them are lit."""
        if self.reading:
            _, analysis, statements = self._scored
            self.panes.text = reading_view(analysis, with_table=True, key=self._key)
            self.panes.table = statement_table(statements, key=self._key)

    @property
    def view(self) -> View:
        """What is drawn now."""
        chosen: View = self.chooser.value
        return chosen

    def show_view(self, label: str) -> None:
        """Draws the view of that label. Raises ``OnrecordError`` where there is none."""
        found = [each for each in self.views if label in (each.label, each.name)]
        if not found:
            raise OnrecordError(f"there is no view {label!r}. Choose from: {', '.join(v.label for v in self.views)}.")
        self.chooser.value = found[0]

    @property
    def choice(self) -> dict[str, Any]:
        """The filter, as keyword arguments of ``tables.filter_statements``."""
        return as_keywords(self.line.choice)

    def choose(self, **choice: Any) -> None:
        """Sets these filters beside those that are set; an empty value clears one. Raises as ``explore`` does."""
        self.line.choice = checked_choice(self.choice | choice, self.line.fields)

    @property
    def selection(self) -> pd.DataFrame:
        """The statements that pass the filter, as rows of ``tables.statements``; low-scored stances are not in them."""
        least = self.choice.get("min_score", 0.0)
        if self._scored[0] != least:
            analysis = scored_from(self.analysis, least)
            self._scored = (least, analysis, tables.statements(analysis))
            self._send_article()
        return tables.filter_statements(self._scored[2], **self.choice)

    @property
    def words(self) -> str:
        """The filter in words: "3 of 21 statements: Mark Toner, denials"."""
        return tables.describe_filter(len(self.selection), len(self.statements), **self.choice)

    @property
    def selected(self) -> Selection:
        """The selection with its words and where it comes from, its filter included."""
        rows, words = self.selection, self.words
        origin = provenance_of(self.analysis, filter=words.partition(": ")[2] or ALL, statements=len(rows))
        return Selection(self._scored[1], rows, words, origin)

    @property
    def cell(self) -> str:
        """The cell that brings the filter and the view back."""
        set_now = {name: list(v) if isinstance(v, list | tuple) else v for name, v in self.choice.items()}
        return f"desk.explore(analysis, folder=EXPORTS, actors=ACTORS, view={self.view.label!r}, choice={set_now!r})"

    def reset(self) -> None:
        """Every filter as it was in the beginning; nothing is picked any more."""
        with self.line.hold_trait_notifications():
            self.line.choice = {}
            self.line.resets += 1

    def _changed(self, change: Mapping[str, Any]) -> None:
        if change["name"] == "resets":
            self.panes.chosen = []
        else:
            self.refresh()

    def refresh(self) -> None:
        """Chart, table, text and words follow the filter."""
        self._guarded(self._show)

    def _guarded(self, action: Callable[[], None], *, blank: bool = True) -> None:
        """Does it; an error is shown, and what no longer fits the filter goes away (``blank``)."""
        try:
            action()
            self.error.value = ""
        except Exception as error:  # whatever it is, the analyst sees it here: a callback's traceback is lost
            self.error.value = error_html(error)
            self.save_form.saved.value = self.actors_form.told.value = ""
            if blank:
                self.panes.chart = ""
                self.panes.lit = []
            if blank and not self.reading:
                self.panes.table = ""

    def _show(self) -> None:
        selected = self.selected
        ids = list(selected.rows["id"])
        key = (self.view.name, self._size, selected.words, *ids)
        if key not in self._pictures:
            self._pictures[key] = self._drawn(selected)
        chart, table = self._pictures[key]
        missing = left_out(self.analysis, self.choice.get("min_score", 0.0))
        self.line.words = selected.words + (f" (left out by their own scores: {missing})" if missing else "")
        self.save_form.follow(self.cell)
        lit = set(ids)
        with self.panes.hold_sync():
            self.panes.lit = ids
            self.panes.chosen = [id for id in self.panes.chosen if id in lit]
            self.panes.chart = chart
            if not self.reading:
                self.panes.table = table

    @property
    def _size(self) -> str:
        """The largest size of chart that the box has room for."""
        fitting = [size for size in style.SIZES.values() if size.width * _PIXELS <= self.panes.room]
        return max(fitting, key=lambda size: size.width).name if fitting else "small" if self.reading else "medium"

    def _drawn(self, selected: Selection) -> tuple[str, str]:
        made = self.view.table(selected.analysis, selected.rows)
        shown = made[list(self.view.columns)] if self.view.columns else made
        picture = ""
        if self.view.chart:
            chart = self.view.chart(made, source=selected.provenance.source_line(), size=self._size)
            picture = chart_html(chart, selected.rows, key=self._key, linked=self.reading)
        return picture, "" if self.reading else table_html(shown)

    def save(self) -> None:
        """Saves what the form asks for; what was saved, or what went wrong, shows in the box."""
        self._guarded(self._export, blank=False)

    def _export(self) -> None:
        if self.folder is None:
            return
        self.save_form.saved.value = "Saving …"
        saved = self.save_form.write(self.folder, self.selected, self.view, self.views, reading=self.reading)
        self.save_form.saved.value = saved_html(saved)

    def put_right(self) -> None:
        """Writes the row of the form into the table of own actors and reads the article anew with it."""
        self._guarded(self._write_row, blank=False)

    def undo(self) -> None:
        """Takes back what was last written into the table of own actors, and reads the article anew."""
        self._guarded(self._take_back, blank=False)

    def _write_row(self) -> None:
        if self.actors is None:
            return
        used = self.analysis.actors_file
        if used and used != self.actors.name:
            raise OnrecordError(f"the sides here are from {used}: name its path, desk.explore(…, actors=ACTORS).")
        before = read_table(self.actors)
        add_actor(self.actors, **self.actors_form.row)
        self._written.append(before)
        self._read_anew("Written into")

    def _take_back(self) -> None:
        if self.actors is not None and self._written:
            write_back(self.actors, self._written.pop())
            self._read_anew("Taken back in")

    def _read_anew(self, done: str) -> None:
        """The article read with the table as it stands now, under the filter as far as that still has something."""
        told, path, old = self.actors_form.told, str(self.actors), self.line.choice
        told.value = "Reading anew …"
        own = self.actors if self.actors and self.actors.exists() else None
        self._read(analyze(self.analysis.article, engine=self.analysis.engine, actors=own))
        there = {field["name"]: {value for _, value in field["options"]} for field in self.line.fields}
        kept = {n: [x for x in v if x in there[n]] if isinstance(v, list | tuple) else v for n, v in old.items()}
        self.line.choice = {name: value for name, value in kept.items() if value}
        self.refresh()
        self.actors_form.undo.disabled = not self._written
        told.value = f"{done} {escape(path)}. For the other cells: ACTORS = {escape(json.dumps(path if own else ''))}"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, and a line in its place for pages on which no widget runs."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options) or {}
        return {**bundle, "text/html": f'<p class="onrecord-static"><em>{escape(_STATIC)}</em></p>'}
