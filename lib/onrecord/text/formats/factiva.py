"""Factiva, saved as text or .rtf: title, byline, "355 words", day, outlet, …, story, "Document GRDN0000…".

Two forms of one layout: plain, and with a code before each field (HD, BY, WC, PD, SN, LP, TD, AN: "full article plus
indexing").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.text.formats.clipping import Clipping, clipping, folded, is_copyright, is_date

NAME = "Factiva"
MARK = re.compile(r"\s*(?:AN[\s\xa0]+)?Document [A-Z][A-Z0-9]{9,}[a-z0-9]+\s*")
_WORDS = re.compile(r"\s*[\d,. ]+ words\s*")
_OUTLET_CODE = re.compile(r"[A-Z0-9]{2,8}")
_LANGUAGE = re.compile(r"\s*English\s*")
_CODE = re.compile(
    r"(?P<code>SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM)"
    r"(?:[\t\xa0 ]+(?P<value>.*)|\s*)"
)


def is_download(lines: Sequence[str], marks: Sequence[int]) -> bool:
    """Whether the count of words stands over the first of its ends."""
    return any(_WORDS.fullmatch(line.removeprefix("WC")) for line in lines[: marks[0]])


def cut(lines: Sequence[str], marks: Sequence[int]) -> list[int]:
    """The line after each end, from the first line on. What follows the last end is the search, not an article."""
    return [0, *(at + 1 for at in marks)]


def read(lines: Sequence[str]) -> Clipping | None:
    """The article before its "Document …", or None where it does not follow the layout."""
    kept = [line for line in lines if not MARK.fullmatch(line)]
    coded = any((match := _CODE.fullmatch(line)) and match["code"] == "WC" for line in kept)
    return _coded(kept) if coded else _plain(kept)


def _coded(lines: Sequence[str]) -> Clipping | None:
    fields: dict[str, list[str]] = {"": []}
    code = ""
    for line in lines:
        field = _CODE.fullmatch(line)
        if field and field["code"] not in fields:
            code = field["code"]
            fields[code] = [field["value"] or ""]
        else:
            fields[code].append(line)
    return clipping(
        " ".join(fields.get("HD", [])),
        [*fields.get("LP", []), *fields.get("TD", [])],
        date=" ".join(fields.get("PD", [])),
        outlet=" ".join(fields.get("SN", [])),
        byline=" ".join(fields.get("BY", [])),
    )


def _plain(lines: Sequence[str]) -> Clipping | None:
    filled = [folded(line) for line in lines if line.strip()]
    words = next((n for n, line in enumerate(filled) if _WORDS.fullmatch(line)), None)
    if not words or len(filled) <= words + 2 or not is_date(filled[words + 1]):
        return None
    above = filled[:words]
    byline = above.pop() if len(above) > 1 and above[-1].lower().startswith("by ") else ""
    head = words + 2
    while head < len(filled) and re.fullmatch(r"\d\d?:\d\d(?: [A-Z]{2,4})?", filled[head]):
        head += 1
    outlet = filled[head] if head < len(filled) else ""
    story = _story_start(filled, head + 1)
    if story is None:
        return None
    return clipping(above[-1], filled[story:], date=filled[words + 1], outlet=outlet, byline=byline)


def _story_start(lines: Sequence[str], head: int) -> int | None:
    """The line after language and copyright, which stand within some lines of the outlet; None where they do not."""
    near = range(head, min(head + 6, len(lines)))
    language = next((n for n in near if _LANGUAGE.fullmatch(lines[n])), None)
    if language is None:
        return None
    story = language + 1
    while story < len(lines) and is_copyright(lines[story]):
        story += 1
    return story
