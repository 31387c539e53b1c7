"""The fast engine: a linear-chain CRF that tags the words of each paragraph as source, cue or content.

For a first look at very many articles, and where the encoder cannot run. It was trained with python-crfsuite
(``training/train_crf.py``); reading needs numpy alone: the weights of each word form are added up once, then all
paragraphs of an article are decoded together.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.records import OnrecordError, Spans
from onrecord.statements.crf_features import NEIGHBOURS, Ints, Lexicon, Vocabulary, code_of, codes_of
from onrecord.statements.decoding import TAGS, chunks_of
from onrecord.statements.speaker_labels import marked_chunks
from onrecord.statements.tagger import Chunk
from onrecord.text import Words

Floats = npt.NDArray[np.float32]

#: The file of parameters in ``models/``, and the version that an Analysis names.
MODEL = "crf-1"
#: Word forms kept in memory before they are looked up anew: some 60 MB, thousands of articles.
MAX_FORMS = 100_000
#: Codes below this are looked up in an array, others in a dict.
MAX_ARRAY = 2_000_000


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
    except Exception as error:  # a cut archive raises errors of zipfile, zlib and struct besides numpy's own
        raise OnrecordError(
            f"The model of the fast engine cannot be read: {source} ({error}). "
            "Install onrecord again (pip install --force-reinstall onrecord), or train it: training/train_crf.py."
        ) from error
    return Parameters(attributes, weights, moves, lexicon)


class Scorer:
    """Adds up the weights of what is seen of each word. Keeps what it learned of a word form for the next article."""

    def __init__(self, model: Parameters):
        self.moves = model.moves
        self._lexicon = model.lexicon
        self._weights = np.vstack([np.zeros((1, len(TAGS)), dtype=np.float32), model.weights])  # row 0: no weight
        self._form_rows: dict[int, dict[tuple[str, str], int]] = {by: {} for by in NEIGHBOURS}
        self._rows: dict[str, dict[int, int] | Ints] = {}
        self._words = self._index(model)
        self._forget()

    def _index(self, model: Parameters) -> dict[str, int]:
        """Fill the tables from code to row; the words that the model knows."""
        vocabulary = Vocabulary(model.lexicon)
        found: dict[str, dict[int, int]] = {}
        for row, attribute in enumerate(model.attributes, 1):
            place = code_of(attribute, vocabulary)
            if place is None:
                name, _, value = attribute.partition("=")  # "n-1w=said": what of which neighbour
                self._form_rows[int(name[1:-1])][name[-1], value] = row
            else:
                found.setdefault(place[0], {})[place[1]] = row
        for template, rows in found.items():
            self._rows[template] = _as_array(rows) if max(rows) < MAX_ARRAY else rows
        return vocabulary.words

    def _forget(self) -> None:
        self._vocabulary = Vocabulary(self._lexicon, words=self._words, is_open=False)
        self._sums = np.zeros((len(NEIGHBOURS), 0, len(TAGS)), dtype=np.float32)  # [neighbour, form, tag]
        self._summed = 0

    def scores(self, words: Words) -> tuple[Floats, Ints]:
        """A score per word and tag, and where each paragraph begins."""
        if len(self._vocabulary.forms) > MAX_FORMS:
            self._forget()
        codes, layout = codes_of(words, self._vocabulary)
        self._add_forms()
        total = np.zeros((len(words.spans), len(TAGS)), dtype=np.float32)
        for sums, by in zip(self._sums, NEIGHBOURS, strict=True):
            total += sums[codes.pop(f"n{by}")]
        rows = np.array([self._look_up(template, values) for template, values in codes.items()])
        return total + self._weights[rows].sum(axis=0), layout.block_starts

    def _look_up(self, template: str, values: Ints) -> Ints | list[int]:
        rows = self._rows.get(template, {})
        if isinstance(rows, dict):
            get = rows.get
            return [get(code, 0) for code in values.tolist()]
        return rows[np.minimum(values, len(rows) - 1)]  # the last row is 0

    def _add_forms(self) -> None:
        """The summed weights of each new word form, as each of the neighbours."""
        new = self._vocabulary.forms[self._summed :]
        if self._summed + len(new) > self._sums.shape[1]:
            room = np.zeros((len(NEIGHBOURS), max(4096, len(new), self._summed), len(TAGS)), dtype=np.float32)
            self._sums = np.concatenate([self._sums, room], axis=1)
        for sums, by in zip(self._sums, NEIGHBOURS, strict=True):
            get = self._form_rows[by].get
            found = [
                (number, row) for number, form in enumerate(new, self._summed) for part in form if (row := get(part))
            ]
            if found:
                numbers, rows = np.array(found).T
                np.add.at(sums, numbers, self._weights[rows])
        self._summed += len(new)


def _as_array(rows: dict[int, int]) -> Ints:
    array = np.zeros(max(rows) + 2, dtype=np.int64)
    array[list(rows)] = list(rows.values())
    return array


@dataclass(frozen=True, slots=True)
class Decoded:
    """The best tags of an article, and the probability of each tag of each word."""

    tags: list[int]
    marginals: Floats


_INSIDE = np.array([tag.startswith("I") for tag in TAGS])
_OPENING = np.where(_INSIDE, -50.0, 0.0)


def decode(scores: Floats, starts: Ints, moves: Floats) -> Decoded:
    """Viterbi and forward-backward over the paragraphs that begin at ``starts``, all of them side by side.

    A paragraph may not open with an inside tag; ``moves`` says what may follow what.
    """
    size = len(scores)
    if not size:
        return Decoded([], scores)
    lengths = np.diff(np.append(starts, size))
    order = np.argsort(-lengths, kind="stable")  # longest first, so that those still running come first
    starts, lengths = starts[order], lengths[order]
    steps = np.arange(lengths[0])
    running = np.searchsorted(-lengths, -steps).tolist()  # paragraphs that have a word at this step
    place = np.minimum(starts[None, :] + steps[:, None], size - 1)  # [steps, paragraphs]
    inside = steps[:, None] < lengths[None, :]
    marginals = np.empty_like(scores)
    both = _forward_backward(scores[place], running, moves)[inside]
    marginals[place[inside]] = both / both.sum(1, keepdims=True)
    return Decoded(_viterbi(scores[place], starts.tolist(), lengths.tolist(), running, moves), marginals)


def _viterbi(scores: Floats, starts: list[int], lengths: list[int], running: list[int], moves: Floats) -> list[int]:
    """The best path: ``scores`` is [steps, paragraphs, tags]."""
    back = np.zeros(scores.shape, dtype=np.int64)
    reached = scores[0] + _OPENING.astype(np.float32)
    into = np.ascontiguousarray(moves.T)[None]
    for t, n in enumerate(running[1:], 1):
        through = reached[:n, None, :] + into
        through.argmax(2, back[t, :n])
        np.add(through.max(2), scores[t, :n], reached[:n])
    tags = [0] * sum(lengths)
    for row, (start, length, tag) in enumerate(zip(starts, lengths, reached.argmax(1).tolist(), strict=True)):
        path = back[:length, row].tolist()
        for t in range(length - 1, -1, -1):
            tags[start + t] = tag
            tag = path[t][tag]
    return tags


def _forward_backward(scores: Floats, running: list[int], moves: Floats) -> npt.NDArray[np.float64]:
    """The probability of each tag but for a factor per word, [steps, paragraphs, tags].

    Every fourth step is scaled, so that no length overflows.
    """
    emit = np.exp(scores - scores.max(2, keepdims=True), dtype=np.float64) + 1e-30
    through = np.exp(moves, dtype=np.float64)
    forward, backward = np.zeros_like(emit), np.ones_like(emit)
    forward[0] = emit[0] * np.exp(_OPENING)
    for t, n in enumerate(running[1:], 1):
        state = np.matmul(forward[t - 1, :n], through, forward[t, :n])
        state *= emit[t, :n]
        if not t % 4:
            state /= state.sum(1, keepdims=True)
    out = np.ascontiguousarray(through.T)
    for t in range(len(running) - 1, 0, -1):
        n = running[t]
        state = np.matmul(emit[t, :n] * backward[t, :n], out, backward[t - 1, :n])
        if not t % 4:
            state /= state.sum(1, keepdims=True)
    return forward * backward  # type: ignore[no-any-return]


def read_tags(words: Words, model: Parameters) -> list[int]:
    """The index into ``TAGS`` of each word, best path: for training and tests."""
    scores, starts = Scorer(model).scores(words)
    return decode(scores, starts, model.moves).tags


@dataclass(frozen=True, slots=True)
class CrfReading:
    """What the CRF saw in one article."""

    chunks: Sequence[Chunk]

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        """Always 0.0: the CRF tags words and says nothing of which belong together."""
        return 0.0

    def judge(self, words: Words, source: Spans, cue: Spans, content: Spans) -> None:
        """Always None: the CRF says nothing of what a statement does."""


@dataclass(slots=True)
class CrfTagger:
    """The fast engine. Not safe for several threads at once (it remembers what it looked up): use processes."""

    scorer: Scorer
    name: str = "fast"
    model: str = MODEL

    def read(self, words: Words) -> CrfReading:
        """The sources, cues and contents in ``words``, in their order, never overlapping."""
        if not words.spans:
            return CrfReading(())
        scores, starts = self.scorer.scores(words)
        decoded = decode(scores, starts, self.scorer.moves)
        chunks = chunks_of(decoded.tags, decoded.marginals, starts.tolist())
        return CrfReading(marked_chunks(words, chunks))


@functools.cache
def load_crf() -> CrfTagger:
    """The shipped CRF, loaded once. Raises ``OnrecordError`` where its file is missing or damaged."""
    return CrfTagger(Scorer(load(files("onrecord").joinpath(f"models/{MODEL}.npz"))))
