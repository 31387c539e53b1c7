"""Which side an actor stands on: a country where the story is between countries, a party where it is at home.

A side is what the article itself says (title, apposition, demonym, party letter), then the small table
``lexicon/actors.csv``, then "unknown". An analyst's own table (``onrecord.names.own_actors``) stands before both.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from onrecord.lexicon import lists, read_rows
from onrecord.names.clustering import Cluster
from onrecord.names.own_actors import OwnActors
from onrecord.names.proper_names import Name
from onrecord.records import Spans
from onrecord.text import Words

UNKNOWN = "unknown"
US = "United States"
#: Institutions that other countries have too; behind another word they are something else (Trades Union Congress).
SHARED = frozenset(("Congress", "Senate", "House of Representatives", "Supreme Court"))
#: What a side rests on, in words.
TOLD, TABLE, OWN = "the article says so", "the table of actors", "the analyst's own table of actors"
#: Whoever is of one country "and foreign" is on no one side.
_OF_ANY_SIDE = frozenset("foreign international".split())
_PARTY_WORDS = frozenset("Republican Republicans Democrat Democrats Democratic GOP G.O.P.".split())


@functools.cache
def side_table() -> dict[str, str]:
    """The editable table: name → side."""
    return {row["name"]: row["side"] for row in read_rows("actors")}


def is_international(names: Iterable[Name]) -> bool:
    """Whether sides are countries: countries beside the most-named one are named at least as often as parties."""
    countries: Counter[str] = Counter()
    parties = 0
    for name in names:
        place = lists().places.get(name.text)
        if place and place[0] not in ("state", "city"):
            countries[place[1]] += 1
        parties += any(word in _PARTY_WORDS for word in (*name.words, *name.titles))
    others = sum(countries.values()) - max(countries.values(), default=0)
    return others >= max(1, parties)


def side_of_name(name: str) -> str:
    """The side of a name by the tables: the name itself, or the longest of its parts that a table holds."""
    table, places = side_table(), lists().places
    words = name.split()
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            part = " ".join(words[first : first + size])
            if part in table and (part not in SHARED or not first):
                return table[part]
            if part in places:
                return places[part][1]
    return UNKNOWN


def is_abroad(names: Iterable[Name]) -> bool:
    """Whether the article names places, and none of the United States: its Congress is another country's."""
    known = lists().places
    places = [known[part] for name in names for part in {name.text, *name.words} if part in known]
    return bool(places) and all(side != US and kind != "state" for kind, side in places)


def side_of_entity(cluster: Cluster, by_country: bool, own: OwnActors, abroad: bool) -> tuple[str, Spans, str]:
    """The side of an entity, the words that tell it (none where its name does), and the rule.

    ``abroad``: nothing in the article is American (``is_abroad``), and so is none of what other countries have too.
    """
    side = _own_side(cluster, own)
    if side:
        return side, (), OWN
    if cluster.type != "person":
        side = side_of_name(cluster.name)
        if (
            side != UNKNOWN
            and not (abroad and cluster.name in SHARED)
            and not any(kind == "own" for kind, _, _ in cluster.sides)
        ):
            return side, (), TABLE
    wanted = ("own", "country", "party") if by_country else ("own", "party", "country")
    for kind in wanted:
        kinds = (kind, "shared") if kind == "country" and not abroad else (kind,)
        told = [(side, span) for k, side, span in cluster.sides if k in kinds]
        if told:
            best = Counter(side for side, _ in told).most_common(1)[0][0]
            return best, tuple(span for side, span in told if side == best)[:2], OWN if kind == "own" else TOLD
    return UNKNOWN, (), ""


def _own_side(cluster: Cluster, own: OwnActors) -> str:
    """The side that the analyst's table gives one of the names of an entity, its fullest first."""
    names = [cluster.name.split(), *sorted(cluster.forms, key=len, reverse=True)]
    return next(filter(None, (own.side_in(name, at_end=cluster.type == "person") for name in names)), "")


def side_of_words(words: Words, indices: Iterable[int]) -> tuple[str, Spans]:
    """The side that the words of a description tell ("senior Pakistani officials"), with the words.

    Not handled: those of two countries ("Pakistani and Afghan officials") stand on the first one's side.
    """
    every = list(indices)
    if any("and" in pair and not _OF_ANY_SIDE.isdisjoint(pair) for pair in pairwise(words.forms[i] for i in every)):
        return UNKNOWN, ()
    found = [i for i in every if words.forms[i][0].isupper()]
    for size in (2, 1):
        for place in range(len(found) - size + 1):
            part = found[place : place + size]
            name = " ".join(words.forms[i] for i in part)
            side = side_table().get(name) or (lists().places[name][1] if name in lists().places else "")
            if side:
                return side, words.cover(part)
    return UNKNOWN, ()
