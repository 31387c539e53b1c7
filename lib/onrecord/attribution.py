"""Words → source, cue, content. A tagger reads the words, the linker joins what it found.

Two taggers have one interface: the encoder (default) and the CRF (``engine="fast"``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.records import Article, Tokens

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``first`` to ``last`` (exclusive; indices into ``Tokens.words``) that play one role."""

    role: str
    first: int
    last: int
    score: float


class Reading(Protocol):
    """What a tagger saw in one article."""

    chunks: Sequence[Chunk]

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        """Log-odds that ``other`` (a source or content) belongs to ``cue``, by the tagger; 0.0 where it has none."""


class Tagger(Protocol):
    """Reads the words of an article. ``name`` is the engine, ``model`` the version of its parameters."""

    name: str
    model: str

    def read(self, article: Article, tokens: Tokens) -> Reading: ...
