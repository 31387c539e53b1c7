"""Whose side a description tells."""

from __future__ import annotations

import pytest

from onrecord.names import UNKNOWN, side_of_words
from onrecord.records import Span
from onrecord.text import Words, parse_article


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
    view = Words.of(article)
    start = article.text.index(words)
    assert side_of_words(view, view.beginning_in([Span(start, start + len(words))]))[0] == side
