"""Whose a statement is where its source does not say it by a name: the candidates, each with features, and their odds.

"A New York judge", "the survey", "he" and a missing source may each mean somebody whom the article names before or
after. The candidates are what the rules of ``resolve`` give, the words of the source, the entities named near the
statement, and the actors of the statements around it. The weights (``models/whose.json``) are those of a
conditional logit (McFadden 1974), one set for all kinds of source and one per kind on top;
``training/train_whose.py`` fits them.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.actors import candidate_features
from onrecord.actors.candidate_features import POLLS, REACH, STATEMENTS, Features, may_be
from onrecord.actors.source_phrase import Phrase
from onrecord.lexicon import lists
from onrecord.models import read_json
from onrecord.names import Entity, Mentions
from onrecord.records import Actor, Attribution, Reason, Spans
from onrecord.statements import Contents
from onrecord.text import Words

#: Kinds of source that are weighed; for the others the rules alone were better on training articles.
_DEFINITE = "the role|the unnamed|the document|the organization|the group"
KINDS = frozenset(f"none|he|they|it|a role|a unnamed|a organization|{_DEFINITE}".split("|"))
_PRONOUNS = {
    "he": "he him his himself she her hers herself",
    "they": "they them their theirs themselves",
    "it": "it its itself",
}
_KIND_OF = {word: kind for kind, words in _PRONOUNS.items() for word in words.split()}
#: How many names before the statement are weighed, half as many after it; how many sources; how far back a head goes.
_MOST, _SOURCES, _HEADS = 24, 3, 12
#: The log-odds of a kind of candidate that is not there.
_UNLIKELY = -6.0
_RULE = "the likeliest of those named and quoted near"
NamedActor = Callable[[int, Entity, Spans, str], Actor]


@dataclass(frozen=True, slots=True)
class Place:
    """One statement as the candidates see it: its ``kind`` of source, its ``phrase``, where it stands."""

    number: int
    kind: str
    phrase: Phrase | None
    start: int
    sentence: int
    cue: Spans
    content: Spans


@dataclass(slots=True)
class Choice:
    """Somebody whose the statement may be; ``spans`` are the words that name them."""

    name: str
    actor: Actor
    entity: Entity | None
    spans: Spans
    features: Features = field(default_factory=dict)


Found = dict[str, Choice]


@functools.cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Kind of source → feature → weight, the weights for all kinds added in."""
    table: dict[str, dict[str, float]] = read_json("whose.json")["weights"]
    shared = table.pop("all")
    return {
        kind: {name: own.get(name, 0.0) + shared.get(name, 0.0) for name in own.keys() | shared.keys()}
        for kind, own in table.items()
    }


def kind_of(phrase: Phrase | None) -> str:
    """The kind of source by which the weights differ; "" where the rules decide."""
    if phrase is None:
        return "none"
    if phrase.pronoun:
        return _KIND_OF.get(phrase.pronoun, "")
    if phrase.heads or not phrase.indices or phrase.mixed:
        return ""
    kind = f"{'the' if phrase.is_definite else 'a'} {lists().nouns.get(phrase.head, 'unnamed')}"
    return kind if kind in KINDS else ""


def log_odds(features: Features, kind: str) -> float:
    """The log-odds of one candidate against the others. Whatever else tells it is added here, as one more feature."""
    known = weights()[kind]
    return sum(known.get(name, 0.0) * value for name, value in features.items())


def settle(around: Surroundings, named: NamedActor) -> list[Actor]:
    """The actors by the rules, weighed against the others near where a source names nobody, in order of the text.

    ``named`` makes the actor of an entity. ``around`` is changed: what is settled tells on the statements behind it.
    """
    for place in around.statements():
        choices = around.choices(place)
        odds = [log_odds(choice.features, place.kind) for choice in choices]
        choice = choices[odds.index(max(odds))]  # the first of equals: that of the rules
        around.margins[place.number] = _margin(choices, odds)
        around.sure[place.number] = 1.0 / sum(math.exp(each - max(odds)) for each in odds)
        if "rule" not in choice.features:
            around.changed.add(place.number)
            around.take(place, choice, named)
    return around.actors


def _margin(choices: Sequence[Choice], odds: Sequence[float]) -> float:
    """How much likelier the best candidate with a proper name is than the best without one."""
    named = [choice.actor.named or choice.entity is not None for choice in choices]
    best = {
        has_name: max((each for each, known in zip(odds, named, strict=True) if known is has_name), default=_UNLIKELY)
        for has_name in (True, False)
    }
    return best[True] - best[False]


class Surroundings:
    """The names and the statements of one article around each statement, with the actors as far as they are known."""

    def __init__(
        self,
        words: Words,
        mentions: Mentions,
        attributions: Sequence[Attribution],
        contents: Contents,
        phrases: Sequence[Phrase | None],
        actors: list[Actor],
        entities: dict[int, Entity],
    ) -> None:
        self.words, self.mentions, self.attributions, self.contents = words, mentions, attributions, contents
        self.phrases, self.actors, self.entities = phrases, actors, entities
        self.places = [_place_of(attribution) for attribution in attributions]
        self.order = sorted((p, n) for n, p in enumerate(self.places) if attributions[n].source and actors[n].name)
        self.margins: dict[int, float] = {}  # of each statement that was weighed
        self.sure: dict[int, float] = {}  # the chance of the candidate taken
        self.changed: set[int] = set()  # those whose actor is not that of the rules
        self.starts = [place for place, _ in self.order]
        self.sentences = [words.sentence(mention.span.start) for mention in mentions.names]
        self.most = max((len(entity.spans) for entity in mentions.entities), default=1)

    def statements(self) -> Iterator[Place]:
        """The statements whose source names nobody, in order of the text."""
        for number in sorted(range(len(self.places)), key=self.places.__getitem__):
            phrase, each = self.phrases[number], self.attributions[number]
            kind = kind_of(phrase)
            if kind:
                start = self.places[number]
                yield Place(number, kind, phrase, start, self.words.sentence(start), each.cue, each.content)

    def take(self, place: Place, choice: Choice, named: NamedActor) -> None:
        """Settles that the statement is that of ``choice``."""
        if choice.entity is not None:
            self.entities[place.number] = choice.entity
            self.actors[place.number] = named(place.number, choice.entity, choice.spans, _RULE)
        else:
            sides = tuple(reason for reason in choice.actor.because if reason.label == "side")
            self.actors[place.number] = replace(choice.actor, because=(Reason("actor", choice.spans, _RULE), *sides))

    # -- the candidates ---------------------------------------------------------------------------------------

    def choices(self, place: Place) -> list[Choice]:
        """What the rules say first, then the words of the source, then who is named or quoted near."""
        found: Found = {}
        phrase, ruled = place.phrase, self.actors[place.number]
        spans = phrase.spans if phrase else ()
        _add(found, ruled, self.entities.get(place.number), spans).features["rule"] = 1.0
        is_issued = place.kind == "the document"  # "the poll" of an issuer named before
        if phrase is not None and not phrase.pronoun and not is_issued and place.number in self.entities:
            _add(found, Actor(phrase.words, phrase.kind, phrase.named), None, spans).features["own words"] = 1.0
        self._named(found, place)
        self._quoted(found, place)
        fitting = self._fitting(list(found.values()), place)
        for choice in fitting:
            self._describe(choice, place)
        return fitting

    def _fitting(self, choices: list[Choice], place: Place) -> list[Choice]:
        """Those who may be meant; "he" that opens a sentence is the subject of the one before, where there is one.

        In training articles that was right 55 times in 60.
        """
        if place.kind == "he" and place.start == self.words.tokens.sentences[place.sentence].span.start:
            subject = self._newer_subject(place)
            subjects = [choice for choice in choices if subject is not None and choice.entity is subject]
            if subjects:
                return subjects
        head = place.phrase.head if place.phrase is not None else ""
        return [c for c in choices if may_be(c.features, c.entity, c.actor, place.kind, head)]

    def _named(self, found: Found, place: Place) -> None:
        """The entities named up to ``REACH`` sentences before and after, the nearest first."""
        middle, here = self.mentions.before(place.start), place.sentence
        names = self.mentions.names
        first, last = bisect_left(self.sentences, here - REACH), bisect_left(self.sentences, here + REACH + 1)
        cue = self.words.index(place.cue[0].start) if place.cue else -1
        people = fitting = 0
        newer, gender = self._newer_subject(place), candidate_features.gender_of(place.phrase)
        before: dict[int, int] = {}
        for index in range(middle - 1, max(first, middle - 4 * _MOST) - 1, -1):
            before.setdefault(names[index].entity.number, index)
        for index in list(before.values())[:_MOST]:
            choice = self._name(found, index)
            if choice is None:
                continue
            choice.spans = (names[index].span,)
            choice.features.update(
                candidate_features.before(self.words, names[index], self.sentences[index], here, cue, place.start)
            )
            entity = names[index].entity
            if entity.type == "person":
                choice.features[f"person {min(people, 3)} back"] = 1.0
                people += 1
            if gender and entity.type == "person" and entity.gender in ("", gender):
                choice.features[f"fitting {min(fitting, 3)} back"] = 1.0
                fitting += 1
            if entity is newer:
                choice.features["newer subject"] = 1.0
            if self._is_told(names[index].span.start, place):
                choice.features["told in other words"] = 1.0
        after: dict[int, int] = {}
        for index in range(middle, min(last, middle + 2 * _MOST)):
            after.setdefault(names[index].entity.number, index)
        for index in list(after.values())[: _MOST // 2]:
            choice = self._name(found, index)
            if choice is not None:
                choice.features.update(candidate_features.after(self.words, names[index], self.sentences[index], here))

    def _name(self, found: Found, index: int) -> Choice | None:
        mention = self.mentions.names[index]
        if mention.entity.type == "place":
            return None
        return _add(found, Actor(mention.entity.name, "named", True), mention.entity, (mention.span,))

    def _quoted(self, found: Found, place: Place) -> None:
        """The actors of the statements before and after, of the one around this one, of the last with its head."""
        middle, newer = bisect_left(self.starts, place.start), self._newer_subject(place)
        for side, near in (("back", self.order[:middle][: -_SOURCES - 2 : -1]), ("ahead", self.order[middle:])):
            numbers = [number for _, number in near[: _SOURCES + 1] if number != place.number][:_SOURCES]
            for rank, number in enumerate(numbers):
                features = self._source(found, number).features
                features.setdefault(f"source {rank} {side}", 1.0)
                if rank == 0 and side == "back" and newer is not None and newer is not self.entities.get(number):
                    features["a newer subject since"] = 1.0
                sentence = self.words.sentence(self.places[number])
                if sentence == place.sentence:
                    features[f"source {side} in sentence"] = 1.0
                elif abs(sentence - place.sentence) == 1:
                    features.setdefault(f"source {side} next sentence", 1.0)
                if self.words.block(sentence) == self.words.block(place.sentence):
                    features[f"source {side} in paragraph"] = 1.0
        self._same_head(found, place, middle)
        outer = next((n for n in self.contents.around(place.start, place.number) if self.actors[n].name), None)
        if outer is not None:
            self._source(found, outer).features["around"] = 1.0

    def _newer_subject(self, place: Place) -> Entity | None:
        """Who opens the sentence before, where no source stands since."""
        last = bisect_left(self.starts, place.start) - 1
        since = self.words.sentence(self.starts[last]) if last >= 0 else -1
        gender = candidate_features.gender_of(place.phrase)
        return candidate_features.subject_before(self.words, self.mentions, place.sentence, since, gender)

    def _is_told(self, start: int, place: Place) -> bool:
        """Whether the name at ``start`` stands in what somebody says, and the statement outside of it."""
        around = set(self.contents.around(start, place.number))
        return bool(around.difference(self.contents.around(place.start, place.number)))

    def _source(self, found: Found, number: int) -> Choice:
        return _add(found, self.actors[number], self.entities.get(number), self.attributions[number].source)

    def _same_head(self, found: Found, place: Place, middle: int) -> None:
        """Whom the last source with the same head, or one akin to it, was settled to be ("the survey", "the poll")."""
        head = place.phrase.head if place.phrase is not None and not place.phrase.pronoun else ""
        for _, number in reversed(self.order[max(0, middle - _HEADS) : middle] if head else ()):
            other = self.phrases[number]
            if other is None or number == place.number or not other.head or other.pronoun:
                continue
            if other.head == head or {other.head, head} <= POLLS or {other.head, head} <= STATEMENTS:
                features = self._source(found, number).features
                features["same head before" if other.head == head else "akin head before"] = 1.0
                features["same head settled"] = float(number in self.entities and not other.heads)
                return

    # -- what speaks for them ---------------------------------------------------------------------------------

    def _describe(self, choice: Choice, place: Place) -> None:
        features, entity, phrase = choice.features, choice.entity, place.phrase
        if not choice.name:
            features.update(candidate_features.silence(self.words, place.start, place.cue, place.content))
            return
        if entity is None:
            features[f"is {choice.actor.kind}"] = 1.0
            features.update(candidate_features.description(features, choice.actor, phrase, place.sentence == 0))
        else:
            features.update(candidate_features.identity(entity, self.most))
            spans = {"content": place.content, "cue": place.cue, "source": phrase.spans if phrase else ()}
            for part, words in spans.items():
                if candidate_features.is_in(entity, words):
                    features[f"in {part}"] = 1.0
            if phrase is not None:
                features.update(candidate_features.fit(self.words, entity, phrase))
        head = phrase.head if phrase is not None else ""
        features.update(candidate_features.by_head(features, head))
        features.update(candidate_features.by_place(features, place.kind, head, place.sentence < 2))


def _add(found: Found, actor: Actor, entity: Entity | None, spans: Spans) -> Choice:
    """The choice of that name, a new one where there is none yet."""
    choice = found.setdefault(actor.name, Choice(actor.name, actor, entity, spans))
    choice.entity = choice.entity or entity
    return choice


def _place_of(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0
