"""A figure as a sheet of paper: title and subtitle on top, source line below, the rest drawn in inches.

Charts say what goes where in inches from the top left; nothing is left to automatic layout, so that the same
table gives the same picture, in every size, and every text can be measured before it is drawn.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from onrecord import style
from onrecord.captions import Caption
from onrecord.charts.lettering import balanced, fits, up_to_its_end, wrapped
from onrecord.charts.pixel_text import MIDDLE, Line

#: Dots per inch of the picture in a notebook.
SCREEN_DPI = 144
#: A "$" in an article is a dollar. Given with each text: changing matplotlib's settings around it costs milliseconds.
_LETTERS: dict[str, Any] = {"fontfamily": style.FONT, "parse_math": False}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chart that leads to statements: a bar, a cell, a card.

    ``box`` is left, top, width and height as shares of the figure. ``ids`` are the statements behind its row, and
    ``choice`` (keywords of ``tables.filter_statements``) says which of them the place shows.
    """

    box: tuple[float, float, float, float]
    ids: tuple[str, ...]
    choice: Mapping[str, tuple[str, ...]]


class Chart(Figure):
    """A matplotlib Figure that knows its words: ``caption`` with title, subtitle and alt text, and ``source``.

    In a notebook it shows itself as a picture with its alt text, or as its title where a picture would tell no more.
    Colours and fonts hold when it is saved, too.
    """

    caption: Caption
    source: str
    spots: tuple[Spot, ...] = ()

    @property
    def alt(self) -> str:
        """The picture in words, for those who cannot see it."""
        return self.caption.alt

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save as matplotlib does, under the house settings: letters stay letters, same input, same bytes."""
        with style.drawing():
            super().savefig(fname, **options)

    def screen_png(self) -> bytes:
        """The picture for a screen as a PNG, packed for speed: it is not kept."""
        with style.drawing():
            canvas = FigureCanvasAgg(self)
            canvas.draw()
        buffer = io.BytesIO()
        Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(buffer, format="png", compress_level=1)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        if not self.caption.tells:
            return {"text/html": f"<p>{escape(self.caption.title)}.</p>", "text/plain": f"{self.caption.title}."}
        picture = base64.b64encode(self.screen_png()).decode("ascii")
        width = round(self.get_figwidth() * 96)
        image = f'<img src="data:image/png;base64,{picture}" width="{width}" alt="{escape(self.alt)}">'
        return {"text/html": image, "image/png": picture, "text/plain": self.alt}


class Canvas:
    """Draws in inches: x from the left edge, y down from the top edge of the figure."""

    def __init__(self, caption: Caption, source: str, size: str, body: float) -> None:
        """A sheet with its words in place and ``body`` inches of height for the chart."""
        self.size = s = style.size_named(size)
        self.left, self.right = s.margin, s.width - s.margin
        self.width = self.right - self.left
        title = self._first_that_fits(caption.titles)
        subtitle = wrapped(caption.subtitle, self.width, s.text, lines=3)
        note = wrapped(caption.note, self.width, s.note, lines=2)
        foot = [*note, *up_to_its_end(source, self.width, s.note, lines=4)]
        heads = [(title, s.title, "bold", style.INK), (subtitle, s.text, "normal", style.SOFT_INK)]
        heights = [len(lines) * points * 1.3 / 72 for lines, points, _, _ in heads]
        self.top = s.margin + sum(heights) + s.line * 0.7
        self.bottom = self.top + body
        height = self.bottom + s.line * 0.8 + len(foot) * s.note * 1.35 / 72 + s.margin
        self.figure = Chart(figsize=(s.width, height), dpi=SCREEN_DPI, facecolor=style.PAPER)
        self.figure.caption = replace(caption, titles=(" ".join(title), *caption.titles[1:]))
        self.figure.source = source
        # Straight onto the figure, no Axes: their limits and ticks would cost most of the drawing time.
        self._inches = Affine2D().scale(1, -1).translate(0, height) + self.figure.dpi_scale_trans
        y = s.margin
        self.figure.suptitle(
            "\n".join(title), x=self.left / s.width, y=1 - y / height, ha="left", va="top",
            fontsize=s.title, fontweight="bold", color=style.INK, linespacing=1.15, **_LETTERS,
        )  # fmt: skip
        self.lines(self.left, y + heights[0], subtitle, color=style.SOFT_INK, va="top")
        self.lines(self.left, self.bottom + s.line * 0.8, foot, points=s.note, color=style.SOFT_INK, va="top")

    def _first_that_fits(self, titles: tuple[str, ...]) -> list[str]:
        points = self.size.title
        chosen = next((t for t in titles if fits(t, self.width, points, weight="bold")), titles[-1])
        return balanced(chosen, self.width, points, weight="bold")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        points: float = 0.0,
        color: str = style.INK,
        weight: str = "normal",
        ha: str = "left",
        upright: bool = False,
        italic: bool = False,
    ) -> None:
        """One line of text in the size's text letters where ``points`` is 0; ``y`` is its middle.

        An ``upright`` one begins at ``y`` and runs upwards; ``x`` is its middle.
        """
        points = points or self.size.text
        shift = MIDDLE * points / 72
        line = Line(
            x + shift * upright, y + shift * (not upright), text, transform=self._inches, fontsize=points,
            color=color, ha=ha, va="baseline", fontweight=weight, fontstyle="italic" if italic else "normal",
            rotation=90 if upright else 0, rotation_mode="anchor", **_LETTERS,
        )  # fmt: skip
        line.set_figure(self.figure)
        self.figure.texts.append(line)

    def lines(
        self, x: float, y: float, lines: list[str], *, points: float = 0.0, va: str = "center", **look: Any
    ) -> None:
        """Lines of text, one under the other: from ``y`` down for ``va="top"``, around ``y`` for "center"."""
        points = points or self.size.text
        step = points * 1.3 / 72
        first = y + step / 2 if va == "top" else y - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.text(x, first + number * step, line, points=points, **look)

    def box(self, x: float, y: float, width: float, height: float, color: str, *, unsure: bool = False) -> None:
        """A filled box, to the left for a width below 0; hatched on white, with its outline, for the uncertain."""
        if unsure:
            path = _hatched(min(x, x + width), y, abs(width), height)
            self._add(PathPatch, path, facecolor=style.PAPER, edgecolor=color, linewidth=0.7)
        else:
            self._add(Rectangle, (x, y), width, height, facecolor=color, edgecolor="none")

    def spot(self, x: float, y: float, width: float, height: float, ids: str, **choice: str) -> None:
        """Says that the place leads to those of the statements ``ids`` (a table's cell) that fit ``choice``."""
        whole, high = self.size.width, self.figure.get_figheight()
        box = (x / whole, y / high, width / whole, height / high)
        if ids:
            chosen = {key: (value,) for key, value in choice.items()}
            self.figure.spots += (Spot(box, tuple(ids.split()), chosen),)

    def frame(self, x: float, y: float, width: float, height: float, *, color: str, dashed: bool = False) -> None:
        """An empty box with an outline."""
        dash = (0, (4, 3)) if dashed else "solid"
        self._add(Rectangle, (x, y), width, height, facecolor="none", edgecolor=color, linewidth=0.8, linestyle=dash)

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        color: str = style.RULE,
        width: float = 0.8,
        dash: Any = "-",
    ) -> None:
        """A straight line."""
        look = {"color": color, "linewidth": width, "linestyle": dash}
        self.figure.add_artist(Line2D([x0, x1], [y0, y1], transform=self._inches, **look))

    def dot(self, x: float, y: float, radius: float, color: str, *, unsure: bool = False) -> None:
        """A filled dot; one that stands for something uncertain is an outline on white."""
        face = style.PAPER if unsure else color
        self._add(Circle, (x, y), radius, facecolor=face, edgecolor=color, linewidth=1.0, zorder=3)

    def curve(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        color: str,
        width: float,
        dash: Any = "-",
        hollow: bool = False,
    ) -> None:
        """A line that leaves and arrives level, as in a flow diagram; ``hollow`` for something uncertain."""
        middle = (x0 + x1) / 2
        path = Path([(x0, y0), (middle, y0), (middle, y1), (x1, y1)], [Path.MOVETO, *[Path.CURVE4] * 3])
        look: dict[str, Any] = {"facecolor": "none", "capstyle": "butt"}
        self._add(PathPatch, path, edgecolor=color, linewidth=width, linestyle=dash, **look)
        if hollow:
            self._add(PathPatch, path, edgecolor=style.PAPER, linewidth=width * 0.45, **look)

    def _add(self, kind: type[Any], *args: Any, **look: Any) -> None:
        self.figure.add_artist(kind(*args, transform=self._inches, **look))


def _hatched(x: float, y: float, width: float, height: float) -> Path:
    """The outline of a box and rising lines in it: a pattern fill takes long to draw and is lost in some programs."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    points, codes = list(corners), [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
    for across in np.arange(style.HATCH / 2, width + height, style.HATCH):
        points += [
            (x + max(0, across - height), y + min(across, height)),
            (x + min(across, width), y + max(0, across - width)),
        ]
        codes += [Path.MOVETO, Path.LINETO]
    return Path(points, codes)


def empty(caption: Caption, *, source: str, size: str) -> Chart:
    """The honest picture of no rows: a dashed frame that says why nothing is drawn."""
    s = style.size_named(size)
    canvas = Canvas(caption, source, size, body=s.row * 4)
    canvas.frame(canvas.left, canvas.top, canvas.width, s.row * 4, color=style.NONE, dashed=True)
    words = wrapped("Nothing to draw.", canvas.width, s.text)
    canvas.lines(canvas.left + canvas.width / 2, canvas.top + s.row * 2, words, color=style.SOFT_INK, ha="center")
    return canvas.figure
