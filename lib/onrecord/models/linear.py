"""A linear model over named features, small enough to ship: 8-bit weights by the hash of the name.

Only features seen in training have a row, so that no two of them share weights but by a rare clash of 32-bit hashes.
"""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.models.parameters import damaged, read_arrays

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


def feature_hash(name: str) -> int:
    """The 32-bit hash a feature is kept under; the same on every machine (unlike ``hash``)."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class LinearModel:
    """``labels`` name the columns of ``weights`` [features + 1, labels]; ``rows`` finds a feature by its hash.

    The last row of ``weights`` is 0: that of every feature never seen. ``leanings`` are the weights above their mean
    over the labels.
    """

    labels: tuple[str, ...]
    rows: dict[int, int]
    weights: Floats
    bias: Floats
    leanings: Floats

    def find(self, names: Iterable[str]) -> Rows:
        """The row of each feature."""
        get, unseen = self.rows.get, len(self.weights) - 1
        return np.array([get(feature_hash(name), unseen) for name in names], dtype=np.intp)

    def total(self, rows: Rows, start: Floats | None = None) -> Floats:
        """One sum of weights per label (log-odds, or log-probabilities up to a constant); on from ``start``."""
        return np.asarray((self.bias if start is None else start) + self.weights[rows].sum(0))

    def score(self, names: Iterable[str]) -> Floats:
        """The ``total`` of named features."""
        return self.total(self.find(names))

    def leaning(self, rows: Rows, label: str) -> list[float]:
        """What each feature adds to ``label`` above its mean over the labels; 0.0 for one never seen."""
        found: list[float] = self.leanings[rows, self.labels.index(label)].tolist()
        return found


def softmax(scores: Floats) -> Floats:
    """Probabilities from log-probabilities up to a constant."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def sigmoid(score: float) -> float:
    """Probability from log-odds."""
    return 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, score))))


def save_model(
    path: Path, labels: Sequence[str], hashes: Sequence[int], weights: NDArray[Any], bias: NDArray[Any]
) -> None:
    """Write ``weights`` [features, labels] as 8-bit integers with one scale per label."""
    order = np.argsort(np.asarray(hashes, dtype=np.uint32))
    scale = np.maximum(np.abs(weights).max(0), 1e-9) / 127
    np.savez_compressed(
        path,
        labels=np.array(list(labels)),
        hashes=np.asarray(hashes, dtype=np.uint32)[order],
        weights=np.round(weights[order] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.asarray(bias, dtype=np.float32),
    )


@functools.cache
def load_model(name: str) -> LinearModel:
    """The model in ``models/<name>.npz``. Raises ``OnrecordError`` where it is missing or damaged."""
    raw = read_arrays(f"{name}.npz")
    try:
        weights = np.pad(raw["weights"].astype(np.float64) * raw["scale"].astype(np.float64), ((0, 1), (0, 0)))
        rows = {int(key): row for row, key in enumerate(raw["hashes"])}
        labels, bias = tuple(map(str, raw["labels"])), raw["bias"].astype(np.float64)
        return LinearModel(labels, rows, weights, bias, weights - weights.mean(1, keepdims=True))
    except (KeyError, ValueError) as error:
        raise damaged(f"{name}.npz", error) from error
