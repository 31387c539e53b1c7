"""The default tagger: a fine-tuned encoder (ONNX, 8 bits) on the CPU, with its heads in numpy.

The network and how it was trained: ``models/encoder-2.md`` and ``training/train_encoder.py``. Needs onnxruntime
and tokenizers, no PyTorch.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from onrecord.records import ACTS, OnrecordError, Spans
from onrecord.statements.decoding import tags_to_chunks
from onrecord.statements.encoder_windows import MAX_PIECES_PER_WORD, SPECIAL_FEATURE, Window, windows, word_features
from onrecord.statements.speaker_labels import marked_chunks, paragraphs
from onrecord.statements.tagger import Chunk, Judgement
from onrecord.text import Words

MODEL = "encoder-2"
_SURROGATE = re.compile("[\ud800-\udfff]")
LINK_SIZE = 96
CLS, SEP, UNKNOWN = 101, 102, 100
#: Pieces in one run of the network, padding counted: more of them do not fit the processor's cache.
PIECES_PER_RUN = 320
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class EncoderReading:
    """What the encoder saw: chunks, a vector per word [words, 384], and what the heads make of them."""

    chunks: Sequence[Chunk]
    vectors: Floats
    heads: Heads

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        """Mean log-odds over the words of ``other`` that they belong to the cue that opens at ``cue.first``."""
        role = 0 if other.role == "source" else 1
        as_cue, as_part = self._links
        tail = as_part[role, other.first : other.last].sum(0) / (other.last - other.first)
        return float(min(8.0, max(-8.0, as_cue[role, cue.first] @ tail + self.heads.weights["link_bias"][role])))

    @functools.cached_property
    def _links(self) -> tuple[Floats, Floats]:
        with _one_thread():
            return self.heads.links(self.vectors)

    def judge(self, words: Words, source: Spans, cue: Spans, content: Spans) -> Judgement | None:
        """Acts, hedging and targets by the heads; None where cue or content hold no word (nothing to read)."""
        parts = [words.beginning_in(spans) for spans in (source, cue, content)]
        if not parts[1] or not parts[2]:
            return None
        within = sorted({*parts[1], *parts[2]})
        with _one_thread():
            statement = self.heads.statement(self.vectors, *parts)
            targets = self.heads.targets(statement, self.vectors[within])
            acts = self.heads.acts(statement)
        return Judgement(acts, dict(zip(within, targets.tolist(), strict=True)))


class Encoder:
    """The tagger with engine name ``default``; one instance holds one onnxruntime session on one core."""

    name = "default"
    model = MODEL

    def __init__(self) -> None:
        folder = files("onrecord").joinpath("models")
        try:
            self._session = _session(folder.joinpath(f"{MODEL}.onnx").read_bytes())
            self._tokenizer = Tokenizer.from_str(folder.joinpath(f"{MODEL}.tokenizer.json").read_text("utf-8"))
            self.heads = Heads.load()
        except Exception as error:
            raise OnrecordError(
                f"the default engine's model (onrecord/models/{MODEL}.*) is missing or damaged ({error}): "
                'install onrecord again, or use engine="fast"'
            ) from error

    def read(self, words: Words) -> EncoderReading:
        """Tags, chunks and vectors of the words. Linear in its length; windows do not see each other."""
        pieces = self._pieces(words.forms)
        features = word_features(words)
        vectors = np.zeros((len(pieces), self.heads.size), dtype=np.float32)
        scores = np.zeros((len(pieces), 7), dtype=np.float32)
        for batch in _batches(windows(words.tokens, [len(p) for p in pieces]), pieces):
            self._run(batch, pieces, features, vectors, scores)
        chunks = tags_to_chunks(scores, [first for first, _ in paragraphs(words.tokens)])
        return EncoderReading(marked_chunks(words, chunks), vectors, self.heads)

    def _pieces(self, forms: Sequence[str]) -> list[list[int]]:
        whole = [_SURROGATE.sub("\ufffd", form) for form in forms]  # the tokenizer refuses half a character
        encoded = self._tokenizer.encode_batch_fast(whole, add_special_tokens=False)
        return [item.ids[:MAX_PIECES_PER_WORD] or [UNKNOWN] for item in encoded]

    def _run(
        self, batch: list[Window], pieces: list[list[int]], features: list[int], vectors: Floats, scores: Floats
    ) -> None:
        outputs = self._session.run(None, _arrays(batch, pieces, features))
        for row, window in enumerate(batch):
            count = window.last - window.first
            vectors[window.first : window.last] = outputs[0][row, :count]
            scores[window.first : window.last] = outputs[1][row, :count]


def _session(model: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # one core: corpora run one process a core
    options.enable_cpu_mem_arena = False  # no faster with one, and it would keep the largest of each length
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _batches(spans: Iterable[Window], pieces: list[list[int]]) -> Iterator[list[Window]]:
    """Windows of like length, as many as make ``PIECES_PER_RUN``; a longer one by itself."""
    sized = sorted((sum(map(len, pieces[w.first : w.last])), w.first, w) for w in spans)
    batch: list[Window] = []
    for size, _, window in sized:
        if batch and size * (len(batch) + 1) > PIECES_PER_RUN:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _arrays(batch: list[Window], pieces: list[list[int]], features: list[int]) -> dict[str, NDArray[np.int64]]:
    """Padded inputs of the network: ids, features, mask [batch, pieces] and starts [batch, words]."""
    rows = [_window_rows(window, pieces, features) for window in batch]
    length, words = (max(len(row[k]) for row in rows) for k in (0, 2))
    arrays = {name: np.zeros((len(rows), length), dtype=np.int64) for name in ("ids", "features", "mask")}
    arrays["features"][:] = SPECIAL_FEATURE
    arrays["starts"] = np.zeros((len(rows), words), dtype=np.int64)
    for i, (ids, feature, starts) in enumerate(rows):
        arrays["ids"][i, : len(ids)] = ids
        arrays["features"][i, : len(ids)] = feature
        arrays["mask"][i, : len(ids)] = 1
        arrays["starts"][i, : len(starts)] = starts
    return arrays


def _window_rows(
    window: Window, pieces: list[list[int]], features: list[int]
) -> tuple[list[int], list[int], list[int]]:
    ids, feature, starts = [CLS], [SPECIAL_FEATURE], []
    for word in range(window.first, window.last):
        if word in window.breaks and word > window.first:
            ids.append(SEP)
            feature.append(SPECIAL_FEATURE)
        starts.append(len(ids))
        ids += pieces[word]
        feature += [features[word]] * len(pieces[word])
    return [*ids, SEP], [*feature, SPECIAL_FEATURE], starts


@dataclass(frozen=True)
class Heads:
    """The layers on top of the word vectors, as trained: ``models/encoder-2.heads.npz``."""

    weights: dict[str, Floats]

    @classmethod
    def load(cls) -> Heads:
        with files("onrecord").joinpath(f"models/{MODEL}.heads.npz").open("rb") as file:
            arrays = np.load(file, allow_pickle=False)
            return cls({name: arrays[name].astype(np.float32) for name in arrays.files})

    @property
    def size(self) -> int:
        return int(self.weights["link_word.weight"].shape[1])

    def _layer(self, name: str, inputs: Floats) -> Floats:
        return np.asarray(inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], dtype=np.float32)

    def links(self, vectors: Floats) -> tuple[Floats, Floats]:
        """Each word as a cue and as part of a statement [role, words, 96]: the product is their log-odds."""
        layers = [self._layer(name, vectors).reshape(-1, 2, LINK_SIZE) for name in ("link_cue", "link_word")]
        cues, parts = (layer.transpose(1, 0, 2) for layer in layers)
        return cues / np.float32(LINK_SIZE**0.5), parts

    def statement(self, vectors: Floats, source: list[int], cue: list[int], content: list[int]) -> Floats:
        """The statement's vector [256], from the pooled words of its parts."""
        empty = np.zeros(self.size, dtype=np.float32)
        means = [vectors[index].mean(0) if index else empty for index in (cue, content, source)]
        top = vectors[content].max(0) if content else empty
        return _gelu(self._layer("statement", np.concatenate([means[0], means[1], top, means[2]])))

    def acts(self, statement: Floats) -> dict[str, float]:
        """Probability per act, and of ``hedged``."""
        probabilities = dict(zip(ACTS, map(float, _softmax(self._layer("act", statement))), strict=True))
        return {**probabilities, "hedged": float(1 / (1 + np.exp(-self._layer("hedged", statement)[0])))}

    def targets(self, statement: Floats, vectors: Floats) -> Floats:
        """Probabilities [words, 5]: no target, actor favor, actor against, issue favor, issue against."""
        mixed = _gelu(self._layer("target_statement", statement) + self._layer("target_word", vectors))
        return _softmax(self._layer("target", mixed))


def _one_thread() -> AbstractContextManager[Any]:
    """While it is open numpy multiplies on one core, as the network runs on one: small products lose by more."""
    limited: AbstractContextManager[Any] = _blas().limit(limits=1, user_api="blas")
    return limited


@functools.cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)


def _gelu(values: Floats) -> Floats:
    """GELU by the tanh approximation (Hendrycks & Gimpel 2016), within 0.001 of the exact one used in training."""
    inner = np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)
    return np.asarray(0.5 * values * (1 + np.tanh(inner)), dtype=np.float32)


@functools.cache
def load_encoder() -> Encoder:
    """The encoder, loaded once. Raises ``OnrecordError`` where its files are missing."""
    return Encoder()
