"""ProQuest, saved as text: a line of underscores, "Document 2 of 10", the title, then fields ("Full text:")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.text.formats.clipping import Clipping, clipping, runs

NAME = "ProQuest (as text)"
MARK = re.compile(r"\s*_{40,}\s*")
_NUMBER = re.compile(r"\s*Document \d+ of \d+\s*")
_NAMES = (
    "Title|Author|Publication info|Publication title|Publication date|Publication year|Publication subject|Abstract|"
    "Full text|Full Text|Links|Subject|Location|People|Company / organization|Classification|Credit|Copyright|"
    "Illustration|Illustrations|Caption|Pages|First page|Section|Place of publication|Country of publication|Publisher|"
    "ISSN|Source type|Language of publication|Document type|Document feature|ProQuest document ID|Document URL|"
    "Last updated|Database|Dateline|Column|Edition|Identifier / keyword|Business indexing term|Volume|Issue|URL"
)
_FIELD = re.compile(rf"(?P<name>{_NAMES}):(?: (?P<value>.*)|\s*)")


def is_download(lines: Sequence[str], marks: Sequence[int]) -> bool:
    """Whether fields of ProQuest's stand between its lines."""
    names = {match["name"] for match in map(_FIELD.fullmatch, lines) if match}
    return "ProQuest document ID" in names and bool(names & {"Full text", "Full Text"})


def cut(lines: Sequence[str], marks: Sequence[int]) -> list[int]:
    """The lines of underscores that stand over a document with an id; the list of contents at the end is none."""
    ends = [*marks, len(lines)]
    starts = [a for a, b in pairwise(ends) if _has_id(lines[a:b])]
    if marks and _has_id(lines[: marks[0]]):
        starts.insert(0, 0)
    last = next((at for at in ends if starts and at > starts[-1]), len(lines))
    return [*starts, last]


def _has_id(lines: Sequence[str]) -> bool:
    return any(line.startswith("ProQuest document ID:") for line in lines)


def read(lines: Sequence[str]) -> Clipping | None:
    """The article of one document, or None where it does not follow the layout or has no full text."""
    kept = [line for line in lines if not MARK.fullmatch(line) and not _NUMBER.fullmatch(line)]
    fields: dict[str, list[str]] = {"": []}
    name = ""
    for line in kept:
        field = _FIELD.fullmatch(line)
        if field:
            name = field["name"]
            fields[name] = [field["value"] or ""]
        else:
            fields[name].append(line)
    story = fields.get("Full text") or fields.get("Full Text") or []
    return clipping(
        " ".join(fields.get("Title") or fields[""]),
        ["\n".join(run) for run in runs(story)],
        date=" ".join(fields.get("Publication date", [])),
        outlet=" ".join(fields.get("Publication title", [])).split(";")[0],
        byline=" ".join(fields.get("Author", [])),
    )
