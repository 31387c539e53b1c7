"""What the encoder reads beside the article: lines that put side by side what has to be weighed.

A window shows a statement in its place; a line shows one statement with all whom it could be for or against. The words
of a line carry the part they play as their feature, where those of a window carry their shape: the candidate's number
(on its name and wherever it is mentioned), the source, the cue, the content, what stands before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.statements.encoder_windows import SPECIAL_FEATURE

#: So many candidates are weighed in one line; further ones are left to the words alone.
MOST_CANDIDATES = 8
STANCE, SOURCE, CUE, CONTENT, BEFORE, ANSWER, ANSWERED = range(SPECIAL_FEATURE + 1, SPECIAL_FEATURE + 8)
CANDIDATE = ANSWERED + 1
#: Features in all: those of words in windows, then those of words in lines.
N_FEATURES = CANDIDATE + MOST_CANDIDATES
CLS, SEP = 101, 102
Run = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Words with the features they carry; of more than ``limit`` pieces the first are read, or the ``last``."""

    runs: tuple[Run, ...]
    limit: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``parts`` in their order; ``kind`` is the feature of the pieces that are no words."""

    kind: int
    parts: tuple[Part, ...]
    candidates: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line as the network reads it: ids and features, and where the pieces of each part's name and mentions are."""

    ids: list[int]
    features: list[int]
    names: list[list[int]]
    mentions: list[list[int]]
    answer: list[int]


def pieces_of(lines: Sequence[Line], encode: Callable[[list[str]], list[list[int]]]) -> list[Pieces]:
    """``encode`` cuts texts to the ids of their pieces."""
    texts = [run[0] for line in lines for part in line.parts for run in part.runs]
    cut = iter(encode(texts))
    return [_pieces(line, [[(next(cut), run[1]) for run in part.runs] for part in line.parts]) for line in lines]


def _pieces(line: Line, cut: Sequence[Sequence[tuple[list[int], int]]]) -> Pieces:
    found = Pieces([CLS], [line.kind], [[] for _ in range(line.candidates)], [[] for _ in range(line.candidates)], [])
    for part, runs in zip(line.parts, cut, strict=True):
        pieces = [(id, feature) for ids, feature in runs for id in ids]
        pieces = pieces[-part.limit :] if part.last else pieces[: part.limit]
        named = len(part.runs) == 1
        for id, feature in pieces:
            if feature >= CANDIDATE:
                (found.names if named else found.mentions)[feature - CANDIDATE].append(len(found.ids))
            elif feature == ANSWER:
                found.answer.append(len(found.ids))
            found.ids.append(id)
            found.features.append(feature)
        found.ids.append(SEP)
        found.features.append(line.kind)
    return found
