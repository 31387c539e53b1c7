"""Source → actor: whom the words of a source name, by the fullest name that the article gives.

>>> from onrecord.text.input_files import parse_article
>>> from onrecord.records import Attribution, Span
>>> from onrecord.text import Words, tokenize
>>> article = parse_article("Bridge Talks\\n\\nSpokesman Mark Toner met the press.\\n\\nHe said so.")
>>> start = article.text.index("He said")
>>> he = Attribution((Span(start, start + 2),), (Span(start + 3, start + 7),), (Span(start + 8, start + 10),))
>>> [actor.name for actor in resolve_actors(Words.of(article), [he])]
['Mark Toner']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.actors.actor_score import actor_scores
from onrecord.actors.antecedents import Antecedents, Found
from onrecord.actors.candidates import Surroundings, settle
from onrecord.actors.named_or_not import judge_named
from onrecord.actors.own_table import by_own_table
from onrecord.actors.source_phrase import Phrase, read_phrase
from onrecord.actors.unnamed_actors import clause_of, expanded, in_one_spelling
from onrecord.actors.writer import find_writer
from onrecord.lexicon import lists
from onrecord.names import (
    PARTY_PEOPLE,
    UNKNOWN,
    Entity,
    Mention,
    Mentions,
    find_mentions,
    side_of_words,
)
from onrecord.records import Actor, Attribution, Reason, Spans
from onrecord.statements import Contents
from onrecord.text import Words

__all__ = ["Mentions", "find_mentions", "resolve_actors"]

NARRATOR = Actor("", "narrator", False)
_FIRST = frozenset("i we me us my our myself ourselves".split())
_THIRD = frozenset("he she they it him her them his their its himself herself themselves".split())
_RELATIVE = frozenset("who which that whom whose".split())
_PLURAL_FIRST = frozenset("we us our ourselves".split())
_OFFICES = frozenset(
    "spokesman spokeswoman spokesperson minister ambassador secretary president chancellor premier envoy".split()
)
_SINGULAR_FIRST = frozenset("i me my myself".split())
#: Organisations that stand for the one they belong to, and nouns that need no "the" to mean somebody known.
_OWNED = frozenset("campaign party administration company foundation office government team camp website".split())
_ALONE = frozenset("campaign".split())


def resolve_actors(
    words: Words, attributions: Sequence[Attribution], *, mentions: Mentions | None = None
) -> tuple[Actor, ...]:
    """One actor per attribution, in the same order; a missing source is the narrator with an empty name.

    ``mentions`` are those of ``find_mentions``, which is called where they are not given; an analyst's own table of
    actors comes with them. Not handled: people whom the article never names, sources that another article introduces.
    """
    mentions = mentions or find_mentions(words)
    resolver = Resolver(words, attributions, mentions)
    around = resolver.surroundings()
    settle(around, resolver.entity_actor)
    scores = actor_scores(around)
    actors = [replace(actor, score=score) for actor, score in zip(judge_named(around), scores, strict=True)]
    return by_own_table(in_one_spelling(actors), mentions, named=resolver.entity)


class Resolver:
    """Resolves sources in any order, each once: a pronoun in a quotation needs the one who is quoted."""

    def __init__(self, words: Words, attributions: Sequence[Attribution], mentions: Mentions) -> None:
        self.words = words
        self.mentions = mentions
        self.attributions = attributions
        self.antecedents = Antecedents(self.words, self.mentions)
        self.done: dict[int, Actor] = {}
        self.entity: dict[int, Entity] = {}
        self.busy: set[int] = set()
        self.by_last_name = {
            entity.name.split()[-1]: entity
            for entity in reversed(mentions.entities)
            if entity.type == "person" and " " in entity.name
        }
        self.contents = Contents(attributions)
        self.phrases = [
            read_phrase(self.words, mentions, each.source) if each.source else None for each in attributions
        ]
        self.order = sorted((a.source[0].start, i) for i, a in enumerate(attributions) if a.source)
        for _, number in self.order:
            self.actor(number)

    def actor(self, number: int) -> Actor:
        """The actor of one attribution; one that is asked for while it is being resolved gives the narrator."""
        if number not in self.done:
            if number in self.busy:
                return NARRATOR
            self.busy.add(number)
            self.done[number] = self._resolve(number)
            self._remember(number)
        return self.done[number]

    def surroundings(self) -> Surroundings:
        """All statements with their actors by the rules, for the second look at those that name nobody."""
        actors = [self.actor(number) for number in range(len(self.attributions))]
        return Surroundings(
            self.words, self.mentions, self.attributions, self.contents, self.phrases, actors, self.entity
        )

    def _remember(self, number: int) -> None:
        source = self.attributions[number].source
        if source and self.done[number].name:
            self.antecedents.add_source(source, self.done[number], self.entity.get(number))

    def _resolve(self, number: int) -> Actor:
        phrase = self.phrases[number]
        if phrase is None:
            return self._missing(number)
        if not phrase.indices:  # spans brought along that hold no word, or words of a byline
            return Actor(self.words.article.words_of(self.attributions[number].source), "unnamed", False)
        if phrase.pronoun:
            return self._pronoun(number, phrase)
        known = self._known(phrase)
        if isinstance(known, Entity):
            return self.entity_actor(number, known, phrase.spans, "the one of this name in the article")
        if known is not None:
            return replace(known, because=(Reason("actor", phrase.spans, "the two named before"),))
        if phrase.heads:
            return self._named(number, phrase)
        return self._described(number, phrase)

    def _missing(self, number: int) -> Actor:
        """A cue such as "saying" or "adding" goes on with the source before it in its sentence; else nobody speaks."""
        cue = self.attributions[number].cue
        words = self.words.beginning_in(cue[:1])
        if not words or not self.words.forms[words[0]].endswith("ing"):
            return NARRATOR
        here = self.words.sentence_of[words[0]]
        for actor, entity, spans in self.antecedents.sources_before(cue[0].start, 1):
            if self.words.sentence(spans[0].start) == here:
                if entity is not None:
                    self.entity[number] = entity
                rule = "the source before it in the sentence goes on"
                return replace(actor, because=(Reason("actor", spans, rule), *_sides_of(actor)))
        return NARRATOR

    # -- pronouns ---------------------------------------------------------------------------------------------

    def _pronoun(self, number: int, phrase: Phrase) -> Actor:
        word, place = phrase.pronoun, self.words.spans[phrase.indices[0]].start
        if word in _FIRST:
            return self._first_person(number, word, phrase)
        if word in _RELATIVE:
            taken = self._taken_up(number, phrase)
            if taken is not None:
                return taken
        if word in _THIRD:
            entity, actor, span = self.antecedents.third(word, place)
            if entity is not None:
                return self.entity_actor(number, entity, span, f"“{word}” after this name")
            if actor is not None:
                return replace(actor, because=(Reason("actor", span, f"“{word}” takes up the source before"),))
        return Actor(
            phrase.words,
            "unnamed",
            False,
            UNKNOWN,
            (Reason("actor", phrase.spans, "a pronoun that nothing before it explains"),),
        )

    def _taken_up(self, number: int, phrase: Phrase) -> Actor | None:
        """Whom the relative pronoun that opens a source takes up."""
        found = self.antecedents.relatives.taken_up(phrase.indices[0])
        taken = read_phrase(self.words, self.mentions, found or ())
        if not taken.indices or taken.pronoun:
            return None
        if taken.words.lower() == "those":  # who they are is only told by what they say or think
            taken = replace(
                taken, words=f"{taken.words} {clause_of(self.words.text, self.attributions[number])}".strip()
            )
        if taken.kind == "role":  # weighed later like any other office: "the official, who"
            self.phrases[number] = taken
        return self._from_phrase(number, taken, "the words that the relative pronoun takes up")

    def _first_person(self, number: int, word: str, phrase: Phrase) -> Actor:
        place = self.attributions[number].source[0].start
        outer = next(iter(self.contents.around(place, number)), None)
        if outer is not None and self.actor(outer).name:
            actor = self.actor(outer)
            speaker = self.entity.get(outer)
            country = self._country_of(speaker) if word in _PLURAL_FIRST and speaker is not None else None
            if country is not None:
                return self.entity_actor(
                    number, country, self.attributions[outer].source, f"“{word}” of one who speaks for it"
                )
            if speaker is not None:
                self.entity[number] = speaker
            reason = Reason("actor", self.attributions[outer].source, f"“{word}” within the words of this source")
            return replace(actor, because=(reason, *_sides_of(actor)))
        writer = find_writer(self.words.article, self.mentions, place) if self.words.quotation(place) is None else None
        if writer is not None:
            return Actor(writer[0], "named", True, UNKNOWN, (Reason("actor", writer[1], "the writer of these words"),))
        name = "author" if word in _SINGULAR_FIRST else phrase.words
        return Actor(name, "unnamed", False, UNKNOWN, (Reason("actor", phrase.spans, "the writer's own words"),))

    def _country_of(self, speaker: Entity) -> Entity | None:
        """The country that somebody with a public office speaks for, if the article names it."""
        if not speaker.heads & _OFFICES:
            return None
        return next((e for e in self.mentions.entities if e.type == "country" and e.side == speaker.side), None)

    # -- names ------------------------------------------------------------------------------------------------

    def _named(self, number: int, phrase: Phrase) -> Actor:
        if phrase.head:
            self.antecedents.add_document(phrase.head, phrase.heads[0])
        if len(phrase.heads) == 1:
            return self.entity_actor(number, phrase.heads[0].entity, (phrase.heads[0].span,), phrase.rule)
        names = [mention.entity.name for mention in phrase.heads]
        joined = f"{', '.join(names[:-1])} and {names[-1]}"
        sides = {mention.entity.side for mention in phrase.heads}
        spans = tuple(mention.span for mention in phrase.heads)
        return Actor(
            joined,
            "group",
            True,
            sides.pop() if len(sides) == 1 else UNKNOWN,
            (Reason("actor", spans, "several names joined"),),
        )

    def entity_actor(self, number: int, entity: Entity, spans: Spans, rule: str) -> Actor:
        self.entity[number] = entity
        words = spans if entity.full in spans or entity.full is None else (*spans, entity.full)
        named = entity.type != "group" or entity.name in PARTY_PEOPLE
        reasons = [Reason("actor", words, rule)]
        if entity.side != UNKNOWN:
            reasons.append(Reason("side", entity.side_span, entity.side_rule))
        kind = "named" if named else "group"
        return Actor(entity.name, kind, named, entity.side, tuple(reasons), entity.described)

    # -- descriptions -----------------------------------------------------------------------------------------

    def _described(self, number: int, phrase: Phrase) -> Actor:
        if not phrase.mixed and (phrase.is_definite or (not phrase.owner and phrase.head in _ALONE)):
            found = self.antecedents.description(phrase)
            if isinstance(found, Mention):
                return self.entity_actor(number, found.entity, (found.span,), "this description fits the name")
            if found is not None:
                return replace(found[0], because=(Reason("actor", found[1], "the source told of before"),))
        owner = self._owner(phrase)
        if owner is not None and phrase.kind in ("document", "unnamed") and not phrase.mixed and owner[0] is not None:
            return self.entity_actor(number, owner[0], owner[2], "what somebody writes or says counts as that person")
        side, spans = side_of_words(self.words, phrase.indices)
        reasons = [Reason("actor", phrase.spans, phrase.rule)]
        if side == UNKNOWN and owner is not None and owner[0] is not None:
            side, spans = owner[0].side, owner[2]
        if side != UNKNOWN:
            reasons.append(Reason("side", spans, "the words of the source"))
        named = phrase.named or (owner is not None and phrase.head in _OWNED)
        named = named or (phrase.mixed and phrase.words.split()[0].lower() in ("he", "she"))
        words = (
            expanded(self.words, self.mentions, self.antecedents, phrase, owner)
            if named or owner is not None or phrase.mixed
            else phrase.words
        )
        words = words.rstrip(" ,").replace(" nor ", " and ")
        return Actor(words, phrase.kind, named, side, tuple(reasons))

    def _known(self, phrase: Phrase) -> Entity | Actor | None:
        """Whom "both" and "the two" mean; the country of "the Russians", if the article names it."""
        if phrase.words.lower() in ("both", "two") or (phrase.is_pair and len(phrase.indices) < 3):
            return self.antecedents.both(phrase.spans[0].start, phrase.head)[1]
        if len(phrase.indices) != 1:
            return None
        if not phrase.heads:
            word = phrase.words.capitalize() if phrase.words.isupper() else phrase.words
            person = self.by_last_name.get(word)
            if person is not None:
                return person
        place = lists().places.get(phrase.words)
        if not phrase.is_definite or place is None or place[0] != "people":
            return None
        return next((e for e in self.mentions.entities if e.type == "country" and e.side == place[1]), None)

    def _owner(self, phrase: Phrase) -> Found | None:
        """Whom the possessive pronoun at the start of a source means."""
        if not phrase.owner:
            return None
        if phrase.owner in _FIRST:
            return None
        found = self.antecedents.third(phrase.owner, phrase.spans[0].start)
        return found if found[0] is not None or found[1] is not None else None

    def _from_phrase(self, number: int, phrase: Phrase, rule: str) -> Actor:
        if phrase.heads:
            return self._named(number, phrase)
        actor = self._described(number, phrase)
        return replace(actor, because=(Reason("actor", phrase.spans, rule),))


def _sides_of(actor: Actor) -> tuple[Reason, ...]:
    return tuple(reason for reason in actor.because if reason.label == "side")
