"""Nexis Uni (and Lexis Advance), saved as .docx or .rtf: title, outlet, day, "Body", story, "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.text.formats.clipping import Clipping, clipping, folded, is_copyright, is_date

NAME = "Nexis Uni"
MARK = re.compile(r"\s*End of Document\s*")
_BODY = re.compile(r"\s*Body\s*")
_AFTER = re.compile(r"\s*(?:Classification|Load-Date:.*|Graphic|Notes|Correction)\s*")
_FIELD = re.compile(r"(?P<name>[A-Z][\w-]+):[\s\xa0](?P<value>.*)")


def is_download(lines: Sequence[str], marks: Sequence[int]) -> bool:
    """Whether a "Body" stands over the first of its ends."""
    return any(_BODY.fullmatch(line) for line in lines[: marks[0]])


def cut(lines: Sequence[str], marks: Sequence[int]) -> list[int]:
    """The line after each end, from the first line on; the list of contents goes with the first article."""
    rest = [len(lines)] if any(_BODY.fullmatch(line) for line in lines[marks[-1] + 1 :]) else []
    return [0, *(at + 1 for at in marks), *rest]


def read(lines: Sequence[str]) -> Clipping | None:
    """The article before its "End of Document", or None where it does not follow the layout."""
    body = next((n for n, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if body is None:
        return None
    above = [folded(line) for line in lines[:body] if line.strip()]
    day = next((n for n in reversed(range(len(above))) if is_date(above[n]) and not _FIELD.match(above[n])), None)
    if day is None or day < 2:
        return None
    fields = {m["name"]: m["value"] for m in map(_FIELD.match, above[day + 1 :]) if m}
    story = []
    for line in lines[body + 1 :]:
        if _AFTER.fullmatch(line) or MARK.fullmatch(line):
            break
        story.append(line)
    while story and (not story[-1].strip() or is_copyright(story[-1])):
        story.pop()
    return clipping(
        above[day - 2], story, date=above[day], outlet=above[day - 1].split("(")[0], byline=fields.get("Byline", "")
    )
