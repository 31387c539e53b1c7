"""Colours, sizes and fonts: the only place that names a colour.

The palette is safe for the common kinds of colour blindness, and nothing is told by colour alone: stances also
differ by side and sign, acts by column and mark, uncertain labels by hatching. Text colours keep a contrast of at
least 4.5 to 1 on their ground (WCAG 2.2, AA).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib

from onrecord.records import OnrecordError

FAVOR, AGAINST, NONE = "#004488", "#C04E00", "#8C8C8C"
POLARITY = {"favor": FAVOR, "against": AGAINST, "none": NONE}
#: The same in grey, where their own greys would be too close to each other.
GREYS = {FAVOR: "#262626", AGAINST: "#767676", NONE: "#BDBDBD"}
DENIAL, ACCUSATION, OTHER_ACT = "#6A2C91", "#A3660A", "#9A9A9A"
INK, SOFT_INK, RULE, FAINT, PAPER = "#1A1A1A", "#595959", "#C9C9C9", "#EFEFEF", "#FFFFFF"
#: Words told in the article's own words, beside those in quotation marks.
QUOTED, REPORTED = "#4A4A4A", "#A8A8A8"
#: Inches from one line of the hatching to the next.
HATCH = 1 / 18
#: Shares from none to all, on paper to dark; letters on them are ink up to the third, paper from there.
SHADES = ("#FFFFFF", "#E1E6EC", "#B9C5D3", "#5F7894", "#2B4764")

FONT = "DejaVu Sans"  # ships with matplotlib: the same letters on every machine


@dataclass(frozen=True, slots=True)
class Size:
    """A printed size: inches for ``width`` and ``body`` (the most a chart's body may fill), points for letters."""

    name: str
    width: float
    body: float
    margin: float
    title: float
    text: float
    note: float
    row: float

    @property
    def line(self) -> float:
        """Height in inches of a line of text."""
        return self.text * 1.25 / 72


#: A report's column, a page, a slide.
SIZES = {
    "small": Size("small", 3.35, 7.4, 0.08, 8.5, 6.8, 5.8, 0.19),
    "medium": Size("medium", 6.5, 7.4, 0.12, 12.0, 8.5, 7.0, 0.25),
    "large": Size("large", 12.0, 4.8, 0.25, 22.0, 14.0, 10.5, 0.38),
}

_RC: dict[Any, object] = {
    "font.family": [FONT],
    "text.color": INK,
    "text.hinting": "none",  # letters as wide on screen as in print, where they were measured
    "text.parse_math": False,  # a "$" in an article is a dollar
    "text.usetex": False,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.dpi": 300,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "onrecord",
}


def size_named(name: str) -> Size:
    """The size of that name. Raises ``OnrecordError`` for any other."""
    if name not in SIZES:
        raise OnrecordError(f"there is no size {name!r}. Choose from: {', '.join(SIZES)}.")
    return SIZES[name]


@contextmanager
def drawing() -> Iterator[None]:
    """Settings under which figures are saved; those of the caller stand again afterwards."""
    with matplotlib.rc_context(_RC):
        yield


def shade(share: float) -> tuple[str, str]:
    """The ground for a share from 0 to 1, and the colour of letters on it."""
    step = 0 if share <= 0 else min(1 + int(share * 4), len(SHADES) - 1)
    return SHADES[step], PAPER if step > 2 else INK


def letters_on(ground: str) -> str:
    """Ink on a light ground, paper on a dark one: whichever stands out more (WCAG 2.2).

    >>> letters_on(REPORTED) == INK, letters_on(FAVOR) == PAPER
    (True, True)
    """
    return INK if contrast(INK, ground) > contrast(PAPER, ground) else PAPER


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def act_color(act: str) -> str:
    """Denials and accusations stand out, every other act is grey."""
    return {"denial": DENIAL, "accusation": ACCUSATION}.get(act, OTHER_ACT)


#: Behind a whole page, by the system's preference.
DARK_PAGE = "#111111"
#: The reading view's colours by the name of their CSS variable, on a light and on a dark ground.
LIGHT = {
    "ink": INK, "soft": SOFT_INK, "paper": PAPER, "card": "#FFFFFF", "rule": RULE, "favor": FAVOR, "against": "#A64300",
    "denial": DENIAL, "accusation": "#855200", "act": SOFT_INK, "favor-tint": "#E3EDF8", "against-tint": "#FCEBDD",
    "both-tint": "#F1ECF6", "none-tint": "#F3F3F3", "focus": "#B00060",
}  # fmt: skip
DARK = {
    "ink": "#EDEDED", "soft": "#B4B4B4", "paper": DARK_PAGE, "card": "#1F1F1F", "rule": "#5A5A5A", "favor": "#8FC1FF",
    "against": "#FFB07A", "denial": "#D0A6F2", "accusation": "#F0BF6A", "act": "#BDBDBD", "favor-tint": "#12283F",
    "against-tint": "#3B2413", "both-tint": "#2C2438", "none-tint": "#262626", "focus": "#FF8AC4",
}  # fmt: skip
