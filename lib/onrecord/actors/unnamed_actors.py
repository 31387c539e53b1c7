"""What an actor without a name is called: the words of its source with the names and pronouns in them resolved."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from onrecord.actors.antecedents import Antecedents, Found
from onrecord.actors.source_phrase import Phrase
from onrecord.names import Mentions
from onrecord.records import Actor, Attribution, Span
from onrecord.text import Words

_SUBJECTS = frozenset("he she they".split())
_WITH_S = re.compile(r"[A-Z]\w*s['’]s\b")
_WITHOUT = re.compile(r"[A-Z]\w*s['’](?=\s[a-z])")
_SHORT_CLAUSE = 12
#: The party and the state of a politician: Ruth Adler (D-Ohio), Tom Beck (Ariz.).
_CONSTITUENCY = re.compile(r" \((?:[RDI]-[A-Z][\w.]*|[A-Z][a-z]*\.|[A-Z]\.[A-Z]\.)\)")


def expanded(words: Words, mentions: Mentions, antecedents: Antecedents, phrase: Phrase, owner: Found | None) -> str:
    """The words of the source; owners in it by their full name, titles of names left out, pronouns resolved."""
    text, parts, place = words.text, [], phrase.spans[0].start
    for start, end in phrase.spans:
        place = start
        for mention in mentions.within((Span(start, end),)):
            parts.append(text[place : max(place, mention.lead)])
            owned = text[mention.span.end : mention.span.end + 1] in ("'", "’") or phrase.mixed
            full = mention.entity.type == "person" and owned
            parts.append(mention.entity.name if full else text[mention.span.start : mention.span.end])
            place = mention.span.end
        parts.append(text[place:end] + " ")
    told = _CONSTITUENCY.sub("", " ".join("".join(parts).split()))
    first, _, rest = told.partition(" ")
    name = (owner[0].name if owner[0] else owner[1].name if owner[1] else "") if owner else ""
    if name and rest:
        return f"{possessive_of(name, text)} {rest}"
    if phrase.mixed and first.lower() in _SUBJECTS:
        entity, actor, _ = antecedents.third(first.lower(), phrase.spans[0].start)
        name = entity.name if entity else actor.name if actor else ""
        return f"{name} {rest}" if name else told
    return told


def in_one_spelling(actors: Iterable[Actor]) -> list[Actor]:
    """The same actors; names that differ in the form of an apostrophe alone are spelled as the first of them."""
    spelled: dict[str, str] = {}
    return [replace(each, name=spelled.setdefault(each.name.replace("’", "'"), each.name)) for each in actors]


def possessive_of(name: str, text: str) -> str:
    """The name with "'s"; with "'" alone behind an s where the article ``text`` writes more names in that way.

    >>> possessive_of("Ruth Adler", ""), possessive_of("Tom Banks", "Banks’ aides fled.")
    ("Ruth Adler's", "Tom Banks'")
    """
    return f"{name}'" if name.endswith("s") and _is_short(text) else f"{name}'s"


@functools.lru_cache(maxsize=8)
def _is_short(text: str) -> bool:
    return len(_WITHOUT.findall(text)) > len(_WITH_S.findall(text))


def clause_of(text: str, attribution: Attribution) -> str:
    """The words from the source to the end of the content ("who fear a flood"); "" for many, or broken ones."""
    spans = sorted((*attribution.source, *attribution.cue, *attribution.content))
    words = text[spans[0].start : spans[-1].end].split()
    is_one = len(spans) == 3 and spans[-1] in attribution.content
    return " ".join(words) if is_one and len(words) <= _SHORT_CLAUSE else ""
