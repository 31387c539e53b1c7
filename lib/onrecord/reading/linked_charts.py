"""Charts and findings whose parts lead to the statements behind them: plain links into the reading view."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from onrecord.charts import Chart, Spot
from onrecord.plain_english import act_name, listed, polarity_name, unique
from onrecord.reading.cards import escape, group_of, link_to
from onrecord.reading.style_sheet import style_sheet
from onrecord.tables import filter_statements

_ID = re.compile(r"\bS\d+\b")


def chart_html(
    chart: Chart, statements: pd.DataFrame, *, key: str = "", linked: bool = True, grouped: bool = False
) -> str:
    """The chart as a picture; over each of its bars, cells and cards a link to the first statement behind it.

    The link names all of them in ``data-ids``; ``grouped``, it marks them all, in a reading view that has their
    groups (``spot_groups``). ``statements`` are rows of ``tables.statements``; ``linked`` is False where no reading
    view stands on the page.
    """
    spots = spot_links(chart, statements, key=key, grouped=grouped) if linked else ""
    return f"<style>{style_sheet()}</style>{picture_html(chart, chart.screen_png(), spots)}"


def picture_html(chart: Chart, png: bytes, spots: str) -> str:
    """The chart's picture ``png`` with the links ``spots`` over it, in the element that the style sheet lays out."""
    picture = base64.b64encode(png).decode("ascii")
    width = round(chart.get_figwidth() * 96)
    image = f'<img src="data:image/png;base64,{picture}" alt="{escape(chart.alt)}">'
    return f'<div class="onr onr-chart" style="--onr-width:{width}px">{image}{spots}</div>'


def spot_links(chart: Chart, statements: pd.DataFrame, *, key: str = "", grouped: bool = False) -> str:
    """The links that lie over the chart's picture, in an element that is as large as the picture."""
    actors = dict(zip(statements["id"], statements["actor"], strict=True))
    found = zip(chart.spots, spot_ids(chart, statements), strict=True)
    return "".join(_spot_link(spot, {id: actors[id] for id in ids}, key, grouped) for spot, ids in found if ids)


def spot_groups(charts: Iterable[Chart], statements: pd.DataFrame) -> list[tuple[str, ...]]:
    """The statements behind those places of the charts that stand for several, each group once."""
    found = (tuple(ids) for chart in charts for ids in spot_ids(chart, statements) if len(ids) > 1)
    return list(dict.fromkeys(found))


def spot_ids(chart: Chart, statements: pd.DataFrame) -> list[list[str]]:
    """For each place of the chart the ids of the statements that it shows, in the order of the text."""
    passing: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    found = []
    for spot in chart.spots:
        choice = tuple(spot.choice.items())
        if choice not in passing:  # a filter costs a millisecond, and many places share theirs
            passing[choice] = list(filter_statements(statements, **spot.choice)["id"])  # type: ignore[arg-type]
        behind = set(spot.ids)
        found.append([id for id in passing[choice] if id in behind])
    return found


def linked_ids(sentence: str, ids: Collection[str], *, key: str = "") -> str:
    """The sentence as HTML, escaped, each of ``ids`` in it a link to its statement.

    >>> linked_ids("One <denial> (S2, S9).", ["S2"])
    'One &lt;denial&gt; (<a href="#stmt-S2">S2</a>, S9).'
    """
    return _ID.sub(
        lambda found: f'<a href="{link_to("stmt", found[0], key)}">{found[0]}</a>' if found[0] in ids else found[0],
        escape(sentence),
    )


def _spot_link(spot: Spot, actors: Mapping[str, str], key: str, grouped: bool) -> str:
    """The link over one place; ``actors`` are those of the statements that it shows."""
    ids = list(actors)
    left, top, width, height = (f"{share * 100:.2f}%" for share in spot.box)
    said = escape(f"{_told(spot, unique(actors.values()))}: {listed(ids)}")
    place = f"left:{left};top:{top};width:{width};height:{height}"
    leads = link_to("stmts", group_of(ids), key) if grouped and len(ids) > 1 else link_to("stmt", ids[0], key)
    return (
        f'<a class="onr-spot" style="{place}" href="{leads}" '
        f'data-ids="{escape(" ".join(ids))}" aria-label="{said}" title="{said}"></a>'
    )


def _told(spot: Spot, actors: list[str]) -> str:
    """What the place stands for: "Mark Toner, against Pakistan"."""
    choice = {name: value for name, (value,) in spot.choice.items()}
    stance = [polarity_name(choice["polarity"])] if "polarity" in choice else []
    parts = [
        listed(actors),
        *[act_name(act) for act in [choice.get("acts", "")] if act],
        " ".join([*stance, choice.get("targets", "")]).strip(),
        choice.get("quotes", ""),
    ]
    return ", ".join(part for part in parts if part)
