"""What kind of cue links source and content: speech verb, other verb, noun, according to, punctuation, none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.lexicon import reporting_words
from onrecord.records import Spans

CUE_KINDS = ("speech verb", "other verb", "noun", "according to", "punctuation", "none")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A word that makes a noun of what follows it: articles, possessives, quantifiers.
_DETERMINER = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|your|this|that|these|those|no|any|some|many|several|such|of)|['’]s|s['’])"
    r"(?:\s+[a-z]+(?:al|ic|ed|ous|ive|ful|y|er|or|ing|new|own|old))?\s*$",
    re.IGNORECASE,
)
_NOUN_ENDING = re.compile(r"(?:tion|sion|ment|ness|ance|ence|ity|ism|ship|tions|sions|ments|ances|ences|ities)$")


def has_reporting_word(words: Iterable[str]) -> bool:
    """Is one of ``words`` (lower case) a word of reported speech?"""
    return not reporting_words().isdisjoint(words)


def cue_kind(text: str, cue: Spans) -> str:
    """One of ``CUE_KINDS``, by the words of the cue and what stands before them.

    >>> cue_kind("his claim that it rains", ((4, 9),)), cue_kind("he did claim that it rains", ((3, 12),))
    ('noun', 'speech verb')

    A rule of thumb without a parser, for grouping scores: "noun" is a word after an article or a possessive, or with
    the ending of one. Not handled: nouns that stand bare ("fears that", "reports say").
    """
    words = [match.group().lower() for start, end in cue for match in _WORD.finditer(text, start, end)]
    if not cue:
        return "none"
    if not words:
        return "punctuation"
    if "according" in words:
        return "according to"
    start, end = cue[0]
    head = text[start:end].split()[0]
    if (
        _DETERMINER.search(text, max(0, start - 40), start)
        or _DETERMINER.fullmatch(head)
        or _NOUN_ENDING.search(words[-1])
    ):
        return "noun"
    return "speech verb" if has_reporting_word(words) else "other verb"
