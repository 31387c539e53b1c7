"""The last touches of a figure for its place in print: a title of the analyst's own, another palette."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import replace

from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from onrecord import style
from onrecord.charts.canvas import Chart
from onrecord.charts.lettering import balanced, fits
from onrecord.records import OnrecordError

#: A title's letters give way down to this share of their size before it is refused.
_SMALLEST = 0.7


def finish(chart: Chart, *, title: str = "", palette: str = "colour") -> Chart:
    """``chart`` itself with ``title`` (its own where empty) in the colours of ``palette`` (``PALETTES``).

    The title takes the lines of the one it replaces. Raises ``OnrecordError`` where it has no room there and for an
    unknown palette.
    """
    if palette not in PALETTES:
        raise OnrecordError(f"there is no palette {palette!r}. Choose from: {', '.join(PALETTES)}.")
    if title.strip():
        _set_title(chart, " ".join(title.split()))
    if palette != "colour":
        _recolor(chart, PALETTES[palette])
    return chart


def _set_title(chart: Chart, title: str) -> None:
    drawn = next(text for text in chart.texts if text.get_text() and text.get_fontweight() == "bold")
    lines = drawn.get_text().count("\n") + 1
    width = chart.get_figwidth() * (1 - 2 * drawn.get_position()[0])
    largest = points = float(drawn.get_fontsize())
    while not fits(title, width, points, weight="bold", lines=lines):
        points -= 0.5
        if points < largest * _SMALLEST:
            raise OnrecordError(
                f"the title is too long for the figure: {title!r}. Shorten it, or choose a larger size."
            )
    broken = balanced(title, width, points, weight="bold") if lines > 1 else [title]
    drawn.set_text("\n".join(broken))
    drawn.set_fontsize(points)
    caption = chart.caption
    chart.caption = replace(caption, titles=(title,), alt=caption.alt.replace(caption.title, title, 1))


def _recolor(chart: Chart, changed: Callable[[str], str]) -> None:
    def new(color: object) -> object:
        *_, opacity = to_rgba(color)  # type: ignore[arg-type]
        return to_rgba(changed(to_hex(color).upper()), opacity) if opacity else color  # type: ignore[arg-type]

    for part in chart.findobj():
        if isinstance(part, Patch):
            part.set(facecolor=new(part.get_facecolor()), edgecolor=new(part.get_edgecolor()))
        elif isinstance(part, Text | Line2D):
            part.set_color(new(part.get_color()))  # type: ignore[arg-type]


def _grey(color: str) -> str:
    if color in style.GREYS:
        return style.GREYS[color]
    red, green, blue, _ = to_rgba(color)
    return to_hex((0.299 * red + 0.587 * green + 0.114 * blue,) * 3)


def _on_dark(color: str) -> str:
    """The colour with its lightness turned over: paper turns dark, ink light, each hue stays."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgba(color)[:3])
    return to_hex(colorsys.hls_to_rgb(hue, 1 - 0.93 * lightness, saturation))


#: What becomes of each colour: as it is, for print without colour, for a dark slide.
PALETTES: dict[str, Callable[[str], str]] = {"colour": str, "grey": _grey, "dark": _on_dark}
