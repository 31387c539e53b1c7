"""What set phrases tell: each row of the list is read in its own example, and not twice."""

from __future__ import annotations

import pytest

from onrecord.lexicon import read_rows
from onrecord.statements.set_phrases import set_phrases
from onrecord.statements.tagger import Chunk
from onrecord.text import Words, parse_article

ROWS = read_rows("set_phrases")


def parts(text: str, chunks: list[Chunk] | None = None) -> list[list[str]]:
    words = Words.of(parse_article(text))
    return [
        [text[words.spans[c.first].start : words.spans[c.last - 1].end] for c in group]
        for group in set_phrases(words, chunks or [])
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_each_phrase_is_read_in_its_example(row: dict[str, str]):
    (group,) = parts(row["example"])
    assert len(group) == 3
    assert group[0].split()[-1] in ("ministry", "firm", "pilot", "club", "palace", "driver")


def test_the_one_who_is_silent_begins_with_the_clause():
    assert parts("The mayor resigned, but the harbour board had no comment on it.") == [
        ["the harbour board", "had", "no comment on it"]
    ]


def test_what_the_tagger_has_read_is_left_to_it_a_cue_alone_is_not_enough():
    cue, content = Chunk("cue", 2, 5, 0.9), Chunk("content", 5, 6, 0.9)
    assert parts("The pilot could not be reached.", [cue, content]) == []
    assert parts("The pilot could not be reached.", [cue]) == [["The pilot", "could not be", "reached"]]


@pytest.mark.parametrize("text", ["", "No comment.", "There was no boat.", "He had no time to comment\non it."])
def test_nothing_is_read_where_nothing_is_told(text: str):
    assert parts(text) == []
