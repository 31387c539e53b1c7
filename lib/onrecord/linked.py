"""Charts and findings whose parts lead to the statements behind them: plain links into the reading view."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Collection

import pandas as pd

from onrecord.cards import escape
from onrecord.charts import Chart
from onrecord.charts.canvas import SCREEN_DPI, Spot
from onrecord.phrases import act_name, listed, polarity_name, unique
from onrecord.reading_css import style_sheet
from onrecord.tables import filter_statements

_ID = re.compile(r"\bS\d+\b")


def chart_html(chart: Chart, statements: pd.DataFrame, *, key: str = "", linked: bool = True) -> str:
    """The chart as a picture; over each of its bars, cells and cards a link to the first statement behind it.

    The link names all of them in ``data-ids``. ``statements`` are rows of ``tables.statements``; ``linked`` is False
    where no reading view stands on the page.
    """
    spots = spot_links(chart, statements, key=key) if linked else ""
    buffer = io.BytesIO()
    chart.savefig(buffer, format="png", dpi=SCREEN_DPI)
    picture = base64.b64encode(buffer.getvalue()).decode("ascii")
    width = round(chart.get_figwidth() * 96)
    image = f'<img src="data:image/png;base64,{picture}" alt="{escape(chart.alt)}">'
    return (
        f'<style>{style_sheet()}</style><div class="onr onr-chart" style="--onr-width:{width}px">{image}{spots}</div>'
    )


def spot_links(chart: Chart, statements: pd.DataFrame, *, key: str = "") -> str:
    """The links that lie over the chart's picture, in an element that is as large as the picture."""
    return "".join(_spot_link(spot, statements, key) for spot in chart.spots)


def spot_ids(spot: Spot, statements: pd.DataFrame) -> list[str]:
    """The ids of the statements that a place in a chart shows, in the order of the text."""
    rows = statements[statements["id"].isin(spot.ids)]
    return [str(id) for id in filter_statements(rows, **spot.choice)["id"]]  # type: ignore[arg-type]


def linked_ids(sentence: str, ids: Collection[str], *, key: str = "") -> str:
    """The sentence as HTML, escaped, each of ``ids`` in it a link to its statement.

    >>> linked_ids("One <denial> (S2, S9).", ["S2"])
    'One &lt;denial&gt; (<a href="#stmt-S2">S2</a>, S9).'
    """
    return _ID.sub(
        lambda found: f'<a href="#{key}stmt-{found[0]}">{found[0]}</a>' if found[0] in ids else found[0],
        escape(sentence),
    )


def _spot_link(spot: Spot, statements: pd.DataFrame, key: str) -> str:
    ids = spot_ids(spot, statements)
    if not ids:
        return ""
    left, top, width, height = (f"{share * 100:.2f}%" for share in spot.box)
    said = escape(f"{_told(spot, statements[statements['id'].isin(ids)])}: {listed(ids)}")
    place = f"left:{left};top:{top};width:{width};height:{height}"
    return (
        f'<a class="onr-spot" style="{place}" href="#{key}stmt-{escape(ids[0])}" '
        f'data-ids="{escape(" ".join(ids))}" aria-label="{said}" title="{said}"></a>'
    )


def _told(spot: Spot, rows: pd.DataFrame) -> str:
    """What the place stands for: "Mark Toner, against Pakistan"."""
    choice = {name: value for name, (value,) in spot.choice.items()}
    stance = [polarity_name(choice["polarity"])] if "polarity" in choice else []
    parts = [
        listed(unique(rows["actor"])),
        *[act_name(act) for act in [choice.get("acts", "")] if act],
        " ".join([*stance, choice.get("targets", "")]).strip(),
        choice.get("quotes", ""),
    ]
    return ", ".join(part for part in parts if part)
