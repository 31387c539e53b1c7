"""What the words around a target say of it where the models often err: victims, negated reproaches, the source's own.

The patterns are rows of ``lexicon/targets.csv``, read over cue and content with the target in place of its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.labels.stance_features import Candidate
from onrecord.lexicon import read_rules
from onrecord.models import Floats
from onrecord.names import name_words
from onrecord.text import Parts, Words

_TARGET = "@"
_MARKS = frozenset("`` '' \" '".split())
_OWNING = frozenset("its his her their our my".split())
#: How many words of an apposition may stand between "its" and the name: "its secret service, the MIB".
_APPOSITION = 4
#: The most that is left to "against" where the words tell another story: so often the labels of training articles have
#: it there all the same.
LEFT = 0.08
#: What "against" has at least of whom a source accuses "of" something.
CHARGED = 0.6


def settled(words: Words, parts: Parts, candidate: Candidate, chances: Floats) -> Floats:
    """``chances`` of none, favor and against; where the words around the target speak clearly, by them."""
    told = told_of(words, parts, candidate)
    none, favor, against = (float(each) for each in chances)
    if "charged" in told and against < CHARGED:
        rest = (1 - CHARGED) / max(none + favor, 1e-6)
        return np.array([none * rest, favor * rest, CHARGED])
    if "cleared" in told and against > favor:
        return np.array([none, against, favor])
    if told & {"victim", "own"} and against > LEFT:
        return np.array([none + against - LEFT, favor, LEFT])
    return chances


def told_of(words: Words, parts: Parts, candidate: Candidate) -> set[str]:
    """The labels of the patterns that fit a mention of the target, and "own" where it is the source's own side."""
    found: set[str] = set()
    rules, line = read_rules("targets"), (*parts.cue, *parts.content)
    if candidate.entity is not None and _names_own(words, parts, candidate):
        found.add("own")
    for place in candidate.places:
        if not place or place[0] not in line:
            continue
        first, rest = line.index(place[0]), set(place)
        forms = [
            _TARGET if k == first else words.lower[i]
            for k, i in enumerate(line)
            if k == first or (i not in rest and words.lower[i] not in _MARKS)
        ]
        found |= {rules.rules[number].label for number, _, _ in rules.matches(forms, rules.openings(forms), "any")}
        if _owned(words, line[:first]):
            found.add("own")
    return found


def _names_own(words: Words, parts: Parts, candidate: Candidate) -> bool:
    """Whether the words for the source name the target: "Velia's president" for Velia, "the mayor's aide" for her."""
    said = {words.lower[i] for i in parts.source}
    titles = {words.lower[place[0] - 1] for place in candidate.places if place and place[0]}
    owners = {words.lower[i] for i, j in zip(parts.source, parts.source[1:], strict=False) if words.lower[j] == "'s"}
    return name_words(candidate.name) <= said or bool(titles & owners)


def _owned(words: Words, before: Sequence[int]) -> bool:
    """Whether what stands before the target makes it the source's own: "its MIB", "its secret service, the MIB"."""
    near = [words.lower[i] for i in before[-_APPOSITION - 3 :]]
    if near[-1:] and near[-1] in _OWNING:
        return True
    near = near[:-1] if near[-1:] == ["the"] else near
    if near[-1:] != [","]:
        return False
    nouns = near[:-1]
    start = max((k for k, word in enumerate(nouns) if word in _OWNING), default=-1)
    return start >= 0 and len(nouns) - start - 1 <= _APPOSITION and all(w.isalpha() for w in nouns[start:])
