"""What the encoder reads: whole paragraphs packed into windows of word pieces, with what the pieces lose.

The encoder's vocabulary is lower-case and its windows may open inside a quotation, so each word also carries a
feature: its shape (lower, Title, UPPER, mixed, number, mark) and whether it stands in a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.records import Tokens
from onrecord.text import Words

MAX_PIECES = 220
MAX_PIECES_PER_WORD = 12
SHAPES = ("lower", "title", "upper", "mixed", "number", "mark")
#: Feature of the pieces that are no words: [CLS], [SEP].
SPECIAL_FEATURE = 3 * len(SHAPES)
N_FEATURES = SPECIAL_FEATURE + 1


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``first`` to ``last`` (exclusive) of the article; ``breaks`` are the words that open a paragraph."""

    first: int
    last: int
    breaks: frozenset[int]


def word_shape(word: str) -> int:
    """Index into ``SHAPES``."""
    if not any(map(str.isalnum, word)):
        return 5
    if word[0].isdigit():
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


def word_features(words: Words) -> list[int]:
    """One feature per word: shape + 6 × depth of quotation (0 outside, 1 in double marks, 2 nested)."""
    depth = [0] * len(words.forms)
    for quotation in words.tokens.quotations:
        for index in words.beginning_in([quotation.span]):
            depth[index] = max(depth[index], quotation.level)
    return [word_shape(form) + len(SHAPES) * deep for form, deep in zip(words.forms, depth, strict=True)]


def windows(tokens: Tokens, pieces: Sequence[int], *, limit: int = MAX_PIECES, skip: int = 0) -> Iterator[Window]:
    """Windows of whole paragraphs, each of at most ``limit`` pieces ([CLS] and [SEP]s counted).

    A paragraph over the limit is cut between sentences, a sentence over it between words. ``pieces`` holds the
    number of pieces per word. ``skip`` makes the first window shorter by so many pieces (training sees other
    windows in every epoch).
    """
    breaks: set[int] = set()
    first, size = 0, 1 + skip
    for begin, end, opens in _units(tokens, pieces, limit - 2):
        cost = sum(pieces[begin:end]) + opens
        if size + cost + 1 > limit and begin > first:
            yield Window(first, begin, frozenset(breaks))
            first, size, breaks = begin, 1, set()
        size += cost
        if opens:
            breaks.add(begin)
    if first < len(pieces):
        yield Window(first, len(pieces), frozenset(breaks))


def _units(tokens: Tokens, pieces: Sequence[int], limit: int) -> Iterator[tuple[int, int, bool]]:
    """Stretches of words that stay together where they can: paragraphs, then sentences, then runs of words."""
    index = 0
    for _, sentences in groupby(tokens.sentences, key=lambda sentence: sentence.block):
        lengths = [len(sentence.words) for sentence in sentences]
        total = sum(lengths)
        opens = True
        for length in [total] if sum(pieces[index : index + total]) < limit else lengths:
            for begin, end in _cut(pieces, index, index + length, limit):
                yield begin, end, opens
                opens = False
            index += length


def _cut(pieces: Sequence[int], begin: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    size, first = 0, begin
    for word in range(begin, end):
        if size + pieces[word] >= limit:
            yield first, word
            first, size = word, 0
        size += pieces[word]
    if first < end:
        yield first, end
