"""Statements within statements: what is read of a content as a text of its own, and which of it counts as nested.

PolNeAR's attributions do not overlap, so a tagger trained on them reads one level. What is said within what is
said ("media quoted officials as saying …") is found by reading each content again.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.models import read_json
from onrecord.records import Attribution, Quotation, Sentence, Span, Spans, Tokens
from onrecord.statements.linker import LinkerModel
from onrecord.statements.quote_types import quote_type

#: A content of fewer words holds no statement of its own, and a nested content has at least the second number.
LEAST_OUTER_WORDS, LEAST_INNER_WORDS = 6, 3
_PRONOUNS = frozenset("i we he she they it you who".split())
#: How many contents may begin between the start of one and a place within it.
_REACH = 60


class Contents:
    """The contents of an article's attributions, looked up by place."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._spans = sorted((start, i, end) for i, each in enumerate(attributions) for start, end in each.content)

    def around(self, place: int, number: int) -> list[int]:
        """The attributions, without ``number`` itself, whose content holds the character ``place``: innermost first."""
        last = bisect_right(self._spans, (place, len(self._spans), 0))
        near = self._spans[max(0, last - _REACH) : last]
        return [
            i for _, i in sorted((end - start, i) for start, i, end in near if start <= place < end and i != number)
        ]


def contents_as_tokens(text: str, tokens: Tokens, found: Sequence[Attribution], first: int) -> Tokens:
    """The contents from ``found[first]`` on as a text of their own; ``Sentence.block`` is the index in ``found``."""
    sentences: list[Sentence] = []
    quotations: list[Quotation] = []
    for index in range(first, len(found)):
        if _may_hold_statement(text, tokens, found[index].content):
            sentences.extend(_sentences_within(text, tokens, found[index].content, index))
            quotations.extend(_quotations_within(tokens, found[index]))
    return Tokens(tuple(sentences), tuple(quotations))


def _may_hold_statement(text: str, tokens: Tokens, content: Spans) -> bool:
    words = [text[s:e].lower() for s, e in map(tokens.words.__getitem__, tokens.within(content))]
    return len(words) >= LEAST_OUTER_WORDS and not _cue_words().isdisjoint(words)


@functools.cache
def _cue_words() -> frozenset[str]:
    """Words that are cues often enough to read a content again: a parameter of training/train_linker.py."""
    return frozenset(read_json("cue_words.json"))


def _sentences_within(text: str, tokens: Tokens, content: Spans, block: int) -> Iterator[Sentence]:
    """The sentences of the content, or what of them is in it; the marks of a direct quotation do not belong to them."""
    direct = quote_type(tokens, content) == "direct"
    edges = {edge for q in tokens.quotations if direct and q.level == 1 for edge in q.span}
    for span in content:
        first = bisect_left(tokens.sentences, span.start, key=lambda sentence: sentence.span.end)
        for sentence in tokens.sentences[first:]:
            if sentence.span.start >= span.end:
                break
            inside = (word for word in sentence.words if span.start <= word.start and word.end <= span.end)
            words = tuple(word for word in inside if text[word.start].isalnum() or edges.isdisjoint(word))
            if words:
                yield Sentence(Span(words[0].start, words[-1].end), words, block)


def _quotations_within(tokens: Tokens, outer: Attribution) -> Iterator[Quotation]:
    """Quotations inside the content, one level up where the content is itself quoted."""
    within_quotation = quote_type(tokens, outer.content) == "direct"
    for quotation in tokens.quotations:
        if any(s <= quotation.span.start and quotation.span.end <= e for s, e in outer.content):
            level = quotation.level - within_quotation
            if level:
                yield replace(quotation, level=level)


def ended(inner: Attribution, quotations: Mapping[int, Span]) -> Attribution:
    """A content that opens with a quotation within a quotation is that alone: beside it the outer voice speaks."""
    quoted = tuple(Span(s, min(e, quotations[s].end)) for s, e in inner.content if s in quotations)
    return replace(inner, content=quoted) if quoted else inner


def least_score(contents: Tokens, inner: Attribution, quotations: Mapping[int, Span], model: LinkerModel) -> float:
    """How sure a nested statement must be: less so where marks set its whole content off from the outer voice."""
    marked = all(quotations.get(span.start) == span for span in inner.content)
    return model.threshold if marked and len(contents.within(inner.content)) >= LEAST_OUTER_WORDS else model.nested


def is_nested(text: str, contents: Tokens, inner: Attribution, outer: Attribution) -> bool:
    """Has a source, stands wholly inside the one content, and is not that content over again.

    "He said he believes that …", "“We recognize …,” said Toner" is one voice, not two: a pronoun as source counts only
    where it introduces a quotation ("“We’ve said, ‘You know, …’”").
    """
    spans = [*inner.source, *inner.cue, *inner.content]
    inside = all(any(s <= span.start and span.end <= e for s, e in outer.content) for span in spans)
    if not inner.source or not inside or len(contents.within(inner.content)) < LEAST_INNER_WORDS:
        return False
    own_voice = text[slice(*inner.source[0])].lower() in _PRONOUNS
    return not own_voice or quote_type(contents, inner.content) != "indirect"
