"""Statements within statements: what is read of a content as a text of its own, and which of it counts as nested.

PolNeAR's attributions do not overlap, so a tagger trained on them reads one level. What is said within what is
said ("media quoted officials as saying …") is found by reading each content again.
"""

from __future__ import annotations

import functools
import math
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
_FIRST = frozenset("i we you".split())
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
    is_long = len(contents.beginning_in(inner.content)) >= LEAST_OUTER_WORDS
    return min(model.threshold, model.nested) if marked and is_long else model.nested


def voices(contents: Words, inner: Attribution) -> dict[str, float]:
    """What speaks against a second voice: "he said he believes that …", "“We recognize …,” said Toner" are one.

    A pronoun that introduces a quotation is another matter: "“We’ve said, ‘You know, …’”".
    """
    word = contents.text[slice(*inner.source[0])].lower() if inner.source else ""
    if word not in _PRONOUNS or quote_type(contents, inner.content) != "indirect":
        return {}
    return {"first person": 1.0} if word in _FIRST else {"pronoun": 1.0}


def weighed(contents: Words, inner: Attribution, model: LinkerModel) -> Attribution:
    """``inner`` with its probability weighed by ``voices``."""
    found = voices(contents, inner)
    if not found or model.within is None:
        return inner
    chance = min(0.999, max(0.001, inner.score))
    odds = math.log(chance / (1 - chance)) + sum(model.within.weights.get(name, 0.0) for name in found)
    return replace(inner, score=1 / (1 + math.exp(-odds)))


def is_nested(contents: Words, inner: Attribution, outer: Attribution) -> bool:
    """Stands wholly inside the one content and is no mere pair of words."""
    spans = [*inner.source, *inner.cue, *inner.content]
    inside = all(any(s <= span.start and span.end <= e for s, e in outer.content) for span in spans)
    return inside and len(contents.beginning_in(inner.content)) >= LEAST_INNER_WORDS
