"""Whom a pronoun or a description takes up: names and sources before it, weighed by nearness, place and gender."""

from __future__ import annotations

from bisect import bisect_left, insort

from onrecord.mentions import Entity, Mention, Mentions
from onrecord.records import Actor, Span, Spans
from onrecord.sourcephrase import Phrase
from onrecord.wordview import WordView

_REACH = 60
_MASCULINE = frozenset("he him his himself".split())
_FEMININE = frozenset("she her hers herself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
Found = tuple[Entity | None, Actor | None, Spans]


class Antecedents:
    """The names and the sources of one article, as candidates for what takes them up."""

    def __init__(self, view: WordView, mentions: Mentions) -> None:
        self.view, self.mentions = view, mentions
        self._sources: list[tuple[int, int, Actor, Entity | None]] = []

    def add_source(self, place: int, actor: Actor, entity: Entity | None) -> None:
        """Remembers that the source at ``place`` is ``actor``."""
        insort(self._sources, (place, len(self._sources), actor, entity), key=lambda s: s[:2])

    def third(self, word: str, place: int) -> Found:
        """The antecedent of a third-person pronoun at ``place``: an entity, else the actor of a source before."""
        if word in _MASCULINE or word in _FEMININE:
            mention = self._person("m" if word in _MASCULINE else "f", place)
            return (mention.entity, None, (mention.span,)) if mention else (None, None, ())
        return self._thing(word in _PLURAL, place)

    def _person(self, gender: str, place: int) -> Mention | None:
        end = self.mentions.before(place)
        here = self.view.sentence(place)
        best: tuple[float, Mention] | None = None
        seen: set[int] = set()
        last = self._last_source(place)
        for mention in reversed(self.mentions.names[max(0, end - _REACH) : end]):
            entity = mention.entity
            if entity.number in seen or entity.type != "person" or entity.gender not in ("", gender):
                continue
            seen.add(entity.number)
            score = self._score(mention, here, gender)
            score += 2.0 if last is not None and last is entity else 0.0
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    def _score(self, mention: Mention, here: int, gender: str) -> float:
        distance = here - self.view.sentence(mention.span.start)
        score = -1.0 * min(distance, 6)
        score += 1.0 if mention.entity.gender == gender else 0.0
        score += 0.1 * min(10, len(mention.entity.spans))
        index = self.view.index(mention.span.start)
        following = self.view.words[index + 1 : index + 6]
        if following and following[0] in ("'s", "’s"):
            score -= 0.7
        return score

    def _last_source(self, place: int) -> Entity | None:
        index = bisect_left(self._sources, (place, -1), key=lambda s: s[:2])
        return self._sources[index - 1][3] if index else None

    def _thing(self, plural: bool, place: int) -> Found:
        index = bisect_left(self._sources, (place, -1), key=lambda s: s[:2])
        for where, _, actor, entity in reversed(self._sources[max(0, index - 6) : index]):
            if entity is not None and entity.type == "person":
                continue
            if plural == (actor.kind == "group") or entity is not None and not plural:
                return entity, actor, (Span(where, where + 1),)
        if plural:
            return None, None, ()
        end = self.mentions.before(place)
        for mention in reversed(self.mentions.names[max(0, end - 10) : end]):
            if mention.entity.type in ("organization", "country"):
                return mention.entity, None, (mention.span,)
        return None, None, ()

    def relative(self, index: int) -> Spans | None:
        """The noun phrase right before the relative pronoun at word ``index``."""
        words = self.view.words
        last = index - 1
        while last >= 0 and words[last] in (",", "—", "–"):
            last -= 1
        if last < 0:
            return None
        name = self.mentions.at(self.view.spans[last].start)
        if name is not None:
            return (name.span,)
        first = last
        while first > 0 and last - first < 8 and words[first - 1][0].isalnum() and words[first].lower() not in ("the", "a", "an"):
            if self.view.sentence_of[first - 1] != self.view.sentence_of[index]:
                break
            first -= 1
        return (Span(self.view.spans[first].start, self.view.spans[last].end),)

    def description(self, phrase: Phrase) -> tuple[Entity, Span] | None:
        """The entity that a definite description fits: by its titles and roles, or by a word of its name."""
        if not phrase.head:
            return None
        place = phrase.spans[0].start
        end = self.mentions.before(place)
        for mention in reversed(self.mentions.names[max(0, end - _REACH) : end]):
            entity = mention.entity
            if entity.type == "person" and any(phrase.head in role.split() for role in entity.roles):
                return entity, mention.span
            if entity.type == "organization" and phrase.head in entity.name.lower().split():
                return entity, mention.span
        return None
