"""What the page itself shows of who speaks: the colon of a label and the dash of a signature are cues.

A tagger reads words and is unsure of what it saw seldom: "Ada Brandt: “We know.”", "“We know.” ― Ada Brandt",
transcripts. These rules look at marks, capitals and paragraphs alone, never at what the words mean, and correct the
chunks of either tagger before they are linked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from onrecord.records import Tokens
from onrecord.statements.set_phrases import set_phrases
from onrecord.statements.tagger import Chunk
from onrecord.text import Words

LEAST_QUOTED_WORDS = 4
MAX_LABEL_WORDS, MAX_SIGNATURE_WORDS = 8, 12
#: So many lines such as "BRANDT: We know." make a transcript; a single one may be "CORRECTION: …".
MIN_TRANSCRIPT = 3
#: The probability that it is a statement of the one named there: 8 of 9 such quotations and 10 of 15 such lines of
#: PolNeAR's training part.
SURE_OF_QUOTATION, SURE_OF_TRANSCRIPT = 8 / 9, 10 / 15
_DASHES = frozenset(("-", "--", "–", "—", "―", "~"))
#: What leads to the name on a line of its own.
_LEADING = frozenset("and from but here is then now by".split())
_OPENING = frozenset(("“", '"', "``", "''", "＂"))
#: What a heading in capitals may hold, and a speaker's name does not.
_NAMELESS = frozenset("WHAT WHY HOW WHO WHERE WHEN HE SHE THEY THEM IT ITS US WE YOU IS ARE WAS WERE SAID TOLD".split())
#: Labels of questions, with which two turns make a transcript, and those of a single letter.
_ASKING = frozenset("Q QUESTION REPORTER INTERVIEWER JOURNALIST HOST MODERATOR".split())
_TURNS = frozenset(("Q", "A", "Q.", "A."))
Forms = Sequence[str]
Range = tuple[int, int]


def marked_chunks(words: Words, chunks: Sequence[Chunk]) -> list[Chunk]:
    """``chunks`` corrected by labels and signatures, in the order of the text, never overlapping.

    Chunks of one label or signature share a ``mark``.

    Not handled: labels and signatures of what stands in no quotation marks, but for transcripts in capitals;
    quotations in single marks.
    """
    forms, blocks = words.forms, paragraphs(words.tokens)
    shown = [*_transcript(forms, blocks), *_dialogue(forms, blocks), *_named(forms, blocks, _quotations(words))]
    marked = _apart([*shown, *set_phrases(words, chunks)])
    numbered = [replace(chunk, mark=number) for number, group in enumerate(marked) for chunk in group]
    headings = {word for block in blocks for word in _heading(forms, *block)}
    return _overlaid(forms, [piece for chunk in chunks for piece in _left_over(forms, chunk, headings)], numbered)


def paragraphs(tokens: Tokens) -> list[Range]:
    """First and last word (exclusive) of each paragraph."""
    blocks, first = [], 0
    for _, sentences in groupby(tokens.sentences, key=lambda sentence: sentence.block):
        last = first + sum(len(sentence.words) for sentence in sentences)
        blocks.append((first, last))
        first = last
    return blocks


def _quotations(words: Words) -> list[Range]:
    """First and last word (exclusive) of each quotation in double marks; of one never closed the end is not known."""
    closed = (q.span for q in words.tokens.quotations if q.level == 1 and q.closed)
    inside = (words.beginning_in([span]) for span in closed)
    return [(indices[0], indices[-1] + 1) for indices in inside if indices]


def _named(forms: Forms, blocks: Sequence[Range], quotations: Sequence[Range]) -> Iterator[list[Chunk]]:
    """Source, cue and content of each quotation that fills a paragraph but for a label or a signature."""
    firsts = [first for first, _ in blocks]
    for first, last in quotations:
        if last - first >= LEAST_QUOTED_WORDS:
            block = bisect_right(firsts, first) - 1
            named = _label(forms, blocks, block, (first, last)) or _signature(forms, blocks, block, (first, last))
            if named:
                source, cue = named
                yield _statement(source, cue, (first, last), SURE_OF_QUOTATION)


def _statement(source: Range, cue: int, content: Range, score: float) -> list[Chunk]:
    return [Chunk("source", *source, score), Chunk("cue", cue, cue + 1, score), Chunk("content", *content, score)]


def _label(forms: Forms, blocks: Sequence[Range], block: int, quotation: Range) -> tuple[Range, int] | None:
    """Source and cue of a quotation after a label, in its paragraph or on a line before: "Ada Brandt: “…”"."""
    colon = quotation[0] - 1
    is_line = colon < blocks[block][0]
    start = blocks[block - 1][0] if is_line else blocks[block][0]
    while is_line and start < colon and forms[start].lower() in _LEADING:
        start += 1  # "And from chairwoman Ada Brandt:"
    name = forms[start:colon]
    if quotation[1] != blocks[block][1] or not 0 < len(name) <= MAX_LABEL_WORDS or forms[colon] != ":":
        return None
    is_name = not any(word[0].islower() for word in name) or (is_line and start > blocks[block - 1][0])
    return ((start, colon), colon) if is_name else None


def _dialogue(forms: Forms, blocks: Sequence[Range]) -> Iterator[list[Chunk]]:
    """Source, cue and content of a paragraph behind a dash, after a line with its speaker: "Ada Brandt, mayor:"."""
    for (start, end), (first, last) in pairwise(blocks):
        name = forms[start : end - 1]
        opens = forms[first] in _DASHES and last - first >= LEAST_QUOTED_WORDS
        if opens and forms[end - 1] == ":" and 0 < len(name) <= MAX_LABEL_WORDS and name[0][0].isupper():
            comma = next((start + k for k, word in enumerate(name) if word == ","), end - 1)
            yield _statement((start, comma), end - 1, (first + 1, last), SURE_OF_QUOTATION)


def _signature(forms: Forms, blocks: Sequence[Range], block: int, quotation: Range) -> tuple[Range, int] | None:
    """Source and cue of a quotation with a name after a dash, there or on the next line: "“…” ― Ada Brandt, 25"."""
    first, dash = quotation
    if first != blocks[block][0] or dash + 1 >= len(forms) or forms[dash] not in _DASHES:
        return None
    end = blocks[block if dash < blocks[block][1] else block + 1][1]
    if not 1 < end - dash <= MAX_SIGNATURE_WORDS or not forms[dash + 1][0].isupper():
        return None
    return (dash + 1, next((k for k in range(dash + 2, end) if not forms[k][0].isalnum()), end)), dash


def _transcript(forms: Forms, blocks: Sequence[Range]) -> list[list[Chunk]]:
    """Source, cue and content of each turn of a transcript: "BRANDT: We know.", with or without an opening mark.

    A label on a line of its own belongs to the line after.
    """
    turns = []
    for number, (start, end) in enumerate(blocks):
        first = start + (forms[start] in _OPENING)
        colon = next((k for k in range(first + 1, min(first + MAX_LABEL_WORDS, end)) if forms[k] == ":"), None)
        if (
            colon
            and (len(forms[first]) > 1 or forms[first] in _TURNS)
            and forms[first].isupper()
            and not any(map(_has_small_letter, forms[first:colon]))
        ):
            content = (colon + 1, end) if colon + 1 < end else next(iter(blocks[number + 1 : number + 2]), None)
            if content:
                turns.append(_statement((first, colon), colon, content, SURE_OF_TRANSCRIPT))
    asked = any(forms[source.first].rstrip(".") in _ASKING for source, *_ in turns)
    return turns if len(turns) >= (MIN_TRANSCRIPT - 1 if asked else MIN_TRANSCRIPT) else []


def _heading(forms: Forms, start: int, end: int) -> range:
    """The words in capitals that open a paragraph before a colon and name nobody: "WHAT SHE TOLD US: The singer …"."""
    colon = next((k for k in range(start + 1, min(start + MAX_LABEL_WORDS, end)) if forms[k] == ":"), None)
    if colon is None or any(map(_has_small_letter, forms[start:colon])) or _NAMELESS.isdisjoint(forms[start:colon]):
        return range(0)
    return range(start, colon + 1)


def _apart(groups: Sequence[list[Chunk]]) -> list[list[Chunk]]:
    """The groups without those that overlap an earlier one: a quoted turn of a transcript is one statement."""
    kept: list[list[Chunk]] = []
    taken: set[int] = set()
    for group in groups:
        here = {word for chunk in group for word in range(chunk.first, chunk.last)}
        if taken.isdisjoint(here):
            kept.append(group)
            taken |= here
    return kept


def _has_small_letter(word: str) -> bool:
    return any(map(str.islower, word))


def _overlaid(forms: Forms, chunks: Sequence[Chunk], above: Sequence[Chunk]) -> list[Chunk]:
    """Both, in order; where they overlap, what is ``above`` stays, and of the other what words are left over."""
    taken = {word for top in above for word in range(top.first, top.last)}
    rest = [piece for chunk in chunks for piece in _left_over(forms, chunk, taken)]
    return sorted([*rest, *above], key=lambda chunk: chunk.first)


def _left_over(forms: Forms, chunk: Chunk, taken: set[int]) -> Iterator[Chunk]:
    if taken.isdisjoint(range(chunk.first, chunk.last)):
        yield chunk
        return
    for is_taken, run in groupby(range(chunk.first, chunk.last), key=taken.__contains__):
        words = list(run)
        if not is_taken and any(forms[word][0].isalnum() for word in words):
            yield replace(chunk, first=words[0], last=words[-1] + 1)
