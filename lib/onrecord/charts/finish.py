"""The last touches of a figure for the place where it is printed: a title of the analyst's own, another palette."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from onrecord import style
from onrecord.charts.canvas import Chart
from onrecord.charts.lettering import balanced, fits
from onrecord.records import OnrecordError


def finish(chart: Chart, *, title: str = "", palette: str = "colour") -> Chart:
    """``chart`` itself, with ``title`` (where one is given) and in the colours of ``palette`` (``style.PALETTES``).

    The sheet grows or shrinks by the lines that the title needs; all else stays as it was drawn. Raises
    ``OnrecordError`` for a title of more than two lines and for an unknown palette.
    """
    style.check_palette(palette)
    if title.strip():
        _set_title(chart, " ".join(title.split()))
    for part in chart.findobj():
        if isinstance(part, Patch):
            part.set(facecolor=_in(palette, part.get_facecolor()), edgecolor=_in(palette, part.get_edgecolor()))
        elif isinstance(part, Text | Line2D):
            part.set_color(_in(palette, part.get_color()))
    return chart


def _set_title(chart: Chart, title: str) -> None:
    """Puts ``title`` in the place of the one that was computed; what stands below keeps its place from the bottom."""
    drawn = next(text for text in chart.texts if text.get_text() == chart.get_suptitle())
    (x, y), points, (width, height) = drawn.get_position(), float(drawn.get_fontsize()), chart.get_size_inches()
    room = float(width) * (1 - 2 * x)
    if not fits(title, room, points, weight="bold"):
        raise OnrecordError(
            f"the title takes more than two lines of this size: “{title}”. Shorten it, or save it larger."
        )
    lines = balanced(title, room, points, weight="bold")
    higher = float(height) + (len(lines) - len(drawn.get_text().split("\n"))) * points * 1.3 / 72
    chart.set_figheight(higher)
    drawn.set(text="\n".join(lines), y=1 - (1 - y) * height / higher)
    chart.spots = tuple(
        replace(spot, box=(left, 1 - (1 - top) * height / higher, wide, high * height / higher))
        for spot in chart.spots
        for left, top, wide, high in [spot.box]
    )
    chart.caption = replace(chart.caption, titles=(title,))


def _in(palette: str, color: Any) -> Any:
    """The colour in the palette; one that cannot be seen stays as it is."""
    *_, opacity = to_rgba(color)
    return to_rgba(style.in_palette(to_hex(color).upper(), palette), opacity) if opacity else color
