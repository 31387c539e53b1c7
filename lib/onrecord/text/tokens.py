"""Sentences and words, as spans into the text as received.

Sentences come from NLTK's Punkt with parameters trained on plain news text (``models/punkt.json``,
``training/train_punkt.py``), words from NLTK's ``NLTKWordTokenizer``. Neither needs NLTK's data packages.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from onrecord.models import read_json
from onrecord.records import Block, Sentence, Span, Spans, Tokens
from onrecord.text.quotations import find_quotations

# One character for one character, so that offsets stay: Punkt and the word tokenizer know the plain marks best.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_PLAIN_WORDS = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})

# A "sentence" longer than this is no prose (a table, a dump): it is cut at white space, so that no step sees megabytes.
MAX_SENTENCE = 3_000
_FALLBACK_WORD = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")
_QUOTE_END = "\"'"
# Punkt breaks "Mr. Clinton" where it has learned that Clinton opens sentences; no sentence ends with a title.
_TITLE_LAST = re.compile(
    r"\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Sens?|Reps?|Govs?|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Rev|Fr)\.\Z"
)
_WORD_TOKENIZER = NLTKWordTokenizer()
_PIECE = re.compile(r"\S+")
_BEFORE, _AFTER = "x ", " x"
#: Marks after a full stop that do not keep it from being the last: the class in NLTK's first rule for it.
_CLOSING = re.compile(r"""[\])}>"'»”’]+""")
#: Plain words that NLTK cuts in two ("can" + "not"): its ``MacIntyreContractions``.
_CONTRACTED = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
# Pieces of plain shape: an opening mark, a word with hyphens or inner full stops, a clitic, closing marks.
_RUN = rf"(?!(?i:{'|'.join(sorted(_CONTRACTED))})\b)\w+"
_OPENING, _CLITIC = r"""([“"(\[$]?)""", r"('[smd]|'ll|'re|'ve|n't|')?"
_EASY = re.compile(rf"""{_OPENING}({_RUN}(?:[-.]{_RUN})*\.?){_CLITIC}([,;:?!%)\]”"]*)""")
_EASY_END = re.compile(rf"""{_OPENING}({_RUN}(?:[-.]{_RUN})*){_CLITIC}([,;:?!%)\]”"]*\.?[)\]”"]*)""")


@functools.cache
def _punkt() -> PunktSentenceTokenizer:
    raw = read_json("punkt.json")
    parameters = PunktParameters()
    parameters.abbrev_types = set(raw["abbreviations"])
    parameters.collocations = {(first, second) for first, second in raw["collocations"]}
    parameters.sent_starters = set(raw["sentence_starters"])
    parameters.ortho_context = defaultdict(int, raw["orthographic_context"])
    return PunktSentenceTokenizer(parameters)


def split_sentences(text: str, span: Span | None = None) -> Spans:
    """The sentences within ``span`` (the whole text where none is given), in order, never overlapping.

    A sentence keeps its closing quotation mark; white space at its ends is left out. Stretches of more than
    ``MAX_SENTENCE`` characters without a sentence end are cut at white space.

    >>> [tuple(s) for s in split_sentences("He met Gen. Pace. “So what?” she said.")]
    [(0, 17), (18, 38)]

    Not handled: sentences that run over a paragraph's end, languages other than English.
    """
    start, end = span or Span(0, len(text))
    plain = text[start:end].translate(_PLAIN)
    pieces: list[tuple[int, int]] = []
    for s, e in (piece for chunk in _chunks(plain) for piece in _punkt_spans(plain, chunk)):
        if pieces and e - pieces[-1][0] <= MAX_SENTENCE and _goes_on(plain, pieces[-1][1], s):
            s = pieces.pop()[0]
        pieces.append((s, e))
    return tuple(Span(start + s, start + e) for s, e in pieces)


def _goes_on(plain: str, end: int, start: int) -> bool:
    """Whether no sentence ends at ``end``, though Punkt begins one at ``start``: “So what?” she said; Mr. Toner."""
    if plain[start].islower() and plain[end - 1] in _QUOTE_END:
        return True
    return _TITLE_LAST.search(plain, max(0, end - 8), end) is not None


def _chunks(plain: str, size: int = 8_000) -> Iterator[tuple[int, int]]:
    """Stretches of at most ``size`` characters, cut after a full stop: Punkt is quadratic on some giant paragraphs."""
    start = 0
    while start < len(plain):
        end = min(len(plain), start + size)
        if end < len(plain):
            middle = start + size // 2
            cut = plain.rfind(". ", middle, end) + 1 or plain.rfind(" ", middle, end)
            end = cut if cut > 0 else end
        yield start, end
        start = end


def _punkt_spans(plain: str, chunk: tuple[int, int]) -> Iterator[tuple[int, int]]:
    low, high = chunk
    for s, e in _punkt().span_tokenize(plain[low:high]):
        yield from _cut_long(plain, low + s, low + e)


def _cut_long(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        cut = plain.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut + (plain[cut : cut + 1] == " ")
    stripped = plain[start:end]
    start, end = start + len(stripped) - len(stripped.lstrip()), end - (len(stripped) - len(stripped.rstrip()))
    if start < end:
        yield start, end


def split_words(text: str, span: Span | None = None) -> Spans:
    """The words and marks of one sentence, in order.

    >>> text = "Pakistan’s reply can’t wait."
    >>> [text[s:e] for s, e in split_words(text)]
    ['Pakistan', '’s', 'reply', 'ca', 'n’t', 'wait', '.']

    Penn Treebank conventions (NLTK ``NLTKWordTokenizer``); a curly apostrophe is read as a straight one.
    """
    start, end = span or Span(0, len(text))
    plain = text[start:end].translate(_PLAIN_WORDS)
    try:
        return tuple(Span(start + s, start + e) for s, e in _word_spans(plain))
    except (ValueError, RuntimeError):  # NLTK cannot align some mixtures of '' and "; a plain split keeps the sentence
        return tuple(Span(start + m.start(), start + m.end()) for m in _FALLBACK_WORD.finditer(plain))


def _word_spans(plain: str) -> list[tuple[int, int]]:
    """What ``NLTKWordTokenizer`` finds in a sentence, asked piece by piece.

    Its rules look no further than the white space around a piece, save at the ends of the sentence. So a piece of
    plain shape is cut here, and any other is asked for once and remembered: ten times as fast as some thirty
    regular expressions over each sentence, with the same words (tests/test_tokens.py compares them).
    """
    pieces = [match.span() for match in _PIECE.finditer(plain)]
    last = len(pieces) - 1
    while last > 0 and _CLOSING.fullmatch(plain, *pieces[last]):
        last -= 1  # closing marks that stand alone: the full stop before them still ends the sentence
    spans: list[tuple[int, int]] = []
    for number, (low, high) in enumerate(pieces[:last]):
        piece = plain[low:high]
        if piece.isalnum() and piece.lower() not in _CONTRACTED:
            spans.append((low, high))
        elif (easy := _EASY.fullmatch(piece)) is not None:
            spans += _easy_spans(easy, low)
        else:
            spans += [(low + s, low + e) for s, e in _piece_spans(piece, number == 0)]
    if pieces:
        low, high = pieces[last][0], pieces[-1][1]
        piece = plain[low:high]
        if (easy := _EASY_END.fullmatch(piece)) is not None:
            spans += _easy_spans(easy, low)
        else:
            spans += [(low + s, low + e) for s, e in _end_spans(piece, last == 0)]
    return spans


def _easy_spans(match: re.Match[str], low: int) -> list[tuple[int, int]]:
    """The groups of a plain piece as words; of the last group, the closing marks, each by itself."""
    *groups, (first, end) = match.regs[1:]
    spans = [(low + s, low + e) for s, e in groups if s < e]
    spans += [(low + s, low + s + 1) for s in range(first, end)]
    return spans


@functools.lru_cache(maxsize=1 << 15)
def _piece_spans(piece: str, is_first: bool) -> tuple[tuple[int, int], ...]:
    return _asked("" if is_first else _BEFORE, piece, _AFTER)


@functools.lru_cache(maxsize=1 << 13)
def _end_spans(piece: str, is_first: bool) -> tuple[tuple[int, int], ...]:
    return _asked("" if is_first else _BEFORE, piece, "")


def _asked(before: str, piece: str, after: str) -> tuple[tuple[int, int], ...]:
    """The words that NLTK finds in ``piece``, which stands between two words that are no part of it."""
    low, high = len(before), len(before) + len(piece)
    asked = f"{before}{piece}{after}"
    spans = _WORD_TOKENIZER.span_tokenize(asked)
    return tuple((s - low, e - low) for s, e in spans if low <= s < e <= high)


def tokenize(text: str, blocks: Iterable[Block]) -> Tokens:
    """Sentences, words and quotations of the blocks that are text; furniture and bylines are passed over."""
    sentences: list[Sentence] = []
    readable = [(number, block) for number, block in enumerate(blocks) if block.is_text]
    for number, block in readable:
        for span in split_sentences(text, block.span):
            sentences.append(Sentence(span, split_words(text, span), number))
    return Tokens(tuple(sentences), find_quotations(text, [block.span for _, block in readable]))
