"""Nexis, the old site, saved as text: "2 of 10 DOCUMENTS", outlet, day, title, tags, story, tags, copyright."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.text.formats.clipping import Clipping, clipping, folded, is_copyright, is_date, runs

NAME = "Nexis (the old site, as text)"
MARK = re.compile(r"\s*(?P<number>\d+) of (?P<of>\d+) DOCUMENTS?\s*")
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z-]+(?: [A-Z-]+)*): ?(?P<value>.*)", re.DOTALL)
#: Tags that stand above the story; every other tag stands below it and ends it.
_ABOVE = frozenset("BYLINE LENGTH SECTION DATELINE HIGHLIGHT HEADLINE SERIES COLUMN SOURCE".split())
_BELOW = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE GRAPHIC SUBJECT ORGANIZATION GEOGRAPHIC PERSON COMPANY TICKER INDUSTRY NOTES "
    "URL JOURNAL-CODE DOCUMENT-TYPE CORRECTION-DATE DISTRIBUTION COUNTRY STATE CITY ACC-NO CORRECTION TYPE".split()
)
_LINES_TO_DATE = 5


def is_download(lines: Sequence[str], marks: Sequence[int]) -> bool:
    """Always: nobody writes such a line into a story."""
    return True


def cut(lines: Sequence[str], marks: Sequence[int]) -> list[int]:
    """The first line of each article, and the end. A mark that counts back, but not to 1, is words of a story."""
    cuts: list[int] = []
    last = 0
    for at in marks:
        match = MARK.fullmatch(lines[at])
        number = int(match["number"]) if match else 0
        if number == 1 or number > last:
            cuts.append(at)
            last = number
    return [*cuts, len(lines)]


def read(lines: Sequence[str]) -> Clipping | None:
    """The article that begins with its mark, or None where it does not follow the layout."""
    blocks = ["\n".join(run) for run in runs(lines[1:])]
    day = next((n for n, block in enumerate(blocks[: _LINES_TO_DATE + 1]) if n and is_date(folded(block))), None)
    if day is None:
        return None
    above: dict[str, str] = {}
    titles: list[str] = []
    body = day + 1
    for number, block in enumerate(blocks[day + 1 :], start=day + 1):
        tag = _TAG.match(block)
        if tag and tag["tag"] in _ABOVE:
            above[tag["tag"]] = tag["value"]
        elif above:
            break
        else:
            titles.append(block)
        body = number + 1
    title = above.get("HEADLINE") or " ".join(titles)
    story = _story(blocks[body:])
    return clipping(title, story, date=folded(blocks[day]), outlet=blocks[0], byline=above.get("BYLINE", ""))


def _story(blocks: Sequence[str]) -> list[str]:
    for number, block in enumerate(blocks):
        tag = _TAG.match(block)
        if (tag and tag["tag"] in _BELOW) or (is_copyright(block) and number >= len(blocks) - 2):
            return list(blocks[:number])
    return list(blocks)
