"""The one list of verbs, and which of their forms serve which use."""

from __future__ import annotations

import pytest

from onrecord.lexicon import headline_verbs, phrase_ending_verbs, read_rows, reporting_words


@pytest.mark.parametrize(
    ("word", "uses"),
    [
        ("said", "headline phrase speech"),
        ("say", "phrase speech"),  # the plain form behind a name may be a family name
        ("claim", "speech"),
        ("has", "headline"),
        ("begun", "headline phrase"),
        ("feels", "headline phrase"),
        ("feeling", ""),  # a noun as often
        ("comments", ""),
        ("statement", "speech"),
    ],
)
def test_a_form_serves_the_uses_that_the_list_gives_it(word: str, uses: str) -> None:
    lists = {"headline": headline_verbs(), "phrase": phrase_ending_verbs(), "speech": reporting_words()}
    assert " ".join(use for use, words in lists.items() if word in words) == uses


def test_every_verb_stands_once_and_has_a_use() -> None:
    rows = read_rows("verbs")
    assert len({row["verb"] for row in rows}) == len(rows)
    assert [row["verb"] for row in rows if not (row["headline"] or row["phrase"] or row["speech"])] == []
