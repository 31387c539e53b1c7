"""Quotations with their marks, as spans into the text as received: double, within double, and British single ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from onrecord.records import Quotation, Span, Tokens

_MARK = re.compile("''|``|’’|[“”„«»\"＂‘'’]")
_DOUBLE = re.compile("''|``|’’|[“”„«»\"＂]")
_OPENERS, _CLOSERS = "“„«", "”»"
# A single mark opens before a word (no year: '90s; no clipped word: 'em) and closes after one.
_OPENING_SINGLE = re.compile(r"[‘'](?=(?!(?:em|til|tis|twas|cause|bout|n)\b)[^\W\d]|\d+[^\ds])", re.IGNORECASE)
_CLOSING_SINGLE = re.compile(r"(?<!\s)(?P<mark>[’'])(?P<plural>(?<=s.)(?=\s+[a-z]))?(?!\w)")


def find_quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Quotation, ...]:
    """The quotations in each paragraph, marks included, in order of their start.

    Level 1 stands in double marks, level 2 in single marks within. A quotation that its paragraph does not
    close ends there with ``closed=False``: either it goes on in the next paragraph (which then opens with a
    mark again, as newspapers do) or the closing mark is missing.

    >>> text = "“We said, ‘Go,’ and left,” he said."
    >>> [(text[q.span.start:q.span.end], q.level) for q in find_quotations(text, [Span(0, len(text))])]
    [('“We said, ‘Go,’ and left,”', 1), ('‘Go,’', 2)]

    A text without any double mark is read in British style, single marks as level 1:

    >>> text = "'It's the boats' fault,' he said."
    >>> [(text[q.span.start:q.span.end], q.level) for q in find_quotations(text, [Span(0, len(text))])]
    [("'It's the boats' fault,'", 1)]

    Not handled: single marks outside double ones in a text that has both, for they cannot be told from apostrophes.
    """
    paragraphs = list(paragraphs)
    is_british = not any(_DOUBLE.search(text, *paragraph) for paragraph in paragraphs)
    read = _british_quotations(text, paragraphs) if is_british else _double_quotations(text, paragraphs)
    return tuple(sorted(read, key=lambda q: (q.span.start, q.level)))


def _double_quotations(text: str, paragraphs: Iterable[Span]) -> Iterator[Quotation]:
    for paragraph in paragraphs:
        yield from _paragraph_quotations(text, paragraph)


def _paragraph_quotations(text: str, paragraph: Span) -> Iterator[Quotation]:
    opened: int | None = None
    inner: int | None = None
    for match in _MARK.finditer(text, *paragraph):
        role = _role_of(text, match, paragraph, opened is not None, inner is not None)
        if role == "open" and opened is None:
            opened = match.start()
        elif role == "close" and opened is not None:
            yield Quotation(Span(opened, match.end()))
            opened = inner = None
        elif role == "open inner" and opened is not None and inner is None:
            inner = match.start()
        elif role == "close inner" and inner is not None:
            yield Quotation(Span(inner, match.end()), level=2)
            inner = None
    if opened is not None:
        yield Quotation(Span(opened, paragraph.end), closed=False)


def _british_quotations(text: str, paragraphs: Sequence[Span]) -> Iterator[Quotation]:
    """Quotations in single marks, paragraph by paragraph; an apostrophe opens none.

    One that its paragraph does not close goes on in the next, which opens with a mark, or ends at what was taken for a
    plural's apostrophe ("'Days of darkness' has …").
    """
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        place = paragraph.start
        while (opened := _opening_single(text, place, paragraph)) is not None:
            end, plural = _closing_single(text, opened, paragraph)
            if end is None and plural is not None and not (following and text[following.start] in "‘'"):
                end = plural
            yield Quotation(Span(opened, end or paragraph.end), closed=end is not None)
            place = end or paragraph.end


def _opening_single(text: str, place: int, paragraph: Span) -> int | None:
    for match in _OPENING_SINGLE.finditer(text, place, paragraph.end):
        if match.start() == paragraph.start or not text[match.start() - 1].isalnum():
            return match.start()
    return None


def _closing_single(text: str, opened: int, paragraph: Span) -> tuple[int | None, int | None]:
    """Where the quotation ends, and where it would if the first plural's apostrophe ("the boats' nets") were a mark.

    An s before the mark and a small letter after it are a plural's where the quotation is more than a phrase: where it
    opens its paragraph or follows a mark.
    """
    is_phrase = text[paragraph.start : opened].rstrip()[-1:].isalnum()
    plural = None
    for match in _CLOSING_SINGLE.finditer(text, opened + 1, paragraph.end):
        if is_phrase or match["plural"] is None:
            return match.end("mark"), plural
        plural = plural or match.end("mark")
    return None, plural


def _role_of(text: str, match: re.Match[str], paragraph: Span, is_open: bool, inner_open: bool) -> str:
    """What a mark does: open, close, open inner, close inner or nothing."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    if mark in _OPENERS:
        return "open"
    if mark in _CLOSERS:
        return "close"
    if len(mark) == 2 or mark in '"＂':
        return _straight(before, after, is_open)
    if mark != "’" and not inner_open and not before.isalnum() and not after.isspace():
        return "open inner"
    if mark != "‘" and inner_open and not before.isspace() and not after.isalnum():
        return "close inner"
    return ""


def _straight(before: str, after: str, is_open: bool) -> str:
    """A straight mark opens where nothing is open, or where it stands before a word after a space."""
    if not is_open:
        return "open"
    return "open" if before.isspace() and not after.isspace() else "close"


def unclosed_quotations(tokens: Tokens) -> tuple[Quotation, ...]:
    """The quotations whose closing mark is missing: not those that the next paragraph takes up with a new mark."""
    opened = {quotation.span.start for quotation in tokens.quotations}
    starts = [sentence.span.start for sentence in tokens.sentences]
    return tuple(
        quotation
        for quotation in tokens.quotations
        if not quotation.closed and opened.isdisjoint(_next(starts, quotation.span.end))
    )


def _next(starts: list[int], place: int) -> list[int]:
    index = bisect_left(starts, place)
    return starts[index : index + 1]
