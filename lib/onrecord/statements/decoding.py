"""Scores per word and tag → chunks: the best valid sequence of begin and inside tags (Viterbi)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.tagger import ROLES, Chunk

TAGS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
_FORBIDDEN = -1e4
_TINY = 1e-9
#: A content goes on beyond a cue where that is at least a quarter as probable as the best tags. In PolNeAR's articles
#: the content then ended 20 times where people end it, 4 times they had ended it before the cue.
MAX_LOSS = float(np.log(4))
Floats = NDArray[np.floating]


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


def tags_to_chunks(scores: Floats, starts: Sequence[int] = ()) -> list[Chunk]:
    """Chunks from unnormalised tag scores [words, 7], by the best sequence of tags; see ``chunks_of``."""
    if not len(scores):
        return []
    log = scores - scores.max(1, keepdims=True)
    log -= np.log(np.exp(log).sum(1, keepdims=True))
    tags, probabilities = best_tags(log), np.exp(log)
    return chunks_of(tags, probabilities, starts)


def chunks_of(tags: Sequence[int], probabilities: Floats, starts: Sequence[int] = ()) -> list[Chunk]:
    """Chunks from the best tag per word and the probabilities of all tags [words, 7].

    A chunk's score is the mean probability of its role. Contents are joined where that is nearly as probable, but not
    over a paragraph's end: ``starts`` are the words that begin one, in order.
    """
    begins = [i for i, tag in enumerate(tags) if tag % 2 == 1 or (tag and (i == 0 or tags[i - 1] == 0))]
    roles = np.stack([probabilities[:, 0], *(probabilities[:, k] + probabilities[:, k + 1] for k in (1, 3, 5))])
    summed = np.cumsum(np.pad(roles, ((0, 0), (1, 0))), axis=1, dtype=np.float64)
    chunks = []
    for first in begins:
        role = (tags[first] - 1) // 2
        last = first + 1
        while last < len(tags) and tags[last] == 2 + 2 * role:
            last += 1
        chunks.append(Chunk(ROLES[role], first, last, _mean(summed[1 + role], first, last)))
    return _joined(chunks, tags, roles, starts)


def _mean(summed: Floats, first: int, last: int) -> float:
    return float((summed[last] - summed[first]) / (last - first))


def _joined(chunks: list[Chunk], tags: Sequence[int], roles: Floats, starts: Sequence[int]) -> list[Chunk]:
    """``chunks``, where a content that a cue cuts short is one content to the end if that is nearly as probable.

    Tags are flat: of "said that A, despite concerns that B" they give "concerns" its content or "said" the whole.
    Where both are about as likely the whole is taken, for what is said within it is found when it is read again.
    """
    path = np.log(roles[[(tag + 1) // 2 for tag in tags], np.arange(len(tags))] + _TINY)
    loss = np.cumsum(np.append(0.0, path - np.log(roles[3] + _TINY)))
    found: list[Chunk] = []
    for chunk in chunks:
        if chunk.role == "content" and [each.role for each in found[-2:]] == ["content", "cue"]:
            first, end = found[-2].first, found[-2].last
            apart = bisect_right(starts, first) != bisect_right(starts, chunk.first)
            if not apart and loss[chunk.last] - loss[end] <= MAX_LOSS:
                found[-2:] = [Chunk("content", first, chunk.last, float(roles[3, first : chunk.last].mean()))]
                continue
        found.append(chunk)
    return found
