"""Which person "he" or "she" means: the candidates before it, each with features, and a weight per feature.

The weights (``models/pronouns.json``) are those of a conditional logit: the probability of a candidate is the softmax
of its weighted features over all candidates of one pronoun. Training: ``training/train_pronouns.py``. The features are
the classic ones of pronoun resolution (Lappin & Leass 1994; Ng & Cardie 2002) that need no parser.
"""

from __future__ import annotations

import functools
import math
import operator
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.actors.phrase_edges import POSSESSIVE_MARKS
from onrecord.models import read_json
from onrecord.names import Entity, Mention, Mentions
from onrecord.records import Actor, Spans
from onrecord.text import Words

FEATURES = (
    "same sentence",
    "sentence before",
    "two sentences before",
    "sentences away",
    "same paragraph",
    "nearest",
    "second nearest",
    "first person of its sentence",
    "subject of the sentence before, without a source",
    "owner",
    "after a preposition",
    "before a verb",
    "quoted, pronoun not",
    "source before",
    "source before, same or last sentence",
    "second source before",
    "gender told",
    "times named",
    "times named in paragraph",
    "unnamed source",
    "unnamed source, same or last sentence",
    "named in full",
)
_PREPOSITIONS = frozenset("of for in at on from with to by like about against between than as and including".split())
_REACH = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a pronoun may mean: an entity, or an unnamed source (``actor``), with the words that name it."""

    entity: Entity | None
    actor: Actor | None
    spans: Spans
    features: tuple[float, ...]


Source = tuple[Actor, Entity | None, Spans]


@functools.cache
def weights() -> tuple[float, ...]:
    """The weight of each feature, in the order of ``FEATURES``."""
    table = read_json("pronouns.json")["weights"]
    return tuple(table[name] for name in FEATURES)


def best(candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate with the highest weighted sum, the first of equals; None where there is none."""
    known = weights()
    return max(candidates, key=lambda c: sum(map(operator.mul, c.features, known)), default=None)


def person_candidates(
    words: Words, mentions: Mentions, sources: Sequence[Source], gender: str, place: int
) -> list[Candidate]:
    """Everybody named or quoted before the character ``place`` whose gender fits; ``sources`` are the nearest first."""
    end = mentions.before(place)
    nearby = mentions.names[max(0, end - _REACH) : end]
    block = words.block(words.sentence(place))
    times = Counter(mention.entity.number for mention in nearby)
    in_block = Counter(m.entity.number for m in nearby if words.block(words.sentence(m.span.start)) == block)
    found: list[Candidate] = []
    seen: set[int] = set()
    for mention in reversed(nearby):
        entity = mention.entity
        if entity.number in seen or entity.type != "person" or entity.gender not in ("", gender):
            continue
        seen.add(entity.number)
        features = _place(words, mention, place) | _as_source(words, sources, entity, place)
        if features["first person of its sentence"] and features["sentence before"] and features["same paragraph"]:
            told = bool(sources) and words.sentence(sources[0][2][0].start) >= words.sentence(place) - 1
            features["subject of the sentence before, without a source"] = float(not told)
        features["nearest"], features["second nearest"] = float(len(found) == 0), float(len(found) == 1)
        features["gender told"] = float(entity.gender == gender)
        features["times named"] = math.log1p(times[entity.number])
        features["times named in paragraph"] = math.log1p(in_block[entity.number])
        features["named in full"] = float(" " in entity.name)
        found.append(Candidate(entity, None, (mention.span,), _vector(features)))
    return found + _unnamed(words, sources, place)


def _vector(features: dict[str, float]) -> tuple[float, ...]:
    return tuple(features.get(name, 0.0) for name in FEATURES)


def _place(words: Words, mention: Mention, place: int) -> dict[str, float]:
    """Where the name stands, seen from the pronoun at ``place``."""
    here, there = words.sentence(place), words.sentence(mention.span.start)
    first, after = words.index(mention.lead), words.index(mention.span.end)
    begin = words.index(words.tokens.sentences[there].span.start) if there >= 0 else first
    follower = words.forms[after] if after < len(words.forms) else ""
    is_quoted = words.quotation(mention.span.start) is not None
    return {
        **_nearness(here - there),
        "same paragraph": float(words.block(here) == words.block(there)),
        "first person of its sentence": float(first - begin < 3),
        "owner": float(follower in POSSESSIVE_MARKS),
        "after a preposition": float(first > 0 and words.forms[first - 1].lower() in _PREPOSITIONS),
        "before a verb": float(follower.islower() and follower.endswith(("ed", "s", "as", "id")) and follower != "'s"),
        "quoted, pronoun not": float(is_quoted and words.quotation(place) is None),
    }


def _nearness(distance: int) -> dict[str, float]:
    return {
        "same sentence": float(distance == 0),
        "sentence before": float(distance == 1),
        "two sentences before": float(distance == 2),
        "sentences away": float(min(distance, 8)),
    }


def _as_source(words: Words, sources: Sequence[Source], entity: Entity, place: int) -> dict[str, float]:
    """Whether the entity is the source of the statement before, or of the one before that."""
    features: dict[str, float] = {}
    if sources and sources[0][1] is entity:
        near = words.sentence(place) - words.sentence(sources[0][2][0].start) <= 1
        features = {"source before": 1.0, "source before, same or last sentence": float(near)}
    if len(sources) > 1 and sources[1][1] is entity:
        features["second source before"] = 1.0
    return features


def _unnamed(words: Words, sources: Sequence[Source], place: int) -> list[Candidate]:
    """The last unnamed person quoted ("a State Department official"), if one of the last two sources is one."""
    for actor, entity, spans in sources[:2]:
        if entity is None and actor.kind in ("role", "unnamed") and not actor.named:
            distance = words.sentence(place) - words.sentence(spans[0].start)
            features = _nearness(distance) | {
                "unnamed source": 1.0,
                "unnamed source, same or last sentence": float(distance <= 1),
            }
            return [Candidate(None, actor, spans, _vector(features))]
    return []
