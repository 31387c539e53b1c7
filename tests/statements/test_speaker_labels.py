"""Labels, signatures and transcripts: what a page shows of who speaks, whatever a tagger has read."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from casefiles import cases

from onrecord.records import Article, Block, Span
from onrecord.statements.attributions import find_attributions
from onrecord.statements.engines import load_tagger
from onrecord.statements.speaker_labels import marked_chunks
from onrecord.statements.tagger import Chunk
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words


def words_of(text: str) -> Words:
    """The words of a text in which every line is a paragraph."""
    starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    blocks = [Block(Span(s, e), "paragraph", n) for n, (s, e) in enumerate(zip(starts, ends, strict=True), 1)]
    return Words.of(Article(text, blocks=tuple(blocks)))


@pytest.mark.parametrize("case", cases("marks"))
def test_what_the_page_shows(case: dict[str, str]) -> None:
    text = case["text"]
    words = words_of(text)
    marked = [chunk for chunk in marked_chunks(words, []) if chunk.mark is not None]
    found = []
    for _, group in groupby(sorted(marked, key=lambda chunk: chunk.mark or 0), key=lambda chunk: chunk.mark):
        parts = {c.role: text[words.spans[c.first].start : words.spans[c.last - 1].end] for c in group}
        found.append("|".join(parts[role] for role in ("source", "cue", "content")))
    assert " + ".join(found) == case["expected"]


def test_what_a_tagger_read_gives_way_and_keeps_the_rest() -> None:
    text = "Ada Brandt: “The bridge must be closed.”\nShe left."
    words = words_of(text)
    kept = marked_chunks(words, [Chunk("content", 0, len(words.spans), 0.9)])
    assert [chunk.role for chunk in kept] == ["source", "cue", "content", "content"]
    assert text[words.spans[kept[-1].first].start :] == "She left."
    assert all(first.last <= second.first for first, second in pairwise(kept))


@pytest.mark.parametrize("engine", ["default", "fast"])
def test_either_engine_gives_each_answer_to_the_one_who_signed_it(engine: str) -> None:
    text = (
        "Nurses Speak About The Bill\n\nThe council votes in May.\n\n"
        "“It costs us a night a week.” ― Ada Brandt, 25\n\n“I am for it, and so are my friends.” ― Tom Beck, 40\n"
    )
    article = parse_article(text)
    found = find_attributions(Words.of(article), load_tagger(engine))
    pairs = [(text[slice(*each.source[0])], text[slice(*each.content[0])]) for each in found if each.source]
    assert ("Ada Brandt", "“It costs us a night a week.”") in pairs
    assert ("Tom Beck", "“I am for it, and so are my friends.”") in pairs
