"""A place in an article by its exact words and their neighbours: found again where exactly one place fits, or not.

Nothing is matched by likeness: a sentence that merely resembles the one that was corrected is another sentence.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.records import Span

#: Characters on each side that have to agree, at least; more where these do not tell the place from a look-alike.
NEIGHBOURS = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a span, white space folded, what stands before and after them, and where the span began."""

    words: str
    before: str
    after: str
    start: int


class AnchoredText:
    """A text in which spans are anchored and anchors are found again; runs of white space count as one space."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._places = _fold(text)

    def anchor(self, span: Span) -> Anchor:
        """The anchor of the span, with neighbours long enough that no other place of the text has it.

        Raises ``ValueError`` where the span holds no word.
        """
        first, last = bisect_left(self._places, span.start), bisect_left(self._places, span.end)
        words = self._folded[first:last]
        first += len(words) - len(words.lstrip())
        words = words.strip()
        if not words:
            raise ValueError(f"the span {tuple(span)} holds no word")
        last, room = first + len(words), NEIGHBOURS
        while True:
            before, after = self._folded[max(first - room, 0) : first], self._folded[last : last + room]
            anchor = Anchor(words, before.lstrip(), after.rstrip(), self._places[first])
            if len(self._all(anchor)) == 1 or room > len(self._folded):
                return anchor
            room *= 2

    def find(self, anchor: Anchor, *, same_text: bool) -> Span | None:
        """The span of the one place that fits, or None where none or several do.

        With ``same_text`` (the hash of the article agrees) that is the place where it was anchored.
        """
        if same_text:
            first = bisect_left(self._places, anchor.start)
            last = first + len(anchor.words)
            if not anchor.words or self._folded[first:last] != anchor.words:
                return None
            return Span(self._places[first], self._places[last - 1] + 1)
        places = self._all(anchor)
        return places[0] if len(places) == 1 else None

    def _all(self, anchor: Anchor) -> list[Span]:
        wanted = anchor.before + anchor.words + anchor.after
        found, at = [], self._folded.find(wanted)
        while at >= 0:
            first = at + len(anchor.before)
            last = first + len(anchor.words) - 1
            found.append(Span(self._places[first], self._places[last] + 1))
            at = self._folded.find(wanted, at + 1)
        return found


@functools.lru_cache(maxsize=8)
def anchored_text(text: str) -> AnchoredText:
    """The text ready for anchors; kept, for each correction asks for it."""
    return AnchoredText(text)


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with each run of white space as one space, and where each character of it stands."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isspace():
            folded.append(character)
            places.append(place)
        elif folded and folded[-1] != " ":
            folded.append(" ")
            places.append(place)
    return "".join(folded), places
