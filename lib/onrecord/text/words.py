"""The words of an article, made ready once for all steps: by index, looked up by span.

Rules and models of every step read the same words, so that what one of them points to as evidence is what the
others see.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nltk.stem import SnowballStemmer

from onrecord.lexicon import read_rules
from onrecord.records import Article, Attribution, Quotation, Span, Spans, Tokens
from onrecord.text.tokens import tokenize

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
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
class Parts:
    """The words of one attribution, by index into ``Words``."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of ``article`` as ``tokens`` cuts them; word ``i`` stands at ``spans[i]``.

    ``forms[i]`` is how it is written, ``lower[i]`` the same in lower case with plain quotation marks, ``stems[i]`` the
    stem of that. ``sentence_of[i]`` and ``block_of[i]`` are the numbers of its sentence and of its block. Each is
    computed when it is first asked for, and once.

    >>> from onrecord.text.input_files import parse_article
    >>> words = Words.of(parse_article("“They’ve left,” said Toner."))
    >>> words.forms
    ('“', 'They', '’ve', 'left', ',', '”', 'said', 'Toner', '.')
    >>> [words.forms[i] for i in words.beginning_in([Span(3, 12)])]
    ['’ve', 'left']
    >>> [words.forms[i] for i in words.touching([Span(3, 12)])]
    ['They', '’ve', 'left']
    """

    article: Article
    tokens: Tokens

    @classmethod
    def of(cls, article: Article) -> Words:
        """The words of ``article``, cut by ``tokenize``."""
        return cls(article, tokenize(article.text, article.blocks))

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def spans(self) -> Spans:
        return self.tokens.words

    @functools.cached_property
    def forms(self) -> tuple[str, ...]:
        text = self.article.text
        return tuple(text[start:end] for start, end in self.spans)

    @functools.cached_property
    def lower(self) -> tuple[str, ...]:
        return tuple(form.lower().translate(_PLAIN) for form in self.forms)

    @functools.cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(map(stem, self.lower))

    @functools.cached_property
    def sentence_of(self) -> tuple[int, ...]:
        return tuple(n for n, sentence in enumerate(self.tokens.sentences) for _ in sentence.words)

    @functools.cached_property
    def block_of(self) -> tuple[int, ...]:
        return tuple(sentence.block for sentence in self.tokens.sentences for _ in sentence.words)

    def openings(self, book: str) -> Sequence[Sequence[int]]:
        """Per word the rules of ``lexicon/<book>.csv`` that may begin with it: looked up once for all statements."""
        if book not in self._openings:
            self._openings[book] = read_rules(book).openings(self.lower)
        return self._openings[book]

    @functools.cached_property
    def _openings(self) -> dict[str, Sequence[Sequence[int]]]:
        return {}

    @functools.cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Per word: does it stand within double quotation marks?"""
        inside = set(self.beginning_in(quotation.span for quotation in self._quotations))
        return tuple(i in inside for i in range(len(self.spans)))

    @functools.cached_property
    def quotation_edges(self) -> frozenset[int]:
        """The characters where outer quotations begin and end."""
        return frozenset(edge for quotation in self._quotations for edge in quotation.span)

    # -- words by span ----------------------------------------------------------------------------------------

    def beginning_in(self, spans: Iterable[Span]) -> list[int]:
        """The words (by index) that begin within ``spans``, in the order of the spans."""
        starts = self._starts
        return [i for s, e in spans for i in range(bisect_left(starts, s), bisect_left(starts, e))]

    def touching(self, spans: Iterable[Span]) -> list[int]:
        """The words that begin within ``spans``, and those that a span begins inside of, in the order of the spans.

        So "They've" cut as "They" + "'ve" loses nothing.
        """
        found: list[int] = []
        for start, end in spans:
            first = bisect_left(self._starts, start)
            if first and self.spans[first - 1].end > start and (not found or found[-1] < first - 1):
                first -= 1
            found.extend(range(first, bisect_left(self._starts, end)))
        return found

    def parts(self, attribution: Attribution) -> Parts:
        """The words of source, cue and content, those that a span begins inside of too."""
        spans = (attribution.source, attribution.cue, attribution.content)
        return Parts(*(tuple(self.touching(each)) for each in spans))

    def cover(self, indices: Iterable[int]) -> Spans:
        """The spans of the words ``indices``, in the order of the text; neighbours are joined into one span."""
        runs: list[list[int]] = []
        for index in sorted(set(indices)):
            if runs and runs[-1][1] == index - 1:
                runs[-1][1] = index
            else:
                runs.append([index, index])
        return tuple(Span(self.spans[first].start, self.spans[last].end) for first, last in runs)

    def content_stems(self, indices: Iterable[int]) -> dict[str, list[int]]:
        """Stems of the words that carry content, each with the indices where it stands."""
        found: dict[str, list[int]] = {}
        for index in indices:
            word = self.lower[index]
            if word not in FUNCTION_WORDS and word[0].isalnum():
                found.setdefault(self.stems[index], []).append(index)
        return found

    # -- what stands at a character ---------------------------------------------------------------------------

    def index(self, place: int) -> int:
        """The first word that begins at or after the character ``place``."""
        return bisect_left(self._starts, place)

    def sentence(self, place: int) -> int:
        """The sentence that the character ``place`` belongs to; -1 before the first."""
        return bisect_right(self._sentence_starts, place) - 1

    def block(self, sentence: int) -> int:
        """The block (paragraph) of a sentence; -1 where there is none."""
        return self.tokens.sentences[sentence].block if 0 <= sentence < len(self.tokens.sentences) else -1

    def quotation(self, place: int) -> Quotation | None:
        """The outer quotation around the character ``place``, if there is one."""
        number = bisect_right(self._quotations, place, key=lambda quotation: quotation.span.start) - 1
        found = self._quotations[number] if number >= 0 else None
        return found if found is not None and place < found.span.end else None

    def quotations_within(self, spans: Iterable[Span]) -> Iterator[Quotation]:
        """The quotations of either level that lie whole within one of ``spans``."""
        quotations = self.tokens.quotations
        for start, end in spans:
            first = bisect_left(quotations, start, key=lambda quotation: quotation.span.start)
            for quotation in islice(quotations, first, None):
                if quotation.span.start >= end:
                    break
                if quotation.span.end <= end:
                    yield quotation

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.spans]

    @functools.cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.tokens.sentences]

    @functools.cached_property
    def _quotations(self) -> Sequence[Quotation]:
        return [quotation for quotation in self.tokens.quotations if quotation.level == 1]
