"""What the article says of its people beside their names: titles, appositions, party, country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.cluster import Cluster
from onrecord.propernames import Name, lists
from onrecord.records import Sentence, Span

_DETERMINERS = frozenset("the a an his her their its our my this that".split())
_STOPS = frozenset(". ; : ! ? ( ) “ ” \" `` '' — – - who which that".split())
_PARTY = re.compile(r"\(?(R|D)-[A-Z]")
_PARTIES = {"R": "Republicans", "D": "Democrats"}
_REACH = 20


def describe(text: str, sentences: Sequence[Sentence], clusters: Sequence[Cluster]) -> None:
    """Fills ``roles`` and ``sides`` of the clusters from the words around their names."""
    words: dict[int, list[str]] = {}
    for cluster in clusters:
        for name in cluster.names:
            if name.sentence not in words:
                words[name.sentence] = [text[s:e] for s, e in sentences[name.sentence].words]
            _describe_name(cluster, name, words[name.sentence], sentences[name.sentence])


def _describe_name(cluster: Cluster, name: Name, words: Sequence[str], sentence: Sentence) -> None:
    if name.titles:
        _add_role(cluster, " ".join(name.titles))
    before = _before(words, name.lead)
    after = _after(words, name.last_word)
    for first, last in filter(None, (before, after)):
        _add_role(cluster, " ".join(words[first:last]).lower())
    first = before[0] if before else name.lead
    last = after[1] if after else name.last_word
    _sides(cluster, words, sentence, (max(0, first - 2), name.first))
    _sides(cluster, words, sentence, (name.last_word, min(len(words), max(last, name.last_word + 6))), party_only=not after)


def _add_role(cluster: Cluster, role: str) -> None:
    if role not in cluster.roles:
        cluster.roles.append(role)


def _before(words: Sequence[str], lead: int) -> tuple[int, int] | None:
    """The words of a role right before a name ("campaign manager Robby Mook", "The chairman of X, Admiral")."""
    nouns = lists().nouns
    if lead and nouns.get(words[lead - 1].lower()) == "role":
        first = lead - 1
        while first and lead - first < 6 and words[first - 1][0].isalpha() and words[first - 1].lower() not in _DETERMINERS:
            if words[first - 1] in ("of", "and", "to", "by", "said", "for", "in", "from", "with", "as", "told"):
                break
            first -= 1
        return first, lead
    if lead > 2 and words[lead - 1] == ",":
        for first in range(lead - 2, max(-1, lead - _REACH), -1):
            word = words[first]
            if word == "," or word in _STOPS:
                return None
            if word.lower() in _DETERMINERS and nouns.get(_head(words[first + 1 : lead - 1])) == "role":
                if first == 0 or not words[first - 1][0].isalpha() or words[first - 1].islower() and first < 2:
                    return first + 1, lead - 1
    return None


def _after(words: Sequence[str], last: int) -> tuple[int, int] | None:
    """The words of an apposition after a name: ", a former senator from Ohio,"."""
    if last + 1 >= len(words) or words[last] != ",":
        return None
    end = last + 1
    while end < len(words) and end - last < _REACH and words[end] not in _STOPS and words[end] != ",":
        end += 1
    head = _head(words[last + 1 : end])
    return (last + 1, end) if lists().nouns.get(head) == "role" else None


_PREPOSITIONS = frozenset("of for in at on from with to by who which that".split())


def _head(words: Sequence[str]) -> str:
    """The head noun of a phrase: its last word before a preposition, in lower case."""
    end = next((i for i, word in enumerate(words) if word in _PREPOSITIONS or word == ","), len(words))
    return words[end - 1].lower() if end else ""


def _sides(
    cluster: Cluster, words: Sequence[str], sentence: Sentence, where: tuple[int, int], *, party_only: bool = False
) -> None:
    known = lists().places
    for index in range(*where):
        word = words[index]
        party = _PARTY.match(word)
        if party:
            cluster.sides.append(("party", _PARTIES[party.group(1)], sentence.words[index]))
            continue
        if party_only:
            if word not in ("(", ",") and word[0].isalpha() is False:
                break
            continue
        if word in ("Republican", "Democrat", "Democratic", "Republicans", "Democrats", "GOP"):
            side = "Democrats" if word.startswith("D") else "Republicans"
            cluster.sides.append(("party", side, sentence.words[index]))
        elif word in known and known[word][0] in ("country", "demonym", "state"):
            cluster.sides.append(("country", known[word][1], sentence.words[index]))


def span_of(sentence: Sentence, first: int, last: int) -> Span:
    """The characters of the words ``first`` to ``last`` (exclusive) of a sentence."""
    return Span(sentence.words[first].start, sentence.words[last - 1].end)
