"""How likely the actor of a statement is the right one: "the report", "he" and a bare family name are doubtful mouths.

What tells is the kind of source, its head noun, how far the likeliest candidate lies ahead of the next
(``candidates``), how the name was come by, and where the statement stands. The weights (``models/mouths.json``) are
those of a logistic regression, so that its probabilities are calibrated; ``training/train_mouths.py`` fits them.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Mapping

from onrecord.actors.candidate_features import Features
from onrecord.actors.candidates import Surroundings, kind_of
from onrecord.lexicon import lists
from onrecord.models import read_json

_OPENING = 3
_FAR = 12


@functools.cache
def weights() -> Mapping[str, float]:
    """Feature → weight; "" is the constant."""
    table: dict[str, float] = read_json("mouths.json")["weights"]
    return table


def actor_scores(around: Surroundings) -> list[float]:
    """The probability that the actor is right, per statement; ``around`` is settled."""
    known = weights()
    found = []
    for features in doubts(around):
        odds = known[""] + sum(known.get(name, 0.0) * value for name, value in features.items())
        found.append(1.0 / (1.0 + math.exp(-odds)))
    return found


def doubts(around: Surroundings) -> list[Features]:
    """The features of every statement's actor."""
    last_names = Counter(entity.name.split()[-1] for entity in around.mentions.entities if entity.type == "person")
    quoted = Counter(actor.name for actor in around.actors if actor.name)
    return [
        {name: value for name, value in _features(around, number, last_names, quoted).items() if value}
        for number in range(len(around.actors))
    ]


def _features(around: Surroundings, number: int, last_names: Counter[str], quoted: Counter[str]) -> Features:
    phrase, actor, entity = around.phrases[number], around.actors[number], around.entities.get(number)
    words, start = around.words, around.places[number]
    kind = kind_of(phrase) or ("pronoun" if phrase is not None and phrase.pronoun else _plain_kind(around, number))
    sentence = words.sentence(start)
    features = {
        f"kind {kind}": 1.0,
        f"taken for {actor.kind}": 1.0,
        f"{kind}, taken for {actor.kind}": 1.0,
        "named": float(actor.named),
        f"{kind}, named": float(actor.named),
        "nobody": float(not actor.name),
        "opening": float(sentence < _OPENING),
        "in quotation": float(words.quotation(start) is not None),
        "nested": float(around.attributions[number].nested_in is not None),
        "quoted alone": float(quoted[actor.name] == 1),
        "statements": math.log1p(quoted[actor.name]),
        "names": math.log1p(len(around.mentions.entities)),
    }
    if number in around.sure:
        sure = around.sure[number]
        features |= {"sure": sure, f"sure, {kind}": sure, f"changed, {kind}": float(number in around.changed)}
        features[f"sure, {'named' if actor.named else 'unnamed'}"] = sure
    if phrase is not None and phrase.indices:
        features |= _phrase_features(around, number, kind)
    if entity is not None:
        before = [span.start for span in entity.spans if span.start < start]
        gap = min(_FAR, sentence - words.sentence(max(before))) if before else _FAR
        features |= {
            f"is {entity.type}": 1.0,
            f"{kind}, is {entity.type}": 1.0,
            "namesakes": float(entity.type == "person" and last_names[entity.name.split()[-1]] > 1),
            "one word": float(" " not in entity.name),
            "mentions": math.log1p(len(entity.spans)),
            f"gap, {kind}": math.log1p(gap),
            "not yet named": float(not before),
        }
    return features


def _plain_kind(around: Surroundings, number: int) -> str:
    phrase = around.phrases[number]
    if phrase is None or not phrase.indices:
        return "no words"
    if phrase.mixed or len(phrase.heads) > 1:
        return "several"
    return "name" if phrase.heads else f"by rules {lists().nouns.get(phrase.head, 'unnamed')}"


def _phrase_features(around: Surroundings, number: int, kind: str) -> Features:
    phrase = around.phrases[number]
    assert phrase is not None
    words = [around.words.forms[i] for i in phrase.indices]
    inside = around.mentions.within(phrase.spans)
    return {
        f"head {phrase.head}": float(bool(phrase.head)),
        f"pronoun {phrase.pronoun}": float(bool(phrase.pronoun)),
        "words": math.log1p(len(words)),
        f"words, {kind}": math.log1p(len(words)),
        f"names in it {min(2, len(inside))}, {kind}": 1.0,
        "owner": float(bool(phrase.owner)),
        "number": float(words[0][0].isdigit()),
        "capitals": sum(word[0].isupper() for word in words) / len(words),
        "definite": float(phrase.is_definite),
    }
