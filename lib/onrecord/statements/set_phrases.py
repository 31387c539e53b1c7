"""Statements told by set phrases: "had no comment", "calls to the firm were not returned", "…, which she denies".

A tagger that learned from verbs of speech passes them over. They are read by ``lexicon/set_phrases.csv`` and stand only
where the tagger saw no cue with a content.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.lexicon import read_rows
from onrecord.statements.tagger import Chunk
from onrecord.text import Words

#: The probability that it is a statement of the one named there, on articles of training.
SURE = 0.8
#: The source: up to ten words without a mark, the last one right before the phrase, from where its clause begins.
_WORD = r"[\w’'&\-]+(?:\.\w+)*\.?"
_BEFORE = rf"(?P<source>(?:{_WORD} ){{0,9}}?{_WORD})"
#: The same in a relative clause, whose subject holds none: "which the mayor denies", not "which made it hard to deny".
_SUBJECT = rf"(?P<source>(?:(?!(?:to|for|was|is|were|are|that|it|by|and)\b){_WORD} ){{0,5}}?{_WORD})"
#: The same where nothing of the phrase follows: up to a mark or what goes on about something else.
_LAST = rf"{_BEFORE}(?<!\.)(?=$|[,.;:!?]|\s(?:on|about|since|after|when|as|by|in|at|until|over|to)\b)"
_OPENING = r"(?:(?:^|[,;:—–] )(?:(?:and|but|while|though|because|as) )?|\b(?:and|but|while|though|because|as) )"


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Each set phrase: what of it needs no source, which most sentences lack and are soon done with, and the whole."""
    found = []
    for row in read_rows("set_phrases"):
        pattern = row["pattern"]
        opens = _OPENING if pattern.startswith("NP") else "" if pattern.startswith(("[", "(?P<content>[")) else r"\b"
        who = _LAST if pattern.endswith("NP") else _SUBJECT if pattern.startswith("[") else _BEFORE
        fixed = max(pattern.split("NP"), key=len)
        whole = opens + pattern.replace("NP", who)
        found.append((re.compile(fixed, re.IGNORECASE), re.compile(whole, re.IGNORECASE)))
    return tuple(found)


def set_phrases(words: Words, chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Source, cue and content of each set phrase that holds no cue and content of ``chunks``, one a sentence."""
    cues, contents = ([(c.first, c.last) for c in chunks if c.role == role] for role in ("cue", "content"))
    starts = [span.start for span in words.spans]
    for sentence in words.tokens.sentences:
        start, end = sentence.span
        text = words.text[start:end].replace("\n", " ")
        for fixed, whole in _patterns():
            match = whole.search(text) if fixed.search(text) else None
            if match is None:
                continue
            parts = {role: _words(starts, start, *match.span(role)) for role in ("source", "cue", "content")}
            inside = (parts["cue"][0], parts["content"][1])
            is_read = _overlaps(cues, inside) and _overlaps(contents, _words(starts, start, 0, end - start))
            if all(first < last for first, last in parts.values()) and not is_read:
                yield [Chunk(role, first, last, SURE) for role, (first, last) in parts.items()]
                break


def _words(starts: Sequence[int], offset: int, first: int, last: int) -> tuple[int, int]:
    """The words that begin within the characters ``first`` to ``last`` of a sentence that begins at ``offset``."""
    return bisect_left(starts, offset + first), bisect_left(starts, offset + last)


def _overlaps(ranges: Sequence[tuple[int, int]], one: tuple[int, int]) -> bool:
    return any(first < one[1] and one[0] < last for first, last in ranges)
