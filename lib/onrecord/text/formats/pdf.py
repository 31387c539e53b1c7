"""PDF files that hold text: pages printed by a browser or a word processor, and articles as an archive gives them.

PDFium, the engine of Chromium, reads them: it alone of those tried gives back the words without gaps in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import Any

from onrecord.records import OnrecordError
from onrecord.text.formats.source import Draft, Drafts, Source, paragraphs_text

MAX_PAGES = 1_000
_ENDS = (".", "!", "?", "”", '."', '?"', '!"', "’", ":")
#: What a browser prints above and below a page: the hour with the page's title, and the address with "1/2".
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d\b.*|(?:https?|file)://\S+(?: \d+/\d+)?"
    r"|\d+ ?/ ?\d+|[-–—]? ?\d+ ?[-–—]?"
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}
)
#: PDFium's sign for a hyphen that parts a word at the end of a line.
_PARTED = ("\ufffe", "\x02")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line and where it stands, in points from the left and from the foot of the page."""

    words: str
    left: float
    right: float
    foot: float
    size: float


def read_pdf(source: Source) -> Drafts:
    """The paragraphs of a PDF's pages, without the lines that stand around every page.

    Raises ``OnrecordError`` where it holds no text (a scan), is locked or has more than ``MAX_PAGES`` pages. Not
    handled: scans; the menus and lists of links on a printed page, which are read as text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        raise OnrecordError(
            f"{source.place}: this PDF cannot be read. Is it damaged, or locked by a password? Print it to PDF anew."
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise OnrecordError(f"{source.place} has {len(document):,} pages: a book. Save its articles one by one.")
        pages = [list(_lines(page.get_textpage())) for page in document]
        name = " ".join(document.get_metadata_dict().get("Title", "").split())
    finally:
        document.close()
    paragraphs, outlet = _from_headline(list(_paragraphs(_without_frames(pages))), name)
    text = paragraphs_text(paragraphs)
    if not text:
        raise OnrecordError(
            f"{source.place}: there is no text in this PDF; it may be a scan. Run a text recognition over it first."
        )
    yield Draft(text, source.place, source.stem, outlet=outlet)


def _from_headline(paragraphs: list[str], name: str) -> tuple[list[str], str]:
    """The paragraphs without the menu above the headline, and the outlet: a page is named "headline | outlet"."""
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph.split()) >= 3 and name.startswith(paragraph):
            rest = name[len(paragraph) :]
            outlet = rest.strip(" |–—-·:")
            return paragraphs[number:], outlet if rest != outlet and len(outlet.split()) <= 6 else ""
    return paragraphs, ""


def _lines(page: Any) -> Iterator[_Line]:
    """The lines of a page with letters or digits on them, in PDFium's order."""
    from pypdfium2.raw import FPDFText_GetUnicode

    characters = [chr(FPDFText_GetUnicode(page.raw, index)) for index in range(page.count_chars())]
    filled: list[int] = []
    start = 0
    for index, character in enumerate([*characters, "\n"]):
        if character not in "\r\n":
            filled += [] if character.isspace() else [index]
            continue
        if filled:
            left, foot, _, top = page.get_charbox(filled[0], loose=True)
            right = page.get_charbox(filled[-1], loose=True)[2]
            words = "".join(characters[start:index]).translate(_LIGATURES).strip().replace("\0", "")
            yield _Line(words, left, right, foot, top - foot)
        filled, start = [], index + 1


def _without_frames(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """The pages without what a browser prints around them, and without the outer lines that stand on most of them."""
    outer = [{_same(line.words) for line in _outer(lines)} for lines in pages]
    count = Counter(key for keys in outer for key in keys)
    often = {key for key in count if count[key] > 1 and 2 * count[key] > len(pages)}
    return [
        [line for line in lines if not _PRINTED.fullmatch(line.words) and _same(line.words) not in often & keys]
        for lines, keys in zip(pages, outer, strict=True)
    ]


def _outer(lines: Sequence[_Line]) -> list[_Line]:
    """The two lines nearest to the head of the page and the two nearest to its foot."""
    by_height = sorted(lines, key=lambda line: line.foot)
    return by_height[:2] + by_height[2:][-2:]


def _same(words: str) -> str:
    """A line without its numbers: "page 1" and "page 2" are the same line."""
    return re.sub(r"\d+", "0", " ".join(words.split()))


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Lines joined to paragraphs, those that go on on the next page too."""
    paragraph = ""
    last: _Line | None = None
    for lines in pages:
        pitch, width = _pitch(lines), max((line.right for line in lines), default=0.0)
        for number, line in enumerate(lines):
            begins = last is not None and _begins(line, last, pitch, width, new_page=number == 0)
            if begins:
                yield paragraph
            parted = paragraph.endswith(_PARTED)
            joined = f"{paragraph[:-1]}{line.words}" if parted else f"{paragraph} {line.words}"
            paragraph = line.words if begins else joined
            last = line
    yield paragraph


def _pitch(lines: Sequence[_Line]) -> float:
    """From line to line within a paragraph, in letter sizes: the distance that a quarter of all do not reach."""
    steps = [(a.foot - b.foot) / a.size for a, b in pairwise(lines) if a.foot > b.foot and _alike(a, b) and a.size > 0]
    return quantiles(steps, n=4)[0] if len(steps) > 1 else float("inf")


def _alike(line: _Line, last: _Line) -> bool:
    return abs(line.size - last.size) < 0.2 * max(line.size, last.size)


def _begins(line: _Line, last: _Line, pitch: float, width: float, *, new_page: bool) -> bool:
    """Whether a line begins a paragraph: other letters, a gap, an indent, or a short line before it."""
    ended = last.words.endswith(_ENDS)
    if new_page or line.foot > last.foot:  # the next page, the next column
        return ended or not _alike(line, last)
    gap = last.foot - line.foot > 1.25 * pitch * last.size
    short = ended and last.right < 0.85 * width
    indented = ended and line.left > last.left + 0.7 * line.size
    return gap or short or indented or not _alike(line, last)
