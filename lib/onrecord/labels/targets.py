"""The possible targets of a stance in one statement: names and pronouns for actors, noun phrases for issues."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors import Antecedents
from onrecord.labels.stance_features import Candidate
from onrecord.lexicon import phrase_ending_verbs
from onrecord.names import Entity, Mentions
from onrecord.records import Actor, Attribution
from onrecord.text import FUNCTION_WORDS, Parts, Words

_THIRD = frozenset("he him his himself she her hers herself they them their".split())
_OPENERS = frozenset("the a an this that these those his her its their our my your any some such more no 's".split())
_LINKS = frozenset("of for on to with against in between from over".split())
_MARKS = frozenset("`` '' \" ' , . : ; ? ! ( ) [ ] - -- – — … ... “ ”".split())
#: The longest noun phrase, and how far into the content issues are looked for.
MAX_PHRASE, ISSUE_REACH = 9, 40


def actor_candidates(
    words: Words, parts: Parts, attribution: Attribution, actor: Actor, mentions: Mentions, antecedents: Antecedents
) -> list[Candidate]:
    """Entities named or taken up by a pronoun in cue or content, in the order of the text; never the source itself."""
    places: dict[int, list[tuple[int, ...]]] = {}
    entities: dict[int, Entity] = {}
    named: set[int] = set()
    for mention in mentions.within((*attribution.cue, *attribution.content)):
        place = tuple(words.touching([mention.span]))
        if place:
            entities[mention.entity.number] = mention.entity
            places.setdefault(mention.entity.number, []).append(place)
            named.add(mention.entity.number)
    for i in (*parts.cue, *parts.content):
        if words.lower[i] in _THIRD:
            entity, _, _ = antecedents.third(words.lower[i], words.spans[i].start)
            if entity is not None:
                entities[entity.number] = entity
                places.setdefault(entity.number, []).append((i,))
    found = [
        Candidate(entity.name, tuple(sorted(places[number])), entity, number in named)
        for number, entity in entities.items()
        if not _is_source(entity, actor)
    ]
    return sorted(found, key=lambda candidate: candidate.places[0])


def _is_source(entity: Entity, actor: Actor) -> bool:
    return _plain(entity.name) == _plain(actor.name)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ")


def issue_candidates(words: Words, parts: Parts, actors: Sequence[Candidate]) -> list[Candidate]:
    """Noun phrases of the content that are no name, in the order of the text.

    Without a parser: a phrase opens at the first word of the content or behind a determiner, a preposition or the cue,
    and runs to the next function word, mark or verb-like ending; "of", "on" and the like lead on to a second half.
    """
    names = {i for candidate in actors if candidate.by_name for place in candidate.places for i in place}
    found: list[Candidate] = []
    k, content = 0, parts.content[:ISSUE_REACH]
    while k < len(content):
        end = _phrase_end(words, content, k)
        core = [i for i in content[k:end] if words.lower[i] not in _OPENERS]
        if core and not set(core) <= names:
            found.append(_candidate(words, content[k:end]))
        k = max(end, k + 1)
    return found


def _candidate(words: Words, indices: Sequence[int]) -> Candidate:
    spans = words.cover(indices)
    name = " ".join(" ".join(words.text[s:e].split()) for s, e in spans)
    return Candidate(name, (tuple(indices),))


def _phrase_end(words: Words, content: Sequence[int], start: int) -> int:
    """Where the noun phrase that begins at ``start`` ends; ``start`` where none begins there."""
    end = _run(words, content, start)
    if end == start or not _may_open(words, content, start):
        return start
    if end + 1 < len(content) and words.lower[content[end]] in _LINKS and content[end] == content[end - 1] + 1:
        second = _run(words, content, end + 1)
        if end + 1 < second <= start + MAX_PHRASE:
            return second
    return end


def _may_open(words: Words, content: Sequence[int], start: int) -> bool:
    if start == 0 or words.lower[content[start]] in _OPENERS:
        return True
    before = words.lower[content[start - 1]]
    return before in FUNCTION_WORDS or before in _MARKS or before in phrase_ending_verbs()


def _run(words: Words, content: Sequence[int], start: int) -> int:
    """Past the words of one noun phrase without its prepositions."""
    k = start
    while k < len(content) and k < start + MAX_PHRASE and words.lower[content[k]] in _OPENERS:
        k += 1
    first = k
    while k < len(content) and k < start + MAX_PHRASE and _is_nominal(words.lower[content[k]], k > first):
        k += 1
    return k if k > first else start


def _is_nominal(word: str, inside: bool) -> bool:
    if word == "'s":
        return inside
    return (
        word not in FUNCTION_WORDS and word not in _MARKS and word not in phrase_ending_verbs() and word[:1].isalnum()
    )
