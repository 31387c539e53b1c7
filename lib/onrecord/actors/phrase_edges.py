"""Where the words of a source begin and end: without what leads to it, marks, asides and additions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.lexicon import lists
from onrecord.names import APOSTROPHES, POSSESSIVE
from onrecord.text import Words

MARKS = frozenset(", . : ; - — – -- ( ) “ ” \" `` '' ‘ ’ ' … [ ] \u200f".split())
POSSESSIVE_MARKS = POSSESSIVE | APOSTROPHES
_LEADING = frozenset("by according to even both from among neither said but while although especially".split())
#: Words that lead to a source in lower case only: "in media reports", but "On the Record" may be a name.
_PLACING = frozenset("on in for within".split())
_TRAILING = frozenset("both all each alike themselves himself herself itself who that".split())
#: What unnamed sources say of themselves: who was not authorized to speak, who did not want to be named.
_UNNAMED = frozenset("authorized anonymity anonymously record".split())
_CLITICS = frozenset("'ve ’ve 're ’re 'll ’ll 'd ’d 'm ’m".split())
_RELATIVES = frozenset("who which whose whom where".split())
_ASIDES = frozenset(", ( — – -- -".split())
_DASHES = frozenset("— – -- -".split())
#: What opens an addition behind a comma: ", a retired judge"; ", the most active of them"; ", often in Oslo".
_ADDED = frozenset("a an the someone often now drawn".split())
_JOINS = frozenset("and or but & nor".split())
DETERMINERS = frozenset("the a an this that these".split())
#: Words before "of the" that leave out nobody, or everybody: none of the judges, all of the judges.
_WHOLE = frozenset("all none".split())
_TIMES = frozenset("year month week season".split())
_CLOSING = {"(": ")", "[": "]", "“": "”", "‘": "’", "``": "''"}


def trim(words: Words, indices: Sequence[int]) -> list[int]:
    """Without marks at the ends, without what leads to the source ("according to"), without a final possessive.

    A closing mark stays where what it closes was opened within: "voters of the “Bernie or Bust” kind (in Oslo)".
    """
    forms, kept = words.forms, list(indices)
    while kept and forms[kept[-1]] in MARKS | POSSESSIVE_MARKS | _CLITICS and not _closes(forms, kept):
        kept.pop()
    if len(kept) > 1 and forms[kept[-1]] in _TRAILING:
        kept.pop()
    while kept and (forms[kept[0]] in MARKS or (len(kept) > 1 and _leads(forms[kept[0]]))):
        kept.pop(0)
    return kept


def _leads(word: str) -> bool:
    return word.lower() in _LEADING or word in _PLACING


def _closes(forms: Sequence[str], indices: Sequence[int]) -> bool:
    """Whether the last word is a closing mark whose opening mark stands among the words before it, unclosed."""
    mark = forms[indices[-1]]
    return any(
        mark == closing and sum((forms[i] == opening) - (forms[i] == closing) for i in indices[:-1]) == 1
        for opening, closing in _CLOSING.items()
    )


def without_determiner(words: Words, indices: list[int]) -> list[int]:
    """Without the article, "only", "all the" and "none of the" before the noun; "this" of "this year's" stays."""
    forms, place = [words.forms[i].lower() for i in indices], 0
    while place < len(forms) - 1:
        word, follower = forms[place], forms[place + 1]
        if word in _WHOLE and forms[place + 1 : place + 3] == ["of", "the"] and len(forms) > place + 3:
            place += 3
        elif word == "all" and follower == "the" and len(forms) > place + 2:
            place += 2
        elif word in DETERMINERS and not (word == "this" and follower in _TIMES):
            place += 1
        elif word == "only":
            return indices[place + 1 :]
        else:
            break
    return indices[place:]


def without_aside(words: Words, indices: list[int]) -> list[int]:
    """Without what a comma or a bracket adds at the end: ", who was not named"; ", some of whom fled"."""
    forms = words.forms
    for place, i in enumerate(indices):
        if place and forms[i].startswith("@") and not forms[i - 1].islower():  # "Drew Adler (@drew)"
            return trim(words, indices[:place])
    for place in range(1, len(indices) - 1):
        mark, follower = forms[indices[place]], forms[indices[place + 1]].lower()
        if mark == "who" and (said := _unnamed_from([forms[i] for i in indices[place:]])):
            return indices[: place + said - 1]
        if (mark in _ASIDES and (follower in _RELATIVES or _of_whom(forms, indices[place + 1 :]))) or (
            mark == "," and follower == "speaking"
        ):
            kept = indices[:place]
            nouns = lists().nouns
            is_document = nouns.get(forms[kept[-1]].lower()) == "document"
            return indices if is_document else kept  # who wrote it may stand there
    return indices


def _unnamed_from(clause: Sequence[str]) -> int:
    """Where in a clause the source says that it will not be named, counted from 1; 0 where it does not.

    The clause says nothing else, or "and" joins it: who saw both reports | and spoke on the condition of anonymity.
    """
    for place, word in enumerate(clause):
        if word in _UNNAMED or (word in ("named", "identified") and clause[place - 1] == "be"):
            joins = [k for k in range(place) if clause[k] == "and"]
            return joins[-1] + 1 if joins else 1
    return 0


def _of_whom(forms: Sequence[str], rest: Sequence[int]) -> bool:
    """Whether what follows is "some of whom", "the vast majority of which"."""
    first = [forms[i].lower() for i in rest[:6]]
    return any(pair in (("of", "whom"), ("of", "which")) for pair in pairwise(first))


def without_addition(words: Words, indices: list[int]) -> list[int]:
    """A description without what is said of it behind a comma or a dash, and without an age.

    "Voters in Lund, a town by the sea" are voters in Lund. A list goes on: "the mayor, the bishop and the judge".
    """
    forms = words.forms
    for place in range(1, len(indices) - 1):
        mark, follower = forms[indices[place]], forms[indices[place + 1]].lower()
        rest = [forms[i].lower() for i in indices[place + 1 :]]
        is_dash = mark in _DASHES and follower not in _JOINS and _is_behind_space(words, indices[place])
        is_age = mark == "," and len(rest) == 1 and rest[0].isdigit() and len(rest[0]) < 3
        if is_age or ((is_dash or (mark == "," and follower in _ADDED)) and not _goes_on(rest)):
            return indices[:place]
    return indices


def _is_behind_space(words: Words, index: int) -> bool:
    return words.text[words.spans[index].start - 1] == " "


def _goes_on(rest: Sequence[str]) -> bool:
    """Whether a list goes on: "and the judge", ", and others", or a number that the words before it explain."""
    lists_more = any(
        word in _JOINS and (before == "," or after in ("a", "an", "the"))
        for before, word, after in zip(["", *rest], rest, [*rest[1:], ""], strict=False)
    )
    return lists_more or rest[0][0].isdigit() or "percent" in rest or "%" in rest
