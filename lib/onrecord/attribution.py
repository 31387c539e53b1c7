"""Words → attributions: a tagger marks source, cue and content, the linker joins them, contents are read again.

PolNeAR's attributions do not overlap, so a tagger trained on them reads one level. What is said within what is
said ("media quoted officials as saying …") is found by reading each content again as a text of its own.
"""

from __future__ import annotations

import functools
import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

from onrecord.linker import Link, LinkerModel, link_chunks, load_linker, quoted_words
from onrecord.records import Article, Attribution, Quotation, Sentence, Span, Spans, Tokens
from onrecord.taggers import Chunk, Reading, Tagger

#: Statements within statements within statements: deeper ones do not occur in news.
MAX_DEPTH = 3
#: A content of fewer words holds no statement of its own, and a nested content has at least the second number.
LEAST_OUTER_WORDS, LEAST_INNER_WORDS = 6, 3
_PRONOUNS = frozenset("i we he she they it you who".split())
_FIRST = frozenset("i we you".split())


def find_attributions(
    article: Article, tokens: Tokens, tagger: Tagger, *, reading: Reading | None = None
) -> tuple[Attribution, ...]:
    """The attributions of the article, nested ones too, in the order of their contents.

    ``reading`` is what ``tagger`` saw in ``tokens``, where it has read them already.

    An outer attribution stands before those nested in it; ``nested_in`` is its index in the result.
    ``score`` is the calibrated probability that the statement is there with the right source.

    Not handled: a source or cue more than four sentences away from its content.
    """
    model = load_linker(tagger.name)
    reading = reading or tagger.read(article, tokens)
    found = [attribution for _, attribution in _linked(reading, tokens, model)]
    quotations = {q.span.start: q.span for q in tokens.quotations if q.level > 1 and q.closed}
    first = 0
    for _ in range(MAX_DEPTH - 1):
        contents = _contents_as_tokens(article.text, tokens, found, first)
        first = len(found)
        if not contents.sentences:
            break
        for outer, linked in _linked(tagger.read(article, contents), contents, model.inside()):
            attribution = _weighed(article.text, contents, _ended(linked, quotations), model)
            least = _least_score(contents, attribution, quotations, model)
            if attribution.score >= least and _is_nested(contents, attribution, found[outer]):
                found.append(replace(attribution, nested_in=outer))
    quoted = [replace(attribution, quote=quote_type(tokens, attribution.content)) for attribution in found]
    return _in_order(quoted)


def quote_type(tokens: Tokens, content: Spans) -> str:
    """direct, mixed or indirect: all, some or none of the content's words stand in double quotation marks."""
    quoted = _quoted(tokens)
    inside = [quoted[i] for i in tokens.within(content)]
    return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"


@functools.lru_cache(maxsize=8)
def _quoted(tokens: Tokens) -> list[bool]:
    return quoted_words(tokens)


def _linked(reading: Reading, tokens: Tokens, model: LinkerModel) -> Iterator[tuple[int, Attribution]]:
    """The attributions in ``tokens``, each with the block its cue stands in."""
    words = tokens.words
    blocks = [sentence.block for sentence in tokens.sentences for _ in sentence.words]
    for link in link_chunks(reading, tokens, model):
        yield blocks[link.cue.first], _attribution(link, words, blocks)


def _attribution(link: Link, words: Spans, blocks: Sequence[int]) -> Attribution:
    source = [link.source] if link.source else []
    source_spans, cue, content = (_spans(chunks, words, blocks) for chunks in (source, [link.cue], link.contents))
    return Attribution(source_spans, cue, content, score=link.probability)


def _spans(chunks: Sequence[Chunk], words: Spans, blocks: Sequence[int]) -> Spans:
    """The chunks as spans: those that abut are one, and none covers what stands between two paragraphs."""
    runs: list[tuple[int, int]] = []
    for index in (index for chunk in chunks for index in range(chunk.first, chunk.last)):
        if runs and runs[-1][1] == index - 1 and blocks[index - 1] == blocks[index]:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return tuple(Span(words[first].start, words[last].end) for first, last in runs)


def _contents_as_tokens(text: str, tokens: Tokens, found: Sequence[Attribution], first: int) -> Tokens:
    """The contents from ``found[first]`` on as a text of their own; ``Sentence.block`` is the index in ``found``."""
    sentences: list[Sentence] = []
    quotations: list[Quotation] = []
    for index in range(first, len(found)):
        if _may_hold_statement(text, tokens, found[index].content):
            sentences.extend(_sentences_within(text, tokens, found[index].content, index))
            quotations.extend(_quotations_within(tokens, found[index]))
    return Tokens(tuple(sentences), tuple(quotations))


def _may_hold_statement(text: str, tokens: Tokens, content: Spans) -> bool:
    words = [text[s:e].lower() for s, e in map(tokens.words.__getitem__, tokens.within(content))]
    return len(words) >= LEAST_OUTER_WORDS and not _cue_words().isdisjoint(words)


@functools.cache
def _cue_words() -> frozenset[str]:
    """Words that are cues often enough to read a content again: a parameter of training/train_linker.py."""
    return frozenset(json.loads(files("onrecord").joinpath("models/cue_words.json").read_text(encoding="utf-8")))


def _sentences_within(text: str, tokens: Tokens, content: Spans, block: int) -> Iterator[Sentence]:
    """The sentences of the content, or what of them is in it; the marks of a direct quotation do not belong to them."""
    direct = quote_type(tokens, content) == "direct"
    edges = {edge for q in tokens.quotations if direct and q.level == 1 for edge in q.span}
    for span in content:
        first = bisect_left(tokens.sentences, span.start, key=lambda sentence: sentence.span.end)
        for sentence in tokens.sentences[first:]:
            if sentence.span.start >= span.end:
                break
            inside = (word for word in sentence.words if span.start <= word.start and word.end <= span.end)
            words = tuple(word for word in inside if text[word.start].isalnum() or edges.isdisjoint(word))
            if words:
                yield Sentence(Span(words[0].start, words[-1].end), words, block)


def _quotations_within(tokens: Tokens, outer: Attribution) -> Iterator[Quotation]:
    """Quotations inside the content, one level up where the content is itself quoted."""
    within_quotation = quote_type(tokens, outer.content) == "direct"
    for quotation in tokens.quotations:
        if any(s <= quotation.span.start and quotation.span.end <= e for s, e in outer.content):
            level = quotation.level - within_quotation
            if level:
                yield replace(quotation, level=level)


def _ended(inner: Attribution, quotations: Mapping[int, Span]) -> Attribution:
    """A content that opens with a quotation within a quotation is that alone: beside it the outer voice speaks."""
    quoted = tuple(Span(s, min(e, quotations[s].end)) for s, e in inner.content if s in quotations)
    return replace(inner, content=quoted) if quoted else inner


def _least_score(contents: Tokens, inner: Attribution, quotations: Mapping[int, Span], model: LinkerModel) -> float:
    """How sure a nested statement must be: less so where marks set its whole content off from the outer voice."""
    marked = all(quotations.get(span.start) == span for span in inner.content)
    return (
        min(model.threshold, model.nested)
        if marked and len(contents.within(inner.content)) >= LEAST_OUTER_WORDS
        else model.nested
    )


def voices(text: str, contents: Tokens, inner: Attribution) -> dict[str, float]:
    """What speaks against a second voice: "he said he believes that …", "“We recognize …,” said Toner" are one.

    A pronoun that introduces a quotation is another matter: "“We’ve said, ‘You know, …’”".
    """
    word = text[slice(*inner.source[0])].lower() if inner.source else ""
    if word not in _PRONOUNS or quote_type(contents, inner.content) != "indirect":
        return {}
    return {"first person": 1.0} if word in _FIRST else {"pronoun": 1.0}


def _weighed(text: str, contents: Tokens, inner: Attribution, model: LinkerModel) -> Attribution:
    """``inner`` with its probability weighed by ``voices``."""
    found = voices(text, contents, inner)
    if not found or model.within is None:
        return inner
    chance = min(0.999, max(0.001, inner.score))
    odds = math.log(chance / (1 - chance)) + sum(model.within.weights.get(name, 0.0) for name in found)
    return replace(inner, score=1 / (1 + math.exp(-odds)))


def _is_nested(contents: Tokens, inner: Attribution, outer: Attribution) -> bool:
    """Stands wholly inside the one content and is no mere pair of words."""
    spans = [*inner.source, *inner.cue, *inner.content]
    inside = all(any(s <= span.start and span.end <= e for s, e in outer.content) for span in spans)
    return inside and len(contents.within(inner.content)) >= LEAST_INNER_WORDS


def _in_order(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """By first character of the content; an outer statement before those nested in it."""
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0].start, -found[i].content[-1].end, i))
    place = {index: k for k, index in enumerate(order)}
    return tuple(
        replace(found[i], nested_in=None if (outer := found[i].nested_in) is None else place[outer]) for i in order
    )
