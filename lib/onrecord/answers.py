"""How well a statement fits as what another one answers: the features behind ``disputes.find_responses``.

A denial answers what puts its proposition forward: the words in common, who is named on which side, what the other
statement does, and how far off it stands.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Statement
from onrecord.wording import FUNCTION_WORDS, Wording, stem

_POINTING = frozenset(
    "it that this such these those claim claims accusation accusations allegation allegations charge charges criticism "
    "report reports suggestion notion idea question questions request".split()
)
_ASKING = frozenset(
    "ask asked asks asking question questions whether request requested wonder wondered pressed".split()
)
_NEGATIONS = frozenset("not n't never no nothing none".split())
_STEPS = (1, 2, 3, 5, 8, 12, 20)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the features need of one statement: ``words`` maps the stems of cue and content to word indices."""

    statement: Statement
    place: int
    paragraph: int
    words: Mapping[str, Sequence[int]]
    names: frozenset[str]
    vector: Mapping[str, float]
    asks: bool
    points: bool
    negated: bool
    length: int


def name_words(name: str) -> frozenset[str]:
    """The words of an actor's name that tell it from others, lower case: "the Haqqani network" → haqqani, network."""
    words = (word.strip(".,'’\"").removesuffix("’s").removesuffix("'s") for word in name.lower().split())
    return frozenset(word for word in words if word and word not in FUNCTION_WORDS)


def gather_facts(wording: Wording, statements: Sequence[Statement]) -> tuple[Facts, ...]:
    """The facts of each statement, in the order given; word weights are by rarity within the article."""
    order = {s.id: k for k, s in enumerate(sorted(statements, key=lambda s: s.content[:1] or s.cue[:1]))}
    read = [_read(wording, statement) for statement in statements]
    seen = Counter(word for words, _ in read for word in words)
    rarity = {word: math.log(1 + len(statements) / count) for word, count in seen.items()}
    found = []
    for statement, (words, indices) in zip(statements, read, strict=True):
        plain = [wording.lower[i] for i in indices]
        size = math.sqrt(sum(rarity[word] ** 2 for word in words)) or 1.0
        found.append(
            Facts(
                statement=statement,
                place=order[statement.id],
                paragraph=wording.paragraph[indices[0]] if indices else 0,
                words=words,
                names=name_words(statement.actor),
                vector={word: rarity[word] / size for word in words},
                asks="?" in plain or not _ASKING.isdisjoint(plain),
                points=not _POINTING.isdisjoint(plain[:8]) and len(plain) <= 14,
                negated=not _NEGATIONS.isdisjoint(plain),
                length=len(indices),
            )
        )
    return tuple(found)


def _read(wording: Wording, statement: Statement) -> tuple[Mapping[str, Sequence[int]], list[int]]:
    indices = wording.within((*statement.cue, *statement.content))
    return wording.stems(indices), indices


def shared_words(answer: Facts, other: Facts) -> list[str]:
    """Stems that both statements have, the rarest first."""
    return sorted(answer.words.keys() & other.words.keys(), key=lambda word: -answer.vector[word])


def closeness(answer: Facts, other: Facts) -> float:
    """Cosine of the two statements' words, weighed by rarity: 0 nothing in common, 1 the same words."""
    return sum(answer.vector[word] * other.vector[word] for word in answer.words.keys() & other.words.keys())


def pair_features(answer: Facts, others: Sequence[Facts]) -> list[dict[str, float]]:
    """Per other statement the features of "``answer`` answers this one"."""
    near = [closeness(answer, other) for other in others]
    best = max(near, default=0.0)
    back = sorted(other.place for other in others if other.place < answer.place)
    return [_features(answer, other, cosine, best, back) for other, cosine in zip(others, near, strict=True)]


def _features(answer: Facts, other: Facts, cosine: float, best: float, back: Sequence[int]) -> dict[str, float]:
    act = answer.statement.act
    distance = answer.place - other.place
    gap = abs(answer.paragraph - other.paragraph)
    spoken = frozenset(other.words)
    found = {
        "bias": 1.0,
        f"act {act}": 1.0,
        f"act {act} to {other.statement.act}": 1.0,
        f"to {other.statement.act}": 1.0,
        f"distance {_step(distance)}": 1.0,
        f"paragraphs {'+' if distance > 0 else '-'}{min(gap, 4)}": 1.0,
        "next before": float(bool(back) and other.place == back[-1]),
        "cosine": cosine,
        "cosine root": math.sqrt(cosine),
        "cosine below best": best - cosine,
        "closest": float(cosine == best > 0),
        "nothing shared": float(cosine == 0),
        "nested in the answer": float(other.statement.nested_in == answer.statement.id),
        "answer nested in it": float(answer.statement.nested_in == other.statement.id),
        "same actor": float(bool(answer.names & other.names)),
        "names who answers": float(_stems_of(answer.names, spoken)),
        "answer names it": float(_stems_of(other.names, frozenset(answer.words))),
        "against who answers": float(
            any(s.polarity == "against" and name_words(s.target) & answer.names for s in other.statement.stances)
        ),
        f"asks, {act}": float(other.asks),
        f"asks just before, {act}": float(other.asks and 0 < distance <= 2),
        "points": float(answer.points and 0 < distance <= 2),
        "points far": float(answer.points and not 0 < distance <= 2),
        "negation on one side": float(answer.negated != other.negated),
        "short answer": float(answer.length <= 6 and 0 < distance <= 2),
        "short other": float(other.length <= 6),
        "hedged other": float(other.statement.hedged),
    }
    found[f"cosine, {act}"] = cosine
    found["cosine, charge"] = cosine * (other.statement.act in ("accusation", "claim"))
    found["cosine, same actor"] = cosine * found["same actor"]
    found["charge names who answers"] = found["names who answers"] * (other.statement.act == "accusation")
    found["near charge names who answers"] = found["names who answers"] * (gap <= 2)
    return {name: value for name, value in found.items() if value}


def _stems_of(names: frozenset[str], words: frozenset[str]) -> bool:
    return any(stem(name) in words for name in names)


def _step(distance: int) -> str:
    sign = "+" if distance > 0 else "-"
    return sign + str(next((step for step in _STEPS if abs(distance) <= step), "far"))
