"""Statements within statements: what is read of a content as a text of its own, and which of it counts as nested.

PolNeAR's attributions do not overlap, so a tagger trained on them reads one level. What is said within what is
said ("media quoted officials as saying …") is found by reading each content again.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from onrecord.models import read_json
from onrecord.records import Attribution, Quotation, Sentence, Span, Spans, Tokens
from onrecord.statements.linker import LinkerModel
from onrecord.statements.quote_types import quote_type
from onrecord.text import Words

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


def contents_as_words(words: Words, found: Sequence[Attribution], first: int) -> Words:
    """The contents from ``found[first]`` on as a text of their own; ``Sentence.block`` is the index in ``found``."""
    sentences: list[Sentence] = []
    quotations: list[Quotation] = []
    for index in range(first, len(found)):
        if _may_hold_statement(words, found[index].content):
            sentences.extend(_sentences_within(words, found[index].content, index))
            quotations.extend(_quotations_within(words, found[index]))
    return Words(words.article, Tokens(tuple(sentences), tuple(quotations)))


def _may_hold_statement(words: Words, content: Spans) -> bool:
    inside = words.beginning_in(content)
    return len(inside) >= LEAST_OUTER_WORDS and not _cue_words().isdisjoint(words.lower[i] for i in inside)


@functools.cache
def _cue_words() -> frozenset[str]:
    """Words that are cues often enough to read a content again: a parameter of training/train_linker.py."""
    return frozenset(read_json("cue_words.json"))


def _sentences_within(words: Words, content: Spans, block: int) -> Iterator[Sentence]:
    """The sentences of the content, or what of them is in it; the marks of a direct quotation do not belong to them."""
    edges = words.quotation_edges if quote_type(words, content) == "direct" else frozenset()
    sentences = words.tokens.sentences
    for span in content:
        first = bisect_left(sentences, span.start, key=lambda sentence: sentence.span.end)
        for sentence in islice(sentences, first, None):
            if sentence.span.start >= span.end:
                break
            inside = (word for word in sentence.words if span.start <= word.start and word.end <= span.end)
            kept = tuple(word for word in inside if words.text[word.start].isalnum() or edges.isdisjoint(word))
            if kept:
                yield Sentence(Span(kept[0].start, kept[-1].end), kept, block)


def _quotations_within(words: Words, outer: Attribution) -> Iterator[Quotation]:
    """Quotations inside the content, one level up where the content is itself quoted."""
    within_quotation = quote_type(words, outer.content) == "direct"
    for quotation in words.quotations_within(outer.content):
        level = quotation.level - within_quotation
        if level:
            yield replace(quotation, level=level)


def ended(inner: Attribution, quotations: Mapping[int, Span]) -> Attribution:
    """A content that opens with a quotation within a quotation is that alone: beside it the outer voice speaks."""
    quoted = tuple(Span(s, min(e, quotations[s].end)) for s, e in inner.content if s in quotations)
    return replace(inner, content=quoted) if quoted else inner


def least_score(contents: Words, inner: Attribution, quotations: Mapping[int, Span], model: LinkerModel) -> float:
    """How sure a nested statement must be: less so where marks set its whole content off from the outer voice."""
    marked = all(quotations.get(span.start) == span for span in inner.content)
    return (
        model.threshold if marked and len(contents.beginning_in(inner.content)) >= LEAST_OUTER_WORDS else model.nested
    )


def is_nested(contents: Words, inner: Attribution, outer: Attribution) -> bool:
    """Has a source, stands wholly inside the one content, and is not that content over again.

    "He said he believes that …", "“We recognize …,” said Toner" is one voice, not two: a pronoun as source counts only
    where it introduces a quotation ("“We’ve said, ‘You know, …’”").
    """
    spans = [*inner.source, *inner.cue, *inner.content]
    inside = all(any(s <= span.start and span.end <= e for s, e in outer.content) for span in spans)
    if not inner.source or not inside or len(contents.beginning_in(inner.content)) < LEAST_INNER_WORDS:
        return False
    own_voice = contents.text[slice(*inner.source[0])].lower() in _PRONOUNS
    return not own_voice or quote_type(contents, inner.content) != "indirect"
