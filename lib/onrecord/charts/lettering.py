"""Text measured and wrapped before it is drawn, so that nothing overlaps and nothing is cut off."""

from __future__ import annotations

import functools

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from onrecord import style

#: Letters are drawn a little wider than measured where pixels are few.
SLACK = 1.015


@functools.lru_cache(maxsize=20_000)
def text_width(text: str, points: float, weight: str = "normal") -> float:
    """The width of one line of text in inches."""
    font = FontProperties(family=[style.FONT], size=points, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72 * SLACK


def wrapped(text: str, width: float, points: float, *, weight: str = "normal", lines: int = 2) -> list[str]:
    """The text in at most ``lines`` lines of ``width`` inches; what does not fit is cut with ``…``."""
    found = _broken(text, width, points, weight)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], _with_ellipsis(f"{found[lines - 1]} {found[lines]}", width, points, weight)]


def balanced(text: str, width: float, points: float, *, weight: str = "normal") -> list[str]:
    """The text in at most two lines; a word or two that would stand alone on the second one get company."""
    found = wrapped(text, width, points, weight=weight)
    narrow = width
    while len(found) == 2 and text_width(found[1], points, weight) < width / 4 and narrow > width / 2:
        narrow *= 0.95
        if not fits(text, narrow, points, weight=weight):
            break
        found = wrapped(text, narrow, points, weight=weight)
    return found


def up_to_its_end(text: str, width: float, points: float, *, lines: int) -> list[str]:
    """The text in at most ``lines`` lines; where it has no room, words before its last sentence give way to ``…``."""
    head, _, end = text.rpartition(". ")
    if not head or fits(text, width, points, lines=lines):
        return wrapped(text, width, points, lines=lines)
    while " " in head and not fits(f"{head}… {end}", width, points, lines=lines):
        head = head.rpartition(" ")[0].rstrip(" ,;:–—-")
    return wrapped(f"{head}… {end}", width, points, lines=lines)


def both_ends(text: str, width: float, points: float) -> list[str]:
    """Two lines with the beginning and the end of a text that has no room: what lies between is cut with ``…``."""
    head = _broken(text, width, points, "normal")[0]
    rest = text[len(head) :].strip()
    while rest and text_width(f"…{rest}", points) > width:
        rest = rest[1:]
    return [head, f"…{rest.lstrip()}"]


def fits(text: str, width: float, points: float, *, weight: str = "normal", lines: int = 2) -> bool:
    """Whether the text can stand in ``lines`` lines without a cut."""
    return len(_broken(text, width, points, weight)) <= lines


def _broken(text: str, width: float, points: float, weight: str) -> list[str]:
    """All lines of the text's first thousand characters: no chart prints more.

    Words are measured one by one, for most of them come again and again and are measured once.
    """
    space = text_width(" ", points, weight)
    found: list[str] = []
    line, used = "", 0.0
    words = text[:1000].split()
    while words:
        needed = text_width(words[0], points, weight)
        if used + needed <= width or (not line and needed <= width):
            line, used = f"{line} {words.pop(0)}".strip(), used + needed + space
        elif line:
            found.append(line)
            line, used = "", 0.0
        else:  # one word, wider than the line
            found.append(_longest_head(words[0], width, points, weight))
            words[0] = words[0][len(found[-1]) :]
    return [*found, line] if line else found


def _longest_head(word: str, width: float, points: float, weight: str) -> str:
    count = len(word)
    while count > 1 and text_width(word[:count], points, weight) > width:
        count -= 1
    return word[:count]


def _with_ellipsis(text: str, width: float, points: float, weight: str) -> str:
    """The text cut to the width, between words where no more than a third of it is lost by that."""
    while text and text_width(f"{text}…", points, weight) > width:
        text = text[:-1]
    between = text.rfind(" ")
    if between > len(text) * 2 / 3:
        text = text[:between]
    return f"{text.rstrip(' ,;:–—-')}…"
