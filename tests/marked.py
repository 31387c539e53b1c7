"""Cases written as marked text: <s>source</s> <c>cue</c> <t>content</t>, numbered in the order of their contents."""

from __future__ import annotations

import re

from onrecord.records import Article, Attribution, Block, Span
from onrecord.text.words import Words

_MARK = re.compile(r"<(/?)([sct])>")


def read_marked(marked: str) -> tuple[Words, tuple[Attribution, ...]]:
    """The words of the article without its marks, and an attribution per <t>…</t> with source and cue of its line.

    A line is a paragraph and holds at most one statement.
    """
    text, attributions = "", []
    for line in marked.split("\n"):
        plain, spans = _unmark(line, len(text))
        text += plain + "\n\n"
        if spans["t"]:
            attributions.append(Attribution(tuple(spans["s"]), tuple(spans["c"]), tuple(spans["t"])))
    found = enumerate(re.finditer(r"[^\n]+", text), 1)
    blocks = tuple(Block(Span(*match.span()), "paragraph", number) for number, match in found)
    return Words.of(Article(text, blocks=blocks)), tuple(attributions)


def _unmark(line: str, offset: int) -> tuple[str, dict[str, list[Span]]]:
    spans: dict[str, list[Span]] = {"s": [], "c": [], "t": []}
    plain, last, start = "", 0, 0
    for match in _MARK.finditer(line):
        plain += line[last : match.start()]
        if match.group(1):
            spans[match.group(2)].append(Span(offset + start, offset + len(plain)))
        else:
            start = len(plain)
        last = match.end()
    return plain + line[last:], spans
