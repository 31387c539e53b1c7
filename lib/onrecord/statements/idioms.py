"""Verbs of speech that do not tell who speaks: a striker who claims a goal, a court that hears, a man who is told.

The tagger takes the subject of such a verb for a source. Idioms are no statements. Where the verb is passive or its
subject listens, the words are somebody else's, whom the sentence does not name: the statement has no source.
"""

from __future__ import annotations

import functools
import re

from onrecord.lexicon import Pattern, lists, read_rows
from onrecord.records import Attribution, Span, Spans

_BODIES = (
    "court|jury|jurors|inquiry|enquiry|hearing|tribunal|inquest|trial|committee|panel|commission|parliament|council|"
    "judge|judges|magistrates|coroner|session|assembly|congress|senate"
)
_LISTENER = re.compile(rf"\b(?:{_BODIES})\b", re.IGNORECASE)
_LISTENS = re.compile(r"\b(?:heard|hears|hear|learned|learnt|learns)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:was|were|is|are|been|being|be)(?: \w+ly)? (?:told|informed|warned|notified|advised)\b", re.IGNORECASE
)
_BE = re.compile(r"\b(?:was|were|is|are|been|being|be)(?: \w+ly)?\s+$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:told|informed|notified)\b", re.IGNORECASE)
_ASKED = re.compile(r"(?:asked|questioned|pressed|quizzed)\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|if|once|after being|on being|while)(?: \w+ly)?\s+$", re.IGNORECASE)
_CHARGED = re.compile(r"(?:blamed for|accused of|suspected of|charged with)\b", re.IGNORECASE)
#: What somebody does after a quotation without saying it: “Do you understand?” Adler nodded.
_GESTURE = re.compile(
    r"(?:nod|sigh|groan|smil|shrug|laugh|grin|winc|frown|blush|wept|cr|paus|stare|glar|wav|applaud)\w*(?: \w+)?$",
    re.IGNORECASE,
)
#: What is written and says something in a clause of its own: a lawsuit, filed in June and | accusing.
_WRITTEN = re.compile(
    r"\b(?P<source>(?:an?|the|another|this|that) (?:[\w’'\-]+ ){0,3}?(?P<noun>[\w\-]+))"
    r"(?:,? (?:filed|published|posted|issued|sent|released|written|signed|made|dated)\b[^.;:“”\"]{0,40}? and)?,? $"
)
#: Who stands before an insertion that names somebody else: Adler, backed by | Beck, urged.
_INSERTED = re.compile(r"(?:^|[.!?“”\n] *)(?P<source>[^.,;:\n]{2,60}), (?:\w+ly )?(?:\w+ed|led|\w+en) by $")
#: Who opens a sentence behind its participle: Accusing the board of lies, | investor Max Thorn.
_BEHIND = re.compile(r", (?P<source>(?:(?:the|an?) )?(?:[a-z\-]+ ){0,3}(?:[A-Z][\w’'\-]+ ?)+)(?<! )(?= [a-z])")
_LONGEST = 8


@functools.cache
def _patterns() -> tuple[Pattern, ...]:
    return tuple(Pattern.parse(row["pattern"]) for row in read_rows("doings"))


def is_doing(text: str, attribution: Attribution) -> bool:
    """Whether source, cue and the first words of the content are an idiom of ``lexicon/doings.csv``.

    Not handled: plain words for what is done ("the news recalled the worst days"), which only the sense tells apart.
    """
    words = [*_words(text, attribution.source)[-1:], *_words(text, attribution.cue)]
    words += _words(text, attribution.content)[:_LONGEST]
    return any(pattern.find(words) is not None for pattern in _patterns())


def _words(text: str, spans: Spans) -> list[str]:
    return [word.strip(".,;:“”\"'’").lower() for start, end in spans for word in text[start:end].split()]


def right_source(text: str, attribution: Attribution) -> Spans:
    """The spans of the source as the clause of the cue has it, where the tagger took a name near by.

    A participle belongs to what is written right before it, a verb behind an insertion to the name before that, a
    participle that opens its sentence to the name behind its clause. Else as ``without_listener``.
    """
    if not attribution.cue or not attribution.content:
        return without_listener(text, attribution)
    start, end = attribution.cue[0].start, attribution.cue[-1].end
    if text[start:end].endswith("ing"):
        return _of_participle(text, attribution, start)
    if attribution.source and attribution.source[-1].end <= start:
        first, last = attribution.source[0].start, attribution.source[-1].end
        found = _INSERTED.search(text, max(0, first - 100), first) if text[last : last + 1] == "," else None
        if found:
            return (Span(*found.span("source")),)
    return without_listener(text, attribution)


def _of_participle(text: str, attribution: Attribution, start: int) -> Spans:
    written = _WRITTEN.search(text, max(0, start - 90), start)
    if written and lists().nouns.get(written["noun"].lower()) == "document":
        return (Span(*written.span("source")),)
    opens = start == 0 or text[start - 1] == "\n" or text[max(0, start - 2) : start] in (". ", "! ", "? ")
    behind = _BEHIND.match(text, attribution.content[-1].end) if opens and not attribution.source else None
    return (Span(*behind.span("source")),) if behind else without_listener(text, attribution)


def without_listener(text: str, attribution: Attribution) -> Spans:
    """The spans of the source, none where it is the one who listens, is told, is asked or is charged.

    Not handled: passives with "by" whose agent the tagger missed.
    """
    if not attribution.source or not attribution.cue:
        return attribution.source
    start, end = attribution.cue[0].start, attribution.cue[-1].end
    cue, before, after = text[start:end], text[max(0, start - 30) : start], text[end : end + 12]
    source = " ".join(text[s:e] for s, e in attribution.source)
    precedes = attribution.source[-1].end <= start
    hears = bool(_LISTENS.search(cue)) or (cue.lower() == "told" and not after.partition("\n")[0].strip(" .”’'"))
    listens = hears and bool(_LISTENER.search(source))
    told = precedes and (bool(_TOLD.search(cue)) or bool(_PASSIVE.match(cue) and _BE.search(before)))
    asked = precedes and bool(_ASKED.match(cue)) and bool(_WHEN.search(before))
    charged = precedes and bool(_CHARGED.match(cue + after)) and before.rstrip().endswith((",", "(", "–", "—"))
    content = attribution.content[-1].end if attribution.content else end
    between = text[content : attribution.source[0].start]
    gesture = (
        bool(_GESTURE.match(cue))
        and text[max(0, content - 2) : content + 1].strip(" \n")[-2:-1] in ".?!"
        and not between.strip()
    )
    return () if listens or told or asked or charged or gesture else attribution.source
