"""What the article says of its people beside their names: titles, appositions, party, country."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from onrecord.lexicon import FORMS_OF_ADDRESS, lists, reporting_words
from onrecord.names.capitalized_runs import NO_NAME, PARTICLES, POSSESSIVE
from onrecord.names.clustering import Cluster
from onrecord.names.own_actors import OwnActors
from onrecord.names.proper_names import Name
from onrecord.names.sides import SHARED, side_table
from onrecord.records import Sentence, Span, Spans

_DETERMINERS = frozenset("the a an his her their its our my this that".split())
_STOPS = frozenset(". ; : ! ? ( ) “ ” \" `` '' — – - who which that".split())
_PARTY = re.compile(r"\(?(R|D)-[A-Z]")
_PARTY_WORDS = frozenset("Republican Democrat Democratic Republicans Democrats GOP".split())
_PARTIES = {"R": "Republicans", "D": "Democrats"}
_REACH = 20
#: Titles before a name and the nouns that take them up.
_LONG = {"sen.": "senator", "gov.": "governor", "rep.": "representative", "gen.": "general", "prof.": "professor"}


def describe(text: str, sentences: Sequence[Sentence], clusters: Sequence[Cluster], own: OwnActors) -> None:
    """Fills ``roles``, ``sides`` and ``described`` of the clusters from the words around their names.

    ``own`` are the names that the analyst gave a side: "Harbour Board chairman Tom Beck" is of the board's.
    """
    words: dict[int, list[str]] = {}
    for cluster in clusters:
        for name in cluster.names:
            if name.sentence not in words:
                words[name.sentence] = [text[s:e] for s, e in sentences[name.sentence].words]
            _describe_name(cluster, name, words[name.sentence], sentences[name.sentence], own)


def _describe_name(cluster: Cluster, name: Name, words: Sequence[str], sentence: Sentence, own: OwnActors) -> None:
    if name.titles:
        _add_role(cluster, " ".join(name.titles))
        cluster.heads.update(_LONG.get(title, title) for title in name.titles)
    if name.headline:
        return  # capitals do not tell where a description begins: "Kari Lund Slams Mayor Tom Beck"
    before = _before(words, name.lead)
    after = _after(words, name.last_word)
    for first, last in filter(None, (before, after)):
        _add_role(cluster, " ".join(words[first:last]).lower())
        cluster.heads.add(_head(words[first:last]))
        cluster.traits.update(word.lower() for word in words[first:last])
    first = before[0] if before else name.lead
    described = _described(name, words, sentence, first, after)
    if described:
        cluster.described.append(described)
    last = after[1] if after else _described_after(words, name.last_word)
    if name.titles or before:
        first = max(0, first - 2)  # "Pakistan’s Interior Minister", "the Virginia Republican governor"
    for begin, end in ((first, name.first), (name.last_word, last)):
        _sides(cluster, words, sentence, begin, end)
        cluster.sides.extend(
            ("own", side, span_of(sentence, begin + a, begin + b)) for a, b, side in own.places_in(words[begin:end])
        )


def _described(
    name: Name, words: Sequence[str], sentence: Sentence, first: int, after: tuple[int, int] | None
) -> Spans:
    """The words that say who it is: titles, office and whose it is before the name, an apposition after it.

    ``first`` is the word where office or titles begin.
    """
    end = name.first
    while first < end and words[end - 1] == ",":
        end -= 1
    parts = [after] if after else []
    if first < end and not FORMS_OF_ADDRESS.issuperset(words[first:end]):
        parts.insert(0, (_owner_before(words, first), end))
    return tuple(span_of(sentence, *part) for part in parts)


def _owner_before(words: Sequence[str], first: int) -> int:
    """Where the name of whose office it is begins: "Pakistan’s | Interior Minister", "State Department | Spokesman"."""
    place = first - 1 if first > 1 and words[first - 1] in POSSESSIVE else first
    while place and words[place - 1][0].isupper() and words[place - 1] not in NO_NAME:
        place -= 1
    return first if words[place] in POSSESSIVE else place


def _add_role(cluster: Cluster, role: str) -> None:
    if role not in cluster.roles:
        cluster.roles.append(role)


def _before(words: Sequence[str], lead: int) -> tuple[int, int] | None:
    """The words of a role right before a name ("campaign manager Robby Mook", "The chairman of X, Admiral")."""
    nouns = lists().nouns
    if lead and nouns.get(words[lead - 1].lower()) == "role":
        first = lead - 1
        while (
            first
            and lead - first < 6
            and words[first - 1][0].isalpha()
            and words[first - 1].lower() not in _DETERMINERS
        ):
            if words[first - 1] in ("of", "and", "to", "by", "said", "for", "in", "from", "with", "as", "told"):
                break
            first -= 1
        return first, lead
    if lead > 2 and words[lead - 1] == ",":
        for first in range(lead - 2, max(-1, lead - _REACH), -1):
            word = words[first]
            if word == "," or word in _STOPS:
                return None
            if word.lower() not in _DETERMINERS or nouns.get(_head(words[first + 1 : lead - 1])) != "role":
                continue
            opens = first == 0 or not words[first - 1][0].isalpha() or (words[first - 1].islower() and first < 2)
            if opens or words[first - 1] in reporting_words():
                return first + 1, lead - 1
    return None


def _after(words: Sequence[str], last: int) -> tuple[int, int] | None:
    """The words of an apposition after a name: ", a former senator from Ohio,"."""
    if last + 1 >= len(words) or words[last] != ",":
        return None
    end = last + 1
    while end < len(words) and end - last < _REACH and words[end] not in _STOPS and words[end] != ",":
        end += 1
    if words[last + 1] in reporting_words():
        return None  # "…, said the chairman"
    head = _head(words[last + 1 : end])
    return (last + 1, end) if lists().nouns.get(head) == "role" else None


_PREPOSITIONS = frozenset("of for in at on from with to by who which that".split())


def _head(words: Sequence[str]) -> str:
    """The head noun of a phrase: its last word before a preposition, in lower case."""
    end = next((i for i, word in enumerate(words) if word in _PREPOSITIONS or word == ","), len(words))
    return words[end - 1].lower() if end else ""


def _sides(cluster: Cluster, words: Sequence[str], sentence: Sentence, first: int, last: int) -> None:
    """Parties and countries among the words ``first`` to ``last``, which describe the name."""
    known = lists().places
    for index in range(first, last):
        if _names_something_else(words, index):
            continue
        word = words[index]
        party = _PARTY.match(word)
        if party or word in _PARTY_WORDS:
            side = _PARTIES[party.group(1) if party else "D" if word.startswith("D") else "R"]
            cluster.sides.append(("party", side, sentence.words[index]))
            cluster.traits.update((side.lower(), side.lower().removesuffix("s"), word.lower()))
        for size in (2, 1):
            part = " ".join(words[index : index + size])
            place = known.get(part, ("country", side_table()[part]) if part in side_table() else None)
            if place is not None and place[0] in ("country", "demonym", "state") and part not in _PARTY_WORDS:
                kind = "shared" if part in SHARED else "country"
                cluster.sides.append((kind, place[1], span_of(sentence, index, min(index + size, len(words)))))
                cluster.traits.update(part.lower() for part in words[index : index + size])
                break


def _names_something_else(words: Sequence[str], index: int) -> bool:
    """Whether a country's word tells what something is called or about, and not whose somebody is.

    "The Tour de France winner", "the Spanish Open champion", "Pakistan desk chief"; but "the Spanish Football
    Federation's president", "Pakistan captain", "Spanish coach".
    """
    known = lists()
    before, after = words[index - 1] if index else "", words[index + 1] if index + 1 < len(words) else ""
    if before in PARTICLES:
        return True
    kind = known.places.get(words[index], ("", ""))[0]
    if not after or not after[0].isalpha() or kind not in ("country", "demonym"):
        return False
    if after[0].isupper():
        return kind == "demonym" and after not in known.places and not _is_body(words, index + 1)
    return kind == "country" and known.nouns.get(after) not in ("role", "group", "organization")


def _is_body(words: Sequence[str], first: int) -> bool:
    """Whether the capitals from ``first`` on hold a word of organisations: "Football | Federation"."""
    known = lists()
    run = itertools.takewhile(lambda word: word[0].isupper(), words[first:])
    return any(word in known.organization_words or word in known.titles for word in run)


def _described_after(words: Sequence[str], last: int) -> int:
    """Where the place and party right after a name end: "of Vermont", "(R-Utah)", ", D-Va.,"."""
    if last < len(words) and words[last] == "of":
        return min(len(words), last + 3)
    if last + 1 < len(words) and words[last] in ("(", ",") and _PARTY.match(words[last + 1]):
        return min(len(words), last + 3)
    return last


def span_of(sentence: Sentence, first: int, last: int) -> Span:
    """The characters of the words ``first`` to ``last`` (exclusive) of a sentence."""
    return Span(sentence.words[first].start, sentence.words[last - 1].end)
