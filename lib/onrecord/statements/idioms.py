"""Verbs of speech that do not tell who speaks: a striker who claims a goal, a court that hears, a man who is told.

The tagger takes the subject of such a verb for a source. Idioms are no statements. Where the verb is passive or its
subject listens, the words are somebody else's, whom the sentence does not name: the statement has no source.
"""

from __future__ import annotations

import functools
import re

from onrecord.lexicon import Pattern, read_rows
from onrecord.records import Attribution, Spans

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
