"""The lines of an article and what each is: headline, byline, label, paragraph or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.records import Span
from onrecord.text.dates import find_day
from onrecord.text.furniture import opens_list, outlets, why_furniture

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = "\ufeff\u200b\u200e\u200f"
#: Marks of headings in plain text: "= The Talks =".
_HEADING = "="
_SENTENCE_END = tuple(".!?”\"’':)…;")
_QUOTES = tuple("“\"„«‘'`＂")
_DASH = "-–—―‒−"
_SMALL = r"(?:and|of|for|the|in|at|to|on|with|de|del|della|da|di|van|von|der|den|la|le|al|el|bin|ibn|y|&)"
_NAME = r"[^\W\d_a-z][\w.'’\-]*"
_NAMES = rf"{_NAME}(?:[,;]?\s+(?:{_SMALL}\s+)*{_NAME}){{1,14}}"
_BY = r"(?:(?:Written|Reported|Story|WRITTEN|REPORTED|STORY)\s+)?(?:by|By|BY):?"
_AFTER_NAME = rf"\s*[|•·{_DASH}/(,]\s*\S+(?:\s+\S+){{0,5}}(?<![.!?])"
_BYLINE = re.compile(rf"{_BY}\s+(?:{_NAMES}|AP|AFP|UPI|Reuters|REUTERS|Staff|STAFF)(?:{_AFTER_NAME})?")
_INLINE_BYLINE = re.compile(rf"(?P<byline>{_BY}\s+{_NAMES})\s*[–—―-]+\s+(?=\S)")
_CAPITALS = r"[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]*){0,3}(?:,\s+[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,2})?"
_PLACE = rf"{_NAME}(?:,?\s+(?:{_SMALL}\s+)?{_NAME}){{0,4}}"
_DAY = r"[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?"
_AGENCY = r"\([A-Z][\w/.’' \-]{1,24}\)"
_DATELINE = re.compile(
    rf"(?P<dateline>{_CAPITALS}(?:[,;]?\s+{_DAY})?(?:\s+{_AGENCY})?"
    rf"|{_PLACE}(?:[,;]?\s+{_DAY})?\s+{_AGENCY}"
    rf"|{_PLACE},\s+{_DAY})\s*[{_DASH}]+\s+(?=\S)"
)
_NO_PLACE = re.compile(r"(?:EXCLUSIVE|UPDATED?|BREAKING|WATCH|VIDEO|AUDIO|PHOTOS?|ANALYSIS|OPINION|REVIEW|LIVE|NEW)\b")
_CREDIT = re.compile(r"\(([^)]+)\)$")
_LABEL = re.compile(rf"(?:(?:{_NAME}|{_SMALL})[,;]?\s+)*{_NAME}(?:\s*[(\[][^()\[\]]*[)\]])?\s*:")
MAX_HEADLINE_WORDS = 32
#: Between these widths, in characters, plain text is wrapped.
MIN_WIDTH, MAX_WIDTH = 55, 100
MAX_LABEL_WORDS = 14
#: So many lines such as "TRUMP:" make a transcript; a single one may be "CORRECTION:".
MIN_TRANSCRIPT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text that stands by itself, and what it is (a kind of ``Block``)."""

    span: Span
    kind: str


def find_lines(text: str) -> list[Span]:
    """The lines with something on them, without white space and "=" at their ends; hard-wrapped prose is joined.

    >>> [tuple(line) for line in find_lines("One\\r\\n\\r\\n  Two ")]
    [(0, 3), (9, 12)]
    """
    stripped = (_strip(text, *match.span()) for match in _LINE.finditer(text))
    lines = [span for span in stripped if span.start < span.end]
    return _unwrapped(text, lines)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE + _HEADING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE + _HEADING):
        end -= 1
    return Span(start, end)


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    """Lines joined to paragraphs where the text was wrapped at a fixed width, as old e-mail and wire copy is."""
    width = max((end - start for start, end in lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return lines
    runs_on = [_runs_on(text, last, line, width) for last, line in pairwise(lines)]
    broken = sum(on and not text.endswith(_SENTENCE_END, 0, last.end) for on, last in zip(runs_on, lines, strict=False))
    if 2 * sum(runs_on) < len(lines) or 3 * broken < 2 * sum(runs_on):
        return lines
    joined = lines[:1]
    for on, line in zip(runs_on, lines[1:], strict=True):
        if on:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _runs_on(text: str, last: Span, line: Span, width: int) -> bool:
    """Whether ``line`` follows at once and its first word would not have fitted on the line before."""
    between = text[last.end : line.start].replace("\r\n", "\n")
    first_word = text[line.start : line.end].split(None, 1)[0]
    return between.strip(" \t") in ("\n", "\r") and last.end - last.start + 1 + len(first_word) > width


def classify(text: str, lines: Sequence[Span], *, title: str = "") -> Iterator[Line]:
    """Each line with its kind; a byline that opens a paragraph becomes a line of its own.

    Not handled: readers' comments, a headline over several lines (its later lines count as paragraphs).
    """
    kinds = _furniture(text, lines)
    texts = [number for number, kind in enumerate(kinds) if kind == "paragraph"]
    if len(texts) > 1 and _is_headline(_words(text, lines[texts[0]]), title):
        kinds[texts[0]] = "headline"
        texts = texts[1:]
    for number in texts[:3]:  # a byline stands above the story, perhaps with a deck between headline and byline
        if _BYLINE.fullmatch(_words(text, lines[number])):
            kinds[number] = "byline"
    for number in _labels(text, lines, [number for number in texts if kinds[number] == "paragraph"]):
        kinds[number] = "label"
    opening = [number for number in texts if kinds[number] == "paragraph"][:2]
    for number, (span, kind) in enumerate(zip(lines, kinds, strict=True)):
        yield from _cut_byline(text, span) if number in opening else [Line(span, kind)]


def _furniture(text: str, lines: Sequence[Span]) -> list[str]:
    """A kind per line, furniture or paragraph; numbers and links by the company they keep."""
    words = [_words(text, span) for span in lines]
    rules = [why_furniture(line) for line in words]
    texts = [number for number, rule in enumerate(rules) if not rule]
    story = range(texts[2], texts[-1]) if len(texts) > 3 else range(0)
    above = texts[4] if len(texts) > 4 else len(lines)  # headline, deck, byline and a date may stand above the story
    kinds: list[str] = []
    in_list = False
    for number, (line, rule) in enumerate(zip(words, rules, strict=True)):
        if rule == "counter" and number in story:
            rule = ""  # a number amid the story belongs to a list or a table of it
        link = in_list and len(line) < 120 and not line.endswith(_SENTENCE_END)
        date = number < above and _is_date(line)
        in_list = link or (bool(rule) and opens_list(line))
        kinds.append("furniture" if rule or link or date else "paragraph")
    return kinds


def _is_date(words: str) -> bool:
    """A line that is a date and little else."""
    return len(words) < 60 and find_day(words) is not None and len(re.findall(r"[^\W\d_]{3,}", words)) <= 4


def _is_headline(words: str, title: str) -> bool:
    """The given title, or a short first line that is neither a label, a dateline nor the story's first sentences."""
    if title and _folded(words) == _folded(title):
        return True
    if words.endswith(":") or _BYLINE.fullmatch(words) or _INLINE_BYLINE.match(words) or find_dateline(words):
        return False
    count = len(words.split())
    is_prose = words.endswith((".", ".”", '."', ",”", ',"')) and words[:-2].count(". ") + words.count(", ") > 1
    return count <= MAX_HEADLINE_WORDS and not (count > 20 and is_prose)


def _labels(text: str, lines: Sequence[Span], texts: Sequence[int]) -> list[int]:
    """Names and titles before a colon with a quotation after it; speakers in capitals where a transcript has some."""
    labels = [(n, following) for n, following in pairwise(texts) if _is_label(_words(text, lines[n]))]
    capitals = [n for n, _ in labels if _words(text, lines[n]).isupper()]
    quoted = [n for n, following in labels if text.startswith(_QUOTES, lines[following].start)]
    return quoted + (capitals if len(capitals) >= MIN_TRANSCRIPT else [])


def _is_label(words: str) -> bool:
    return words.endswith(":") and len(words.split()) <= MAX_LABEL_WORDS and _LABEL.fullmatch(words) is not None


def _cut_byline(text: str, span: Span) -> Iterator[Line]:
    match = _INLINE_BYLINE.match(text, *span)
    if match is None:
        yield Line(span, "paragraph")
        return
    yield Line(_strip(text, match.start(), match.end()), "byline")
    yield Line(_strip(text, match.end(), span.end), "paragraph")


def find_byline(words: str) -> str:
    """The byline without the dash that ends it: "BY JANE DOE –" is "BY JANE DOE"."""
    return words.rstrip(_DASH + " \u00a0")


def find_dateline(words: str) -> str:
    """The dateline that opens a paragraph, without its dash; empty where there is none.

    >>> find_dateline("KABUL, Sept. 27 (Reuters) – Talks resumed."), find_dateline("Talks resumed.")
    ('KABUL, Sept. 27 (Reuters)', '')
    """
    match = _DATELINE.match(words)
    return match["dateline"] if match and not _NO_PLACE.match(words) else ""


def find_outlet(line: str) -> str:
    """The agency that a dateline or byline credits, by its full name; empty where none is.

    >>> find_outlet("WASHINGTON (AP)"), find_outlet("By Jane Doe, Reuters"), find_outlet("By Jane Doe")
    ('Associated Press', 'Reuters', '')
    """
    credit = _CREDIT.search(line)
    if credit:
        return outlets().get(credit[1].upper(), credit[1])
    last = re.split(r",|\||/|\bby\b|\bof\b", line, flags=re.IGNORECASE)[-1].strip(" :")
    return outlets().get(last.upper(), "")


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
