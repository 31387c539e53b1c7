"""Scores per word and tag → chunks: the best valid sequence of begin and inside tags (Viterbi)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.taggers import ROLES, Chunk

TAGS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
_FORBIDDEN = -1e4
Floats = NDArray[np.float32]


def best_tags(log_probabilities: Floats) -> list[int]:
    """The most probable valid tag sequence for scores [words, 7] (Viterbi 1967), one tag index per word.

    An inside tag follows only the begin or inside tag of its role; all else may follow anything, so that one
    maximum per word serves four of the seven tags.
    """
    first, *others = log_probabilities.tolist()
    back: list[tuple[int, int, int, int]] = []
    reached = [score + (_FORBIDDEN if tag[0] == "I" else 0.0) for tag, score in zip(TAGS, first, strict=True)]
    for o, b0, i0, b1, i1, b2, i2 in others:
        top = max(reached)
        _, s0, t0, s1, t1, s2, t2 = reached
        back.append((reached.index(top), 1 if s0 >= t0 else 2, 3 if s1 >= t1 else 4, 5 if s2 >= t2 else 6))
        reached = [top + o, top + b0, max(s0, t0) + i0, top + b1, max(s1, t1) + i1, top + b2, max(s2, t2) + i2]
    tags = [reached.index(max(reached))]
    for before in reversed(back):
        tag = tags[-1]
        tags.append(before[tag // 2 if tag and tag % 2 == 0 else 0])
    return tags[::-1]


def tags_to_chunks(scores: Floats) -> list[Chunk]:
    """Chunks from unnormalised tag scores [words, 7]; a chunk's score is the mean probability of its role."""
    if not len(scores):
        return []
    log = scores - scores.max(1, keepdims=True)
    log -= np.log(np.exp(log).sum(1, keepdims=True))
    tags, probabilities = best_tags(log), np.exp(log)
    summed = np.cumsum(probabilities[:, 1::2] + probabilities[:, 2::2], axis=0, dtype=np.float64)
    begins = [i for i, tag in enumerate(tags) if tag % 2 == 1 or (tag and (i == 0 or tags[i - 1] == 0))]
    chunks = []
    for first in begins:
        role = (tags[first] - 1) // 2
        last = first + 1
        while last < len(tags) and tags[last] == 2 + 2 * role:
            last += 1
        total = summed[last - 1, role] - (summed[first - 1, role] if first else 0.0)
        chunks.append(Chunk(ROLES[role], first, last, float(total / (last - first))))
    return chunks
