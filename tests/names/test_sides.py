"""Whose side a description tells."""

from __future__ import annotations

import pytest

from onrecord.names import UNKNOWN, side_of_words
from onrecord.records import Span
from onrecord.text import Words
from onrecord.text.input_files import parse_article


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("senior Pakistani officials", "Pakistan"),
        ("Pakistani and foreign media", UNKNOWN),
        ("international and Pakistani observers", UNKNOWN),
        ("Pakistani foreign ministry officials", "Pakistan"),
        ("foreign ministry officials in Pakistan", "Pakistan"),
    ],
)
def test_who_is_of_one_country_and_foreign_is_on_no_one_side(words: str, side: str) -> None:
    article = parse_article(f"Talks\n\nOn Monday {words} spoke.")
    start, cut = article.text.index(words), Words.of(article)
    assert side_of_words(cut, cut.beginning_in([Span(start, start + len(words))]))[0] == side
