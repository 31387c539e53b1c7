"""What the source does with its content (act), and whether it is hedged: rules and a linear model together.

The rules are rows of ``lexicon/acts.csv`` and ``lexicon/hedges.csv``; the model (``models/acts-1.npz``,
``training/train_acts.py``) weighs them with the words and their places. Where the encoder read the statement too, its
probabilities are mixed in. The scheme is docs/LABELS.md.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

import numpy as np

from onrecord.labels.act_features import Feature, all_hits, hedge_features, word_features
from onrecord.labels.act_rules import RuleHit, decide, rule_hits
from onrecord.models import Floats, load_model, read_json, sigmoid, softmax
from onrecord.records import ACTS, Attribution, Reason
from onrecord.text import Parts, Words

MODEL = "acts-1"
MODEL_HEDGED = "hedged-1"
Scores = Mapping[str, float]
#: What a feature adds to an act, and the words it is made of.
Weighed = tuple[float, tuple[int, ...]]
_FLOOR = 1e-4
_MAX_EVIDENCE = 3
#: Rules that are right less often than this do not overrule the models (chosen on training articles).
LEAST_RELIABLE = 0.65


@dataclass(frozen=True, slots=True)
class ActTag:
    """What the source does (``act``), how sure that is (``score``, 0 to 1), and whether it is ``hedged``.

    ``parts`` and ``hits`` are what the tag was read from, and the stances are too: the words of the statement and the
    rules that fired on them.
    """

    act: str
    score: float
    hedged: bool
    parts: Parts
    hits: tuple[RuleHit, ...] = ()
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Mix:
    """How the encoder's and the linear model's log-probabilities are weighed (``models/acts-mix.json``).

    ``rules`` is what the act that the rules alone give gains per grade of their strength. ``reliability`` is how often
    they were right on training articles, by act and strength ("accusation 3").
    """

    network: float
    words: float
    rules: float
    reliability: Mapping[str, float]
    bias: Mapping[str, float]
    hedged_network: float
    hedged_words: float
    hedged_bias: float


@functools.cache
def load_mix() -> Mix:
    """The weights of the combination, fitted on articles that neither model was trained on."""
    return Mix(**read_json("acts-mix.json"))


def tag_acts(
    words: Words, attributions: Sequence[Attribution], *, scores: Sequence[Scores | None] | None = None
) -> tuple[ActTag, ...]:
    """One tag per attribution, in their order.

    ``scores`` holds per attribution the encoder's probability of each act and of "hedged", or None. Raises
    ``ValueError`` where ``scores`` has another length than ``attributions``.

    Not handled: irony, and answers whose question stands in another paragraph.
    """
    given = scores if scores is not None else [None] * len(attributions)
    pairs = zip(attributions, given, strict=True)
    return tuple(_tag(words, words.parts(attribution), score) for attribution, score in pairs)


def _tag(words: Words, parts: Parts, network: Scores | None) -> ActTag:
    hits = all_hits(words, parts)
    hedges = rule_hits(words, parts, "hedges")
    features = word_features(words, parts, hits)
    model = load_model(MODEL)
    rows = model.find(name for name, _ in features)
    act_chances = mix_acts(model.total(rows), hits, network)
    act = ACTS[int(act_chances.argmax())]
    doubts = hedge_features(words, parts, hedges)
    chance = mix_hedged(float(load_model(MODEL_HEDGED).score(name for name, _ in doubts)[0]), network)
    weighed = zip(model.leaning(rows, act), (places for _, places in features), strict=True)
    because = [_act_reason(words, parts, act, float(act_chances.max()), weighed, hits)]
    if chance >= 0.5:
        because.append(_hedge_reason(words, chance, hedges, doubts))
    return ActTag(act, round(float(act_chances.max()), 4), chance >= 0.5, parts, tuple(hits), tuple(because))


def mix_acts(sums: Floats, hits: Sequence[RuleHit], network: Scores | None) -> Floats:
    """Probabilities of ``ACTS`` from the linear model's sums, the rules and, where given, the encoder's reading."""
    mix = load_mix()
    if network is None:
        return overrule(softmax(sums), hits, mix.reliability)
    words, seen, ruled = mix_inputs(sums, hits, network)
    bias = np.array([mix.bias.get(act, 0.0) for act in ACTS])
    chances = softmax(mix.words * words + mix.network * seen + mix.rules * ruled + bias)
    return overrule(chances, hits, mix.reliability)


def overrule(chances: Floats, hits: Sequence[RuleHit], reliability: Mapping[str, float]) -> Floats:
    """``chances``; with the act of the rules ahead where these are more reliable than the likeliest act is likely.

    No rule overrules in favour of "claim": that is what the rules say for want of anything else.
    """
    act, name = ruling(hits)
    sure = reliability.get(name, 0.0) if act != "claim" else 0.0
    if sure < max(LEAST_RELIABLE, chances.max()):
        return chances
    k = ACTS.index(act)
    rest: Floats = chances * (1 - sure) / max(1 - chances[k], _FLOOR)
    rest[k] = sure
    return rest


def ruling(hits: Sequence[RuleHit]) -> tuple[str, str]:
    """The act that the rules alone give, and with the strength of the strongest of them ("accusation 3")."""
    act, own = decide(hits)
    return act, f"{act} {max((hit.strength for hit in own), default=0):.0f}"


def mix_inputs(sums: Floats, hits: Sequence[RuleHit], network: Scores) -> tuple[Floats, Floats, Floats]:
    """Per act: log-probability by words and by the encoder, and how strongly the rules say so (0 where not)."""
    words = np.log(np.maximum(softmax(sums), _FLOOR))
    seen = np.log([max(network.get(act, 0.0), _FLOOR) for act in ACTS])
    act, own = decide(hits)
    ruled = np.array([max((hit.strength for hit in own), default=0.0) if act == each else 0.0 for each in ACTS])
    return words, seen, ruled


def mix_hedged(odds: float, network: Scores | None) -> float:
    """Probability that the statement is hedged, from the linear model's log-odds and the encoder's probability."""
    if network is None or "hedged" not in network:
        return sigmoid(odds)
    mix = load_mix()
    seen = min(max(network["hedged"], _FLOOR), 1 - _FLOOR)
    return sigmoid(mix.hedged_words * odds + mix.hedged_network * float(np.log(seen / (1 - seen))) + mix.hedged_bias)


def _act_reason(
    words: Words, parts: Parts, act: str, chance: float, weighed: Iterable[Weighed], hits: Sequence[RuleHit]
) -> Reason:
    """The words a label rests on: those of the rules that say so, else those that weigh most in the model."""
    ruled, _ = decide(hits)
    own = sorted((hit for hit in hits if hit.label == act), key=lambda hit: -hit.strength)[:_MAX_EVIDENCE]
    if own:
        shown = [i for hit in own for i in hit.words]
        rule = "; ".join(dict.fromkeys(f"{hit.label}: {hit.name}" for hit in own))
    else:
        shown = _heaviest(weighed) or list(parts.cue)
        rule = "the words that weigh most"
    dissent = "" if ruled == act else f"; the rules alone say {ruled}"
    return Reason("act", words.cover(shown), f"{rule}; model {chance:.2f}{dissent}")


def _heaviest(weighed: Iterable[Weighed]) -> list[int]:
    """The words of the features that speak most for the act."""
    heaviest = nlargest(_MAX_EVIDENCE, ((weight, words) for weight, words in weighed if weight > 0 and words))
    return [i for _, words in heaviest for i in words]


def _hedge_reason(words: Words, chance: float, hedges: Sequence[RuleHit], doubts: Sequence[Feature]) -> Reason:
    own = [hit for hit in hedges if hit.label == "hedged"]
    if own:
        shown = [i for hit in own for i in hit.words]
        return Reason("hedged", words.cover(shown), f"words of doubt; model {chance:.2f}")
    model = load_model(MODEL_HEDGED)
    weights = model.weights[model.find(name for name, _ in doubts), 0].tolist()
    weighed = ((weight, places) for weight, (_, places) in zip(weights, doubts, strict=True) if places)
    _, places = max(weighed, key=itemgetter(0), default=(0.0, ()))
    return Reason("hedged", words.cover(places), f"the words that weigh most; model {chance:.2f}")
