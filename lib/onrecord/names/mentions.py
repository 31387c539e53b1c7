"""Who is named in an article: one entity per person, organisation or country, with every place that names it.

>>> from onrecord.text.input_files import parse_article
>>> from onrecord.text import Words, tokenize
>>> text = "No Links Seen\\n\\nPakistan’s Interior Minister Rehman Malik spoke.\\n\\nMalik saw no links."
>>> article = parse_article(text)
>>> mentions = find_mentions(Words.of(article))
>>> [(entity.name, entity.type, entity.side) for entity in mentions.entities]
[('Pakistan', 'country', 'Pakistan'), ('Rehman Malik', 'person', 'Pakistan')]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.names.apposition import describe
from onrecord.names.clustering import Cluster, cluster_names
from onrecord.names.own_actors import OwnActors
from onrecord.names.proper_names import find_names
from onrecord.names.sides import is_abroad, is_international, side_of_entity
from onrecord.records import Span, Spans
from onrecord.text import Words


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a proper name, by the fullest form that the article gives, without titles.

    ``type``: person, organization, country, group or place. ``gender``: m, f or "" (not told). ``roles``: lower-case
    titles and descriptions ("interior minister", "the outgoing chairman of the U.S. Joint Chiefs of Staff").
    ``heads``: the nouns of the roles ("minister", "chairman"); ``traits``: the other words near the name that tell it
    apart (places, parties), in lower case. ``side_span``: the words that tell the side, where the article does;
    ``side_rule``: what tells it, in words.
    ``full``: the first place with the fullest form. ``described``: the article's longest words for who this is, beside
    the name: "Pakistan’s Interior Minister", "the chairman of the board".
    """

    number: int
    name: str
    type: str
    gender: str = ""
    side: str = "unknown"
    roles: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    spans: Spans = ()
    side_span: Spans = ()
    side_rule: str = ""
    full: Span | None = None
    described: Spans = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names an entity; ``lead`` is the character where the titles before the name begin."""

    span: Span
    entity: Entity
    lead: int


@dataclass(frozen=True)
class Mentions:
    """All names of an article. ``names`` are in order of the text and do not overlap; ``own`` told some sides."""

    entities: tuple[Entity, ...] = ()
    names: tuple[Mention, ...] = ()
    own: OwnActors = field(default_factory=OwnActors)
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        self._starts.extend(mention.span.start for mention in self.names)

    def within(self, spans: Iterable[Span]) -> tuple[Mention, ...]:
        """The names that lie whole within ``spans``, in order of the text."""
        return tuple(
            mention
            for start, end in spans
            for mention in self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            if mention.span.end <= end
        )

    def touching(self, spans: Iterable[Span]) -> tuple[Mention, ...]:
        """The names that share a character with ``spans``, in order of the text."""
        found: list[Mention] = []
        for start, end in spans:
            first = max(0, bisect_right(self._starts, start) - 1)
            names = self.names[first : bisect_left(self._starts, end)]
            found.extend(m for m in names if m.span.end > start and m not in found[-1:])
        return tuple(found)

    def before(self, place: int) -> int:
        """How many names begin before the character ``place``: ``names[: before(place)]`` are they."""
        return bisect_left(self._starts, place)

    def at(self, place: int) -> Mention | None:
        """The name that covers the character ``place``, if one does."""
        index = bisect_right(self._starts, place) - 1
        return self.names[index] if index >= 0 and place < self.names[index].span.end else None


def find_mentions(words: Words, own: OwnActors | None = None) -> Mentions:
    """Every name in the text blocks of the article, grouped by whom it names.

    ``own`` is the analyst's own table of actors; its sides stand before what the article and the lexicon say.

    Last names, first names, acronyms and titles lead to the fullest form ("Mr. Toner" → "Mark Toner"). Not handled:
    names in lower case; two people of one last name are told apart only by first name, title or nearness.
    """
    text, sentences, blocks = words.text, words.tokens.sentences, words.article.blocks
    headline = frozenset(i for i, s in enumerate(sentences) if blocks[s.block].kind == "headline")
    names = tuple(find_names(text, sentences, headline))
    clusters = cluster_names(text, sentences, names, headline)
    own = own or OwnActors()
    describe(text, sentences, clusters, own)
    by_country, abroad = is_international(names), is_abroad(names)
    entities = tuple(_entity(number, cluster, by_country, own, abroad) for number, cluster in enumerate(clusters))
    found = [
        Mention(span, entity, lead)
        for entity, cluster in zip(entities, clusters, strict=True)
        for span, lead in cluster.places(sentences)
    ]
    return Mentions(entities, tuple(sorted(found, key=lambda mention: mention.span)), own)


def _entity(number: int, cluster: Cluster, by_country: bool, own: OwnActors, abroad: bool) -> Entity:
    side, spans, rule = side_of_entity(cluster, by_country, own, abroad)
    return Entity(
        number=number,
        name=cluster.name,
        type=cluster.type,
        gender=cluster.gender,
        side=side,
        roles=tuple(cluster.roles),
        heads=frozenset(cluster.heads),
        traits=frozenset(cluster.traits),
        spans=tuple(sorted(cluster.spans)),
        side_span=spans,
        side_rule=rule,
        full=cluster.best.span,
        described=max(cluster.described, key=lambda spans: sum(end - start for start, end in spans), default=()),
    )
