"""Source → actor: whom the words of a source name, by the fullest name that the article gives.

>>> from onrecord.article import parse_article
>>> from onrecord.records import Attribution, Span
>>> from onrecord.tokens import tokenize
>>> article = parse_article("Spokesman Mark Toner met the press.\\n\\nHe said so.")
>>> he = Attribution((Span(37, 39),), (Span(40, 44),), (Span(45, 47),))
>>> [actor.name for actor in resolve_actors(article, tokenize(article.text, article.blocks), [he])]
['Mark Toner']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.antecedents import Antecedents
from onrecord.mentions import Entity, Mention, Mentions, find_mentions
from onrecord.propernames import lists
from onrecord.records import Actor, Article, Attribution, Reason, Span, Spans, Tokens
from onrecord.sides import UNKNOWN, side_of_words
from onrecord.sourcephrase import Phrase, read_phrase
from onrecord.wordview import WordView

__all__ = ["Mentions", "find_mentions", "resolve_actors"]

NARRATOR = Actor("", "narrator", False)
_FIRST = frozenset("i we me us my our myself ourselves".split())
_THIRD = frozenset("he she they it him her them his their its himself herself themselves".split())
_RELATIVE = frozenset("who which that whom whose".split())
_SINGULAR = frozenset("he she him her his himself herself".split())


def resolve_actors(
    article: Article,
    tokens: Tokens,
    attributions: Sequence[Attribution],
    *,
    sides: Mapping[str, str] | None = None,
) -> tuple[Actor, ...]:
    """One actor per attribution, in the same order; a missing source is the narrator with an empty name.

    ``sides`` is an analyst's own table, name → side; it stands before what the article and the lexicon say. Not
    handled: people whom the article never names, sources that another article introduces.
    """
    resolver = _Resolver(article, tokens, attributions)
    actors = tuple(resolver.actor(number) for number in range(len(attributions)))
    return tuple(_with_side(actor, sides) for actor in actors) if sides else actors


def _with_side(actor: Actor, sides: Mapping[str, str]) -> Actor:
    if actor.name not in sides:
        return actor
    kept = tuple(reason for reason in actor.because if reason.label != "side")
    reason = Reason("side", (), "the analyst's own table of sides")
    return Actor(actor.name, actor.kind, actor.named, sides[actor.name], (*kept, reason))


class _Resolver:
    """Resolves sources in any order, each once: a pronoun in a quotation needs the one who is quoted."""

    def __init__(self, article: Article, tokens: Tokens, attributions: Sequence[Attribution]) -> None:
        self.view = WordView(article, tokens)
        self.mentions = find_mentions(article, tokens)
        self.attributions = attributions
        self.antecedents = Antecedents(self.view, self.mentions)
        self.done: dict[int, Actor] = {}
        self.entity: dict[int, Entity] = {}
        self.busy: set[int] = set()
        self.order = sorted((a.source[0].start, i) for i, a in enumerate(attributions) if a.source)
        for _, number in self.order:
            self.actor(number)

    def actor(self, number: int) -> Actor:
        if number not in self.done:
            if number in self.busy:
                return NARRATOR
            self.busy.add(number)
            self.done[number] = self._resolve(number)
            self._remember(number)
        return self.done[number]

    def _remember(self, number: int) -> None:
        source = self.attributions[number].source
        if source and self.done[number].name:
            self.antecedents.add_source(source[0].start, self.done[number], self.entity.get(number))

    def _resolve(self, number: int) -> Actor:
        source = self.attributions[number].source
        if not source:
            return NARRATOR
        phrase = read_phrase(self.view, self.mentions, source)
        if not phrase.indices:
            return NARRATOR
        if phrase.pronoun:
            return self._pronoun(number, phrase)
        if phrase.heads:
            return self._named(number, phrase)
        return self._described(number, phrase)

    # -- pronouns ---------------------------------------------------------------------------------------------

    def _pronoun(self, number: int, phrase: Phrase) -> Actor:
        word, place = phrase.pronoun, self.view.spans[phrase.indices[0]].start
        if word in _FIRST:
            return self._first_person(number, word, phrase)
        if word in _RELATIVE:
            found = self.antecedents.relative(phrase.indices[0])
            if found is not None:
                return self._from_phrase(number, read_phrase(self.view, self.mentions, found), "the words that the relative pronoun takes up")
        if word in _THIRD:
            entity, actor, span = self.antecedents.third(word, place)
            if entity is not None:
                return self._entity_actor(number, entity, span, f"“{word}” after this name")
            if actor is not None:
                return Actor(actor.name, actor.kind, actor.named, actor.side, (Reason("actor", span, f"“{word}” takes up the source before"),))
        return Actor(phrase.words, "unnamed", False, UNKNOWN, (Reason("actor", phrase.spans, "a pronoun that nothing before it explains"),))

    def _first_person(self, number: int, word: str, phrase: Phrase) -> Actor:
        place = self.attributions[number].source[0].start
        outer = self._outer(number, place)
        if outer is not None and self.actor(outer).name:
            actor = self.actor(outer)
            reason = Reason("actor", self.attributions[outer].source, f"“{word}” within the words of this source")
            if outer in self.entity:
                self.entity[number] = self.entity[outer]
            return Actor(actor.name, actor.kind, actor.named, actor.side, (reason, *_sides_of(actor)))
        return Actor(phrase.words, "unnamed", False, UNKNOWN, (Reason("actor", phrase.spans, "the writer's own words"),))

    def _outer(self, number: int, place: int) -> int | None:
        """The attribution whose content holds ``place``, the innermost one."""
        holders = [
            (e - s, i)
            for i, a in enumerate(self.attributions)
            if i != number
            for s, e in a.content
            if s <= place < e
        ]
        return min(holders)[1] if holders else None

    # -- names ------------------------------------------------------------------------------------------------

    def _named(self, number: int, phrase: Phrase) -> Actor:
        if len(phrase.heads) == 1:
            return self._entity_actor(number, phrase.heads[0].entity, (phrase.heads[0].span,), phrase.rule)
        names = [mention.entity.name for mention in phrase.heads]
        joined = f"{', '.join(names[:-1])} and {names[-1]}"
        sides = {mention.entity.side for mention in phrase.heads}
        spans = tuple(mention.span for mention in phrase.heads)
        return Actor(joined, "group", True, sides.pop() if len(sides) == 1 else UNKNOWN, (Reason("actor", spans, "several names joined"),))

    def _entity_actor(self, number: int, entity: Entity, spans: Spans, rule: str) -> Actor:
        self.entity[number] = entity
        full = next((span for span in entity.spans if self.view.text[span.start : span.end] == entity.name), None)
        words = (*spans, full) if full is not None and full not in spans else spans
        named = entity.type != "group" or entity.name in _PARTY_PEOPLE
        reasons = [Reason("actor", tuple(words), rule)]
        if entity.side != UNKNOWN:
            reasons.append(Reason("side", entity.side_span, "the article says so" if entity.side_span else "the table of sides"))
        return Actor(entity.name, "named" if named else "group", named, entity.side, tuple(reasons))

    # -- descriptions -----------------------------------------------------------------------------------------

    def _described(self, number: int, phrase: Phrase) -> Actor:
        if phrase.is_definite:
            found = self.antecedents.description(phrase)
            if found is not None:
                return self._entity_actor(number, found[0], (found[1],), "this description fits the name")
        side, spans = side_of_words(self.view, phrase.indices)
        name = self._expanded(phrase)
        reasons = [Reason("actor", phrase.spans, phrase.rule)]
        if side != UNKNOWN:
            reasons.append(Reason("side", spans, "the words of the source"))
        return Actor(name, phrase.kind, phrase.named, side, tuple(reasons))

    def _expanded(self, phrase: Phrase) -> str:
        """The words of the source with the names in it in full and its possessive pronoun resolved."""
        parts: list[str] = []
        text, last = self.view.text, None
        for start, end in phrase.spans:
            place = start
            for mention in self.mentions.within((Span(start, end),)):
                parts.append(text[place : mention.span.start])
                parts.append(mention.entity.name if mention.entity.type == "person" else text[mention.span.start : mention.span.end])
                place = mention.span.end
            parts.append(text[place:end])
            parts.append(" ")
        words = " ".join("".join(parts).split())
        owner = phrase.owner
        if owner:
            entity, actor, _ = self.antecedents.third(owner, phrase.spans[0].start)
            name = entity.name if entity else actor.name if actor else ""
            if name:
                words = f"{name}'s {words.split(' ', 1)[1]}" if " " in words else name
        return words

    def _from_phrase(self, number: int, phrase: Phrase, rule: str) -> Actor:
        if phrase.heads:
            return self._named(number, phrase)
        actor = self._described(number, phrase)
        return Actor(actor.name, actor.kind, actor.named, actor.side, (Reason("actor", phrase.spans, rule),))


_PARTY_PEOPLE = frozenset("Republicans Democrats Libertarians Greens Tories Conservatives".split())


def _sides_of(actor: Actor) -> tuple[Reason, ...]:
    return tuple(reason for reason in actor.because if reason.label == "side")
