"""The editor as a widget: keys and clicks come in, each is written to disk, then the screen and the chart follow."""

from __future__ import annotations

import functools
import getpass
from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from onrecord import charts, tables
from onrecord.charts import Chart
from onrecord.corrections import Coder, Coding, corrections_file
from onrecord.editor.sitting import Sitting
from onrecord.export import provenance_of
from onrecord.reading import chart_html
from onrecord.records import Analysis, OnrecordError

#: Shown where widgets cannot run: in an exported page.
_STATIC = "In JupyterLab the editor stands here: labels are put right in the notebook, not on this page."
_SCRIPTS = ("text.js", "panel.js", "editor.js")
Drawing = tuple[Callable[[Analysis], pd.DataFrame], Callable[..., Chart]]
#: The charts that can stand beneath the editor, by what the editor calls them.
CHARTS: Mapping[str, Drawing] = {
    "Stances": (tables.stance_by_actor, charts.stance_by_actor),
    "Targets": (tables.stance_matrix, charts.stance_matrix),
    "Acts": (tables.acts_by_actor, charts.acts_by_actor),
    "Disputes": (tables.disputes, charts.dispute_board),
}


@functools.cache
def _shipped(*names: str) -> str:
    return "\n".join(files("onrecord").joinpath(f"editor/{name}").read_text(encoding="utf-8") for name in names)


def put_right(
    analysis: Analysis,
    *,
    coder: str = "",
    file: Path | str | bool = True,
    order: str = "uncertain",
    seed: int = 7,
    beside: Analysis | None = None,
) -> Editor:
    """The editor on ``analysis``: decisions go to ``file``; True and False mean the one beside the article.

    ``coder`` is the name that stands by each decision (by default that of the computer's user). ``order`` is a key of
    ``ORDERS``, ``seed`` draws the random sample, ``beside`` is a second coding of the same article to compare with.
    Raises ``OnrecordError`` where the article was read from no file and none is named, or the file cannot be read.
    """
    if isinstance(file, bool) and not analysis.article.file:
        raise OnrecordError("this article was read from no file: name the file of its corrections with file=….")
    place = corrections_file(Path(analysis.article.file)) if isinstance(file, bool) else Path(file)
    coding = Coding(analysis, place, Coder(coder.strip() or getpass.getuser()))
    return Editor(Sitting(coding, order=order, seed=seed, other=beside))


class Editor(anywidget.AnyWidget):
    """The article, the statement looked at, and a chart. ``analysis`` is the reading with all that was decided."""

    text = traitlets.Unicode().tag(sync=True)
    blocks: Any = traitlets.List().tag(sync=True)
    words: Any = traitlets.List().tag(sync=True)
    screen = traitlets.Dict().tag(sync=True)
    charts: Any = traitlets.List().tag(sync=True)
    chart = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        machine = sitting.coding.machine
        super().__init__(
            _esm=_shipped(*_SCRIPTS),
            _css=_shipped("editor.css"),
            text=machine.article.text,
            blocks=[[*block.span, block.kind, block.number or 0] for block in machine.article.blocks],
            words=[[*word] for word in machine.tokens.words],
            charts=list(CHARTS),
            chart=next(iter(CHARTS)),
            screen=sitting.screen(),
        )
        self.on_msg(self._heard)
        self._draw()

    @property
    def analysis(self) -> Analysis:
        """The reading with everything that was decided up to now."""
        return self.sitting.coding.analysis

    def _heard(self, widget: object, command: Mapping[str, Any], buffers: object) -> None:
        if command["do"] == "draw":
            self.chart = str(command["chart"])
            self._draw()
            return
        self.sitting.do(command)
        # A number that grows tells the screen that its key was answered, also where nothing else has changed.
        self.screen = {**self.sitting.screen(), "turn": int(command.get("turn", 0))}

    def _draw(self) -> None:
        table, chart = CHARTS[self.chart]
        source = provenance_of(self.analysis).source_line()
        drawn = chart(table(self.analysis), source=source, size="small")
        self.picture = chart_html(drawn, tables.statements(self.analysis), linked=False)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The widget, and a line in its place for pages on which no widget runs."""
        bundle, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return {**bundle, "text/html": f'<p class="onrecord-static"><em>{escape(_STATIC)}</em></p>'}, metadata
