"""What the words of a source are: a pronoun, names, or a description with its head noun.

"Pakistan’s Interior Minister Rehman Malik" is headed by the name; "Clinton’s campaign" by a noun with an owner;
"a poll by Gallup" is a document whose issuer is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.mentions import Mention, Mentions
from onrecord.propernames import lists
from onrecord.records import Spans
from onrecord.wordview import WordView

PRONOUNS = frozenset(
    "i we you he she they it who which that whom whose me us him her them my our your his their its himself herself "
    "themselves itself myself one".split()
)
_DETERMINERS = frozenset("the a an this that these those".split())
_POSSESSIVES = frozenset("his her their its our my".split())
_DEFINITE = frozenset("the this that these those".split())
_STRIP = frozenset(", . : ; - — – ( ) “ ” \" `` '' ‘ ’ ' …".split())
_LEADING = frozenset("by according to even both from among".split())
_PREPOSITIONS = frozenset("of for in at on from with to by like including about among between near against who which that whom whose as after before inside outside within across".split())
_BREAKS = frozenset(", ( — – - : ; who which that whom whose".split())
_ISSUED = frozenset("by from of in".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a source, read: ``indices`` without determiner and marks at the ends.

    ``heads`` are the names it is about (none for a description), ``head`` the head noun in lower case, ``kind`` and
    ``named`` what a description counts as, ``owner`` a possessive pronoun before it.
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
    rule: str = ""


def read_phrase(view: WordView, mentions: Mentions, source: Spans) -> Phrase:
    """The source read as a phrase; an empty one where the spans hold no words."""
    indices = view.within(source)
    while indices and view.words[indices[-1]] in _STRIP:
        indices.pop()
    while indices and (view.words[indices[0]] in _STRIP or len(indices) > 1 and view.words[indices[0]].lower() in _LEADING):
        indices.pop(0)
    if not indices:
        return Phrase((), (), "")
    first = view.words[indices[0]].lower()
    if len(indices) == 1 and first in PRONOUNS:
        return Phrase(tuple(indices), view.span(indices), view.words[indices[0]], pronoun=first)
    is_definite = first in _DEFINITE
    if first in _DETERMINERS and len(indices) > 1:
        indices.pop(0)
    owner = first if first in _POSSESSIVES and len(indices) > 1 else ""
    return _Reader(view, mentions, indices, owner, is_definite).read()


class _Reader:
    def __init__(self, view: WordView, mentions: Mentions, indices: list[int], owner: str, is_definite: bool) -> None:
        self.view, self.indices, self.owner, self.is_definite = view, indices, owner, is_definite
        self.spans = view.span(indices)
        self.names = mentions.within(self.spans)
        self.name_at = {i: m for m in self.names for i in view.within((m.span,))}

    def read(self) -> Phrase:
        core = self._core()
        heads = self._heads(core)
        if heads:
            return self._phrase(heads=heads, rule="a name in the words of the source")
        head = self._head_noun(core)
        kind = lists().nouns.get(head, "")
        if kind in ("role", "") and not self.owner_only():
            apposed = self._apposed(core)
            if apposed:
                return self._phrase(heads=apposed, rule="a name in apposition")
        if kind == "document":
            issuer = self._issuer(core)
            if issuer:
                return self._phrase(heads=(issuer,), rule="a document counts as its issuer")
        named = kind == "organization" and bool(self._inside(core)) or self._party_group(core)
        return self._phrase(head=head, kind=_KINDS.get(kind, "unnamed"), named=named, rule="no name: the words of the source")

    def owner_only(self) -> bool:
        return False

    def _phrase(self, heads: tuple[Mention, ...] = (), head: str = "", kind: str = "named", named: bool = True, rule: str = "") -> Phrase:
        words = " ".join(" ".join(self.view.text[s:e].split()) for s, e in self.spans)
        return Phrase(tuple(self.indices), self.spans, words, "", heads, head, kind, named, self.owner, self.is_definite, rule)

    def _core(self) -> list[int]:
        """The words up to the first preposition, relative pronoun, comma or participle after the head."""
        core: list[int] = []
        for i in self.indices:
            word = self.view.words[i].lower()
            if core and i not in self.name_at and (word in _PREPOSITIONS or word in _BREAKS):
                break
            core.append(i)
        return core

    def _heads(self, core: list[int]) -> tuple[Mention, ...]:
        """The names that head the core: the one at its end, with those joined to it by "and"."""
        last = core[-1]
        if last not in self.name_at:
            return ()
        joined = [i for i in core if self.view.words[i] in ("and", "&") and i not in self.name_at]
        heads = [self.name_at[last]]
        for i in joined:
            if i - 1 in self.name_at and self.name_at[i - 1] not in heads:
                heads.insert(0, self.name_at[i - 1])
        return tuple(heads)

    def _head_noun(self, core: list[int]) -> str:
        for i in reversed(core):
            word = self.view.words[i].lower()
            if word in lists().nouns:
                return word
            if self.view.words[i][0].isalpha() and not word.endswith(("ed", "ing")):
                return word
        return ""

    def _apposed(self, core: list[int]) -> tuple[Mention, ...]:
        """The name after the core's comma: "the chairman of the committee, Jason Chaffetz"."""
        for i in self.indices:
            if i > core[-1] and self.view.words[i] in (",", ":", "—", "–") and i + 1 <= self.indices[-1]:
                follow = i + 1
                while follow < self.indices[-1] and follow not in self.name_at and self.view.words[follow] in lists().titles:
                    follow += 1
                mention = self.name_at.get(follow)
                if mention is not None and mention.entity.type == "person":
                    return (mention,)
        return ()

    def _issuer(self, core: list[int]) -> Mention | None:
        inside = self._inside(core)
        if inside:
            return inside[0]
        for i in self.indices:
            if i > core[-1] and i in self.name_at:
                before = [self.view.words[k].lower() for k in range(max(core[-1], i - 4), i)]
                if _ISSUED.intersection(before):
                    return self.name_at[i]
        return None

    def _inside(self, core: list[int]) -> list[Mention]:
        found: list[Mention] = []
        for i in core:
            mention = self.name_at.get(i)
            if mention is not None and mention not in found:
                found.append(mention)
        return found

    def _party_group(self, core: list[int]) -> bool:
        return any(self.view.words[i] in ("Republicans", "Democrats") for i in core)


_KINDS = {"role": "role", "group": "group", "organization": "group", "document": "document"}
