"""The form that says how a selection is saved: which views, with which title, size and palette, as which tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import ipywidgets
import pandas as pd

from onrecord import charts
from onrecord.desk.views import View
from onrecord.export import Provenance, save_all, save_page, slug
from onrecord.reading import reading_view
from onrecord.records import Analysis

_VIEWS = {"the view shown": False, "all views": True}
_TABLES = {"CSV": ("csv",), "Excel (XLSX)": ("xlsx",), "CSV and Excel": ("csv", "xlsx")}
_SIZES = {"page": "medium", "column": "small", "slide": "large"}
_PALETTES = {"colour": "colour", "grey, for print": "grey", "dark, for a slide": "dark"}
_FIELD = {"width": "16rem"}
#: As many names of files are told at once.
_TOLD = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """What is saved: the rows of ``tables.statements`` that pass the filter, the filter, where it comes from."""

    analysis: Analysis
    rows: pd.DataFrame
    words: str
    provenance: Provenance

    def named(self, what: str) -> str:
        """A file's name: ``what``, and the filter, in which an actor or a word may hold a slash."""
        return slug(f"{what} {self.words.partition(': ')[2]}")


class SaveForm(ipywidgets.VBox):  # type: ignore[misc]
    """The fields, a button that calls ``save``, what was saved, and the cell that brings the filter back."""

    def __init__(self, save: Callable[[], None]) -> None:
        self.views = ipywidgets.Dropdown(options=_VIEWS, description="Save", layout=_FIELD)
        self.tables = ipywidgets.Dropdown(options=_TABLES, description="Tables as", layout=_FIELD)
        self.size = ipywidgets.Dropdown(options=_SIZES, description="Size", layout=_FIELD)
        self.palette = ipywidgets.Dropdown(options=_PALETTES, description="Palette", layout=_FIELD)
        self.title = ipywidgets.Text(
            description="Title", placeholder="as computed; your own goes with the filter", layout={"width": "33rem"}
        )
        self.button = ipywidgets.Button(description="Save selection", tooltip="Save charts, tables and marked article")
        self.cell = ipywidgets.Textarea(description="As a cell", disabled=False, rows=2, layout={"width": "50rem"})
        self.saved = ipywidgets.HTML()
        self.saved.add_class("onrecord-filter-saved")
        self.button.on_click(lambda _: save())
        self.views.observe(lambda change: setattr(self.title, "disabled", bool(change["new"])), names="value")
        wrapping = {"flex_flow": "row wrap"}
        super().__init__(
            [
                ipywidgets.HBox([self.views, self.tables, self.size, self.palette], layout=wrapping),
                ipywidgets.HBox([self.title, self.button, self.saved], layout=wrapping),
                self.cell,
            ]
        )

    def follow(self, cell: str) -> None:
        """Shows the cell of another filter or view; a title that was written for the one before goes with it."""
        if cell != self.cell.value:
            self.cell.value, self.title.value = cell, ""

    def write(
        self, folder: Path, selection: Selection, shown: View, views: Sequence[View], *, reading: bool
    ) -> list[Path]:
        """The paths of all that the form asks for; ``reading``, with the statements and the marked article.

        Raises ``OnrecordError`` where a title has no room and where a file cannot be written.
        """
        wanted = views if self.views.value else [shown]
        made = {view: view.table(selection.analysis, selection.rows) for view in wanted}
        if self.views.value:  # an empty figure is the answer to one question, and idle among many
            made = {view: table for view, table in made.items() if len(table)}
        title = "" if self.views.value else self.title.value
        figures = {
            selection.named(view.name): charts.finish(
                view.chart(table, source=selection.provenance.source_line(), size=self.size.value),
                title=title,
                palette=self.palette.value,
            )
            for view, table in made.items()
            if view.chart
        }
        data = {selection.named(view.name): table for view, table in made.items()}
        if reading:
            data[selection.named("statements")] = selection.rows
        formats, origin = self.tables.value, selection.provenance
        saved = save_all(folder, figures=figures, tables=data, provenance=origin, table_formats=formats)
        if reading:
            page = reading_view(selection.analysis, selection.rows, standalone=True)
            alt = f"The article with its statements marked: {selection.words}"
            saved.append(save_page(page, folder / selection.named("article"), alt=alt, provenance=origin))
        return saved


def saved_html(paths: Sequence[Path]) -> str:
    """The names of the files; of many, where they are, and their names to unfold."""
    names = ", ".join(escape(path.name) for path in paths)
    if len(paths) <= _TOLD:
        return f"Saved: {names}"
    folder = escape(paths[0].parent.as_posix())
    return f"<details><summary>Saved: {len(paths)} files in {folder}</summary>{names}</details>"
