"""What an archive's layout gives for one article, and what the layouts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.text.dates import find_day

_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|\(c\) |©|All Rights Reserved)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clipping:
    """One article of a download. ``text`` holds title and paragraphs, without the archive's own lines."""

    text: str
    title: str
    date: str
    outlet: str
    byline: str = ""


def clipping(title: str, paragraphs: Sequence[str], *, date: str, outlet: str, byline: str = "") -> Clipping | None:
    """The article, or None where its layout was not understood: no title, day, outlet or not one paragraph."""
    title, outlet = folded(title), folded(outlet)
    body = list(filter(None, map(folded, paragraphs)))
    day = find_day(date)
    if not (title and outlet and day and body):
        return None
    return Clipping("\n\n".join([title, *body]), title, day, outlet, by(folded(byline)))


def folded(words: str) -> str:
    return " ".join(words.split())


def by(name: str) -> str:
    """A byline as newspapers write it: "Jane Doe" is "By Jane Doe"."""
    return name if not name or name.lower().startswith("by ") else f"By {name}"


def is_copyright(line: str) -> bool:
    return _COPYRIGHT.match(line) is not None


def is_date(line: str) -> bool:
    """Whether a line is a day, perhaps with weekday and hour, and little else."""
    words = re.findall(r"[^\W\d_]{3,}", line)
    return len(line) < 70 and find_day(line) is not None and len(words) <= 6


def runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines with a blank one before and after: paragraphs of a text that was wrapped at a fixed width."""
    run: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            run.append(line)
        elif run:
            yield run
            run = []
