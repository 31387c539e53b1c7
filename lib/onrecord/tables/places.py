"""Where things stand in an article: paragraph of an offset, innermost statement of a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from onrecord.records import Analysis, Span, Statement


class Places:
    """Look-ups into one Analysis, built once: ``paragraph`` of an offset, ``owner`` of each word."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.sentences = analysis.tokens.sentences
        self.spans = analysis.tokens.words
        self.starts = [span.start for span in self.spans]
        self.is_word = [any(map(str.isalnum, analysis.article.text[s:e])) for s, e in self.spans]
        self._blocks = [block.span.start for block in analysis.article.blocks]
        self._by_id = {statement.id: statement for statement in analysis.statements}
        self.owner = self._owners()

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at ``offset``; 0 for the headline and for text outside all paragraphs."""
        index = bisect_right(self._blocks, offset) - 1
        return (self.analysis.article.blocks[index].number or 0) if index >= 0 else 0

    def within(self, span: Span) -> range:
        """Indices of the words that start inside ``span``."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def count_words(self, span: Span) -> int:
        return sum(self.is_word[index] for index in self.within(span))

    def depth(self, statement: Statement) -> int:
        """How many statements this one is nested in; a circle, which only a broken file can hold, ends the count."""
        seen = {statement.id}
        outer = statement.nested_in
        while outer is not None and outer in self._by_id and outer not in seen:
            seen.add(outer)
            outer = self._by_id[outer].nested_in
        return len(seen) - 1

    def outermost_first(self) -> list[Statement]:
        """Statements such that what stands later lies further in: by nesting, then the longer before the shorter."""
        return sorted(
            self.analysis.statements,
            key=lambda s: (self.depth(s), -sum(end - start for start, end in s.content)),
        )

    def _owners(self) -> list[str]:
        """Per word, the id of the innermost statement whose content holds it; empty for none."""
        owner = [""] * len(self.spans)
        for statement in self.outermost_first():
            for span in statement.content:
                for index in self.within(span):
                    owner[index] = statement.id
        return owner

    def owned_words(self) -> Iterator[tuple[int, str]]:
        """Index and owner of each word; punctuation marks are passed over."""
        return ((index, owner) for index, owner in enumerate(self.owner) if self.is_word[index])
