"""What the desk can draw, and one of its views made for a selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from onrecord import charts, tables
from onrecord.charts import Chart
from onrecord.records import Analysis

TableMaker = Callable[[Analysis, pd.DataFrame], pd.DataFrame]
ChartMaker = Callable[..., Chart]


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

    @property
    def label(self) -> str:
        """The view in the list of views."""
        return self.title or self.name


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
