"""Whom or what a statement could be for or against, and what a learned model reads of each.

What works for stance is the verb between two names and the words around the target, not a sentiment lexicon.
Each feature keeps the words it came from, so that a stance can show its evidence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.labels.act_rules import RuleHit, matches
from onrecord.names import Entity, name_words
from onrecord.records import Actor
from onrecord.text import FUNCTION_WORDS, Parts, Words

Feature = tuple[str, tuple[int, ...]]

_NEGATIONS = frozenset("not n't never no nothing without neither nor cannot".split())
_AROUND = 4
_BAG = 45


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target: ``places`` are its mentions in the statement, each as word indices; ``entity`` None for an issue.

    ``by_name`` is False where only pronouns name it here.
    """

    name: str
    places: tuple[tuple[int, ...], ...]
    entity: Entity | None = None
    by_name: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates of a statement share, ``features`` of the statement as a whole among it."""

    parts: Parts
    act: str
    actor: Actor
    features: tuple[Feature, ...]


def read_setting(words: Words, parts: Parts, act: str, actor: Actor, hits: Sequence[RuleHit]) -> Setting:
    """The setting of the statement with these parts."""
    low, bag = words.lower, parts.content[:_BAG]
    found: list[Feature] = [(f"act:{act}", ()), (f"kind:{actor.kind}", ())]
    found += [("c:" + words.stems[i], (i,)) for i in parts.cue]
    found.append(("cue=" + " ".join(low[i] for i in parts.cue[-3:]), parts.cue))
    found += [("w:" + words.stems[i], (i,)) for i in bag]
    found += [(f"r:{hit.label}", hit.words) for hit in hits]
    found += [("rs:" + side, places) for side, places in stance_words(words, (*parts.cue, *bag))]
    if any(low[i] in _NEGATIONS for i in parts.content[:12]):
        found.append(("negated", ()))
    return Setting(parts, act, actor, tuple(found))


def stance_words(words: Words, indices: Sequence[int]) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Rows of ``lexicon/stances.csv`` that stand in ``indices``: (favor or against, the words)."""
    for rule, first, end in matches(words, indices, "stances", "any"):
        yield rule.label, tuple(indices[first:end])


def read_candidates(words: Words, setting: Setting, candidates: Sequence[Candidate]) -> list[list[Feature]]:
    """The features of each candidate, which stand beside those of its setting."""
    count: Feature = (f"count:{min(len(candidates), 5)}", ())
    return [[count, *_candidate_features(words, setting, each, rank)] for rank, each in enumerate(candidates)]


def _candidate_features(words: Words, setting: Setting, candidate: Candidate, rank: int) -> list[Feature]:
    """Features of one candidate: its place, the words around it, its relation to the source."""
    parts = setting.parts
    found: list[Feature] = [(f"rank:{min(rank, 4)}", ()), (f"times:{min(len(candidate.places), 3)}", ())]
    found.append((f"rank act:{min(rank, 2)}:{setting.act}", ()))
    found.append((f"by name:{candidate.by_name}", ()))
    if candidate.entity is not None:
        found += _entity_features(setting, candidate.entity)
    cue, content = set(parts.cue), set(parts.content)
    for place in candidate.places[:3]:
        where = "cue" if place[0] in cue else "content" if place[0] in content else "source"
        found.append((f"in {where}", ()))
        found.append((f"in {where}:{setting.act}", ()))
        found += _around(words, setting, place)
    return found


def _entity_features(setting: Setting, entity: Entity) -> Iterable[Feature]:
    yield f"type:{entity.type}", ()
    yield f"type act:{entity.type}:{setting.act}", ()
    yield f"salient:{len(entity.spans).bit_length()}", ()
    yield f"same side:{entity.side == setting.actor.side != 'unknown'}", ()
    own = name_words(setting.actor.name) & name_words(entity.name)
    yield f"shares a name with the source:{bool(own)}", ()


def _around(words: Words, setting: Setting, place: tuple[int, ...]) -> Iterable[Feature]:
    low, parts = words.lower, setting.parts
    line = (*parts.cue, *parts.content) if place[0] >= (parts.cue[:1] or (0,))[0] else (*parts.content, *parts.cue)
    at = {i: k for k, i in enumerate(line)}
    first, last = at.get(place[0], -1), at.get(place[-1], -1)
    if first < 0:
        first, last = 0, -1
    before, after = line[max(0, first - _AROUND) : first], line[last + 1 : last + 1 + _AROUND]
    for k, i in enumerate(reversed(before), 1):
        yield f"-{k}:{low[i]}", (i,)
        yield "-:" + words.stems[i], (i,)
    for k, i in enumerate(after, 1):
        yield f"+{k}:{low[i]}", (i,)
        yield "+:" + words.stems[i], (i,)
    for i, j in zip(before[-3:], before[-2:], strict=False):
        yield f"-b:{low[i]} {low[j]}", (i, j)
    for i, j in itertools.pairwise(after[:3]):
        yield f"+b:{low[i]} {low[j]}", (i, j)
    yield f"opens:{first == 0 or all(low[i] in FUNCTION_WORDS for i in line[len(parts.cue) : first][:4])}", ()
    yield f"ends:{not after}", ()
    yield f"deep:{min(6, max(0, first - len(parts.cue)).bit_length())}", ()
    for side, places in stance_words(words, before):
        yield f"before {side}", places
        yield f"before {side}:{setting.act}", places
        if any(low[i] in _NEGATIONS for i in before):
            yield f"before not {side}", places
    for side, places in stance_words(words, line[last + 1 : last + 13]):
        yield f"after {side}", places
    if after and low[after[0]] == "'s":
        yield "owns", (after[0],)
    if parts.cue and before and before[-1] in set(parts.cue):
        yield "object of the cue:" + words.stems[parts.cue[-1]], parts.cue
