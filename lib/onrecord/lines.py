"""What the encoder reads beside the article: one statement with all whom it could be for or against, one answer with
all that it could answer.

A window shows a statement in its place; a line puts side by side what has to be weighed. The words of a line carry
the part they play as their feature, where those of a window carry their shape: the candidate's number (on its name and
wherever it is mentioned), the source, the cue, the content, what stands before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.mentions import Mentions
from onrecord.namelists import lists
from onrecord.records import Actor, Attribution, Span, Spans, Tokens
from onrecord.stance_features import Candidate
from onrecord.windows import SPECIAL_FEATURE
from onrecord.wording import Wording

#: So many candidates are weighed in one line; further ones are left to the words alone.
MOST_CANDIDATES = 8
STANCE, SOURCE, CUE, CONTENT, BEFORE, ANSWER, ANSWERED = range(SPECIAL_FEATURE + 1, SPECIAL_FEATURE + 8)
CANDIDATE = ANSWERED + 1
#: Features in all: those of words in windows, then those of words in lines.
N_FEATURES = CANDIDATE + MOST_CANDIDATES
#: How many pieces of each part are read.
NAME_PIECES, SOURCE_PIECES, CUE_PIECES, CONTENT_PIECES, BEFORE_PIECES = 6, 8, 6, 72, 32
BEFORE_CHARACTERS = 220
_SENTENCES_BEFORE = 2
CLS, SEP = 101, 102
Run = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Words with the features they carry; of more than ``limit`` pieces the first are read, or the ``last``."""

    runs: tuple[Run, ...]
    limit: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``parts`` in their order; ``kind`` is the feature of the pieces that are no words."""

    kind: int
    parts: tuple[Part, ...]
    candidates: int


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
    wording: Wording, tokens: Tokens, attribution: Attribution, actor: Actor, mentions: Mentions,
    candidates: Sequence[Candidate], phrases: Sequence[Candidate],
) -> list[Target]:  # fmt: skip
    """``candidates`` (names and pronouns of the statement), the names of its sentences and the two before, and those
    noun ``phrases`` that tell people or a body ("the council"): at most ``MOST_CANDIDATES``, in the order of the text.
    """
    found = [Target(each.name, _spans(wording, each.places), each) for each in candidates]
    known = {each.entity.number for each in candidates if each.entity is not None}
    low, _, end = passage(tokens, attribution)
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
    described = [
        Target(each.name, _spans(wording, each.places), None, True) for each in phrases if _tells_people(wording, each)
    ]
    room = MOST_CANDIDATES - len(found)
    further.sort(key=lambda each: -each.spans[-1].start)
    chosen = [*found[:MOST_CANDIDATES], *described[: max(0, min(2, room))]]
    chosen += further[: max(0, MOST_CANDIDATES - len(chosen))]
    return sorted(chosen, key=lambda each: each.spans[0])


def passage(tokens: Tokens, attribution: Attribution) -> tuple[int, int, int]:
    """Where the second sentence before the statement begins, the statement's first character and its last."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    first, end = min(span.start for span in spans), max(span.end for span in spans)
    start = attribution.content[0].start if attribution.content else first
    here = bisect_right(tokens.sentences, start, key=lambda sentence: sentence.span.start) - 1
    low = tokens.sentences[max(0, here - _SENTENCES_BEFORE)].span.start if tokens.sentences else 0
    return min(low, first), first, end


def _spans(wording: Wording, places: Iterable[Sequence[int]]) -> Spans:
    return tuple(Span(wording.spans[place[0]].start, wording.spans[place[-1]].end) for place in places)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ")


def _tells_people(wording: Wording, phrase: Candidate) -> bool:
    nouns = lists().nouns
    return any(nouns.get(wording.lower[i], "document") != "document" for place in phrase.places for i in place[-2:])


def stance_line(text: str, tokens: Tokens, attribution: Attribution, actor: Actor, targets: Sequence[Target]) -> Line:
    """The line that weighs ``targets``; the article's word for the source where nobody knows who it is."""
    low, first, _ = passage(tokens, attribution)
    marks = sorted((span, CANDIDATE + k) for k, each in enumerate(targets) for span in each.spans)
    said = actor.name or _said(text, attribution.source) or "nobody"
    before = (Span(max(low, first - BEFORE_CHARACTERS), first),)
    parts = [Part(((each.name, CANDIDATE + k),), NAME_PIECES) for k, each in enumerate(targets)]
    parts += [
        Part(((said, SOURCE),), SOURCE_PIECES),
        Part(((_said(text, attribution.cue) or "-", CUE),), CUE_PIECES),
        Part(tuple(_runs(text, attribution.content, marks, CONTENT)), CONTENT_PIECES),
        Part(tuple(_runs(text, before, marks, BEFORE)), BEFORE_PIECES, last=True),
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


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line as the network reads it: ids and features, and where the pieces of each part's name and mentions are."""

    ids: list[int]
    features: list[int]
    names: list[list[int]]
    mentions: list[list[int]]
    answer: list[int]


def pieces_of(lines: Sequence[Line], encode: Callable[[list[str]], list[list[int]]]) -> list[Pieces]:
    """``encode`` cuts texts to the ids of their pieces."""
    texts = [run[0] for line in lines for part in line.parts for run in part.runs]
    cut = iter(encode(texts))
    return [_pieces(line, [[(next(cut), run[1]) for run in part.runs] for part in line.parts]) for line in lines]


def _pieces(line: Line, cut: Sequence[Sequence[tuple[list[int], int]]]) -> Pieces:
    found = Pieces([CLS], [line.kind], [[] for _ in range(line.candidates)], [[] for _ in range(line.candidates)], [])
    for part, runs in zip(line.parts, cut, strict=True):
        pieces = [(id, feature) for ids, feature in runs for id in ids]
        pieces = pieces[-part.limit :] if part.last else pieces[: part.limit]
        named = len(part.runs) == 1
        for id, feature in pieces:
            if feature >= CANDIDATE:
                (found.names if named else found.mentions)[feature - CANDIDATE].append(len(found.ids))
            elif feature == ANSWER:
                found.answer.append(len(found.ids))
            found.ids.append(id)
            found.features.append(feature)
        found.ids.append(SEP)
        found.features.append(line.kind)
    return found
