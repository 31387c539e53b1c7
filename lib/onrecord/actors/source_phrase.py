"""What the words of a source are: a pronoun, one or more names, or a description with its head noun.

"Pakistan’s Interior Minister Rehman Malik" is headed by the name; "Clinton’s campaign" by a noun with an owner;
"a poll by Gallup" is a document whose issuer is named; "Trump and his supporters" joins a name and a description.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.actors.phrase_edges import (
    DETERMINERS,
    MARKS,
    POSSESSIVE_MARKS,
    trim,
    without_addition,
    without_aside,
    without_determiner,
)
from onrecord.lexicon import lists
from onrecord.names import PARTY_PEOPLE, Mention, Mentions
from onrecord.records import Span, Spans
from onrecord.text import Words

PRONOUNS = frozenset(
    "i we you he she it they who which that whom whose me us him her them my our your his their its himself "
    "herself themselves itself myself one".split()
)
_POSSESSIVES = frozenset("his her their its our my".split())
_DEFINITE = frozenset("the this that these those".split())
_PREPOSITIONS = frozenset(
    "of for in at on from with to by like including about among between near against after before inside outside "
    "within across under over around through who which that whom whose as such".split()
)
#: Relative pronouns that open a clause in place of the source that they take up.
_RELATIVES = frozenset("who whose".split())
_REFLEXIVES = frozenset("himself herself itself themselves".split())
_JOINS = frozenset("and & nor or And".split())
_BREAKS = frozenset(", ( — – -- - : ;".split())
_EXAMPLES = frozenset("including like".split())
_CALLED = frozenset("named called".split())
_ISSUED = frozenset("by from of".split())
_PEOPLE = ("ers", "ors", "ists", "ates", "ians")  # ends of nouns in the plural: backers, donors, activists
_PLATFORMS = frozenset("Twitter Facebook Instagram Reddit YouTube Google TikTok Telegram WhatsApp".split())
_SINGULAR_STARTS = frozenset("one another a an the his her".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a source, read: ``indices`` without determiner and marks at the ends.

    ``heads`` are the names it is about (none for a description), ``head`` the head noun in lower case, ``kind`` and
    ``named`` what a description counts as, ``owner`` a possessive pronoun before it, ``mixed`` that names and
    descriptions are joined, ``is_pair`` that it opens with "both" or "the two".
    """

    indices: tuple[int, ...]
    spans: Spans
    words: str
    pronoun: str = ""
    heads: tuple[Mention, ...] = ()
    head: str = ""
    kind: str = "unnamed"
    named: bool = False
    owner: str = ""
    is_definite: bool = False
    is_pair: bool = False
    mixed: bool = False
    rule: str = ""


def read_phrase(words: Words, mentions: Mentions, source: Spans) -> Phrase:
    """The source read as a phrase; an empty one where the spans hold no words."""
    indices = trim(words, words.beginning_in(source))
    if not indices:
        return Phrase((), (), "")
    first = words.forms[indices[0]].lower()
    is_alone = len(indices) == 1 and first in PRONOUNS and mentions.at(words.spans[indices[0]].start) is None
    if is_alone or words.forms[indices[0]] in _RELATIVES:  # "…, who has seen both reports, said"
        spans = words.cover(indices)
        return Phrase(tuple(indices), spans, words.article.words_of(spans, " "), pronoun=first)
    owner = first if first in _POSSESSIVES and len(indices) > 1 else ""
    is_definite = first in _DEFINITE
    indices = without_determiner(words, indices)
    indices = without_aside(words, indices)
    opening = [words.forms[i].lower() for i in words.beginning_in(source)[:2]]
    is_pair = opening[:1] == ["both"] or opening == ["the", "two"]
    found = _Reader(words, mentions, indices, first in _SINGULAR_STARTS).read(owner, is_definite)
    return replace(found, is_pair=is_pair)


class _Reader:
    """Reads one source; ``parts`` are its stretches between commas and "and", with the mark before each."""

    def __init__(self, words: Words, mentions: Mentions, indices: list[int], is_single: bool) -> None:
        self.words, self.forms, self.indices, self.is_single = words, words.forms, indices, is_single
        self.spans = words.cover(indices)
        self.name_at: dict[int, Mention] = {}
        self.covered: set[int] = set()
        for mention in mentions.touching(self.spans):
            inside = words.beginning_in((mention.span,))
            self.name_at.update((i, mention) for i in inside)
            self.covered.update(words.beginning_in((Span(mention.lead, mention.span.end),)))
        self.parts = self._parts()

    def read(self, owner: str, is_definite: bool) -> Phrase:
        found = self._called() or self._examples() or self._names() or self._held()
        if found is None:
            kept = without_addition(self.words, self.indices)
            if kept != self.indices:
                self.indices, self.spans = kept, self.words.cover(kept)
                self.parts = self._parts()
            found = self._description(owner)
        return replace(found, owner=owner, is_definite=is_definite)

    def _called(self) -> Phrase | None:
        """The name that a description gives itself: a former staffer named Tom Beck, a man calling himself Beck."""
        for place, i in enumerate(self.indices[:-1]):
            if self.forms[i] in _CALLED or self.forms[max(0, i - 1) : i + 1] == ("calling", "himself"):
                after = self.indices[place + 1 : place + 3]
                name = next((self.name_at[k] for k in after if k in self.name_at), None)
                if name is not None and (after[0] in self.name_at or self.forms[after[0]] in MARKS):
                    return self._phrase(heads=(name,), rule="the name that the source is said to have")
        return None

    def _examples(self) -> Phrase | None:
        """Several of a kind of whom some are named: firms including Harbour Air, Republicans like Ruth Adler."""
        forms, nouns = self.forms, lists().nouns
        for place, i in enumerate(self.indices[:-1]):
            if i in self.name_at and forms[i] not in PARTY_PEOPLE:
                return None
            if forms[i].lower() in _EXAMPLES or (forms[i], forms[i + 1]) == ("such", "as"):
                kind = next((forms[k] for k in reversed(self.indices[:place]) if forms[k] not in MARKS), "")
                several = nouns.get(kind.lower()) == "group" or kind in PARTY_PEOPLE
                named = several and any(k in self.name_at for k in self.indices[place:])
                return self._phrase(kind="group", mixed=True, rule=_NO_NAME) if named else None
        return None

    def _held(self) -> Phrase | None:
        """The person behind an office of several words: former secretary of state Ruth Adler, chief of staff Tom Beck.

        Not who stands behind a preposition or another office: an aide of Ruth Adler, a friend of candidate Tom Beck.
        """
        part = self.parts[0][1]
        name, core = self.name_at.get(part[-1]), self._core(part)
        between = [self.forms[i] for i in part[len(core) :] if self.name_at.get(i) is not name]
        if name is None or name.entity.type != "person" or between[:1] != ["of"] or not 1 < len(between) < 4:
            return None
        nouns = lists().nouns
        is_office = nouns.get(self._head_noun(core)) == "role" and all(word.islower() for word in between)
        if not is_office or between[-1] in _PREPOSITIONS or nouns.get(between[-1]) == "role":
            return None
        return self._phrase(heads=(name,), rule="a name behind its office")

    def _parts(self) -> list[tuple[str, list[int]]]:
        parts: list[tuple[str, list[int]]] = [("", [])]
        depth = 0
        for i in self.indices:
            word = self.forms[i]
            depth += (word == "(") - (word == ")")
            if depth > 0 or word == ")":
                continue  # "(D-Ohio)"
            if i not in self.covered and (word in _JOINS or word in _BREAKS):
                if parts[-1][1]:
                    parts.append((word, []))
                elif word in _JOINS:  # ", and"
                    parts[-1] = (word, [])
            else:
                parts[-1][1].append(i)
        return [part for part in parts if part[1]] or [("", list(self.indices))]

    def _core(self, part: list[int]) -> list[int]:
        """The words of a part up to its first preposition or relative pronoun."""
        for place, i in enumerate(part):
            if place and i not in self.covered and self._ends_core(i, self.forms[i].lower()):
                return part[:place]
        return part

    def _ends_core(self, i: int, word: str) -> bool:
        """Whether a word opens what modifies the noun before it: a preposition, "himself", "voters filing into"."""
        if word in _PREPOSITIONS or word in _REFLEXIVES:
            return True
        nouns = lists().nouns
        is_participle = word.endswith(("ing", "ed")) and self.forms[i].islower()
        return is_participle and word not in nouns and self.forms[i - 1].lower() in nouns

    def _name_of(self, part: list[int]) -> Mention | None:
        """The name that heads a part: the one its core ends with."""
        core = self._core(part)
        mention = self.name_at.get(core[-1])
        if mention is None:
            return None
        is_whole = all(self.name_at.get(i) is mention for i in part)
        return mention if is_whole or mention.entity.type != "group" else None

    def _names(self) -> Phrase | None:
        """The phrase by its names: one at its head, several joined, or one in apposition."""
        heads = [self._name_of(part) for _, part in self.parts]
        marks = [mark for mark, _ in self.parts]
        if heads[0] is not None:
            listed = self._listed(0, heads, marks)
            if len(listed) > 1:
                return self._phrase(heads=tuple(listed), rule="several names joined")
            joined = next((number for number, mark in enumerate(marks) if mark in _JOINS), 0)
            if joined and heads[joined] is None and all(heads[:joined]) and len(self._core(self.parts[0][1])) < 5:
                return self._phrase(mixed=True, named=True, kind="group", rule="a name joined to others")
            return self._phrase(heads=(heads[0],), rule="a name in the words of the source")
        return self._apposed(heads, marks)

    def _listed(self, first: int, heads: list[Mention | None], marks: list[str]) -> list[Mention]:
        """The names of "A, B and C" from part ``first`` on; only the first where it is no such list."""
        found: list[Mention] = []
        closed = False
        for number in range(first, len(heads)):
            mention = heads[number]
            if mention is None or (found and marks[number] not in {",", *_JOINS}) or mention in found:
                break
            found.append(mention)
            closed = number > first and marks[number] in _JOINS
            if closed:
                break
        return found if closed else found[:1]

    def _apposed(self, heads: list[Mention | None], marks: list[str]) -> Phrase | None:
        """ "the chairman of the committee, Jason Chaffetz"; "columnist and contributor George Will"."""
        kind = lists().nouns.get(self._head_noun(self._core(self.parts[0][1])), "")
        for number in range(1, min(3, len(heads))):
            mention = heads[number]
            if mention is None:
                continue
            if marks[number] in _JOINS and not (kind == "role" and number == 1 and mention.entity.type == "person"):
                return None
            listed = self._listed(number, heads, marks)
            people = all(name.entity.type in ("person", "organization") for name in listed)
            if len(listed) > 1 and people and kind in ("group", ""):
                return self._phrase(heads=tuple(listed), rule="several names in apposition")
            if (kind == "group" and not self.is_single) or mention.entity.type not in ("person", "organization"):
                return None
            return self._phrase(heads=(mention,), rule="a name in apposition")
        return None

    def _description(self, owner: str) -> Phrase:
        core = self._core(self.parts[0][1])
        head = self._head_noun(core)
        kind = lists().nouns.get(head, "")
        inside = [self.name_at[i] for i in core if i in self.name_at]
        if not kind and head.endswith(_PEOPLE):
            kind = "group"
        if kind == "document" or (kind == "" and self._has_owner(core)):
            issuer = self._issuer(core, inside)
            if issuer is not None:
                return self._phrase(
                    heads=(issuer,), head=head, rule="what is written, said or counted counts as its issuer"
                )
        party = self.forms[core[-1]] in PARTY_PEOPLE
        named = party or (kind == "organization" and (bool(inside) or self._is_of_a_name(core)))
        is_mixed = any(mark in _JOINS for mark, _ in self.parts) and not self._is_one_person()
        return self._phrase(head=head, kind=_KINDS.get(kind, "unnamed"), named=named, mixed=is_mixed, rule=_NO_NAME)

    def _is_one_person(self) -> bool:
        """Whether what is joined are offices of one person: the Oslo senator and presidential candidate."""
        nouns, forms = lists().nouns, self.forms
        roles = [nouns.get(self._head_noun(self._core(part))) == "role" for _, part in self.parts]
        several = DETERMINERS | _POSSESSIVES | POSSESSIVE_MARKS
        return all(roles) and not any(forms[i].lower() in several for _, part in self.parts for i in part)

    def _is_of_a_name(self, core: list[int]) -> bool:
        """Whether a name follows right behind "of" or "in": the government in Riyadh, the wing of the Party."""
        after = self.indices[self.indices.index(core[-1]) + 1 :][:3]
        if not after or self.forms[after[0]] not in ("of", "in"):
            return False
        return any(i in self.name_at for i in after[1:])

    def _has_owner(self, core: list[int]) -> bool:
        return any(self.forms[i] in POSSESSIVE_MARKS and i - 1 in self.name_at for i in core)

    def _head_noun(self, core: list[int]) -> str:
        """The last known noun of the core, else its last word."""
        for i in reversed(core):
            word = self.forms[i].lower()
            if word in lists().nouns:
                return word
        return self.forms[core[-1]].lower() if core else ""

    def _issuer(self, core: list[int], inside: list[Mention]) -> Mention | None:
        if inside:
            name = inside[0].entity
            return inside[0] if name.type in ("person", "organization") and name.name not in _PLATFORMS else None
        for i in self.indices:
            if i > core[-1] and i in self.name_at and self.name_at[i].entity.type in ("person", "organization"):
                before = [self.forms[k].lower() for k in range(max(core[-1], i - 6), i)]
                return self._holder(i) if _ISSUED.intersection(before) else None
        return None

    def _holder(self, i: int) -> Mention:
        """The person of an office behind an organisation: by Harbour University professor Tom Beck; else the name."""
        name = self.name_at[i]
        rest = [k for k in self.indices if k > i and self.name_at.get(k) is not name]
        roles = 0
        while roles < min(3, len(rest)) and lists().nouns.get(self.forms[rest[roles]].lower()) == "role":
            roles += 1
        person = self.name_at.get(rest[roles]) if roles and roles < len(rest) else None
        return person if person is not None and person.entity.type == "person" else name

    def _phrase(
        self,
        *,
        heads: tuple[Mention, ...] = (),
        head: str = "",
        kind: str = "named",
        named: bool = True,
        mixed: bool = False,
        rule: str,
    ) -> Phrase:
        told = " ".join(" ".join(self.words.text[s:e].split()) for s, e in self.spans)
        return Phrase(
            tuple(self.indices),
            self.spans,
            told,
            heads=heads,
            head=head,
            kind=kind,
            named=named,
            mixed=mixed,
            rule=rule,
        )


_KINDS = {"role": "role", "group": "group", "organization": "group", "document": "document"}
_NO_NAME = "no name: the words of the source"
