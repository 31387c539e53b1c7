"""Which lines of an article's page are not the article: counters, captions, buttons, promotion.

A line is furniture by its words (``lexicon/furniture.csv``, whole line, any case) or by its shape. Where in doubt a
line is text: a caption that is analysed costs a row to delete, prose that is passed over is lost in silence.
"""

from __future__ import annotations

import functools
import re

from onrecord.lexicon import read_rows

_PLAIN = str.maketrans("’‘“”\u00a0\u202f\u2009", "''\"\"   ")
#: Longer lines are prose, whatever they open with.
MAX_FURNITURE = 1_500
_SHAPES = {
    "no letters": re.compile(r"[\W_]*"),
    "counter": re.compile(r"[+#]?\(?\d[\d.,/:]*\s?[kKmM%+]?\)?\.?"),
    "time": re.compile(r"\[?\(?\d{1,2}[:.]\d\d( ?[ap]\.?m\.?)?( [A-Z]{2,4}T?)?\)?\]?[.:]?", re.IGNORECASE),
    "address": re.compile(
        r"\(?(e-?mail: ?|twitter: ?)?(\S+@\S+\.\w+|@\w+|(https?://|www\.)\S+)[.,;|)]?", re.IGNORECASE
    ),
    "tag": re.compile(r"(\s*</?[a-zA-Z!][^<>]*>\s*)+"),
}


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Each pattern of the word list, with whether it is the heading of a list of links."""
    return tuple(
        (re.compile(rf"(?:{row['pattern']})\s*[.:;…>»]*", re.IGNORECASE), row["opens_list"] == "yes")
        for row in read_rows("furniture")
    )


def why_furniture(line: str) -> str:
    """The rule that makes this line furniture, in words; empty where it is text.

    >>> why_furniture("2038"), bool(why_furniture("Comments")), why_furniture("The mayor resigned.")
    ('counter', True, '')

    Not handled: readers' comments under an article, menus of a whole page, other languages than English.
    """
    plain = _plain(line)
    if len(plain) > MAX_FURNITURE:
        return ""
    for name, shape in _SHAPES.items():
        if shape.fullmatch(plain):
            return name
    return next((pattern.pattern for pattern, _ in _patterns() if pattern.fullmatch(plain)), "")


def opens_list(line: str) -> bool:
    """Whether this line heads a list of links to other articles ("Related stories")."""
    plain = _plain(line)
    return len(plain) < 60 and any(opens and pattern.fullmatch(plain) for pattern, opens in _patterns())


def _plain(line: str) -> str:
    return " ".join(line.translate(_PLAIN).split())


@functools.cache
def outlets() -> dict[str, str]:
    """Short forms of agencies and outlets, in capitals, with their full names (``lexicon/outlets.csv``)."""
    return {row["short"]: row["outlet"] for row in read_rows("outlets")}
