"""Chunks → attributions: which source and which content belong to which cue, and how sure that is.

Two logistic regressions whose coefficients stand in ``models/linker-<engine>.json`` (``training/train_linker.py``):
one scores a cue with a source or a content, by their places and by what the tagger says of the pair; the other
turns the scores of a whole statement into the probability that it is there and in the right mouth. PolNeAR's
rules make the rest simple: a content has one cue, a cue has one source at most.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.models import damaged, read_json
from onrecord.statements.tagger import ROLES, Chunk, Reading
from onrecord.text import Words

#: A source or content further than this from a cue does not belong to it.
MAX_SENTENCES = 4
MAX_WORDS = 120


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named features; a name it does not know counts nothing."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def log_odds(self, features: Mapping[str, float]) -> float:
        get = self.weights.get
        total = self.bias
        for name, value in features.items():
            total += get(name, 0.0) * value
        return total


@dataclass(frozen=True, slots=True)
class LinkerModel:
    """Coefficients of the linker for one engine; ``threshold`` is the least probability of a statement,
    ``nested`` that of one within another."""

    source: Logistic
    content: Logistic
    statement: Logistic
    threshold: float = 0.0
    nested: float = 0.0
    least_source: float = 0.0
    least_content: float = -1.0


@functools.cache
def load_linker(engine: str) -> LinkerModel:
    """The shipped coefficients for ``engine``. Raises ``OnrecordError`` where they are missing or broken."""
    name = f"linker-{engine}.json"
    raw = read_json(name)
    try:
        source, content, statement = (
            Logistic(raw[key]["weights"], raw[key]["bias"]) for key in ("source", "content", "statement")
        )
        return LinkerModel(source, content, statement, **raw["thresholds"])
    except (KeyError, TypeError) as error:
        raise damaged(name, error) from error


@dataclass(frozen=True, slots=True)
class Link:
    """Chunks that make one statement, with the features its probability is computed from."""

    cue: Chunk
    source: Chunk | None
    contents: tuple[Chunk, ...]
    features: Mapping[str, float]
    probability: float = 1.0


@dataclass
class Layout:
    """Where the chunks stand among the words, and how many of each role stand between two places."""

    words: Words
    chunks: Sequence[Chunk]
    starts: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = {role: sorted(chunk.first for chunk in self.chunks if chunk.role == role) for role in ROLES}

    def between(self, role: str, low: int, high: int) -> int:
        """How many chunks of ``role`` start at ``low`` or later and before ``high``."""
        starts = self.starts[role]
        return bisect_left(starts, high) - bisect_left(starts, low)

    def is_quoted(self, chunk: Chunk) -> bool:
        return self.words.quoted[(chunk.first + chunk.last - 1) // 2]


def pair_features(layout: Layout, cue: Chunk, other: Chunk, affinity: float) -> dict[str, float]:
    """What tells whether ``other`` belongs to ``cue``: order, distance, what stands between, quotation marks.

    Only what is not zero: this is asked for every near pair, and most of it is zero.
    """
    before = other.last <= cue.first
    low, high = (other.last, cue.first) if before else (cue.last, other.first)
    names = _BEFORE if before else _AFTER
    gap = max(0, high - low)
    sentence_of, block_of = layout.words.sentence_of, layout.words.block_of
    first, second = sentence_of[cue.first], sentence_of[other.first]
    features = {names["side"]: 1.0, "affinity": affinity}
    if gap:
        features[names["gap"]] = math.log1p(gap)
        for role in ROLES:
            between = layout.between(role, low, high)
            if between:
                features[names[role]] = float(min(3, between))
    else:
        features[names["adjacent"]] = 1.0
    if first != second:
        features[names["sentences"]] = float(min(abs(first - second), MAX_SENTENCES))
        features[names["other sentence"]] = 1.0
        if block_of[cue.first] != block_of[other.first]:
            features["other paragraph"] = 1.0
    cue_quoted, other_quoted = layout.is_quoted(cue), layout.is_quoted(other)
    if other_quoted:
        features[names["quoted"]] = 1.0
    if cue_quoted:
        features["cue quoted"] = 1.0
    if cue_quoted != other_quoted:
        features["quoted differently"] = 1.0
    return features


def _feature_names(side: str) -> dict[str, str]:
    names = {name: f"{side} {name}" for name in ("gap", "adjacent", "sentences", "other sentence", "quoted")}
    return {"side": side, **names, **{role: f"{side} {role} between" for role in ROLES}}


_BEFORE, _AFTER = _feature_names("before"), _feature_names("after")


def link_chunks(reading: Reading, words: Words, model: LinkerModel) -> list[Link]:
    """The statements that the chunks make, in the order of their contents; unsure ones are left out.

    Each content goes to the cue it fits best, each such cue takes the source that fits it best. A cue without a
    content is no statement. Not handled here: contents within contents (``find_attributions`` reads the content
    again).
    """
    layout = Layout(words, reading.chunks)
    cues = [chunk for chunk in reading.chunks if chunk.role == "cue"]
    contents: dict[Chunk, list[tuple[Chunk, float]]] = {}
    for content in (chunk for chunk in reading.chunks if chunk.role == "content"):
        best = _best(layout, reading, model.content, content, cues, of_cue=False)
        if best and best[1] >= model.least_content:
            contents.setdefault(best[0], []).append((content, best[1]))
    sources = [chunk for chunk in reading.chunks if chunk.role == "source"]
    links = []
    for cue, scored in contents.items():
        source = _best(layout, reading, model.source, cue, sources, of_cue=True)
        if source and source[1] < model.least_source:
            source = None
        links.append(_link(layout, model, cue, source, scored))
    links.sort(key=lambda link: link.contents[0].first)
    return [link for link in links if link.probability >= model.threshold]


def _best(
    layout: Layout, reading: Reading, model: Logistic, chunk: Chunk, others: Sequence[Chunk], *, of_cue: bool
) -> tuple[Chunk, float] | None:
    """The chunk of ``others`` that fits ``chunk`` best, with its log-odds; None where none is near enough."""
    if chunk.mark is not None:
        return next(((other, _logit(other.score)) for other in others if other.mark == chunk.mark), None)
    low = bisect_left(others, chunk.first - MAX_WORDS, key=lambda other: other.last)
    high = bisect_right(others, chunk.last + MAX_WORDS, key=lambda other: other.first)
    scored, sentence_of = [], layout.words.sentence_of
    for other in others[low:high]:
        if abs(sentence_of[chunk.first] - sentence_of[other.first]) <= MAX_SENTENCES:
            cue, part = (chunk, other) if of_cue else (other, chunk)
            features = pair_features(layout, cue, part, reading.affinity(cue, part))
            scored.append((other, model.log_odds(features)))
    return max(scored, key=lambda item: item[1], default=None)


def _link(
    layout: Layout,
    model: LinkerModel,
    cue: Chunk,
    source: tuple[Chunk, float] | None,
    contents: Sequence[tuple[Chunk, float]],
) -> Link:
    parts = sorted(contents, key=lambda item: item[0].first)
    main = max(parts, key=lambda item: item[0].last - item[0].first)
    length = sum(chunk.last - chunk.first for chunk, _ in parts)
    features = {
        "cue": _logit(cue.score),
        "content": _logit(main[0].score),
        "least content": min(_logit(chunk.score) for chunk, _ in parts),
        "content link": max(-4.0, min(4.0, main[1])),
        "source": _logit(source[0].score) if source else 0.0,
        "source link": max(-4.0, min(4.0, source[1])) if source else 0.0,
        "no source": float(source is None),
        "parts": float(len(parts) - 1),
        "length": math.log1p(length),
        "short": float(length < 3),
        "quoted": float(layout.is_quoted(main[0])),
        "cue quoted": float(layout.is_quoted(cue)),
        "cue words": float(min(5, cue.last - cue.first)),
    }
    fitted = 1 / (1 + math.exp(-model.statement.log_odds(features)))
    probability = fitted if cue.mark is None else cue.score
    return Link(cue, source[0] if source else None, tuple(chunk for chunk, _ in parts), features, probability)


def _logit(probability: float) -> float:
    clipped = min(0.999, max(0.001, probability))
    return math.log(clipped / (1 - clipped))
