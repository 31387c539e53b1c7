"""Which rules of ``lexicon/acts.csv`` and ``lexicon/hedges.csv`` fire on a statement, and what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.lexicon import Rule, read_rules
from onrecord.records import ACTS
from onrecord.text import FUNCTION_WORDS, Parts, Words

NEGATIONS = frozenset("not n't never no nothing none neither nor nobody without".split())
OWN_PRONOUNS = frozenset("i we he she it they".split())
OWN_POSSESSIVES = frozenset("my our his her its their".split())
_QUOTE_MARKS = frozenset(("``", "''", '"', "'", ",", ":", "that", "and", "but"))
_FUTURE = frozenset("will wo would going shall 'll".split())
#: How decisive a negation on the source's own side is, by what it then says: right in about half, else a hint.
_NEGATION_STRENGTH = {"refusal": 2, "denial": 1, "no_comment": 1}
_IGNORANCE = frozenset("know remember recall seen heard read aware comment discuss speculate familiar".split())
#: Acts that a negation in the cue takes back: "has not accused" is no statement (docs/LABELS.md), "does not like" one.
_TAKEN_BACK = frozenset(("denial", "confirmation", "accusation", "demand"))
_TAKING_BACK = frozenset("not n't never".split())
#: How far behind its subject a negation still belongs to it.
_REACH = 4
#: How many words of the content are searched for its first subject.
_OPENING = 6
#: Rules look at so many words of the content: a long quotation takes the act of its main point, mostly its first.
CONTENT_REACH = 60


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that fired: what it stands for, how decisive it is (1 to 4), and the words it fired on."""

    label: str
    strength: int
    words: tuple[int, ...]
    name: str


def rule_hits(words: Words, parts: Parts, book: str = "acts") -> list[RuleHit]:
    """All rules of ``lexicon/<book>.csv`` that fire on the cue or the content, in the order of the words."""
    hits: list[RuleHit] = []
    for where, indices in (("cue", parts.cue), ("content", parts.content[:CONTENT_REACH])):
        for rule, first, end in matches(words, indices, book, where):
            hit = RuleHit(rule.label, rule.strength, tuple(indices[first:end]), f"{where}: {rule.name}")
            hits.append(_unless_negated(words, parts, hit) if where == "cue" else hit)
    return hits


def matches(words: Words, indices: Sequence[int], book: str, where: str) -> Iterator[tuple[Rule, int, int]]:
    """Each rule of ``lexicon/<book>.csv`` for ``where`` that fits the words ``indices`` read as one, with its place."""
    rules, openings = read_rules(book), words.openings(book)
    forms = [words.lower[i] for i in indices]
    for number, first, end in rules.matches(forms, [openings[i] for i in indices], where):
        yield rules.rules[number], first, end


def _unless_negated(words: Words, parts: Parts, hit: RuleHit) -> RuleHit:
    """``hit``, which begins in the cue; where a negation before it takes the act back, a hit for "other"."""
    negations = [i for i in parts.cue if i < hit.words[0] and words.lower[i] in _TAKING_BACK]
    if not negations or hit.label not in _TAKEN_BACK:
        return hit
    return RuleHit("other", min(hit.strength, 3), (negations[-1], *hit.words), f"negated {hit.name}")


def across_hits(words: Words, parts: Parts) -> list[RuleHit]:
    """Rules that need cue and content together: senses of a cue, and negation on the source's own side."""
    return [*_sense_hits(words, parts), *_negation_hits(words, parts)]


def _sense_hits(words: Words, parts: Parts) -> list[RuleHit]:
    """Row by row of the list, over cue + content read as one: "declined" + "to comment", "denied" + "the permit"."""
    joined = (*parts.cue, *parts.content[:12])
    hits = []
    for rule, first, end in matches(words, joined, "acts", "cue"):
        if first < len(parts.cue) < end:  # runs over the border; the rest was found already
            hit = RuleHit(rule.label, rule.strength, joined[first:end], f"cue and content: {rule.name}")
            hits.append(_unless_negated(words, parts, hit))
    return hits


def _negation_hits(words: Words, parts: Parts) -> list[RuleHit]:
    """Negation of the first clause, told apart by whether its subject is the source or its side."""
    subject = own_subject(words, parts)
    opening = parts.content[:_OPENING]
    if subject is None:
        return [
            RuleHit("plain_negation", 1, (i,), "a negation whose subject is somebody else")
            for i in opening
            if words.lower[i] in NEGATIONS
        ][:1]
    place = parts.content.index(subject[-1]) + 1
    behind = parts.content[place : place + _REACH]
    forms = [words.lower[i] for i in behind]
    for k, word in enumerate(forms):
        if word in NEGATIONS:
            seen = set(forms)
            label = "no_comment" if seen & _IGNORANCE else "refusal" if seen & _FUTURE else "denial"
            shown = (*subject, *behind[: k + 2])
            return [RuleHit(label, _NEGATION_STRENGTH[label], shown, "the negation belongs to the source's own side")]
    return []


def own_subject(words: Words, parts: Parts) -> tuple[int, ...] | None:
    """The words of the content's first subject where it is the source or its side, else None.

    "he", "we", "its plan" and the source's own name count; a pronoun that means a third party is not told apart.
    """
    names = {words.lower[i] for i in parts.source} - FUNCTION_WORDS
    opening = [i for i in parts.content[: _OPENING + 2] if words.lower[i] not in _QUOTE_MARKS][:_OPENING]
    for k, i in enumerate(opening):
        word = words.lower[i]
        if word in OWN_PRONOUNS or word in names:
            return (i,)
        if word in OWN_POSSESSIVES and k + 1 < len(opening):
            return (i, opening[k + 1])
    return None


def decide(hits: Sequence[RuleHit]) -> tuple[str, tuple[RuleHit, ...]]:
    """The act the rules alone give and the hits it rests on: the strongest rule, then the scheme's order.

    "claim" without a hit: to put something forward as true is what a statement does that shows nothing else.
    """
    acts = [hit for hit in hits if hit.label in ACTS]
    if not acts:
        return "claim", ()
    strength = max(hit.strength for hit in acts)
    act = min((hit.label for hit in acts if hit.strength == strength), key=ACTS.index)
    return act, tuple(hit for hit in acts if hit.label == act)
