"""The line of a statement for the encoder: all whom it could be for or against, side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.labels.stance_features import Candidate
from onrecord.lexicon import lists
from onrecord.names import Mentions
from onrecord.records import Actor, Attribution, Span, Spans
from onrecord.statements import BEFORE, CANDIDATE, CONTENT, CUE, MOST_CANDIDATES, SOURCE, STANCE, Line, Part, Run
from onrecord.text import Words

#: How many pieces of each part are read.
NAME_PIECES, SOURCE_PIECES, CUE_PIECES, CONTENT_PIECES, BEFORE_PIECES = 6, 8, 6, 72, 32
BEFORE_CHARACTERS = 220
_SENTENCES_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Target:
    """One whom a statement could be for or against, with its mentions in the statement and before it.

    ``inner`` is the same as a candidate for the words' model, None where only the sentences before name it.
    """

    name: str
    spans: Spans
    inner: Candidate | None = None
    described: bool = False


def stance_targets(
    words: Words, attribution: Attribution, actor: Actor, mentions: Mentions,
    candidates: Sequence[Candidate], phrases: Sequence[Candidate],
) -> list[Target]:  # fmt: skip
    """``candidates`` (names and pronouns of the statement), the names of its sentences and the two before, and those
    noun ``phrases`` that tell people or a body ("the council"): at most ``MOST_CANDIDATES``, in the order of the text.
    """
    found = [Target(each.name, _spans(words, each.places), each) for each in candidates]
    known = {each.entity.number for each in candidates if each.entity is not None}
    low, _, end = passage(words, attribution)
    spans: dict[int, list[Span]] = {}
    names: dict[int, str] = {}
    for mention in mentions.names[mentions.before(low) : mentions.before(end)]:
        names[mention.entity.number] = mention.entity.name
        spans.setdefault(mention.entity.number, []).append(mention.span)
    own = _plain(actor.name)
    further = [
        Target(names[number], tuple(places))
        for number, places in spans.items()
        if number not in known and _plain(names[number]) != own
    ]
    found = [
        Target(each.name, tuple(sorted({*each.spans, *spans.get(each.inner.entity.number, ())})), each.inner)
        if each.inner is not None and each.inner.entity is not None
        else each
        for each in found
    ]
    told = [each for phrase in phrases if _tells_people(words, each := _without_tail(words, phrase))]
    described = [Target(each.name, _spans(words, each.places), None, True) for each in told]
    room = MOST_CANDIDATES - len(found)
    further.sort(key=lambda each: -each.spans[-1].start)
    chosen = [*found[:MOST_CANDIDATES], *described[: max(0, min(2, room))]]
    chosen += further[: max(0, MOST_CANDIDATES - len(chosen))]
    return sorted(chosen, key=lambda each: each.spans[0])


def passage(words: Words, attribution: Attribution) -> tuple[int, int, int]:
    """Where the second sentence before the statement begins, the statement's first character and its last."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    first, end = min(span.start for span in spans), max(span.end for span in spans)
    start = attribution.content[0].start if attribution.content else first
    here = bisect_right(words.tokens.sentences, start, key=lambda sentence: sentence.span.start) - 1
    low = words.tokens.sentences[max(0, here - _SENTENCES_BEFORE)].span.start if words.tokens.sentences else 0
    return min(low, first), first, end


def _spans(words: Words, places: Iterable[Sequence[int]]) -> Spans:
    return tuple(Span(words.spans[place[0]].start, words.spans[place[-1]].end) for place in places)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ")


def _without_tail(words: Words, phrase: Candidate) -> Candidate:
    """``phrase`` up to its "of" where people or a body stand before it: "the council" of "the council of neglect"."""
    (place,) = phrase.places
    end = next((k for k, i in enumerate(place) if words.lower[i] == "of"), len(place))
    head = Candidate(" ".join(words.forms[i] for i in place[:end]), (place[:end],))
    return head if 0 < end < len(place) and _tells_people(words, head) else phrase


def _tells_people(words: Words, phrase: Candidate) -> bool:
    nouns = lists().nouns
    return any(nouns.get(words.lower[i], "document") != "document" for place in phrase.places for i in place[-2:])


def stance_line(words: Words, attribution: Attribution, actor: Actor, targets: Sequence[Target]) -> Line:
    """The line that weighs ``targets``; the article's word for the source where nobody knows who it is."""
    low, first, _ = passage(words, attribution)
    marks = sorted((span, CANDIDATE + k) for k, each in enumerate(targets) for span in each.spans)
    said = actor.name or _said(words.text, attribution.source) or "nobody"
    before = (Span(max(low, first - BEFORE_CHARACTERS), first),)
    parts = [Part(((each.name, CANDIDATE + k),), NAME_PIECES) for k, each in enumerate(targets)]
    parts += [
        Part(((said, SOURCE),), SOURCE_PIECES),
        Part(((_said(words.text, attribution.cue) or "-", CUE),), CUE_PIECES),
        Part(tuple(_runs(words.text, attribution.content, marks, CONTENT)), CONTENT_PIECES),
        Part(tuple(_runs(words.text, before, marks, BEFORE)), BEFORE_PIECES, last=True),
    ]
    return Line(STANCE, tuple(parts), len(targets))


def _said(text: str, spans: Spans) -> str:
    return " ".join(" ".join(text[s:e].split()) for s, e in spans)


def _runs(text: str, spans: Iterable[Span], marks: Sequence[tuple[Span, int]], feature: int) -> Iterable[Run]:
    """The text of ``spans``, cut where one of ``marks`` begins or ends."""
    for start, end in spans:
        at = start
        for (first, last), number in marks:
            if at <= first and last <= end:
                yield text[at:first], feature
                yield text[first:last], number
                at = last
        yield text[at:end], feature
