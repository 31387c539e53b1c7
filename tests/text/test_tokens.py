"""Sentences, words and quotations: as people read them, and inside the text whatever it is."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from casefiles import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import NLTKWordTokenizer

from onrecord.records import Article, Span
from onrecord.text.input_files import parse_article
from onrecord.text.quotations import find_quotations, unclosed_quotations
from onrecord.text.tokens import (
    MAX_SENTENCE,
    split_sentences,
    split_words,
    tokenize,
)

PIECES = st.sampled_from(
    """said He U.S. U.S Mr. can’t Pakistan’s voters' cannot gonna $5 4.2% 1,000 ... “Go,” "Go," ''Go,'' ‘No.’ (AP) (AP).
    end. end." end.) ” " ' '' -- — a—b ?! so: @x #y it's, 'tis more'n d'ye I'M x' é Ünï-cödé e.g., Jr.'s …""".split()
)
PROSE = st.lists(PIECES, max_size=12).map(" ".join)
TEXTS = st.one_of(st.text(), st.text(st.characters()), PROSE, st.lists(PROSE).map("\n".join))


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences(case: dict[str, str]) -> None:
    text = case["expected"].replace("¦", " ")
    assert [text[s:e] for s, e in split_sentences(text)] == case["expected"].split("¦")


@pytest.mark.parametrize("case", cases("words"))
def test_words(case: dict[str, str]) -> None:
    text = case["text"]
    assert [text[s:e] for s, e in split_words(text)] == case["expected"].split("|")


@pytest.mark.parametrize("case", cases("quotations"))
def test_quotations(case: dict[str, str]) -> None:
    """``level:words``, with ? where the quotation is not closed."""
    text = case["text"]
    paragraphs = [block.span for block in parse_article(text).blocks]
    found = [f"{q.level}:{text[slice(*q.span)]}{'' if q.closed else '?'}" for q in find_quotations(text, paragraphs)]
    assert found == [entry for entry in case["expected"].split("|") if entry]


def test_the_project_article(article: Article) -> None:
    tokens = tokenize(article.text, article.blocks)
    quotations = [q for q in tokens.quotations if q.level == 1]
    assert len(tokens.sentences) == 24
    assert len(quotations) == 7
    assert all(q.closed for q in quotations)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He said: “We will see.\nNobody came.", 1),
        ("“We go on.\n“We will not stop,” he said.\nHe left.", 0),
        ("He said: “We will see", 1),
        ("“Go,” he said.", 0),
    ],
)
def test_quotations_that_are_never_closed(text: str, count: int) -> None:
    assert len(unclosed_quotations(tokenize(text, parse_article(text).blocks))) == count


@given(TEXTS)
def test_spans_hold_in_any_text(text: str) -> None:
    article = parse_article(text)
    tokens = tokenize(text, article.blocks)
    for before, after in pairwise(tokens.sentences):
        assert before.span.end <= after.span.start
    for sentence in tokens.sentences:
        block = article.blocks[sentence.block].span
        assert block.start <= sentence.span.start < sentence.span.end <= block.end
        end = sentence.span.start
        for word in sentence.words:
            assert end <= word.start < word.end <= sentence.span.end
            end = word.end
    for quotation in tokens.quotations:
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    article = parse_article(text)
    tokens = tokenize(text, article.blocks)
    in_words = {index for word in tokens.words for index in range(*word)}
    readable = [index for block in article.blocks if block.is_text for index in range(*block.span)]
    assert not [text[index] for index in readable if text[index].isalnum() and index not in in_words]


@settings(max_examples=300)
@given(PROSE)
def test_words_are_those_of_nltk(text: str) -> None:
    plain = text.replace("’", "'")
    try:
        expected = [Span(s, e) for s, e in NLTKWordTokenizer().span_tokenize(plain) if s < e]
    except (ValueError, RuntimeError):
        return  # NLTK refuses the sentence; the words are then cut by a plain rule
    assert list(split_words(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The bridge fell, he said. " * 4_000,
        "word " * 20_000,
        "x" * 100_000,
        "a.b." * 25_000,
        "“" * 100_000,
        ". " * 20_000,
    ],
    ids=["sentences", "no full stop", "no space", "full stops", "marks", "lone full stops"],
)
def test_one_giant_paragraph_takes_a_moment(text: str) -> None:
    start = time.perf_counter()
    tokens = tokenize(text, parse_article(text).blocks)
    assert time.perf_counter() - start < 10  # a second at most where nothing else runs; quadratic steps take minutes
    assert all(sentence.span.end - sentence.span.start <= MAX_SENTENCE for sentence in tokens.sentences)
