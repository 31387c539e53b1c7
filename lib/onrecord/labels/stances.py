"""For or against whom or what a source is, with the words that show it.

Candidates are the actors and noun phrases of a statement (``targets``); a linear model over the words around each
(``stance_features``; ``models/stance-actor-1.npz``, ``models/stance-issue-1.npz``; ``training/train_stance.py``) tells
none, favor and against. No sentiment lexicon: what counts is the verb between source and target.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.actors import Antecedents
from onrecord.labels.act_rules import RuleHit
from onrecord.labels.acts import ActTag
from onrecord.labels.stance_features import Candidate, Feature, Setting, candidate_features, setting_features
from onrecord.labels.stance_lines import Target, stance_line, stance_targets
from onrecord.labels.target_rules import settled
from onrecord.labels.targets import actor_candidates, issue_candidates
from onrecord.models import Floats, LinearModel, load_model, read_json, softmax
from onrecord.names import Entity, Mentions
from onrecord.records import POLARITIES, Actor, Attribution, Spans, Stance
from onrecord.statements import LineReader
from onrecord.text import Parts, Words

MODELS = {"actor": "stance-actor-1", "issue": "stance-issue-1"}
LABELS = ("none", "favor", "against")
#: From which probability of favor + against a stance is told (best F1 on held-out training articles), and how many.
THRESHOLDS = {"actor": 0.35, "issue": 0.3}
MOST = {"actor": 3, "issue": 1}
_EVIDENCE = 3
_FLOOR = 1e-3

#: Targets read side by side, each with its chances of ``LABELS``.
Lined = Sequence[tuple[Target, Floats]]
#: Per word of the article (by index) the encoder's probabilities of none, actor favor, actor against, issue favor,
#: issue against.
WordScores = Mapping[int, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Mix:
    """How the log-probabilities of ``LABELS`` by the linear model, the encoder and its reading of a line are weighed.

    ``threshold``: from which probability of favor + against a stance is told.
    """

    words: float
    network: float
    line: float
    bias: tuple[float, float, float]
    threshold: float


@functools.cache
def load_mix() -> dict[str, Mix]:
    """The weights per target type, fitted on articles that neither model saw (training/train_mix.py)."""
    raw = read_json("stance-mix.json")
    return {target_type: Mix(**each) for target_type, each in raw.items()}


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the chances of ``LABELS`` and the features they rest on."""

    candidate: Candidate
    chances: Floats
    features: tuple[Feature, ...]


def tag_stances(
    words: Words, attributions: Sequence[Attribution], actors: Sequence[Actor], acts: Sequence[ActTag],
    mentions: Mentions, *, scores: Sequence[WordScores | None] | None = None, reader: LineReader | None = None,
) -> tuple[tuple[Stance, ...], ...]:  # fmt: skip
    """Per attribution the stances of its source, actors first, none to three of them.

    ``actors`` and ``acts`` come from ``resolve_actors`` and ``tag_acts``, in the order of ``attributions``. ``scores``
    holds per attribution the encoder's reading of its words, or None; ``reader`` weighs the actors of a statement and
    of the two sentences before it side by side. Raises ``ValueError`` where lengths differ.

    Not handled: targets that only an earlier statement names.
    """
    targets = statement_targets(words, attributions, [tag.parts for tag in acts], actors, mentions)
    given = scores if scores is not None else [None] * len(attributions)
    lines = weigh_lines(words, attributions, actors, mentions, targets, reader)
    return tuple(
        _stances(words, tag, actor, candidates, score, lined)
        for tag, actor, candidates, score, lined in zip(acts, actors, targets, given, lines, strict=True)
    )


def weigh_lines(
    words: Words, attributions: Sequence[Attribution], actors: Sequence[Actor], mentions: Mentions,
    targets: Sequence[Mapping[str, Sequence[Candidate]]], reader: LineReader | None,
) -> list[Lined]:  # fmt: skip
    """Per attribution its targets with their chances of ``LABELS``, read side by side; none without a ``reader``."""
    if reader is None:
        return [()] * len(attributions)
    found = [
        stance_targets(words, attribution, actor, mentions, each["actor"], each["issue"])
        for attribution, actor, each in zip(attributions, actors, targets, strict=True)
    ]
    read = [i for i, each in enumerate(found) if each]
    lines = [stance_line(words, attributions[i], actors[i], found[i]) for i in read]
    chances = dict(zip(read, reader.weigh_stances(lines), strict=True))
    return [tuple(zip(each, chances[i], strict=True)) if each else () for i, each in enumerate(found)]


def statement_targets(
    words: Words, attributions: Sequence[Attribution], read: Sequence[Parts], actors: Sequence[Actor],
    mentions: Mentions,
) -> list[dict[str, list[Candidate]]]:  # fmt: skip
    """Per attribution, read as ``read``, the candidates by target type (actor, issue), in the order of the text."""
    antecedents = Antecedents(words, mentions)
    by_name: dict[str, Entity] = {entity.name: entity for entity in mentions.entities}
    for attribution, actor in zip(attributions, actors, strict=True):
        if attribution.source and actor.name:
            antecedents.add_source(attribution.source, actor, by_name.get(actor.name))
    found = []
    for attribution, parts, actor in zip(attributions, read, actors, strict=True):
        people = actor_candidates(words, parts, attribution, actor, mentions, antecedents)
        found.append({"actor": people, "issue": issue_candidates(words, parts, people)})
    return found


def _stances(
    words: Words, tag: ActTag, actor: Actor, candidates: Mapping[str, Sequence[Candidate]], score: WordScores | None,
    lined: Lined = (),
) -> tuple[Stance, ...]:  # fmt: skip
    found: list[Stance] = []
    for target_type, each in candidates.items():
        least = load_mix()[target_type].threshold if score else THRESHOLDS[target_type]
        read = lined if target_type == "actor" else ()
        judged = judge(words, tag.parts, actor, tag.act, tag.hits, each, target_type, score, read)
        if target_type == "actor":
            judged = [replace(j, chances=settled(words, tag.parts, j.candidate, j.chances)) for j in judged]
        found += _choose(words, target_type, judged, least)
    return tuple(found[:3])


def read_candidates(
    words: Words, parts: Parts, actor: Actor, act: str, hits: Sequence[RuleHit], candidates: Sequence[Candidate]
) -> list[tuple[Feature, ...]]:
    """The features of each candidate, those of its statement included."""
    setting = Setting(parts, act, actor, tuple(hits), min(len(candidates), 5))
    shared = setting_features(words, setting)
    return [(*shared, *candidate_features(words, setting, each, rank)) for rank, each in enumerate(candidates)]


def judge(
    words: Words, parts: Parts, actor: Actor, act: str, hits: Sequence[RuleHit], candidates: Sequence[Candidate],
    target_type: str, score: WordScores | None, lined: Lined = (),
) -> list[Judged]:  # fmt: skip
    """Every candidate with its chances of none, favor and against; of ``lined`` those that are no candidates too."""
    model = load_model(MODELS[target_type])
    rows = read_candidates(words, parts, actor, act, hits, candidates)
    sums = [model.score({name for name, _ in features}) for features in rows]
    lines = {target.inner: chances for target, chances in lined if target.inner is not None}
    found = [
        Judged(candidate, _mix(softmax(total), candidate, target_type, score, lines.get(candidate)), features)
        for candidate, total, features in zip(candidates, sums, rows, strict=True)
    ]
    for target, chances in lined:
        if target.inner is None:
            inputs = log_inputs(chances, chances, chances)
            found.append(Judged(_outside(words, target), mixed(inputs, kind_of(target)), ()))
    return found


def _outside(words: Words, target: Target) -> Candidate:
    """A target that the statement itself does not name, by its last mention before it."""
    return Candidate(target.name, tuple(tuple(words.beginning_in([span])) for span in reversed(target.spans)))


def kind_of(target: Target) -> str:
    """The row of ``stance-mix.json`` for an actor: of the statement itself, named before it, or without a name."""
    return "actor" if target.inner is not None else "described" if target.described else "before"


def _mix(
    chances: Floats, candidate: Candidate, target_type: str, score: WordScores | None, line: Floats | None
) -> Floats:
    """The linear model's chances and, where the encoder read the words, those weighed with its readings."""
    seen = network_chances(candidate, target_type, score)
    if seen is None:
        return chances
    return mixed(log_inputs(chances, seen, seen if line is None else line), target_type)


def log_inputs(words: Floats, network: Floats, line: Floats) -> Floats:
    """What is weighed, [3, 3]: a row of log-probabilities of ``LABELS`` per reading."""
    return np.log(np.maximum([words, network, line], _FLOOR))


def mixed(inputs: Floats, kind: str) -> Floats:
    """The chances of ``LABELS`` by the weights of ``kind``."""
    mix = load_mix()[kind]
    return softmax(np.array([mix.words, mix.network, mix.line]) @ inputs + np.array(mix.bias))


def network_chances(candidate: Candidate, target_type: str, score: WordScores | None) -> Floats | None:
    """The encoder's chances of ``LABELS`` for the word of the candidate it is surest of; None where it read none."""
    words = [score[i] for place in candidate.places for i in place if i in score] if score else []
    if not words:
        return None
    first = 1 if target_type == "actor" else 3
    top = max(words, key=lambda row: row[first] + row[first + 1])
    return np.array([1.0 - top[first] - top[first + 1], top[first], top[first + 1]])


def _choose(words: Words, target_type: str, judged: Sequence[Judged], least: float) -> list[Stance]:
    """The stances of the likeliest targets, in the order of the text."""
    likely = [each for each in judged if round(1.0 - float(each.chances[0]), 3) >= least]
    best = sorted(likely, key=lambda each: each.chances[0])[: MOST[target_type]]
    model = load_model(MODELS[target_type])
    return [_stance(words, target_type, each, model) for each in sorted(best, key=lambda each: each.candidate.places)]


def _stance(words: Words, target_type: str, judged: Judged, model: LinearModel) -> Stance:
    polarity = POLARITIES[int(judged.chances[2] > judged.chances[1])]
    spans = evidence(words, judged, polarity, model)
    score = float(judged.chances[LABELS.index(polarity)])
    return Stance(judged.candidate.name, target_type, polarity, round(score, 4), spans)


def evidence(words: Words, judged: Judged, polarity: str, model: LinearModel) -> Spans:
    """The target's first mention and the words whose features speak most for ``polarity``."""
    weighed = sorted(((model.weight(name, polarity), each) for name, each in judged.features if each), reverse=True)
    shown = [i for weight, indices in weighed[:_EVIDENCE] if weight > 0 for i in indices]
    return words.cover([*judged.candidate.places[0], *shown])
