"""Whether an actor that goes by no name has one all the same: "the poll" of an institute, "a New York judge".

Who it is may stay open ("the poll" next to three institutes) while it is plain that somebody with a name is meant. What
tells is the kind of source, its head noun, the names in it, where it stands, and how the odds of the best candidate
with a name compare to those of the best without one (``candidates``). The weights (``models/named.json``) are those
of a logistic regression; ``training/train_named.py`` fits them. Missing sources and names are not judged here.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.actors.candidate_features import REACH, Features
from onrecord.actors.candidates import Surroundings, kind_of
from onrecord.actors.source_phrase import Phrase
from onrecord.lexicon import lists
from onrecord.models import read_json
from onrecord.names import POSSESSIVE
from onrecord.records import Actor, Reason

#: Words in a source that tell whether names follow, and marks of an owner.
_TELLING = frozenset("including like such of by who percent % from in".split())
_OPENING = 250
_MOST = 3.0


@functools.cache
def weights() -> Mapping[str, float]:
    """Feature → weight; "" is the constant."""
    table: dict[str, float] = read_json("named.json")["weights"]
    return table


def log_odds(features: Features) -> float:
    """The log-odds that the actor has a proper name. Whatever else tells it is added here, as one more feature."""
    known = weights()
    return known[""] + sum(known.get(name, 0.0) * value for name, value in features.items())


def judge_named(around: Surroundings) -> list[Actor]:
    """The actors, those without a proper name called named where the odds are for it."""
    actors = list(around.actors)
    for number in open_questions(around):
        odds = log_odds(features_of(around, number))
        if odds > 0:
            rule = f"somebody with a name is meant: probability {1 / (1 + math.exp(-odds)):.2f}"
            reason = Reason("named", around.attributions[number].source, rule)
            actors[number] = replace(actors[number], named=True, because=(*actors[number].because, reason))
    return actors


def open_questions(around: Surroundings) -> list[int]:
    """The statements that have a source, no name for it yet, and a source that is no name of a group itself."""
    return [
        number
        for number, (actor, phrase) in enumerate(zip(around.actors, around.phrases, strict=True))
        if actor.name and not actor.named and phrase is not None and phrase.indices and not phrase.heads
        if _named_near(around, number)
    ]


def _named_near(around: Surroundings, number: int) -> int:
    """How many are named near, places and names in the source aside: where nobody is, none of them can be meant."""
    source = around.attributions[number].source
    here = around.words.sentence(source[0].start)
    first, last = bisect_left(around.sentences, here - REACH), bisect_left(around.sentences, here + REACH + 1)
    near = {mention.entity.number: mention.entity.type for mention in around.mentions.names[first:last]}
    inside = {mention.entity.number for mention in around.mentions.within(source)}
    return sum(type != "place" for entity, type in near.items() if entity not in inside)


def features_of(around: Surroundings, number: int) -> Features:
    """What tells whether the actor of that statement has a proper name."""
    phrase, attribution, words = around.phrases[number], around.attributions[number], around.words
    assert phrase is not None  # asked of open questions only
    kind = kind_of(phrase) or "by rules"
    start = attribution.source[0].start
    features = {
        f"kind {kind}": 1.0,
        f"taken for {around.actors[number].kind}": 1.0,
        "opening": float(start < _OPENING),
        "headline": float(words.sentence(start) == 0),
        "in quotation": float(words.quotation(start) is not None),
        "named near": math.log1p(_named_near(around, number)),
    }
    if number in around.margins:
        margin = max(-_MOST, min(_MOST, around.margins[number] / 2))
        features |= {"margin": margin, f"margin, {kind}": margin}
    if phrase.pronoun:
        return features | {f"pronoun {phrase.pronoun}": 1.0}
    return features | _words(phrase, [words.forms[i] for i in phrase.indices]) | _names(around, phrase)


def _words(phrase: Phrase, forms: Sequence[str]) -> Features:
    lower = [word.lower() for word in forms]
    capitals = sum(word[0].isupper() for word in forms)
    return {
        f"head {phrase.head}": 1.0,
        f"first {lower[0]}": 1.0,
        f"noun {lists().nouns.get(phrase.head, phrase.kind)}": 1.0,
        f"definite {phrase.kind}": float(phrase.is_definite),
        "joined": float(phrase.mixed),
        "owner": float(bool(phrase.owner)),
        "owner in it": float(bool(POSSESSIVE.intersection(forms))),
        "words": math.log1p(len(forms)),
        "capitals": capitals / len(forms),
        "all capitals": float(capitals == len(forms)),
        "one capital": float(len(forms) == 1 and capitals == 1),
        "number": float(forms[0][0].isdigit()),
        **{f"has {word}": 1.0 for word in _TELLING.intersection(lower)},
    }


def _names(around: Surroundings, phrase: Phrase) -> Features:
    inside = {mention.entity.type for mention in around.mentions.within(phrase.spans)}
    if not inside:
        return {"no name in it": 1.0}
    return {f"{type} in it": 1.0 for type in inside} | {f"{type} in it, head {phrase.head}": 1.0 for type in inside}
