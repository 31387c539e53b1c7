"""How well a statement fits as what another one answers: the features behind ``links.find_responses``.

A denial answers what puts its proposition forward: the words in common, who is named on which side, what the other
statement does, and how far off it stands. Most answers answer nothing that the article quotes: that is an option too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from onrecord.answers.statement_facts import UNTOLD, Facts, closeness, cosine, same_actor
from onrecord.text import stem

_STEPS = (1, 2, 3, 5, 8, 12, 20)
_CHARGES = ("accusation", "claim")
#: Rivals less likely than this are no evidence; leaving them out keeps long articles fast.
_NEGLIGIBLE = 0.02
#: What the first pass thinks less likely than this is not looked at again: no link was ever made of it.
_HOPELESS = 0.001


def no_link_features(answer: Facts, others: Sequence[Facts]) -> dict[str, float]:
    """The features of "``answer`` answers none of ``others``"."""
    found = {
        "bias": 1.0,
        f"act {answer.statement.act}": 1.0,
        f"length {min(6, answer.length.bit_length())}": 1.0,
        f"place {min(5, answer.place.bit_length())}": 1.0,
        f"others {len(others).bit_length()}": 1.0,
        "points": float(answer.points),
        "negated": float(answer.negated),
        "tells one inside": float(any(_inside(other, answer) for other in others)),
        "told inside another": float(answer.statement.nested_in is not None),
    }
    return {name: value for name, value in found.items() if value} | {f"cue {word}": 1.0 for word in answer.cue}


def pair_features(answer: Facts, others: Sequence[Facts]) -> list[dict[str, float]]:
    """Per other statement the features of "``answer`` answers this one"."""
    near = [closeness(answer, other) for other in others]
    best = max(near, default=0.0)
    before = [other for other in others if other.place < answer.place]
    nearest = {
        "next before": _last(before),
        "next before of another": _last([o for o in before if not same_actor(answer, o)]),
        "next charge before": _last([o for o in before if o.statement.act == "accusation"]),
        "next question before": _last([o for o in before if o.asks]),
    }
    return [
        _features(answer, other, close, best) | {name: 1.0 for name, place in nearest.items() if place == other.place}
        for other, close in zip(others, near, strict=True)
    ]


def _inside(other: Facts, answer: Facts) -> bool:
    """Whether the content of ``answer`` tells the other statement: "rejected reports that …"."""
    return other.statement.nested_in == answer.statement.id


def _last(facts: Sequence[Facts]) -> int:
    return max((each.place for each in facts), default=-1)


def _features(answer: Facts, other: Facts, close: float, best: float) -> dict[str, float]:
    found = {
        **_act_features(answer, other),
        **_word_features(answer, other, close, best),
        **_actor_features(answer, other, close),
        **_side_features(answer, other, close),
    }
    return {name: float(value) for name, value in found.items() if value}


def _act_features(answer: Facts, other: Facts) -> dict[str, float]:
    """What both do, in which order and how far from each other, and whether the one points to the other."""
    act, to = answer.statement.act, other.statement.act
    distance, gap = answer.place - other.place, abs(answer.paragraph - other.paragraph)
    just_before = 0 < distance <= 2
    return {
        "bias": 1.0,
        f"act {act}": 1.0,
        f"act {act} to {to}": 1.0,
        f"to {to}": 1.0,
        **{f"its cue {word}": 1.0 for word in other.cue},
        f"distance {_step(distance)}": 1.0,
        f"paragraphs {'+' if distance > 0 else '-'}{min(gap, 4)}": 1.0,
        "same sentence": bool(answer.sentences & other.sentences),
        f"asks, {act}": other.asks,
        f"asks just before, {act}": other.asks and just_before,
        "points": answer.points and just_before,
        "points far": answer.points and not just_before,
        "short answer": answer.length <= 6 and just_before,
        "short other": other.length <= 6,
        "hedged other": other.statement.hedged,
        f"place {min(5, other.place.bit_length())}": 1.0,
        **_nesting_features(answer, other),
    }  # fmt: skip


def _nesting_features(answer: Facts, other: Facts) -> dict[str, float]:
    """Whether the answer tells the other statement itself, or somebody else tells one of them or both."""
    within, by = answer.statement.nested_in, other.statement.nested_in
    inside = _inside(other, answer)
    return {
        "inside": inside,
        f"inside, {answer.statement.act}": inside,
        "other inside another": by is not None and not inside,
        "both inside one": by is not None and by == within,
        "answer inside another": within is not None,
    }


def _word_features(answer: Facts, other: Facts, close: float, best: float) -> dict[str, float]:
    """Words in common: of the statements (``close``), their contents, sentences and paragraphs."""
    act, inner = answer.statement.act, cosine(answer.inner, other.inner)
    both = cosine(answer.setting, other.setting)
    return {
        "cosine": close,
        "cosine root": math.sqrt(close),
        "cosine below best": best - close,
        "closest": close == best > 0,
        "nothing shared": close == 0,
        f"cosine, {act}": close,
        "cosine, charge": close * (other.statement.act in _CHARGES),
        "content cosine": inner,
        "content cosine root": math.sqrt(inner),
        "content to sentence": cosine(answer.inner, other.setting),
        "sentence to sentence": both,
        "sentence to sentence root": math.sqrt(both),
        "paragraph to paragraph": cosine(answer.topic, other.topic),
        "content to paragraph": cosine(answer.inner, other.topic),
        "paragraph to content": cosine(answer.topic, other.inner),
        "covered": sum(weight**2 for word, weight in answer.inner.items() if word in other.words),
        "negation on one side": answer.negated != other.negated,
    }


def _actor_features(answer: Facts, other: Facts, close: float) -> dict[str, float]:
    """Who names whom, in the contents and in the sentences around them."""
    act, same = answer.statement.act, same_actor(answer, other)
    told = bool(answer.speaker & other.named) or _stems_of(answer.names, other)
    near_told, near_back = bool(answer.camp & other.nearby), bool(other.camp & answer.nearby)
    return {
        "same actor": same,
        "cosine, same actor": close * same,
        "names in common": bool(answer.names & other.names),
        "no actor": not other.names,
        "actor unnamed": not other.statement.named,
        "answer's actor unnamed": not answer.statement.named,
        "names who answers": told,
        f"names who answers, {act}": told,
        "charge names who answers": told and other.statement.act == "accusation",
        "near charge names who answers": told and abs(answer.paragraph - other.paragraph) <= 2,
        "cosine, names who answers": close * told,
        "answer names it": bool(other.speaker & answer.named) or _stems_of(other.names, answer),
        "names the answer's camp": bool(answer.camp & other.named),
        "answer names its camp": bool(other.camp & answer.named),
        "same camp": bool(answer.camp & other.camp),
        "sentence names the answer's camp": near_told,
        "answer's sentence names its camp": near_back,
        "sentences name each other's camp": near_told and near_back,
        "near in common": min(3, len(answer.nearby & other.nearby)),
        "named in both": min(2, len(answer.named & other.named)),
    }


def _side_features(answer: Facts, other: Facts, close: float) -> dict[str, float]:
    """Whether they are of two sides, and which side the contents name."""
    mine, theirs = answer.statement.side, other.statement.side
    opposed = mine not in UNTOLD and theirs not in UNTOLD and mine != theirs
    named = opposed and mine in other.sides
    return {
        "opposed": opposed,
        "same side": mine == theirs and mine not in UNTOLD,
        "names the answer's side": mine in other.sides,
        "opposed, names the answer's side": named,
        "cosine, opposed, names the answer's side": close * named,
        "answer names its side": theirs in answer.sides and theirs != mine,
    }


def _stems_of(names: frozenset[str], spoken: Facts) -> bool:
    """Whether one of the words of a name stands in the statement."""
    return any(stem(name) in spoken.words for name in names)


def _step(distance: int) -> str:
    sign = "+" if distance > 0 else "-"
    return sign + str(next((step for step in _STEPS if abs(distance) <= step), "far"))


def second_look(
    answer: Facts, others: Sequence[Facts], chances: Sequence[float]
) -> Iterator[tuple[int, dict[str, float]]]:
    """The features that weigh a statement against its rivals, from the ``chances`` of the first pass.

    They come with its number in ``others``; what has next to no chance is left out.

    What restates or stands beside something likely is likelier itself; what has a much likelier rival is less so.
    """
    field = _Field(answer.statement.act, others, chances)
    for i, chance in enumerate(chances):
        if chance >= _HOPELESS:
            yield i, {name: value for name, value in field.features(i).items() if value}


class _Field:
    """What one answer may answer, by the chances of the first pass: the few likely ones are what the others face."""

    def __init__(self, act: str, others: Sequence[Facts], chances: Sequence[float]) -> None:
        self.act, self.others, self.chances = act, others, chances
        ranked = sorted(range(len(others)), key=lambda i: -chances[i])
        self.rank = {i: rank for rank, i in enumerate(ranked)}
        self.best = ranked[:2]
        self.likely = [i for i in ranked if chances[i] >= _NEGLIGIBLE]
        self.total = sum(chances)

    def features(self, here: int) -> dict[str, float]:
        """The features of the other statement number ``here``."""
        other, rank, act = self.others[here], self.rank[here], self.act
        odds, first = _log_odds(self.chances[here]), self.others[self.best[0]]
        top = _log_odds(max((self.chances[i] for i in self.best if i != here), default=0.0))
        rivals = [(self.chances[i], self.others[i]) for i in self.likely if i != here]
        return {
            "bias": 1.0,
            "logit": odds,
            f"logit {act}": odds,
            f"act {act}": 1.0,
            f"rank {min(rank, 4)}": 1.0,
            "below top": top - odds if rank else 0.0,
            "above": odds - top if not rank else 0.0,
            "top": max(top, odds),
            "others": self.total - self.chances[here],
            "restates": max((chance * closeness(other, rival) for chance, rival in rivals), default=0.0),
            "same speaker as likely": max(
                (chance for chance, rival in rivals if same_actor(other, rival)), default=0.0
            ),
            "beside likely": max((chance for chance, r in rivals if abs(r.place - other.place) == 1), default=0.0),
            "same act likely": max((c for c, r in rivals if r.statement.act == other.statement.act), default=0.0),
            "top speaker": float(rank > 0 and same_actor(other, first)),
            "close to top": closeness(other, first) if rank else 0.0,
        }


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-5), 1 - 1e-5)
    return math.log(kept / (1 - kept))
