"""Analysis → the tables of the text itself: blocks, sentences, words, quotations."""

from __future__ import annotations

import pandas as pd

from onrecord.plain_english import unique
from onrecord.records import Analysis
from onrecord.tables.columns import framed
from onrecord.tables.places import Places


def blocks(analysis: Analysis) -> pd.DataFrame:
    """A row per block of the article: headline, byline, paragraphs, and the furniture that is not analysed."""
    article = analysis.article
    return framed(
        "blocks",
        (
            {
                "number": number,
                "kind": block.kind,
                "paragraph": block.number or 0,
                "start": block.span.start,
                "end": block.span.end,
                "text": article.words_of((block.span,)),
            }
            for number, block in enumerate(article.blocks, 1)
        ),
    )


def sentences(analysis: Analysis) -> pd.DataFrame:
    """A row per sentence, in order."""
    places = Places(analysis)
    quotations = [quotation.span for quotation in analysis.tokens.quotations]
    return framed(
        "sentences",
        (
            {
                "number": number,
                "paragraph": places.paragraph(sentence.span.start),
                "words": places.count_words(sentence.span),
                "quoted": any(q.start < sentence.span.end and sentence.span.start < q.end for q in quotations),
                "start": sentence.span.start,
                "end": sentence.span.end,
                "text": analysis.article.words_of((sentence.span,)),
            }
            for number, sentence in enumerate(analysis.tokens.sentences, 1)
        ),
    )


def words(analysis: Analysis) -> pd.DataFrame:
    """A row per word or mark, with its role in the innermost statement that it belongs to."""
    places = Places(analysis)
    roles = _roles(places)
    numbered = [
        (number, word)
        for number, sentence in enumerate(analysis.tokens.sentences, 1)
        for word in sentence.words
    ]  # fmt: skip
    return framed(
        "words",
        (
            {
                "number": index + 1,
                "sentence": sentence,
                "paragraph": places.paragraph(word.start),
                "word": analysis.article.text[word.start : word.end],
                "role": roles[index][0],
                "statement": roles[index][1],
                "start": word.start,
                "end": word.end,
            }
            for index, (sentence, word) in enumerate(numbered)
        ),
    )


def quotations(analysis: Analysis) -> pd.DataFrame:
    """A row per quotation, with the statements whose content lies in it."""
    places = Places(analysis)
    return framed(
        "quotations",
        (
            {
                "number": number,
                "paragraph": places.paragraph(quotation.span.start),
                "level": quotation.level,
                "closed": quotation.closed,
                "words": places.count_words(quotation.span),
                "ids": " ".join(
                    unique(
                        s.id
                        for s in analysis.statements
                        if any(c.start < quotation.span.end and quotation.span.start < c.end for c in s.content)
                    )
                ),
                "start": quotation.span.start,
                "end": quotation.span.end,
                "text": analysis.article.words_of((quotation.span,)),
            }
            for number, quotation in enumerate(analysis.tokens.quotations, 1)
        ),
    )


def _roles(places: Places) -> list[tuple[str, str]]:
    """Per word its role and statement: the innermost statement has the last word."""
    roles = [("", "")] * len(places.spans)
    for statement in places.outermost_first():
        for role, spans in (("content", statement.content), ("source", statement.source), ("cue", statement.cue)):
            for span in spans:
                for index in places.within(span):
                    roles[index] = (role, statement.id)
    return roles
