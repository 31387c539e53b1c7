"""The words of an article by index and by span."""

from __future__ import annotations

import pytest

from onrecord.records import Span
from onrecord.text import Words, parse_article

WORDS = Words.of(parse_article("“They’ve left,” Toner said. She isn’t in.\n\n= Ada Brandt left. =\n"))
TEXT = WORDS.text


@pytest.mark.parametrize(
    ("spans", "beginning", "touching"),
    [
        ([(1, 8)], "They ’ve", "They ’ve"),
        ([(3, 13)], "’ve left", "They ’ve left"),
        ([(1, 5), (5, 13)], "They ’ve left", "They ’ve left"),
        ([(2, 4), (6, 8)], "", "They ’ve"),
        ([(500, 900)], "", ""),
    ],
)
def test_words_by_span(spans: list[tuple[int, int]], beginning: str, touching: str) -> None:
    given = [Span(*span) for span in spans]
    assert " ".join(WORDS.forms[i] for i in WORDS.beginning_in(given)) == beginning
    assert " ".join(WORDS.forms[i] for i in WORDS.touching(given)) == touching


def test_every_word_knows_its_sentence_its_block_and_whether_it_is_quoted() -> None:
    said, ada = WORDS.forms.index("said"), WORDS.forms.index("Ada")
    assert (WORDS.sentence_of[said], WORDS.sentence_of[ada]) == (0, 2)
    assert WORDS.block_of[ada] == WORDS.block_of[said] + 1
    assert [
        form for form, quoted in zip(WORDS.forms, WORDS.quoted, strict=True) if quoted
    ] == "“ They ’ve left , ”".split()
    assert WORDS.sentence(WORDS.spans[ada].start) == 2


def test_neighbours_are_covered_by_one_span() -> None:
    assert [TEXT[slice(*span)] for span in WORDS.cover([9, 1, 2, 3])] == ["They’ve left", WORDS.forms[9]]


def test_marks_of_a_heading_are_no_words() -> None:
    assert "=" not in "".join(WORDS.forms)
