"""Words → attributions: a tagger marks source, cue and content, the linker joins them, contents are read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.records import Attribution, Span, Spans
from onrecord.statements.idioms import is_doing, without_listener
from onrecord.statements.linker import Link, LinkerModel, link_chunks, load_linker
from onrecord.statements.nesting import contents_as_words, ended, is_nested, least_score, weighed
from onrecord.statements.quote_types import quote_type
from onrecord.statements.tagger import Chunk, Reading, Tagger
from onrecord.text import Words

#: Statements within statements within statements: deeper ones do not occur in news.
MAX_DEPTH = 3


def find_attributions(words: Words, tagger: Tagger, *, reading: Reading | None = None) -> tuple[Attribution, ...]:
    """The attributions of the article, nested ones too, in the order of their contents.

    ``reading`` is what ``tagger`` saw in ``words``, where it has read them already.

    An outer attribution stands before those nested in it; ``nested_in`` is its index in the result.
    ``score`` is the calibrated probability that the statement is there with the right source.

    Not handled: a source or cue more than four sentences away from its content.
    """
    model = load_linker(tagger.name)
    reading = reading or tagger.read(words)
    found = [each for _, each in _linked(reading, words, model) if not is_doing(words.text, each)]
    quotations = {q.span.start: q.span for q in words.tokens.quotations if q.level > 1 and q.closed}
    first = 0
    for _ in range(MAX_DEPTH - 1):
        contents = contents_as_words(words, found, first)
        first = len(found)
        if not contents.spans:
            break
        for outer, linked in _linked(tagger.read(contents), contents, model.inside()):
            attribution = weighed(contents, ended(linked, quotations), model)
            least = least_score(contents, attribution, quotations, model)
            if attribution.score >= least and is_nested(contents, attribution, found[outer]):
                found.append(replace(attribution, nested_in=outer))
    quoted = [
        replace(each, source=without_listener(words.text, each), quote=quote_type(words, each.content))
        for each in found
    ]
    return _in_order(quoted)


def _linked(reading: Reading, words: Words, model: LinkerModel) -> Iterator[tuple[int, Attribution]]:
    """The attributions in ``words``, each with the block its cue stands in. Marks alone are no content: said: “…”."""
    for link in link_chunks(reading, words, model):
        if any(form[0].isalnum() for chunk in link.contents for form in words.forms[chunk.first : chunk.last]):
            yield words.block_of[link.cue.first], _attribution(link, words)


def _attribution(link: Link, words: Words) -> Attribution:
    source = [link.source] if link.source else []
    source_spans, cue, content = (_spans(chunks, words) for chunks in (source, [link.cue], link.contents))
    return Attribution(source_spans, cue, content, score=link.probability)


def _spans(chunks: Sequence[Chunk], words: Words) -> Spans:
    """The chunks as spans: those that abut are one, and none covers what stands between two paragraphs."""
    runs: list[tuple[int, int]] = []
    for index in (index for chunk in chunks for index in range(chunk.first, chunk.last)):
        if runs and runs[-1][1] == index - 1 and words.block_of[index - 1] == words.block_of[index]:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return tuple(Span(words.spans[first].start, words.spans[last].end) for first, last in runs)


def _in_order(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """By first character of the content; an outer statement before those nested in it."""
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0].start, -found[i].content[-1].end, i))
    place = {index: k for k, index in enumerate(order)}
    return tuple(
        replace(found[i], nested_in=None if (outer := found[i].nested_in) is None else place[outer]) for i in order
    )
