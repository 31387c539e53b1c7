"""What the CRF sees of each word: its form, its neighbours, its quotation, and the nearest candidate for a cue.

A *template* gives one integer per word (a code). Training spells the codes out as attributes (``attributes_of``);
reading turns the model's attributes into codes once (``code_of``) and then only looks numbers up: one definition
serves both, and reading builds no string but for a word form that it has not met before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import numpy.typing as npt

from onrecord.records import Tokens
from onrecord.statements.encoder_windows import word_shape
from onrecord.text import Words

Ints = npt.NDArray[np.int64]

#: Neighbours whose form is seen, and what of it: w word, s shape, p prefix, x suffixes, k and m clusters, c cue level.
NEIGHBOURS = {-3: "wk", -2: "wkc", -1: "wsxkmc", 0: "wspxkmc", 1: "wsxkmc", 2: "wkc", 3: "wk"}
PAD = 3
#: Share of a word's uses that are part of a cue, from which on it counts as a candidate.
CUE_LEVELS = (0.002, 0.01, 0.04, 0.12, 0.3, 0.6)
CANDIDATE = 4
_SIZES = np.array([0, 1, 2, 3, 3, 4, 4, 5, 5, 5, 5] + [6] * 10 + [7])
_BASE = 1 << 20


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What training learned of single words: how often part of a cue (a level 0 to 6), and two kinds of cluster."""

    cue: Mapping[str, int]
    fine: Mapping[str, int]
    coarse: Mapping[str, int]


@dataclass(slots=True)
class Vocabulary:
    """The word forms met so far, each with a number, and the words that the model has weights for.

    Form 0 and word 0 are what lies beyond the paragraph; word 1 is any that the model does not know. Training
    leaves ``words`` open, so that every word it meets is one.
    """

    lexicon: Lexicon
    words: dict[str, int] = field(default_factory=lambda: {"<>": 0, "": 1})
    is_open: bool = True
    number: dict[str, int] = field(default_factory=lambda: {"": 0})
    forms: list[tuple[tuple[str, str], ...]] = field(default_factory=lambda: [(("w", "<>"),)])
    #: Per form: its word, cue level, cluster and kind.
    facts: list[tuple[int, int, int, int]] = field(default_factory=lambda: [(0, 0, 0, 0)])

    def index(self, words: Sequence[str]) -> Ints:
        """The number of each word's form; new forms are added."""
        get = self.number.get
        return np.array([get(word) or self._add(word) for word in words], dtype=np.int64)

    def word(self, plain: str) -> int:
        """The number of a word in its plain form; 1 where the model does not know it."""
        return self.words.setdefault(plain, len(self.words)) if self.is_open else self.words.get(plain, 1)

    def _add(self, word: str) -> int:
        plain = normal(word)
        shape = word_shape(word)
        fine, coarse = self.lexicon.fine.get(plain, 0), self.lexicon.coarse.get(plain, 0)
        cue = self.lexicon.cue.get(plain, 0)
        forms = [("w", plain), ("s", str(shape)), ("k", str(coarse)), ("m", str(fine)), ("c", str(cue))]
        if plain.isalpha():
            forms += [("p", plain[:3]), ("x", plain[-2:]), ("x", plain[-3:])]
        self.number[word] = number = len(self.forms)
        self.forms.append(tuple(forms))
        self.facts.append((self.word(plain), cue, coarse, _kind(plain, shape)))
        return number


def normal(word: str) -> str:
    """The word as the model knows it: lower case, digits as 0, plain marks (and no divider of attributes).

    >>> normal("He’d"), normal("1,250")
    ("he'd", '0,000')
    """
    plain = word.lower()
    if plain.isalpha():
        return plain
    return "".join("0" if ch.isdigit() else ch for ch in plain.translate(_PLAIN))


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "|": "¦"})


_OTHER, _COMMA, _COLON, _THAT, _MARK, _CAPITAL = range(6)


def _kind(plain: str, shape: int) -> int:
    if plain in (",", ";", "--", "–", "—"):
        return _COMMA
    if plain == ":":
        return _COLON
    if plain in ("that", "to"):
        return _THAT
    if shape == 5:
        return _MARK
    return _CAPITAL if shape in (1, 2) else _OTHER


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each word stands: its sentence, paragraph and quotation, as numbers per word."""

    sentence_start: Ints
    sentence_end: Ints
    block: Ints
    block_starts: Ints
    quote: Ints  # index into the outer quotations, -1 outside
    depth: Ints
    quote_first: Ints  # per quotation
    quote_last: Ints
    closed: Ints


def layout_of(tokens: Tokens) -> Layout:
    """The numbers of ``tokens``. Paragraphs without a word do not count."""
    words = tokens.words
    lengths = np.array([len(sentence.words) for sentence in tokens.sentences], dtype=np.int64)
    ends = np.cumsum(lengths)
    blocks = [sum(len(s.words) for s in group) for _, group in groupby(tokens.sentences, key=lambda s: s.block)]
    starts = np.array([word.start for word in words], dtype=np.int64)
    outer = [q for q in tokens.quotations if q.level == 1]
    order = np.argsort(starts, kind="stable")  # contents that are read again may stand in another order
    starts = starts[order]
    quote, depth = np.full(len(words), -1), np.zeros(len(words), dtype=np.int64)
    first, last = np.zeros((2, len(outer)), dtype=np.int64)
    for number, q in enumerate(outer):
        within = order[np.searchsorted(starts, q.span.start) : np.searchsorted(starts, q.span.end)]
        if len(within):
            quote[within], depth[within] = number, 1
            first[number], last[number] = within[0], within[-1] + 1
    for q in tokens.quotations:
        if q.level > 1:
            depth[order[np.searchsorted(starts, q.span.start) : np.searchsorted(starts, q.span.end)]] = q.level
    size = np.array(blocks, dtype=np.int64)
    return Layout(
        np.repeat(ends - lengths, lengths),
        np.repeat(ends, lengths),
        np.repeat(np.arange(len(size)), size),
        np.cumsum(size) - size,
        quote,
        np.minimum(depth, 2),
        first,
        last,
        np.array([q.closed for q in outer], dtype=np.int64),
    )


def _bucket(distance: Ints) -> Ints:
    """0, 1, 2, 3-4, 5-6, 7-10, 11-20, more: as 0 to 7."""
    return _SIZES[np.clip(distance, 0, len(_SIZES) - 1)]


def _before(flags: npt.NDArray[np.bool_], floor: Ints) -> Ints:
    """Per word the index of the last flagged word at or before it, not before ``floor``; -1 where there is none."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -1))
    return np.where(last >= floor, last, -1)


def _after(flags: npt.NDArray[np.bool_], ceiling: Ints) -> Ints:
    """Per word the index of the first flagged word at or after it, before ``ceiling``; -1 where there is none."""
    size = len(flags)
    index = np.arange(size)
    first = np.minimum.accumulate(np.where(flags, index, size)[::-1])[::-1]
    return np.where(first < ceiling, first, -1)


def codes_of(words: Words, vocabulary: Vocabulary) -> tuple[dict[str, Ints], Layout]:
    """The code of each template for each word, and the layout the codes were read from."""
    layout = layout_of(words.tokens)
    forms = vocabulary.index(words.forms)
    facts = vocabulary.facts
    word, cue, coarse, kind = np.array([facts[form] for form in forms.tolist()], dtype=np.int64).reshape(-1, 4).T
    codes = _neighbour_codes(forms, word, layout)
    quote = _quote_codes(layout)
    codes.update(quote)
    codes.update(_position_codes(layout, kind))
    codes.update(_candidate_codes(word, cue, kind, layout, quote["q"]))
    codes["qc"] = quote["q"] * 512 + cue * 64 + _shift(cue, layout, 1) * 8 + _shift(cue, layout, -1)
    codes["kkk"] = (_shift(coarse, layout, -1) * 512 + coarse) * 512 + _shift(coarse, layout, 1)
    return codes, layout


def _shift(values: Ints, layout: Layout, by: int) -> Ints:
    """The value of the neighbour ``by`` words on, 0 where the paragraph ends before."""
    moved = np.zeros_like(values)
    size = len(values)
    if abs(by) >= size:
        return moved
    here, there = (slice(0, size - by), slice(by, size)) if by > 0 else (slice(-by, size), slice(0, size + by))
    moved[here] = np.where(layout.block[here] == layout.block[there], values[there], 0)
    return moved


def _neighbour_codes(forms: Ints, word: Ints, layout: Layout) -> dict[str, Ints]:
    codes = {f"n{by}": _shift(forms, layout, by) if by else forms for by in NEIGHBOURS}
    before, after = _shift(word, layout, -1), _shift(word, layout, 1)
    codes |= {"ww": before * _BASE + word, "w+": word * _BASE + after, "w_w": before * _BASE + after}
    return codes


def _quote_codes(layout: Layout) -> dict[str, Ints]:
    size = len(layout.quote)
    index = np.arange(size)
    inside = layout.quote >= 0
    starts = layout.block_starts[layout.block] if size else index
    ends = np.append(layout.block_starts[1:], size)[layout.block] if size else index
    if len(layout.quote_first):
        first, last = layout.quote_first[layout.quote], layout.quote_last[layout.quote]
        length, whole = last - first, (first == starts) * 1 + (first <= layout.sentence_start)
        closed = layout.closed[layout.quote]
    else:
        first, last, length, whole, closed = (np.zeros(size, dtype=np.int64) for _ in range(5))
    from_start, to_end = np.minimum(index - first, 3), np.minimum(last - 1 - index, 3)
    code = 1 + ((np.minimum(_bucket(length), 7) * 3 + whole) * 2 + closed) * 3 + layout.depth
    previous, following = _before(inside, starts), _after(inside, ends)
    gap_before = np.where(previous >= 0, _bucket(index - previous), 8)
    gap_after = np.where(following >= 0, _bucket(following - index), 8)
    near = np.where(previous >= 0, np.where(previous >= layout.sentence_start, 2, 1), 0) * 3
    near += np.where(following >= 0, np.where(following < layout.sentence_end, 2, 1), 0)
    return {
        "q": np.where(inside, 10 + np.minimum(length, 4) + 5 * (layout.depth > 1), near),
        "qq": np.where(inside, code, 0),
        "qp": np.where(inside, 1 + from_start * 4 + to_end, 0),
        "qb": np.where(inside, 0, 1 + gap_before * 9 + gap_after),
    }


def _position_codes(layout: Layout, kind: Ints) -> dict[str, Ints]:
    size = len(kind)
    index = np.arange(size)
    from_start, to_end = index - layout.sentence_start, layout.sentence_end - 1 - index
    in_block = index - (layout.block_starts[layout.block] if size else index)
    colon = _before((kind == _COLON) & (in_block < 5), index - in_block)
    capital = kind == _CAPITAL
    run_start = _before(~capital, layout.sentence_start)
    run_end = _after(~capital, layout.sentence_end)
    left = np.where(capital, np.minimum(index - np.maximum(run_start, layout.sentence_start - 1), 4), 0)
    right = np.where(capital, np.minimum(np.where(run_end < 0, layout.sentence_end, run_end) - index, 4), 0)
    return {
        "ps": np.minimum(from_start, 5) * 8 + _bucket(to_end),
        "pl": np.where(layout.block == 0, 8, 0) + _bucket(layout.sentence_end - layout.sentence_start),
        "pb": np.where(in_block == from_start, 8, 0) + np.minimum(from_start, 7),
        "cl": np.where(colon >= 0, 1 + np.minimum(index - colon, 2), 0) * 2 + (layout.block == 0),
        "cr": left * 5 + right,
    }


def _candidate_codes(word: Ints, cue: Ints, kind: Ints, layout: Layout, q: Ints) -> dict[str, Ints]:
    index = np.arange(len(word))
    # Inside a quotation the candidates that count are those around it: nobody attributes within one.
    candidate = (cue >= CANDIDATE) & (layout.quote < 0)
    left, right = _before(candidate, layout.sentence_start), _after(candidate, layout.sentence_end)
    to_left = np.where(left >= 0, _bucket(index - left), 8)
    to_right = np.where(right >= 0, _bucket(right - index), 8)
    left_word, right_word = np.where(left >= 0, word[left], 0), np.where(right >= 0, word[right], 0)
    left_cue, right_cue = np.where(left >= 0, cue[left], 0), np.where(right >= 0, cue[right], 0)
    breaks = np.cumsum((kind == _COMMA) | (kind == _MARK))
    to_break = np.minimum(np.where(left >= 0, breaks - breaks[left], 0), 3)
    that = np.cumsum(kind == _THAT)
    passed = np.minimum(np.where(left >= 0, that - that[left], 0), 2)
    until = np.minimum(np.where(right >= 0, breaks[right] - breaks, 0), 3)
    seen = np.cumsum(candidate)
    ahead = np.minimum(np.where(right >= 0, seen[np.maximum(layout.sentence_end - 1, 0)] - seen, 0), 2)
    inside = (layout.quote >= 0) * 1
    return {
        "lc": left_word,
        "rc": right_word,
        "lw": left_word * 16 + np.minimum(to_left, 4) + 8 * inside,
        "rw": right_word * 16 + np.minimum(to_right, 4) + 8 * inside,
        "ld": ((to_left * 4 + to_break) * 3 + passed) * 8 + left_cue,
        "rd": ((to_right * 4 + until) * 3 + ahead) * 8 + right_cue,
        "lr": (np.minimum(to_left, 8) * 9 + to_right) * 2 + inside,
        "lq": (to_left * 32 + q) * 3 + passed,
        "wq": word * 4 + inside * 2 + (left >= 0),
    }


#: Templates whose code is a word times a factor plus a rest, and those of two words.
_WORD_FACTOR = {"lc": 1, "rc": 1, "lw": 16, "rw": 16, "wq": 4}
_PAIRS = ("ww", "w+", "w_w")


def attributes_of(template: str, code: int, vocabulary: Vocabulary, names: Sequence[str]) -> list[str]:
    """The attributes that stand for ``code`` in the model. ``names`` are the words of the vocabulary by number."""
    if template[0] == "n":
        return form_attributes(template, vocabulary.forms[code])
    if template in _PAIRS:
        first, second = divmod(code, _BASE)
        return [f"{template}={names[first]}|{names[second]}"]
    if template in _WORD_FACTOR:
        word, rest = divmod(code, _WORD_FACTOR[template])
        return [f"{template}={names[word]}|{rest}"]
    return [f"{template}={code}"]


def form_attributes(template: str, form: tuple[tuple[str, str], ...]) -> list[str]:
    """The attributes of a word form as the neighbour that ``template`` ("n-1") names."""
    seen = NEIGHBOURS[int(template[1:])]
    return [f"{template}{name}={value}" for name, value in form if name in seen]


def code_of(attribute: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """Template and code of an attribute: ``attributes_of`` read backwards; None for one of a word form.

    The words it names become known to the vocabulary.
    """
    template, _, value = attribute.partition("=")
    if template[0] == "n":
        return None
    if template in _PAIRS:
        first, _, second = value.partition("|")
        return template, vocabulary.word(first) * _BASE + vocabulary.word(second)
    if template in _WORD_FACTOR:
        word, _, rest = value.rpartition("|")
        return template, vocabulary.word(word) * _WORD_FACTOR[template] + int(rest)
    return template, int(value)
