"""What a tagger is: it reads the words of an article and says which are source, cue and content.

Two taggers have this one interface: the encoder (``encoder.py``, the default) and the CRF (``crf.py``, fast).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.records import Spans
from onrecord.text import Words

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``first`` to ``last`` (exclusive; indices into ``Words``) that play one role.

    Chunks with the same ``mark`` are one statement: the page shows it, by a label or a signature (``speaker_labels``).
    """

    role: str
    first: int
    last: int
    score: float
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a tagger thinks a statement does: the probability of each act and of "hedged" (``acts``).

    ``targets`` holds, per word of cue and content, the probabilities of no target, actor favor, actor against, issue
    favor, issue against.
    """

    acts: Mapping[str, float]
    targets: Mapping[int, Sequence[float]]


class Reading(Protocol):
    """What a tagger saw in one article; ``chunks`` stand in the order of the text."""

    @property
    def chunks(self) -> Sequence[Chunk]: ...

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        """Log-odds that ``other`` (a source or content) belongs to ``cue``, by the tagger; 0.0 where it has none."""

    def judge(self, words: Words, source: Spans, cue: Spans, content: Spans) -> Judgement | None:
        """What the statement with these parts does, in the same words; None where the tagger cannot tell."""


class Tagger(Protocol):
    """Reads the words of an article. ``name`` is the engine, ``model`` the version of its parameters."""

    name: str
    model: str

    def read(self, words: Words) -> Reading: ...
