"""Word lists as data: rows of ``lexicon/*.csv``, and the small pattern language they are written in.

A pattern is a row of words that must stand one after the other:

- ``denied``     the word, in any case          - ``no|any``   one of these
- ``~deny``      any form of the verb            - ``critic*``  any word that begins so
- ``..``         up to three words of any kind   - ``^``        here the searched words begin; ``$`` they end

>>> from onrecord.lexicon.patterns import Pattern
>>> Pattern.parse("~deny .. request").find("he denied them that request".split())
(1, 5)
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

GAP = 3
_VOWELS = "aeiou"


def verb_forms(verb: str) -> frozenset[str]:
    """The regular forms of a verb; a final consonant also doubled, for no list of stress is kept.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']

    Irregular verbs are not handled: a list writes their forms out.
    """
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset({verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"})
    if verb.endswith("e"):
        return frozenset({verb, verb + "s", verb + "d", verb[:-1] + "ing"})
    s = "es" if verb.endswith(("s", "x", "ch", "sh", "z")) else "s"
    forms = {verb, verb + s, verb + "ed", verb + "ing"}
    if verb[-1] not in _VOWELS + "wxy" and len(verb) > 2 and verb[-2] in _VOWELS:
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms)


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern: words, or beginnings of words."""

    words: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.prefixes) and word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: ``items`` with ``None`` for a gap."""

    text: str
    items: tuple[Item | None, ...]
    at_start: bool = False
    at_end: bool = False

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern written as ``text``. Raises ``ValueError`` where it begins or ends with a gap or is empty."""
        parts = text.lower().split()
        at_start, at_end = parts[:1] == ["^"], parts[-1:] == ["$"]
        items = tuple(_item(part) for part in parts[at_start : len(parts) - at_end])
        if not items or items[0] is None or items[-1] is None:
            raise ValueError(f"pattern {text!r}: must begin and end with a word")
        return cls(text, items, at_start, at_end)

    def find(self, words: Sequence[str], start: int = 0) -> tuple[int, int] | None:
        """The first place in ``words`` from ``start`` on where the pattern stands, half-open; else None."""
        last = 1 if self.at_start else len(words)
        for place in range(start, last):
            end = self.match(words, place)
            if end is not None:
                return place, end
        return None

    def match(self, words: Sequence[str], place: int) -> int | None:
        """Where the pattern ends that begins at ``place``, or None."""
        if self.at_start and place:
            return None
        return _match(self, words, place, 0)


def _match(pattern: Pattern, words: Sequence[str], place: int, number: int) -> int | None:
    while number < len(pattern.items):
        item = pattern.items[number]
        if item is None:
            for skip in range(GAP + 1):
                end = _match(pattern, words, place + skip, number + 1)
                if end is not None:
                    return end
            return None
        if place >= len(words) or not item.fits(words[place]):
            return None
        place, number = place + 1, number + 1
    return place if not pattern.at_end or place == len(words) else None


def _item(part: str) -> Item | None:
    if part == "..":
        return None
    words: set[str] = set()
    prefixes: list[str] = []
    for option in part.split("|"):
        if option.startswith("~"):
            words |= verb_forms(option[1:])
        elif option.endswith("*") and len(option) > 1:
            prefixes.append(option[:-1])
        else:
            words.add(option)
    return Item(frozenset(words), tuple(prefixes))


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a word list: ``pattern``, where it is looked for, what it stands for."""

    pattern: Pattern
    where: str
    label: str
    strength: int
    name: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by the first word they can begin with, so that a search looks at few of them."""

    rules: tuple[Rule, ...]
    by_word: dict[str, tuple[int, ...]]
    by_prefix: dict[str, tuple[int, ...]]

    def openings(self, words: Sequence[str]) -> tuple[tuple[int, ...], ...]:
        """Per word the numbers of the rules that may begin with it."""
        sizes = sorted({len(prefix) for prefix in self.by_prefix})
        found = {word: self._opening(word, sizes) for word in set(words)}
        return tuple(found[word] for word in words)

    def _opening(self, word: str, sizes: Sequence[int]) -> tuple[int, ...]:
        further = {number for size in sizes for number in self.by_prefix.get(word[:size], ())}
        return (*self.by_word.get(word, ()), *sorted(further))

    def matches(
        self, words: Sequence[str], openings: Sequence[Sequence[int]], where: str
    ) -> Iterator[tuple[int, int, int]]:
        """(number of the rule, first, end) for each rule of ``where`` that fits; a rule once, at its first place.

        ``openings`` are those of ``words``.
        """
        seen: set[int] = set()
        for place, numbers in enumerate(openings):
            for number in numbers:
                rule = self.rules[number]
                if number in seen or where not in rule.where:
                    continue
                end = rule.pattern.match(words, place)
                if end is not None:
                    seen.add(number)
                    yield number, place, end


@functools.cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv``, each a mapping from column to text; lines that begin with # are comments."""
    text = files("onrecord").joinpath(f"lexicon/{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple({key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(lines))


@functools.cache
def read_rules(name: str) -> RuleBook:
    """The rules of ``lexicon/<name>.csv`` (columns pattern, where, label, strength, comment)."""
    rules = tuple(
        Rule(Pattern.parse(row["pattern"]), row["where"], row["label"], int(row["strength"]), row["pattern"])
        for row in read_rows(name)
    )
    by_word: dict[str, list[int]] = {}
    by_prefix: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        first = rule.pattern.items[0]
        assert first is not None  # parse refuses a pattern that begins with a gap
        for word in first.words:
            by_word.setdefault(word, []).append(number)
        for prefix in first.prefixes:
            by_prefix.setdefault(prefix, []).append(number)
    words, prefixes = ({key: tuple(found) for key, found in each.items()} for each in (by_word, by_prefix))
    return RuleBook(rules, words, prefixes)
