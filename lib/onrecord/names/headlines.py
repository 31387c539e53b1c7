"""Sentences whose capitals tell no names: headlines in title case and shouted ones.

"Carly Adler Endorses Tom Beck" is one run of capitals. Names end there before words that are none: those that the
article writes in lower case elsewhere, the verbs of headlines, and nouns such as "Supporters" and "Report".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from onrecord.lexicon import headline_verbs, lists
from onrecord.names.capitalized_runs import APOSTROPHES

_TITLE_CASE = 0.6
#: Longer words that headlines too leave in lower case.
_SMALL = frozenset("with from into over than that this upon amid about after against before between under".split())
#: The most words of a name that is looked up.
_LONGEST = 6
_SHOUTED = frozenset("THE OF IN ON TO FOR AND IS ARE IT ITS THAT WITH HOW WHAT WHY A AT BY AS".split())
_ADVERBS = frozenset(
    "finally really actually just still fully reportedly officially already again also never now not only allegedly "
    "apparently literally".split()
)
Words = Sequence[str]


def is_title_case(words: Words) -> bool:
    """Whether most of the longer words are capitalised, as in a headline: capitals then tell no names."""
    longer = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) > _TITLE_CASE * len(longer)


def is_headline(words: Words) -> bool:
    """Whether all longer words but prepositions are capitalised, three or more of them.

    >>> is_headline("Adler Says Bridge Will Stand".split()), is_headline("Adler met Tom Beck".split())
    (True, False)
    """
    longer = [word for word in words if len(word) > 2 and word[0].isalpha() and word not in _SMALL]
    lower = [word for word in longer if word[0].islower() and (len(word) > 3 or word in headline_verbs())]
    return len(longer) - len(lower) > 2 and not lower


def is_shouted(words: Words) -> bool:
    """Whether a sentence is written in capitals throughout, which then tell no names."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 1 and all(word.isupper() for word in longer)


def loud_end(words: Words, first: int, last: int) -> int:
    """Where a shouted heading ends within the run ``first`` to ``last``; ``first`` where the run opens with none.

    >>> loud_end("STORM HITS THE HARBOUR Kari Lund".split(), 0, 6), loud_end("ASSOCIATED PRESS".split(), 0, 2)
    (4, 0)
    """
    end = first
    while end < last and words[end].isupper():
        end += 1
    if end - first < 3 or not (_SHOUTED.intersection(words[first:end]) or is_shouted(words[first:end])):
        return first
    return end if last - end != 1 else last  # a word that is left opens the sentence behind the heading


class Usage:
    """How an article writes its words outside of headlines: in lower case, or as names.

    ``sentences`` are the words of the sentences whose capitals tell names, ``names`` the names found in them.
    """

    def __init__(self, sentences: Iterable[Words], names: Iterable[tuple[str, ...]]) -> None:
        self.lower: Counter[str] = Counter()
        self.upper: Counter[str] = Counter()
        for words in sentences:
            self.lower.update(word for word in words if word[0].islower())
            self.upper.update(word.lower() for word in words[1:] if word[0].isupper())
        self.names = set(names)

    def is_common(self, word: str, follower: str = "") -> bool:
        """Whether a capitalised word of a headline is no part of a name; ``follower`` stands behind it."""
        known, plain = lists(), word.lower()
        if follower in APOSTROPHES:  # the Nurses' Union
            return False
        if word in known.titles or word in known.places or word in known.organization_words:
            return False
        if plain in headline_verbs() or plain in _ADVERBS or known.nouns.get(plain) in ("group", "document"):
            return True
        if word in known.first_names or follower in known.organization_words:  # the Harbour Department
            return False
        return plain in known.nouns or self.lower[plain] > self.upper[plain]

    def _is_left_over(self, word: str) -> bool:
        """Whether a word that stands alone between common words is one too: "Campaign" of "Lund's Campaign Says"."""
        plain = word.lower()
        return self.is_common(word) or (self.lower[plain] > 0 and self.lower[plain] >= self.upper[plain])

    def parts(self, words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The names within the run ``first`` to ``last`` of a headline: what common words leave, known names whole."""
        for begin, end in self._parts(words, first, last):
            if end - begin > 1 or not self._is_left_over(words[begin]):
                yield begin, end

    def _parts(self, words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
        begin = place = first
        while place < last:
            end = self._known_end(words, place, last)
            if end:
                place = end
            elif self.is_common(words[place], words[place + 1] if place + 1 < last else ""):
                if place > begin:
                    yield begin, place
                begin = place = place + 1
            else:
                place += 1
        if last > begin:
            yield begin, last

    def _known_end(self, words: Words, place: int, last: int) -> int:
        """Where the longest known name of several words ends that begins at ``place``; 0 where none does."""
        longest = range(min(last, place + _LONGEST), place + 1, -1)
        return next((end for end in longest if tuple(words[place:end]) in self.names), 0)
