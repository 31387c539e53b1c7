"""How well a statement fits as what another one answers: the features behind ``disputes.find_responses``.

A denial answers what puts its proposition forward: the words in common, who is named on which side, what the other
statement does, and how far off it stands.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.mentions import Mentions
from onrecord.propernames import lists
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
_UNTOLD = ("", "unknown")
_CHARGES = ("accusation", "claim")
#: Rivals less likely than this are no evidence; leaving them out keeps long articles fast.
_NEGLIGIBLE = 0.02


@dataclass(frozen=True, slots=True)
class Facts:
    """What the features need of one statement.

    ``words`` maps the stems of cue and content to word indices, and ``inner`` holds those of the content alone;
    ``setting`` those of the whole sentences that it stands in. ``speaker`` and ``named`` are the actor's entity and the
    entities that the content names, by number, ``sides`` the sides that the content names.
    """

    statement: Statement
    place: int
    paragraph: int
    sentences: frozenset[int]
    words: Mapping[str, Sequence[int]]
    inner: Mapping[str, float]
    setting: Mapping[str, float]
    names: frozenset[str]
    vector: Mapping[str, float]
    speaker: frozenset[int]
    named: frozenset[int]
    sides: frozenset[str]
    asks: bool
    points: bool
    negated: bool
    length: int


def name_words(name: str) -> frozenset[str]:
    """The words of an actor's name that tell it from others, lower case: "the Haqqani network" → haqqani, network."""
    words = (word.strip(".,'’\"").removesuffix("’s").removesuffix("'s") for word in name.lower().split())
    return frozenset(word for word in words if word and word not in FUNCTION_WORDS)


def gather_facts(
    wording: Wording, statements: Sequence[Statement], mentions: Mentions | None = None
) -> tuple[Facts, ...]:
    """The facts of each statement, in the order given; word weights are by rarity within the article."""
    order = {s.id: k for k, s in enumerate(sorted(statements, key=lambda s: s.content[:1] or s.cue[:1]))}
    mentions = mentions or Mentions()
    entity = {each.name: each.number for each in mentions.entities}
    spread = _sentence_words(wording)
    read = [wording.within((*s.cue, *s.content)) for s in statements]
    words = [_stems(wording, indices) for indices in read]
    seen = Counter(word for each in words for word in each)
    rarity = {word: math.log(1 + len(statements) / count) for word, count in seen.items()}
    usual = math.log(1 + len(statements))
    found = []
    for statement, indices, stems in zip(statements, read, words, strict=True):
        plain = [wording.lower[i] for i in indices]
        inside = wording.within(statement.content)
        sentences = frozenset(wording.sentence[i] for i in indices)
        around = {word for number in sentences for word in _stems(wording, spread[number])}
        named = [mention.entity for mention in mentions.touching(statement.content)]
        speaker = {entity[statement.actor]} if statement.actor in entity else set()
        found.append(
            Facts(
                statement=statement,
                place=order[statement.id],
                paragraph=wording.paragraph[indices[0]] if indices else 0,
                sentences=sentences,
                words=stems,
                inner=_unit(_stems(wording, inside), rarity, usual),
                setting=_unit(around, rarity, usual),
                names=name_words(statement.actor),
                vector=_unit(stems, rarity, usual),
                speaker=frozenset(speaker),
                named=frozenset(each.number for each in named) - speaker,
                sides=frozenset({each.side for each in named} | set(_place_sides(wording, inside))) - {*_UNTOLD},
                asks="?" in plain or not _ASKING.isdisjoint(plain),
                points=not _POINTING.isdisjoint(plain[:8]) and len(plain) <= 14,
                negated=not _NEGATIONS.isdisjoint(plain),
                length=len(indices),
            )
        )
    return tuple(found)


def _sentence_words(wording: Wording) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, number in enumerate(wording.sentence):
        found.setdefault(number, []).append(index)
    return found


def _place(wording: Wording, index: int) -> str:
    """The country that the word names: "Pakistani" and "Islamabad" are both Pakistan; "" for any other word."""
    kind, side = lists().places.get(wording.text[slice(*wording.spans[index])], ("", ""))
    return side if kind in ("country", "demonym", "people", "capital") else ""


def _place_sides(wording: Wording, indices: Sequence[int]) -> list[str]:
    return [side for side in (_place(wording, i) for i in indices) if side]


def _stems(wording: Wording, indices: Sequence[int]) -> dict[str, list[int]]:
    """The stems of the words with content; all names of a country and its people are one."""
    found: dict[str, list[int]] = {}
    for word, places in wording.stems(indices).items():
        key = _place(wording, places[0]) or word
        found.setdefault(key, []).extend(places)
    return found


def _unit(words: Iterable[str], rarity: Mapping[str, float], usual: float) -> dict[str, float]:
    known = sorted(set(words))
    size = math.sqrt(sum(rarity.get(word, usual) ** 2 for word in known)) or 1.0
    return {word: rarity.get(word, usual) / size for word in known}


def shared_words(answer: Facts, other: Facts) -> list[str]:
    """Stems that both statements have, the rarest first, equally rare ones by the alphabet."""
    return sorted(answer.words.keys() & other.words.keys(), key=lambda word: (-answer.vector[word], word))


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other[word] for word, weight in one.items() if word in other)  # in order: sums round alike


def closeness(answer: Facts, other: Facts) -> float:
    """Cosine of the two statements' words, weighed by rarity: 0 nothing in common, 1 the same words."""
    return _cosine(answer.vector, other.vector)


def same_actor(one: Facts, other: Facts) -> bool:
    """Whether both statements are of one actor: the same entity, or the same name."""
    if one.speaker and other.speaker:
        return one.speaker == other.speaker
    return bool(one.names) and one.names == other.names


def pair_features(answer: Facts, others: Sequence[Facts]) -> list[dict[str, float]]:
    """Per other statement the features of "``answer`` answers this one"."""
    near = [closeness(answer, other) for other in others]
    best = max(near, default=0.0)
    back = sorted((other.place for other in others if other.place < answer.place), reverse=True)
    strange = [o.place for o in others if o.place < answer.place and not same_actor(answer, o)]
    charges = [o.place for o in others if o.place < answer.place and o.statement.act == "accusation"]
    asked = [o.place for o in others if o.place < answer.place and o.asks]
    nearest = {
        "next before": max(back, default=-1),
        "next before of another": max(strange, default=-1),
        "next charge before": max(charges, default=-1),
        "next question before": max(asked, default=-1),
    }
    return [
        _features(answer, other, cosine, best) | {name: 1.0 for name, place in nearest.items() if place == other.place}
        for other, cosine in zip(others, near, strict=True)
    ]


def _features(answer: Facts, other: Facts, cosine: float, best: float) -> dict[str, float]:
    act, to = answer.statement.act, other.statement.act
    distance = answer.place - other.place
    gap = abs(answer.paragraph - other.paragraph)
    spoken = frozenset(other.words)
    charge = to in _CHARGES
    mine, theirs = answer.statement.side, other.statement.side
    opposed = mine not in _UNTOLD and theirs not in _UNTOLD and mine != theirs
    inner = _cosine(answer.inner, other.inner)
    setting = _cosine(answer.inner, other.setting)
    both = _cosine(answer.setting, other.setting)
    covered = sum(answer.inner[w] ** 2 for w in answer.inner.keys() & other.words.keys())
    told = bool(answer.speaker & other.named) or _stems_of(answer.names, spoken)
    found = {
        "bias": 1.0,
        f"act {act}": 1.0,
        f"act {act} to {to}": 1.0,
        f"to {to}": 1.0,
        f"distance {_step(distance)}": 1.0,
        f"paragraphs {'+' if distance > 0 else '-'}{min(gap, 4)}": 1.0,
        "cosine": cosine,
        "cosine root": math.sqrt(cosine),
        "cosine below best": best - cosine,
        "closest": float(cosine == best > 0),
        "nothing shared": float(cosine == 0),
        "content cosine": inner,
        "content cosine root": math.sqrt(inner),
        "content to sentence": setting,
        "sentence to sentence": both,
        "sentence to sentence root": math.sqrt(both),
        "covered": covered,
        "same sentence": float(bool(answer.sentences & other.sentences)),
        "same actor": float(same_actor(answer, other)),
        "names in common": float(bool(answer.names & other.names)),
        "no actor": float(not other.names),
        "actor unnamed": float(not other.statement.named),
        "answer's actor unnamed": float(not answer.statement.named),
        "names who answers": float(told),
        "answer names it": float(bool(other.speaker & answer.named) or _stems_of(other.names, frozenset(answer.words))),
        "named in both": float(min(2, len(answer.named & other.named))),
        "opposed": float(opposed),
        "same side": float(mine == theirs and mine not in _UNTOLD),
        "names the answer's side": float(mine in other.sides),
        "opposed, names the answer's side": float(opposed and mine in other.sides),
        "answer names its side": float(theirs in answer.sides and theirs != mine),
        f"asks, {act}": float(other.asks),
        f"asks just before, {act}": float(other.asks and 0 < distance <= 2),
        "points": float(answer.points and 0 < distance <= 2),
        "points far": float(answer.points and not 0 < distance <= 2),
        "negation on one side": float(answer.negated != other.negated),
        "short answer": float(answer.length <= 6 and 0 < distance <= 2),
        "short other": float(other.length <= 6),
        "hedged other": float(other.statement.hedged),
    }  # fmt: skip
    found[f"cosine, {act}"] = cosine
    found["cosine, charge"] = cosine * charge
    found["cosine, same actor"] = cosine * found["same actor"]
    found["charge names who answers"] = float(told and to == "accusation")
    found["near charge names who answers"] = float(told and gap <= 2)
    found[f"names who answers, {act}"] = float(told)
    found["cosine, names who answers"] = cosine * (told or bool(found["opposed, names the answer's side"]))
    return {name: value for name, value in found.items() if value}


def _stems_of(names: frozenset[str], words: frozenset[str]) -> bool:
    return any(stem(name) in words for name in names)


def _step(distance: int) -> str:
    sign = "+" if distance > 0 else "-"
    return sign + str(next((step for step in _STEPS if abs(distance) <= step), "far"))


def second_look(answer: Facts, others: Sequence[Facts], chances: Sequence[float]) -> list[dict[str, float]]:
    """Per other statement the features that weigh it against its rivals, from the ``chances`` of the first pass.

    What restates or stands beside something likely is likelier itself; what has a much likelier rival is less so.
    """
    act = answer.statement.act
    ranked = sorted(range(len(others)), key=lambda i: -chances[i])
    return [
        {name: value for name, value in _second(act, others, chances, ranked, rank).items() if value}
        for _, rank in sorted((i, rank) for rank, i in enumerate(ranked))
    ]


def _second(
    act: str, others: Sequence[Facts], chances: Sequence[float], ranked: Sequence[int], rank: int
) -> dict[str, float]:
    here = ranked[rank]
    other, odds = others[here], _log_odds(chances[here])
    rivals = [(chances[i], others[i]) for i in ranked if i != here]
    top = _log_odds(rivals[0][0]) if rivals else _log_odds(0.0)
    likely = [(chance, rival) for chance, rival in rivals if chance >= _NEGLIGIBLE]
    first = others[ranked[0]]
    return {
        "bias": 1.0,
        "logit": odds,
        f"logit {act}": odds,
        f"act {act}": 1.0,
        f"rank {min(rank, 4)}": 1.0,
        "below top": top - odds if rank else 0.0,
        "above": odds - top if not rank else 0.0,
        "top": max(top, odds),
        "others": sum(chance for chance, _ in rivals),
        "restates": max((chance * closeness(other, rival) for chance, rival in likely), default=0.0),
        "same speaker as likely": max((chance for chance, rival in likely if same_actor(other, rival)), default=0.0),
        "beside likely": max((chance for chance, r in likely if abs(r.place - other.place) == 1), default=0.0),
        "same act likely": max((c for c, r in likely if r.statement.act == other.statement.act), default=0.0),
        "top speaker": float(rank > 0 and same_actor(other, first)),
        "close to top": closeness(other, first) if rank else 0.0,
    }


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-5), 1 - 1e-5)
    return math.log(kept / (1 - kept))
