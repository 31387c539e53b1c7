"""What is compared when two sets of statements are compared: words by number, whatever tokenizer made the spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Span, Spans, Statement

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*|[^\w\s]|_")
_MARK = re.compile("''|``|’’|[\"“”＂]")
#: Share of words that two contents must have in common (intersection over union) to be one statement.
LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a text. Marks count for agreement only, never for precision and recall."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lower: tuple[str, ...]
    is_word: tuple[bool, ...]
    quoted: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        matches = list(_TOKEN.finditer(text))
        quotations = list(double_quotations(text))
        firsts = [s for s, _ in quotations]
        starts = tuple(match.start() for match in matches)
        return cls(
            starts,
            tuple(match.end() for match in matches),
            tuple(match.group().lower() for match in matches),
            tuple(match.group()[0].isalnum() for match in matches),
            tuple((k := bisect_right(firsts, s)) > 0 and s < quotations[k - 1][1] for s in starts),
        )

    def within(self, spans: Spans, *, marks: bool = False) -> list[int]:
        """The numbers of the words that ``spans`` touch; with ``marks`` those of punctuation too."""
        found = []
        for start, end in spans:
            index = bisect_right(self.ends, start)
            while index < len(self.starts) and self.starts[index] < end:
                if marks or self.is_word[index]:
                    found.append(index)
                index += 1
        return found


def double_quotations(text: str) -> Iterator[Span]:
    """What stands in double quotation marks, marks included; an open one ends with its line.

    Kept apart from ``tokens.find_quotations``, which an engine reads by: a yardstick must not bend with it.

    >>> [tuple(q) for q in double_quotations("He “may” go. ''Now")]
    [(3, 8), (13, 18)]
    """
    offset = 0
    for line in text.split("\n"):
        opened: int | None = None
        for match in _MARK.finditer(line):
            if opened is None:
                opened = match.start() if _opens(line, match, is_open=False) else None
            elif not _opens(line, match, is_open=True):
                yield Span(offset + opened, offset + match.end())
                opened = None
        if opened is not None:
            yield Span(offset + opened, offset + len(line))
        offset += len(line) + 1


def _opens(line: str, match: re.Match[str], *, is_open: bool) -> bool:
    mark = match.group()
    if mark[0] in "“`":
        return True
    if mark[0] in "”’":
        return False
    before, after = line[match.start() - 1 : match.start()] or " ", line[match.end() : match.end() + 1] or " "
    return not is_open or (before.isspace() and not after.isspace())


@dataclass(frozen=True, slots=True)
class Compared:
    """One statement as sets of word numbers. ``core`` is the content without a leading "that"."""

    statement: Statement
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    core: frozenset[int]
    quote: str


def compared(words: Words, statements: Iterable[Statement], discard: Spans = ()) -> list[Compared]:
    """The statements to compare; those without a content word, or with half of it in ``discard``, are left out."""
    dropped = set(words.within(discard, marks=True))
    kept = []
    for statement in statements:
        full = set(words.within(statement.content))
        content = full - dropped
        if full and 2 * len(content) > len(full):
            source, cue = (frozenset(words.within(s)) - dropped for s in (statement.source, statement.cue))
            kept.append(
                Compared(statement, source, cue, frozenset(content), _core(words, content), _quote(words, content))
            )
    return kept


def _core(words: Words, content: set[int]) -> frozenset[int]:
    first = min(content)
    return frozenset(content - {first} if len(content) > 1 and words.lower[first] == "that" else content)


def _quote(words: Words, content: set[int]) -> str:
    quoted = sum(words.quoted[i] for i in content)
    return "direct" if quoted == len(content) else "mixed" if quoted else "indirect"


def match_relaxed(gold: Sequence[Compared], predicted: Sequence[Compared]) -> dict[int, int]:
    """Gold → predicted, one to one: best overlap of contents first, among equals one that shares a source word."""
    holders: dict[int, set[int]] = defaultdict(set)
    for j, p in enumerate(predicted):
        for word in p.content:
            holders[word].add(j)
    candidates = []
    for i, g in enumerate(gold):
        for j in {j for word in g.content for j in holders.get(word, ())}:
            p = predicted[j]
            overlap = len(g.content & p.content) / len(g.content | p.content)
            if overlap >= LEAST_OVERLAP:
                candidates.append((-overlap, not g.source & p.source, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def match_strict(gold: Sequence[Compared], predicted: Sequence[Compared]) -> dict[int, int]:
    """Gold → predicted, one to one, where the contents are the same words but for a leading "that"."""
    pool: dict[frozenset[int], list[int]] = defaultdict(list)
    for j, p in enumerate(predicted):
        pool[p.core].append(j)
    return {i: pool[g.core].pop(0) for i, g in enumerate(gold) if pool.get(g.core)}


def source_agrees(gold: Compared, predicted: Compared) -> bool:
    """A word in common; where the gold has no source, the prediction must have none."""
    return bool(gold.source & predicted.source) if gold.source else not predicted.source
