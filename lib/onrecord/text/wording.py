"""The words of an article made ready for rules: lower case, by index, looked up by span.

Rules and models of ``onrecord.labels`` and ``onrecord.answers`` all read the same words, so that what one of them
points to as evidence is what the others see.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nltk.stem import SnowballStemmer

from onrecord.records import Article, Attribution, Span, Spans, Tokens

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_PLAIN_WORD = re.compile(r"\w+(?:[.\-]\w+)*|['’]\w+|[^\w\s]")
_STEMMER = SnowballStemmer("english")

#: Words that carry no content of their own; titles of persons too, for "Mr." tells no two actors apart.
FUNCTION_WORDS = frozenset(
    "a an the this that these those some any each every no not n't nor and or but so if as than then there here of "
    "in on at by for with from to into onto over under about after before during between against through out up "
    "down off within without i me my we us our you your he him his she her hers it its they them their who whom "
    "whose which what when where why how be is are was were been being am 's 're 've 'll 'd 'm have has had having "
    "do does did doing will would can could may might shall should must wo ca also just only even very too more "
    "most much many other such own same said say says mr mrs ms dr mr. mrs. ms. dr. sen. rep. gov. gen. sen rep gov "
    "-- – — `` '' \" ' , . : ; ? ! ( ) [ ] … ...".split()
)


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word ("accusations" → "accus"); needs no data."""
    return str(_STEMMER.stem(word))


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of an article: ``spans[i]`` is where, ``lower[i]`` how it reads (lower case, plain quotes).

    ``sentence[i]`` and ``paragraph[i]`` are the numbers of the sentence and of the block that word ``i`` stands in.
    """

    text: str
    spans: Spans
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]

    def within(self, spans: Iterable[Span]) -> list[int]:
        """Indices of the words that start inside ``spans``, in the order of the spans.

        A span that starts inside a word counts that word, so that "They've" cut as "They" + "'ve" loses nothing.
        """
        found: list[int] = []
        for start, end in spans:
            first = bisect_left(self.starts, start)
            if first and self.spans[first - 1].end > start and (not found or found[-1] < first - 1):
                first -= 1
            found.extend(range(first, bisect_left(self.starts, end)))
        return found

    def cover(self, indices: Sequence[int]) -> Spans:
        """Spans of the words ``indices``; neighbours are joined into one span."""
        runs: list[list[int]] = []
        for index in sorted(set(indices)):
            if runs and runs[-1][1] == index - 1:
                runs[-1][1] = index
            else:
                runs.append([index, index])
        return tuple(Span(self.spans[first].start, self.spans[last].end) for first, last in runs)

    def stems(self, indices: Iterable[int]) -> dict[str, list[int]]:
        """Stems of the words that carry content, each with the indices where it stands."""
        found: dict[str, list[int]] = {}
        for index in indices:
            word = self.lower[index]
            if word not in FUNCTION_WORDS and word[0].isalnum():
                found.setdefault(stem(word), []).append(index)
        return found


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of one attribution, by index into ``Wording``."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def read_wording(article: Article, tokens: Tokens) -> Wording:
    """The words of ``article`` as ``tokens`` has them."""
    spans: list[Span] = []
    sentence: list[int] = []
    paragraph: list[int] = []
    for number, each in enumerate(tokens.sentences):
        spans.extend(each.words)
        sentence.extend([number] * len(each.words))
        paragraph.extend([each.block] * len(each.words))
    lower = tuple(article.text[s:e].lower().translate(_PLAIN) for s, e in spans)
    return Wording(article.text, tuple(spans), lower, tuple(s for s, _ in spans), tuple(sentence), tuple(paragraph))


def plain_wording(article: Article) -> Wording:
    """The words of the text blocks where no tokens are at hand: cut at spaces and marks, without sentences."""
    spans: list[Span] = []
    paragraph: list[int] = []
    for number, block in enumerate(article.blocks):
        if block.is_text:
            found = [Span(*match.span()) for match in _PLAIN_WORD.finditer(article.text, *block.span)]
            spans.extend(found)
            paragraph.extend([number] * len(found))
    lower = tuple(article.text[s:e].lower().translate(_PLAIN) for s, e in spans)
    return Wording(article.text, tuple(spans), lower, tuple(s for s, _ in spans), tuple(paragraph), tuple(paragraph))


def parts_of(wording: Wording, attribution: Attribution) -> Parts:
    """The words of source, cue and content."""
    return Parts(
        *(tuple(wording.within(spans)) for spans in (attribution.source, attribution.cue, attribution.content))
    )
