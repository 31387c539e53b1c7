"""Whom a headline names: who is found by its capitals, or, where all of it is in capitals, by the article's names."""

from __future__ import annotations

import pytest

from onrecord.names import find_mentions
from onrecord.text import Words
from onrecord.text.input_files import parse_article

STORY = (
    "\n\nKari Lund likes the Clean Harbour Plan. It will cost much, Kari Lund said, and the Clean Harbour Plan is late."
)


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("A Curious Plan to Fight the Floods", []),  # a plan, not the Clean Harbour Plan
        ("Kari Lund Praises a Curious Plan", ["Kari Lund"]),
        ("KARI LUND PRAISES BOATS", ["KARI LUND"]),
        ("BUY MORE BOATS", []),
    ],
)
def test_a_headline_names_whom_it_names(headline: str, names: list[str]) -> None:
    mentions = find_mentions(Words.of(parse_article(headline + STORY)))
    places = [mention.span for mention in mentions.names if mention.span.end <= len(headline)]
    assert [headline[start:end] for start, end in places] == names
