"""Headlines: whom they name by their capitals, or, where all of it is in capitals, by the article's names."""

from __future__ import annotations

import pytest

from onrecord.names import find_mentions
from onrecord.names.headlines import Usage, is_headline, loud_end
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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Adler Says Bridge Will Stand", True),
        ("Adler Walks Away From the Harbour With Tom Beck", True),
        ("Ruth Adler met Tom Beck", False),
        ("Ruth Adler leads Harbour Watch", False),
        ("Ruth Adler", False),
    ],
)
def test_a_headline_has_no_longer_word_in_lower_case(line: str, expected: bool) -> None:
    assert is_headline(line.split()) is expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Kari Lund Endorses Tom Beck", ["Kari Lund", "Tom Beck"]),
        ("Kari Lund Wades Ashore", ["Kari Lund"]),  # both words stand in lower case elsewhere
        ("Harbour Watch Members", ["Harbour Watch"]),  # the name is known, "watch" in lower case or not
        ("Kari Lund Campaign", ["Kari Lund Campaign"]),
        ("Harbour Department Says So", ["Harbour Department"]),
        ("Supporters Praise Lund", ["Lund"]),
        ("Kari Lund Goes Ashore", ["Kari Lund"]),
    ],
)
def test_names_end_before_words_that_are_none(line: str, names: list[str]) -> None:
    article = "they wade and wades ashore to watch the harbour and praise so".split()
    usage = Usage([article], [("Harbour", "Watch")])
    words = line.split()
    assert [" ".join(words[first:last]) for first, last in usage.parts(words, 0, len(words))] == names


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("STORM HITS THE HARBOUR Kari Lund", "Kari Lund"),
        ("THE LAST OF THEM Prepare", ""),
        ("ASSOCIATED PRESS", "ASSOCIATED PRESS"),
        ("USA Harbour Watch", "USA Harbour Watch"),
    ],
)
def test_a_shouted_heading_is_no_name(line: str, rest: str) -> None:
    words = line.split()
    assert " ".join(words[loud_end(words, 0, len(words)) :]) == rest
