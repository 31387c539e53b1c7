"""For or against whom or what a source is, with the words that show it.

Candidates are the actors and noun phrases of a statement (``targets``); a linear model over the words around each
(``stance_features``; ``models/stance-actor-1.npz``, ``models/stance-issue-1.npz``; ``training/train_stance.py``) tells
none, favor and against. No sentiment lexicon: what counts is the verb between source and target.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

import numpy as np

from onrecord.actors import Antecedents
from onrecord.labels.acts import ActTag
from onrecord.labels.stance_features import Candidate, Feature, Setting, read_candidates, read_setting
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
    """A candidate with the chances of ``LABELS`` and the features of its own that they rest on."""

    candidate: Candidate
    chances: Floats
    features: Sequence[Feature]


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
    setting = read_setting(words, tag.parts, tag.act, actor, tag.hits)
    for target_type, each in candidates.items():
        least = load_mix()[target_type].threshold if score else THRESHOLDS[target_type]
        read = lined if target_type == "actor" else ()
        judged = judge(words, setting, each, target_type, score, read)
        if target_type == "actor":
            judged = [replace(j, chances=settled(words, tag.parts, j.candidate, j.chances)) for j in judged]
        found += _choose(words, setting, target_type, judged, least)
    return tuple(found[:3])


def judge(
    words: Words, setting: Setting, candidates: Sequence[Candidate], target_type: str, score: WordScores | None,
    lined: Lined = (),
) -> list[Judged]:  # fmt: skip
    """Every candidate with its chances of none, favor and against; of ``lined`` those that are no candidates too."""
    lines = {target.inner: chances for target, chances in lined if target.inner is not None}
    found = [
        Judged(candidate, _mix(softmax(total), candidate, target_type, score, lines.get(candidate)), features)
        for candidate, total, features in _told_by_words(words, setting, candidates, target_type)
    ]
    for target, chances in lined:
        if target.inner is None:
            inputs = log_inputs(chances, chances, chances)
            found.append(Judged(_outside(words, target), mixed(inputs, kind_of(target)), ()))
    return found


def _told_by_words(
    words: Words, setting: Setting, candidates: Sequence[Candidate], target_type: str
) -> Iterator[tuple[Candidate, Floats, Sequence[Feature]]]:
    """Each candidate with the linear model's sums and its own features; those it shares are summed once."""
    if not candidates:
        return
    model = load_model(MODELS[target_type])
    shared = model.total(model.find(dict.fromkeys(name for name, _ in setting.features)))
    for candidate, features in zip(candidates, read_candidates(words, setting, candidates), strict=True):
        own = model.find(dict.fromkeys(name for name, _ in features))
        yield candidate, model.total(own, start=shared), features


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


def _choose(words: Words, setting: Setting, target_type: str, judged: Sequence[Judged], least: float) -> list[Stance]:
    """The stances of the likeliest targets, in the order of the text."""
    likely = [each for each in judged if round(1.0 - float(each.chances[0]), 3) >= least]
    best = sorted(likely, key=lambda each: each.chances[0])[: MOST[target_type]]
    model = load_model(MODELS[target_type])
    best.sort(key=lambda each: each.candidate.places)
    return [_stance(words, setting, target_type, each, model) for each in best]


def _stance(words: Words, setting: Setting, target_type: str, judged: Judged, model: LinearModel) -> Stance:
    polarity = POLARITIES[int(judged.chances[2] > judged.chances[1])]
    shared = setting.features if judged.features else ()  # of a target that stands before the words tell nothing
    spans = evidence(words, judged.candidate, (*shared, *judged.features), polarity, model)
    score = float(judged.chances[LABELS.index(polarity)])
    return Stance(judged.candidate.name, target_type, polarity, round(score, 4), spans)


def evidence(
    words: Words, candidate: Candidate, features: Sequence[Feature], polarity: str, model: LinearModel
) -> Spans:
    """The target's first mention and the words whose features speak most for ``polarity``."""
    with_words = [(name, places) for name, places in features if places]
    weights = model.leaning(model.find(name for name, _ in with_words), polarity)
    weighed = ((weight, places) for weight, (_, places) in zip(weights, with_words, strict=True) if weight > 0)
    shown = [i for _, places in nlargest(_EVIDENCE, weighed) for i in places]
    return words.cover([*candidate.places[0], *shown])
