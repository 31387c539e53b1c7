"""Lines of text as one picture each where a chart becomes pixels, so that it can be drawn at every step of a filter.

Matplotlib sets a line glyph by glyph, in Python, which takes most of the time of a chart with many words. FreeType
sets it whole, to the nearest pixel, and the lines that come again in the next picture are remembered.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text
from numpy.typing import NDArray

#: How far the middle of a line lies over its base line, in shares of its size: half of the font's ascender.
MIDDLE = 0.38
#: Lines that are remembered: those of a few charts, some megabytes.
REMEMBERED = 600
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}


class Line(Text):
    """One line of text that stands on its base line, level or upright; in files of vectors, text as ever."""

    def draw(self, renderer: RendererBase) -> None:
        """Straight onto the pixels where there are some."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        ink = _ink(self.get_text(), self.get_fontproperties(), renderer.dpi)
        x, y = self.get_transform().transform(self.get_position())
        back = _BEFORE[self.get_horizontalalignment()] * ink.width
        if self.get_rotation():
            shades, left, bottom = np.rot90(ink.shades), round(x) - ink.above, round(y - back) + ink.start
        else:
            shades, left, bottom = ink.shades, round(x - back) + ink.start, round(y) + ink.above - len(ink.shades)
        pixels = np.empty((*shades.shape, 4), np.uint8)
        pixels[..., :3] = [round(255 * part) for part in to_rgb(self.get_color())]
        pixels[..., 3] = shades[::-1]  # the renderer counts rows from the bottom
        renderer.draw_image(renderer.new_gc(), left, bottom, pixels)


@dataclass(frozen=True, slots=True)
class Ink:
    """A line in pixels: its shades, how many rows of it lie ``above`` the base line, the column at which it starts."""

    shades: NDArray[np.uint8]
    above: int
    start: int
    width: float


@functools.lru_cache(maxsize=REMEMBERED)
def _ink(text: str, look: FontProperties, dpi: float) -> Ink:
    font = get_font(findfont(look))
    font.clear()
    font.set_size(look.get_size_in_points(), dpi)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    font.draw_glyphs_to_bitmap(antialiased=True)
    width, height = font.get_width_height()  # in 64ths of a pixel, as all of the font's measures
    above = (height - font.get_descent()) // 64 + 1
    return Ink(np.array(font.get_image()), above, font.get_bitmap_offset()[0] // 64, width / 64)
