"""The words of an article by position: looked up by span, with their sentences and quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from onrecord.records import Article, Quotation, Span, Spans, Tokens


class WordView:
    """Read-only look-up over the words of one article; every method takes logarithmic time."""

    def __init__(self, article: Article, tokens: Tokens) -> None:
        self.text = article.text
        self.tokens = tokens
        self.spans: list[Span] = []
        self.sentence_of: list[int] = []
        for number, sentence in enumerate(tokens.sentences):
            self.spans.extend(sentence.words)
            self.sentence_of.extend([number] * len(sentence.words))
        self.words: list[str] = [article.text[start:end] for start, end in self.spans]
        self._starts = [span.start for span in self.spans]
        self._sentence_starts = [sentence.span.start for sentence in tokens.sentences]
        self._quotations: list[Quotation] = [q for q in tokens.quotations if q.level == 1]
        self._quotation_starts = [q.span.start for q in self._quotations]

    def within(self, spans: Iterable[Span]) -> list[int]:
        """The words (indices) that begin within ``spans``, in order."""
        return [i for s, e in spans for i in range(bisect_left(self._starts, s), bisect_left(self._starts, e))]

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
        number = bisect_right(self._quotation_starts, place) - 1
        found = self._quotations[number] if number >= 0 else None
        return found if found is not None and place < found.span.end else None

    def span(self, indices: list[int]) -> Spans:
        """One span per unbroken run of words."""
        runs: list[Span] = []
        for i in indices:
            start, end = self.spans[i]
            if runs and i and self.spans[i - 1].end == runs[-1].end:
                runs[-1] = Span(runs[-1].start, end)
            else:
                runs.append(Span(start, end))
        return tuple(runs)
