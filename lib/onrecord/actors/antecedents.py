"""Whom a pronoun or a description takes up: names and sources before it, weighed by nearness, place and gender."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from onrecord.actors.pronouns import best, person_candidates
from onrecord.actors.relative_clauses import OUTSIDE, Relatives
from onrecord.actors.source_phrase import PRONOUNS, Phrase
from onrecord.lexicon import lists
from onrecord.names import PARTY_PEOPLE, POSSESSIVE, Entity, Mention, Mentions
from onrecord.records import Actor, Span, Spans
from onrecord.text import Words

_REACH = 60
_MASCULINE = frozenset("he him his himself".split())
_FEMININE = frozenset("she her hers herself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
#: Heads of descriptions that can only be the person in focus, and those that tell no known person.
_FOCUS = frozenset(
    "candidate nominee senator governor president congressman congresswoman businessman businesswoman billionaire "
    "mogul front-runner frontrunner contender author mayor minister chancellor premier pope justice judge "
    "secretary speaker ambassador general republican democrat chairman chairwoman chair spokesman spokeswoman "
    "spokesperson director leader tycoon magnate professor lawmaker representative executive politician columnist "
    "host anchor star manager lawyer attorney developer founder hopeful incumbent".split()
)
_POLLS = frozenset("poll polls survey surveys".split())
_GENERIC = frozenset(
    "company firm group organization organisation agency newspaper paper magazine network publication corporation "
    "website site outlet nonprofit association charity".split()
)
_LANDS = frozenset("countries nations governments allies".split())
_BODIES = frozenset("companies agencies groups organizations departments newspapers networks firms".split())
_PLURAL_ENDS = ("s", "people", "women", "men", "media", "police")
Found = tuple[Entity | None, Actor | None, Spans]
NOTHING: Found = (None, None, ())


class Antecedents:
    """The names and the sources of one article, as candidates for what takes them up."""

    def __init__(self, words: Words, mentions: Mentions) -> None:
        self.words, self.mentions = words, mentions
        self.relatives = Relatives(words, mentions)
        self._sources: list[tuple[int, int, Actor, Entity | None, Spans]] = []
        self._documents: list[tuple[int, str, Mention]] = []

    def add_source(self, spans: Spans, actor: Actor, entity: Entity | None) -> None:
        """Remembers that the source at ``spans`` is ``actor``."""
        insort(self._sources, (spans[0].start, len(self._sources), actor, entity, spans), key=lambda s: s[:2])

    def add_document(self, head: str, issuer: Mention) -> None:
        """Remembers that what ``head`` names ("poll") is the issuer's."""
        insort(self._documents, (issuer.span.start, head, issuer), key=lambda d: d[0])

    def document(self, head: str, place: int) -> Mention | None:
        """The issuer of the last such document before the character ``place``."""
        index = bisect_left(self._documents, place, key=lambda d: d[0])
        for _, known, issuer in reversed(self._documents[max(0, index - 8) : index]):
            if known == head or {known, head} <= _POLLS:
                return issuer
        return None

    def sources_before(self, place: int, limit: int = 8) -> Iterator[tuple[Actor, Entity | None, Spans]]:
        """The sources before the character ``place``, the nearest first."""
        index = bisect_left(self._sources, (place, -1), key=lambda s: s[:2])
        for _, _, actor, entity, spans in reversed(self._sources[max(0, index - limit) : index]):
            yield actor, entity, spans

    def third(self, word: str, place: int) -> Found:
        """The antecedent of a third-person pronoun at ``place``: an entity, else the actor of a source before."""
        if word in _MASCULINE or word in _FEMININE:
            return self._person("m" if word in _MASCULINE else "f", place)
        return self._plural(place) if word in _PLURAL else self._thing(place)

    # -- he, she ----------------------------------------------------------------------------------------------

    def _person(self, gender: str, place: int) -> Found:
        sources = list(self.sources_before(place, 2))
        found = best(person_candidates(self.words, self.mentions, sources, gender, place))
        return (found.entity, found.actor, found.spans) if found else NOTHING

    # -- they, it ---------------------------------------------------------------------------------------------

    def _plural(self, place: int) -> Found:
        here = self.words.sentence(place)
        for actor, entity, spans in self.sources_before(place, 4):
            near = here - self.words.sentence(spans[0].start)
            many = actor.kind == "group" and actor.name.lower() not in PRONOUNS
            if near <= 2 and (many or (near <= 1 and entity is not None and entity.type in ("organization", "group"))):
                return entity, actor, spans
        pair = self._pair(place)
        if pair:
            names = " and ".join(mention.entity.name for mention in pair)
            return None, Actor(names, "group", True), tuple(mention.span for mention in pair)
        found = self._plural_noun(place)
        if found is not None:
            name = self.words.text[found.start : found.end]
            return None, Actor(name, "group", name in PARTY_PEOPLE), (found,)
        return NOTHING

    def _pair(self, place: int) -> tuple[Mention, ...]:
        """Two people joined by "and" in this sentence before ``place`` or in the one before."""
        here = self.words.sentence(place)
        start = self.words.tokens.sentences[max(0, here - 1)].span.start
        names = [m for m in self.mentions.within((Span(start, place),)) if m.entity.type == "person"]
        for first, second in pairwise(names):
            between = self.words.text[first.span.end : second.lead].strip(" ,")
            if between == "and" and first.entity is not second.entity:
                return first, second
        return ()

    def _plural_noun(self, place: int) -> Span | None:
        """The first plural noun of people in this sentence before ``place``, else in the one before."""
        here = self.words.sentence(place)
        for number in (here, here - 1):
            if number < 0 or self.words.block(number) != self.words.block(here):
                break
            sentence = self.words.tokens.sentences[number]
            for i in self.words.beginning_in((Span(sentence.span.start, min(place, sentence.span.end)),)):
                word = self.words.forms[i]
                if lists().nouns.get(word, lists().nouns.get(word.lower())) == "group" and word.endswith(_PLURAL_ENDS):
                    return self.relatives.noun_phrase(i)
        return None

    def _thing(self, place: int) -> Found:
        """An organisation or country near before ``place``, or a document or group just quoted."""
        here = self.words.sentence(place)
        sources = list(self.sources_before(place, 2))
        best_score, found = -1.5, NOTHING
        end = self.mentions.before(place)
        for mention in self.mentions.names[max(0, end - 12) : end]:
            if mention.entity.type in ("organization", "country"):
                score = self._thing_score(mention, here) + any(mention.entity is entity for _, entity, _ in sources)
                if score >= best_score:
                    best_score, found = score, (mention.entity, None, (mention.span,))
        for actor, entity, spans in sources:
            distance = here - self.words.sentence(spans[0].start)
            score = 0.5 - 0.8 * distance
            one = entity is None and actor.kind in ("document", "group") and not _is_plural(actor.name)
            if one and distance < 2 and score > best_score:
                best_score, found = score, (None, actor, spans)
        return found

    def _thing_score(self, mention: Mention, here: int) -> float:
        there = self.words.sentence(mention.span.start)
        first = self.words.index(mention.lead)
        begin = self.words.index(self.words.tokens.sentences[there].span.start) if there >= 0 else first
        before = self.words.forms[first - 1].lower() if first else ""
        score = -0.8 * (here - there) + 1.2 * (first - begin < 3) - 0.5 * (before in OUTSIDE)
        return score - 0.5 * (self.words.text[mention.span.end : mention.span.end + 1] in ("'", "’"))

    # -- the candidate, the agency ----------------------------------------------------------------------------

    def description(self, phrase: Phrase) -> Mention | tuple[Actor, Spans] | None:
        """What a definite description takes up: a name it fits, or an unnamed source with the same head before."""
        place = phrase.spans[0].start
        if phrase.kind == "document":
            return self.document(phrase.head, place)
        if any(self.words.forms[i] in POSSESSIVE for i in phrase.indices):
            return None  # "the former president’s spokeswoman" is somebody else
        forms = frozenset(self.words.forms[i].lower() for i in phrase.indices)
        best: tuple[float, Mention] | None = None
        seen: set[int] = set()
        end = self.mentions.before(place)
        last = next(self.sources_before(place, 1), None)
        for mention in reversed(self.mentions.names[max(0, end - 2 * _REACH) : end]):
            if mention.entity.number in seen:
                continue
            seen.add(mention.entity.number)
            score = self._fit(mention.entity, phrase, forms)
            if score <= 0:
                continue
            score -= 0.15 * min(8, self.words.sentence(place) - self.words.sentence(mention.span.start))
            score += 0.7 if last is not None and last[1] is mention.entity else 0.0
            if best is None or score > best[0]:
                best = (score, mention)
        if best is not None:
            return best[1]
        if phrase.head == "campaign" and len(phrase.indices) == 1:
            return self._campaign(place)
        for actor, entity, spans in self.sources_before(place, 12):
            if (
                entity is None
                and phrase.head in actor.name.lower().split()
                and len(actor.name.split()) > len(phrase.indices)
            ):
                return actor, spans
        return None

    def _campaign(self, place: int) -> tuple[Actor, Spans] | None:
        """The campaign of the person named most often near before ``place``."""
        end = self.mentions.before(place)
        near = [m for m in self.mentions.names[max(0, end - _REACH // 2) : end] if m.entity.type == "person"]
        if not near:
            return None
        number, _ = Counter(mention.entity.number for mention in near).most_common(1)[0]
        owner = next(mention for mention in reversed(near) if mention.entity.number == number)
        return Actor(f"{owner.entity.name}'s campaign", "group", True, owner.entity.side), (owner.span,)

    def both(self, place: int, head: str = "") -> Found:
        """The two that "both" or "the two men" mean: joined by "and" just before, else the last two named."""
        kind = "country" if head in _LANDS else "organization" if head in _BODIES else "person"
        if kind == "person" and head not in ("", "both", "two", "pair") and lists().nouns.get(head) != "group":
            return NOTHING
        pair = self._pair(place) if kind == "person" else ()
        if not pair:
            end = self.mentions.before(place)
            last: dict[int, Mention] = {}
            for mention in reversed(self.mentions.names[max(0, end - _REACH // 2) : end]):
                if mention.entity.type == kind and len(last) < 2:
                    last.setdefault(mention.entity.number, mention)
            pair = tuple(sorted(last.values(), key=lambda mention: mention.span))
        if len(pair) < 2:
            return NOTHING
        names = " and ".join(mention.entity.name for mention in pair)
        return None, Actor(names, "group", True), tuple(mention.span for mention in pair)

    def _fit(self, entity: Entity, phrase: Phrase, forms: frozenset[str]) -> float:
        """How well an entity fits a description; 0 where nothing speaks for it."""
        if entity.type == "person":
            common = len((forms - {phrase.head}) & entity.traits)
            if phrase.head in entity.heads:
                return 3.0 + common
            return 0.5 + common + 0.1 * min(10, len(entity.spans)) if phrase.head in _FOCUS else 0.0
        if entity.type == "organization":
            named = entity.name.lower().split()
            if phrase.head in named and phrase.head != named[0]:
                return 3.0 + len(forms & set(named))
            return 0.5 if phrase.head in _GENERIC else 0.0
        return 0.0


def _is_plural(name: str) -> bool:
    """Whether a description is of many, by the word before its first preposition."""
    head = name.lower().split(" of ")[0].split(" in ")[0].split()[-1:]
    return bool(head) and head[0].endswith(_PLURAL_ENDS) and lists().nouns.get(head[0]) == "group"
