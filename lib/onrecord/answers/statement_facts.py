"""What the links between answers and what they answer are read from: facts of each statement of an article.

``link_features`` makes the features of a link of them, ``disputes`` groups and names disputes by them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.lexicon import lists
from onrecord.names import Mentions, find_mentions, name_words
from onrecord.records import Statement
from onrecord.text import Words

_POINTING = frozenset(
    "it that this such these those claim claims accusation accusations allegation allegations charge charges criticism "
    "report reports suggestion notion idea question questions request".split()
)
_ASKING = frozenset(
    "ask asked asks asking question questions whether request requested wonder wondered pressed".split()
)
_NEGATIONS = frozenset("not n't never no nothing none".split())
#: What leads to a proposition and says nothing of it.
LEAD_IN = frozenset(
    "that to on about whether if of for any not n't would will has had have he she it they we i was is were are "
    "'' `` \" , . : discuss comment say answer know seen".split()
)
#: Sides that tell nothing.
UNTOLD = ("", "unknown")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the features need of one statement.

    ``words`` maps the stems of cue and content to word indices, ``cue`` holds those of the cue alone, ``inner`` those
    of the content, ``setting`` those of the whole sentences that it stands in, ``topic`` those of the paragraphs.
    ``speaker`` is the actor's entity, by number; ``camp`` also holds whom the words for the source name ("a spokesman
    for Mr. Li"); ``named`` are the entities that the content names, ``nearby`` those of its sentences; ``sides`` are
    the sides that the content names.
    """

    statement: Statement
    place: int
    paragraph: int
    sentences: frozenset[int]
    words: Mapping[str, Sequence[int]]
    cue: frozenset[str]
    inner: Mapping[str, float]
    setting: Mapping[str, float]
    topic: Mapping[str, float]
    names: frozenset[str]
    vector: Mapping[str, float]
    speaker: frozenset[int]
    camp: frozenset[int]
    named: frozenset[int]
    nearby: frozenset[int]
    sides: frozenset[str]
    asks: bool
    points: bool
    negated: bool
    length: int


def gather_facts(words: Words, statements: Sequence[Statement], mentions: Mentions | None = None) -> tuple[Facts, ...]:
    """The facts of each statement, in the order given; word weights are by rarity within the article.

    ``mentions`` are those of ``find_mentions``, which is called where they are not given.
    """
    order = {s.id: k for k, s in enumerate(sorted(statements, key=lambda s: s.content[:1] or s.cue[:1]))}
    mentions = mentions or find_mentions(words)
    entity = {each.name: each.number for each in mentions.entities}
    spread, blocks = _grouped(words.sentence_of), _grouped(words.block_of)
    camps = _camps(statements, mentions)
    read = [words.touching((*s.cue, *s.content)) for s in statements]
    stems = [_stems(words, indices) for indices in read]
    seen = Counter(word for each in stems for word in each)
    rarity = {word: math.log(1 + len(statements) / count) for word, count in seen.items()}
    usual = math.log(1 + len(statements))
    topics: dict[frozenset[int], dict[str, float]] = {}
    found = []
    for statement, indices, own in zip(statements, read, stems, strict=True):
        plain = [words.lower[i] for i in indices]
        inside = words.touching(statement.content)
        sentences = frozenset(words.sentence_of[i] for i in indices)
        places = [i for number in sorted(sentences) for i in spread[number]]
        wider = frozenset(words.block_of[i] for i in indices)
        if wider not in topics:  # statements of one paragraph share it
            topics[wider] = _unit((word for n in wider for word in _stems(words, blocks[n])), rarity, usual)
        named = [mention.entity for mention in mentions.touching(statement.content)]
        near = {mention.entity.number for mention in mentions.touching(words.cover(places))}
        speaker = {entity[statement.actor]} if statement.actor in entity else set()
        found.append(
            Facts(
                statement=statement,
                place=order[statement.id],
                paragraph=words.block_of[indices[0]] if indices else 0,
                sentences=sentences,
                words=own,
                cue=frozenset(_stems(words, words.touching(statement.cue))),
                inner=_unit(_stems(words, inside), rarity, usual),
                setting=_unit(_stems(words, places), rarity, usual),
                topic=topics[wider],
                names=name_words(statement.actor),
                vector=_unit(own, rarity, usual),
                speaker=frozenset(speaker),
                camp=frozenset(camps.get(statement.actor, set()) | speaker),
                named=frozenset(each.number for each in named) - speaker,
                nearby=frozenset(near) - speaker,
                sides=frozenset({each.side for each in named} | set(_place_sides(words, inside))) - {*UNTOLD},
                asks="?" in plain or not _ASKING.isdisjoint(plain),
                points=not _POINTING.isdisjoint(plain[:8]) and len(plain) <= 14,
                negated=not _NEGATIONS.isdisjoint(plain),
                length=len(indices),
            )
        )
    return tuple(found)


def _grouped(numbers: Sequence[int]) -> dict[int, list[int]]:
    """The indices of the words by the number of their sentence or paragraph."""
    found: dict[int, list[int]] = {}
    for index, number in enumerate(numbers):
        found.setdefault(number, []).append(index)
    return found


def _camps(statements: Sequence[Statement], mentions: Mentions) -> dict[str, set[int]]:
    """Per actor the entities that the words for it name, wherever it is a source: whom a spokesman speaks for."""
    found: dict[str, set[int]] = {}
    for each in statements:
        if each.actor:
            named = (mention.entity.number for mention in mentions.touching(each.source))
            found.setdefault(each.actor, set()).update(named)
    return found


def _place(words: Words, index: int) -> str:
    """The country that the word names: "Pakistani" and "Islamabad" are both Pakistan; "" for any other word."""
    kind, side = lists().places.get(words.forms[index], ("", ""))
    return side if kind in ("country", "demonym", "people", "capital") else ""


def _place_sides(words: Words, indices: Sequence[int]) -> list[str]:
    return [side for side in (_place(words, i) for i in indices) if side]


def _stems(words: Words, indices: Sequence[int]) -> dict[str, list[int]]:
    """The stems of the words with content; all names of a country and its people are one."""
    found: dict[str, list[int]] = {}
    for word, places in words.content_stems(indices).items():
        key = _place(words, places[0]) or word
        found.setdefault(key, []).extend(places)
    return found


def _unit(words: Iterable[str], rarity: Mapping[str, float], usual: float) -> dict[str, float]:
    known = sorted(set(words))
    size = math.sqrt(sum(rarity.get(word, usual) ** 2 for word in known)) or 1.0
    return {word: rarity.get(word, usual) / size for word in known}


def shared_words(answer: Facts, other: Facts) -> list[str]:
    """Stems that both statements have, the rarest first, equally rare ones by the alphabet."""
    return sorted(answer.words.keys() & other.words.keys(), key=lambda word: (-answer.vector[word], word))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two mappings of length 1 from words to weights, both in the order of the alphabet."""
    if len(other) < len(one):
        one, other = other, one
    return sum([weight * other[word] for word, weight in one.items() if word in other])  # in order: sums round alike


def closeness(answer: Facts, other: Facts) -> float:
    """Cosine of the two statements' words, weighed by rarity: 0 nothing in common, 1 the same words."""
    return cosine(answer.vector, other.vector)


def same_actor(one: Facts, other: Facts) -> bool:
    """Whether both statements are of one actor: the same entity, or the same name."""
    if one.speaker and other.speaker:
        return one.speaker == other.speaker
    return bool(one.names) and one.names == other.names
