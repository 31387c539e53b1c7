"""The fast engine: a linear-chain CRF that tags the words of each paragraph as source, cue or content.

For a first look at very many articles, and where the encoder cannot run. It was trained with python-crfsuite
(``training/train_crf.py``); reading needs numpy alone: the weights of each word form are added up once, then all
paragraphs of an article are decoded together.
"""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.crf_features import Ints, Lexicon, Vocabulary, attributes_of, codes_of
from onrecord.decode import TAGS
from onrecord.records import Article, OnrecordError, Tokens
from onrecord.taggers import ROLES, Chunk

Floats = npt.NDArray[np.float32]

#: Forms of words kept in memory before the cache starts anew: some 100 MB, many thousands of articles.
MAX_FORMS = 100_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """What training found: a row of ``weights`` per attribute (a column per tag of
    ``decode.TAGS``), ``moves[a, b]`` from tag a to tag b, the lexicon."""

    attributes: list[str]
    weights: Floats
    moves: Floats
    lexicon: Lexicon


def save(model: Parameters, path: Path) -> None:
    """Write the parameters: arrays and JSON in a zip, nothing that runs."""
    lexicon = {name: dict(getattr(model.lexicon, name)) for name in ("cue", "fine", "coarse")}
    np.savez_compressed(
        path,
        attributes=np.frombuffer("\n".join(model.attributes).encode(), dtype=np.uint8),
        weights=model.weights.astype(np.float16),
        moves=model.moves,
        lexicon=np.frombuffer(json.dumps(lexicon, ensure_ascii=False).encode(), dtype=np.uint8),
    )


def load(source: Path | Traversable) -> Parameters:
    """The parameters in ``source``. Raises ``OnrecordError`` where the file is missing or damaged."""
    try:
        with source.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            attributes = arrays["attributes"].tobytes().decode().split("\n")
            weights, moves = arrays["weights"].astype(np.float32), arrays["moves"].astype(np.float32)
            lexicon = Lexicon(**json.loads(arrays["lexicon"].tobytes()))
        if weights.shape != (len(attributes), len(TAGS)) or moves.shape != (len(TAGS), len(TAGS)):
            raise ValueError(f"{weights.shape} weights for {len(attributes)} attributes")
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise OnrecordError(
            f"The model of the fast engine cannot be read: {source} ({error}). "
            "Install onrecord again (pip install --force-reinstall onrecord), or train it: training/train_crf.py."
        ) from error
    return Parameters(attributes, weights, moves, lexicon)


class Scorer:
    """Adds up the weights of the codes of each word. What was looked up once is kept, for the next article too."""

    def __init__(self, model: Parameters):
        self.model = model
        self._row = {name: i for i, name in enumerate(model.attributes)}
        self._forget()

    def _forget(self) -> None:
        self.vocabulary = Vocabulary(self.model.lexicon)
        self._slots: dict[str, dict[int, int]] = {}
        self._table = np.zeros((1024, len(TAGS)), dtype=np.float32)
        self._used = 1  # row 0 stays empty: most codes have no weight

    def scores(self, article: Article, tokens: Tokens) -> tuple[Floats, Ints]:
        """A score per word and tag, and where each paragraph begins."""
        if len(self.vocabulary.forms) > MAX_FORMS or self._used > 10 * MAX_FORMS:
            self._forget()
        codes, layout = codes_of(article, tokens, self.vocabulary)
        rows = np.array([self._rows(template, values) for template, values in codes.items()])
        return self._table[rows].sum(axis=0), layout.block_starts

    def _rows(self, template: str, values: Ints) -> list[int]:
        """The row of the table for each code; a code met for the first time gets one."""
        known = self._slots.setdefault(template, {})
        codes = values.tolist()
        rows = list(map(known.get, codes))
        if None in rows:
            for code in set(codes) - known.keys():
                known[code] = self._add(template, code)
            return [known[code] for code in codes]
        return rows  # type: ignore[return-value]

    def _add(self, template: str, code: int) -> int:
        found = [self._row[name] for name in attributes_of(template, code, self.vocabulary) if name in self._row]
        if not found:
            return 0
        if self._used == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[self._used] = self.model.weights[found].sum(axis=0)
        self._used += 1
        return self._used - 1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The best tags of an article, and the probability of each tag of each word."""

    tags: list[int]
    marginals: Floats


def decode(scores: Floats, starts: Ints, moves: Floats) -> Decoded:
    """Viterbi and forward-backward over the paragraphs that begin at ``starts``, all of them side by side.

    A paragraph may not open with an inside tag, and an inside tag follows only its own begin or inside.
    """
    size = len(scores)
    lengths = np.diff(np.append(starts, size))
    order = np.argsort(-lengths, kind="stable")  # longest first, so that those still running come first
    starts, lengths = starts[order], lengths[order]
    if not size:
        return Decoded([], scores)
    steps = int(lengths[0])
    running = np.searchsorted(-lengths, -np.arange(1, steps + 1), side="right")  # paragraphs with a word at step t
    opening = np.where(_INSIDE, -50.0, 0.0).astype(np.float32)
    best = _viterbi(scores, starts, lengths, running, moves, opening)
    marginals = _marginals(scores, starts, running, moves, opening)
    return Decoded(best, marginals)


_INSIDE = np.array([tag.startswith("I") for tag in TAGS])


def _viterbi(scores: Floats, starts: Ints, lengths: Ints, running: Ints, moves: Floats, opening: Floats) -> list[int]:
    steps = len(running)
    back = np.zeros((steps, len(starts), len(TAGS)), dtype=np.int64)
    reached = scores[starts] + opening
    into = np.ascontiguousarray(moves.T)[None]
    for t in range(1, steps):
        n = running[t]
        through = reached[:n, None, :] + into
        back[t, :n] = through.argmax(axis=2)
        reached[:n] = through.max(axis=2) + scores[starts[:n] + t]
    last = reached.argmax(axis=1).tolist()
    tags = [0] * len(scores)
    for row, (start, length, tag) in enumerate(zip(starts.tolist(), lengths.tolist(), last, strict=True)):
        path = back[:length, row].tolist()
        for t in range(length - 1, -1, -1):
            tags[start + t] = tag
            tag = path[t][tag]
    return tags


def _marginals(scores: Floats, starts: Ints, running: Ints, moves: Floats, opening: Floats) -> Floats:
    """Scaled forward-backward: each step is normalised, so that no length overflows."""
    emit = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float64) + 1e-30
    through = np.exp(moves).astype(np.float64)
    forward = np.zeros_like(emit)
    backward = np.ones_like(emit)
    state = emit[starts] * np.exp(opening)
    state /= state.sum(axis=1, keepdims=True)
    forward[starts] = state
    for t in range(1, len(running)):
        at = starts[: running[t]] + t
        state = (state[: len(at)] @ through) * emit[at]
        state /= state.sum(axis=1, keepdims=True)
        forward[at] = state
    out = through.T
    for t in range(len(running) - 1, 0, -1):
        at = starts[: running[t]] + t
        state = (emit[at] * backward[at]) @ out
        backward[at - 1] = state / state.sum(axis=1, keepdims=True)
    both = forward * backward
    return (both / both.sum(axis=1, keepdims=True)).astype(np.float32)


def chunks_of(decoded: Decoded) -> list[Chunk]:
    """Runs of one role, scored by the mean probability of that role over their words."""
    found: list[Chunk] = []
    tags, marginals = decoded.tags, decoded.marginals
    for role, begin in enumerate(range(1, len(TAGS), 2)):
        probability = marginals[:, begin] + marginals[:, begin + 1]
        for first in (i for i, tag in enumerate(tags) if tag == begin):
            last = first + 1
            while last < len(tags) and tags[last] == begin + 1:
                last += 1
            found.append(Chunk(ROLES[role], first, last, float(probability[first:last].mean())))
    return sorted(found, key=lambda chunk: chunk.first)


def read_tags(article: Article, tokens: Tokens, model: Parameters) -> list[int]:
    """The index into ``TAGS`` of each word, best path: for training and tests."""
    scores, starts = Scorer(model).scores(article, tokens)
    return decode(scores, starts, model.moves).tags


@dataclass(frozen=True, slots=True)
class CrfReading:
    """What the CRF saw in one article."""

    chunks: Sequence[Chunk]

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        """Always 0.0: the CRF tags words and says nothing of which belong together."""
        return 0.0


@functools.cache
def _shared(name: str) -> Scorer:
    return Scorer(load(files("onrecord").joinpath(f"models/{name}.npz")))


@dataclass(frozen=True, slots=True)
class CrfTagger:
    """The fast engine. Its parameters are loaded on the first reading and shared by all taggers of the process.

    Raises ``OnrecordError`` on the first reading where the model file is missing or damaged. Not safe for several
    threads at once: use processes, one tagger each.
    """

    name: str = "fast"
    model: str = "crf-1"

    def read(self, article: Article, tokens: Tokens) -> CrfReading:
        """The sources, cues and contents of ``article``, in the order of the text, never overlapping."""
        if not tokens.words:
            return CrfReading(())
        scorer = _shared(self.model)
        scores, starts = scorer.scores(article, tokens)
        return CrfReading(tuple(chunks_of(decode(scores, starts, scorer.model.moves))))
