"""What a relative pronoun takes up: "the union, which", "Tom Beck, a longtime donor who", "the party's heads, who"."""

from __future__ import annotations

from onrecord.actors.phrase_edges import POSSESSIVE_MARKS
from onrecord.lexicon import lists
from onrecord.names import PARTY_PEOPLE, Mention, Mentions
from onrecord.records import Span, Spans
from onrecord.text import Words

_DETERMINERS = frozenset("the a an this that these those another".split())
_SKIPPED = frozenset(", — – - and or but of all both many some most".split())
#: Words that end a noun phrase read backwards.
OUTSIDE = frozenset(
    "of for in at on from with to by like about among between against after before is are was were be been and or "
    "but that as if when while where said says say told tell has have had do does did will would can could may "
    "might should not than because so into over under about includes include including also heard amid".split()
)
_QUANTIFIERS = frozenset("several many most some few two three four five six other thousands hundreds dozens".split())
#: What a number of people is "of": dozens of women, 30 percent of voters.
_AMOUNTS = frozenset(
    "percent % dozens hundreds thousands millions plenty majority plurality number many some most half third "
    "two-thirds group collection coalition handful".split()
)
_BEFORE_VERB = frozenset("to will would can could may might must should n't not they we who he she it".split())
_COPULAS = frozenset("is was remains became are were".split())
_PERSONAL = frozenset("who whom whose".split())
_ANYBODY = frozenset("those anyone someone everyone one ones others people somebody anybody everybody".split())


class Relatives:
    """The names and noun phrases of one article, as what relative pronouns take up."""

    def __init__(self, words: Words, mentions: Mentions) -> None:
        self.words, self.mentions = words, mentions

    def taken_up(self, index: int) -> Spans | None:
        """The name or the noun phrase, with its determiner, that the relative pronoun at word ``index`` takes up."""
        forms = self.words.forms
        last = index - 1
        while last >= 0 and forms[last] in _SKIPPED:
            last -= 1
        if last < 0:
            return None
        is_person = forms[index].lower() in _PERSONAL
        if is_person and forms[index - 1] == ",":
            name = self._apposed_before(last, index)
            if name is not None:
                return (name.span,)
        name = self._at(last)
        head = self._people(last) if is_person and (name is None or name.entity.type != "person") else last
        name = self._at(head)
        if name is not None and name.entity.type != "group":
            return (name.span,)
        phrase = self.noun_phrase(head)
        name = self._described(self.words.index(phrase.start))
        if name is not None:
            return (name.span,)
        return (self._whole(phrase, last),)

    def _at(self, place: int) -> Mention | None:
        return self.mentions.at(self.words.spans[place].start)

    def _before(self, place: int) -> str:
        """The word before ``place`` in its sentence, in lower case."""
        if place < 1 or self.words.sentence_of[place - 1] != self.words.sentence_of[place]:
            return ""
        return self.words.forms[place - 1].lower()

    def _people(self, last: int) -> int:
        """The noun or name of people that ``last`` belongs to: "two | officials | of the authority, who"."""
        forms, nouns = self.words.forms, lists().nouns
        place = last if forms[last].lower() not in _ANYBODY else 0
        while place > 0 and self.words.sentence_of[place - 1] == self.words.sentence_of[last] and last - place < 8:
            if nouns.get(forms[place].lower()) in ("role", "group") or forms[place] in PARTY_PEOPLE:
                return place
            name = self._at(place)
            if name is not None and name.entity.type == "person" and forms[place + 1].lower() in OUTSIDE | _DETERMINERS:
                return place
            if not forms[place][0].isalnum():
                break
            place -= 1
        return last

    def _apposed_before(self, last: int, index: int) -> Mention | None:
        """The name of "Jane Doe, the head of the office, who": with a comma after it, in the same sentence."""
        start = self.words.tokens.sentences[self.words.sentence_of[index]].span.start
        names = self.mentions.within((Span(start, self.words.spans[last].end),))
        for name in reversed(names):
            after = self.words.index(name.span.end)
            if name.entity.type == "person" and (after > last or self.words.forms[after] in (",", "of", "(")):
                return name
        return None

    def _described(self, first: int) -> Mention | None:
        """Whom the noun phrase at ``first`` describes: "Tom Beck, a politically active donor", "Beck is the one"."""
        forms = self.words.forms
        place = first
        while place > 1 and first - place < 4 and forms[place - 1].lower() not in _DETERMINERS:
            if not (forms[place - 1].islower() and forms[place - 1].isalpha()) or forms[place - 1] in OUTSIDE:
                return None
            place -= 1
        before = place - 2
        if before < 0 or forms[place - 1].lower() not in _DETERMINERS or self._before(place - 1) == "":
            return None
        is_apposed = forms[before] in (",", "—", "–")
        if not is_apposed and forms[before] not in _COPULAS:
            return None
        if forms[before - 1] == ")" and "(" in forms[max(0, before - 6) : before]:
            before = max(i for i in range(max(0, before - 6), before) if forms[i] == "(")
        name = self._at(before - 1) if before else None
        kinds = ("person", "organization") if is_apposed else ("person",)
        return name if name is not None and name.entity.type in kinds else None

    def _whole(self, phrase: Span, last: int) -> Span:
        """The phrase with its owner, its amount and its determiner, up to the word ``last``."""
        first = self.words.index(phrase.start)
        if self._before(first) in POSSESSIVE_MARKS and first > 1:
            owner = self._at(first - 2)
            first = self.words.index(owner.lead) if owner is not None else first - 2
        if self._before(first) == "of" and first > 1 and self._before(first - 1) in _AMOUNTS:
            first = self.words.index(self.noun_phrase(first - 2).start)
        if self._before(first) in _DETERMINERS:
            first -= 1
        return Span(self.words.spans[first].start, max(phrase.end, self.words.spans[last].end))

    def noun_phrase(self, last: int) -> Span:
        """The words back from the noun at ``last`` to its determiner (left out), a preposition or a verb."""
        forms, first = self.words.forms, last
        while first > 0 and last - first < 6 and self.words.sentence_of[first - 1] == self.words.sentence_of[last]:
            word = forms[first - 1]
            if word.lower() in _QUANTIFIERS:
                return Span(self.words.spans[first - 1].start, self.words.spans[last].end)
            if not word[0].isalnum() or word.lower() in OUTSIDE or word.lower() in _DETERMINERS:
                break
            if word.islower() and word.endswith(("ing", "ly")) and last - first:
                break
            first -= 1
        while first < last and forms[first].islower() and self._is_verb(first):
            first += 1
        return Span(self.words.spans[first].start, self.words.spans[last].end)

    def _is_verb(self, place: int) -> bool:
        """Whether a word at the start of a noun phrase is the verb before it: "will | confront | voters"."""
        before = self._before(place)
        if before in _BEFORE_VERB:
            return True
        return before.endswith("ly") and self.words.forms[place].endswith("ed")
