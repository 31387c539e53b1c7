"""Who is named in an article: names found, brought together to one entity each, described, put on a side.

In: ``Words``, and an analyst's own table of actors. Out: ``Mentions``.
It never looks at statements: who speaks is told by ``onrecord.actors``.
"""

from onrecord.names.capitalized_runs import APOSTROPHES, POSSESSIVE
from onrecord.names.mentions import Entity, Mention, Mentions, find_mentions
from onrecord.names.name_matching import name_words
from onrecord.names.own_actors import OwnActors, read_actors, words_of
from onrecord.names.proper_names import PARTY_PEOPLE
from onrecord.names.sides import OWN, UNKNOWN, side_of_words

__all__ = [
    "APOSTROPHES",
    "OWN",
    "PARTY_PEOPLE",
    "POSSESSIVE",
    "UNKNOWN",
    "Entity",
    "Mention",
    "Mentions",
    "OwnActors",
    "find_mentions",
    "name_words",
    "read_actors",
    "side_of_words",
    "words_of",
]
