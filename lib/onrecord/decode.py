"""Scores per word and tag → chunks: the best valid sequence of begin and inside tags (Viterbi)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.taggers import ROLES, Chunk

TAGS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
_FORBIDDEN = -1e4
Floats = NDArray[np.float32]


def _transitions() -> Floats:
    """0 where tag j may follow tag i; an inside tag follows only the begin or inside tag of its role."""
    allowed = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for j, tag in enumerate(TAGS):
        if tag.startswith("I"):
            allowed[[i for i, other in enumerate(TAGS) if other[2:] != tag[2:]], j] = _FORBIDDEN
    return allowed


_TRANSITIONS = _transitions()


def best_tags(log_probabilities: Floats) -> NDArray[np.int64]:
    """The most probable valid tag sequence for scores [words, 7] (Viterbi 1967), one tag index per word."""
    count = len(log_probabilities)
    back = np.zeros((count, len(TAGS)), dtype=np.int64)
    score = log_probabilities[0] + _TRANSITIONS[0]
    for word in range(1, count):
        paths = score[:, None] + _TRANSITIONS
        back[word] = paths.argmax(0)
        score = paths.max(0) + log_probabilities[word]
    tags = np.empty(count, dtype=np.int64)
    tags[-1] = score.argmax()
    for word in range(count - 1, 0, -1):
        tags[word - 1] = back[word, tags[word]]
    return tags


def tags_to_chunks(scores: Floats) -> list[Chunk]:
    """Chunks from unnormalised tag scores [words, 7]; a chunk's score is the mean probability of its role."""
    if not len(scores):
        return []
    log = scores - scores.max(1, keepdims=True)
    log -= np.log(np.exp(log).sum(1, keepdims=True))
    tags, probabilities = best_tags(log), np.exp(log)
    begins = [i for i, tag in enumerate(tags) if tag % 2 == 1 or (tag and (i == 0 or tags[i - 1] == 0))]
    chunks = []
    for first in begins:
        role = (int(tags[first]) - 1) // 2
        last = first + 1
        while last < len(tags) and tags[last] == 2 + 2 * role:
            last += 1
        share = probabilities[first:last, 1 + 2 * role : 3 + 2 * role].sum(1).mean()
        chunks.append(Chunk(ROLES[role], first, last, float(share)))
    return chunks
