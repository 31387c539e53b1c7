"""Verbs of speech that tell of no speech: a striker who claims a goal, a post that denies him."""

from __future__ import annotations

import functools

from onrecord.lexicon import Pattern, read_rows
from onrecord.records import Attribution, Spans

_LONGEST = 8


@functools.cache
def _patterns() -> tuple[Pattern, ...]:
    return tuple(Pattern.parse(row["pattern"]) for row in read_rows("doings"))


def is_doing(text: str, attribution: Attribution) -> bool:
    """Whether source, cue and the first words of the content are an idiom of ``lexicon/doings.csv``.

    Not handled: plain words for what is done ("the news recalled the worst days"), which only the sense tells apart.
    """
    words = [*_words(text, attribution.source)[-1:], *_words(text, attribution.cue)]
    words += _words(text, attribution.content)[:_LONGEST]
    return any(pattern.find(words) is not None for pattern in _patterns())


def _words(text: str, spans: Spans) -> list[str]:
    return [word.strip(".,;:“”\"'’").lower() for start, end in spans for word in text[start:end].split()]
