"""Downloads of news archives, several articles a file: which layout it is, and each article cut out of it.

A file that bears an archive's marks but does not follow its layout to the end is refused by the layout's name:
an article cut at the wrong line would put one paper's words into another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from onrecord.records import OnrecordError
from onrecord.text.formats import factiva, nexis, nexis_uni, proquest
from onrecord.text.formats.clipping import Clipping
from onrecord.text.formats.source import Draft, Drafts, Source

_Read = Callable[[Sequence[str]], Clipping | None]
_LAYOUTS = (nexis, nexis_uni, proquest, factiva)
#: What other languages and services write between two articles: seen, but not read.
_UNKNOWN = (
    ("Factiva with the pages in another language", re.compile(r"(?:Dokument|Documento|Document no\.) \w{15,}")),
    ("Nexis with the pages in another language", re.compile(r"\s*(?:Dokument|Documento) \d+ (?:von|de|di) \d+\s*")),
    (
        "a list of articles without a layout that is known",
        re.compile(r"\s*(?:Article|Document|Record|Item) \d+ of \d+\s*"),
    ),
)
_MANY = 2


def read_layout(source: Source, lines: Sequence[str]) -> Drafts | None:
    """The articles of a download, or None where these lines are not one.

    Raises ``OnrecordError``, naming the layout, where they look like one that is not known.
    """
    for layout in _LAYOUTS:
        marks = [number for number, line in enumerate(lines) if layout.MARK.fullmatch(line)]
        if marks and layout.is_download(lines, marks):
            return _articles(source, lines, layout.cut(lines, marks), layout.NAME, layout.read)
    for name, mark in _UNKNOWN:
        if sum(mark.fullmatch(line) is not None for line in lines) >= _MANY:
            raise OnrecordError(
                f"{source.place}: this looks like {name}, which cannot be cut into its articles. Download it in "
                "English, from Nexis, Nexis Uni, ProQuest or Factiva, or save each article as a file of its own."
            )
    return None


def _articles(source: Source, lines: Sequence[str], cuts: Sequence[int], name: str, read: _Read) -> Drafts:
    """A draft between each two cuts. Every article is told of; one that does not follow the layout, as an error."""
    for number, (start, end) in enumerate(pairwise(cuts), start=1):
        place = f"{source.place}, article {number}"
        found = read(lines[start:end])
        if found is None:
            yield OnrecordError(
                f"{place} (lines {start + 1:,} to {end:,}): this does not follow the layout of {name} and was not cut. "
                "Save this article as a file of its own."
            )
        else:
            yield Draft(
                found.text, place, f"{source.stem}-{number}", found.title, found.date, found.outlet, found.byline
            )
