"""The word lists that tell names: first names, titles, places, words of organisations, nouns."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from onrecord.wordlists import read_rows


@dataclass(frozen=True)
class Lists:
    """The word lists, ready for look-up."""

    first_names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    honorifics: frozenset[str] = frozenset()
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    organization_words: frozenset[str] = frozenset()
    nouns: dict[str, str] = field(default_factory=dict)


@functools.cache
def lists() -> Lists:
    """The lists of ``lexicon/``: first_names, titles, places, organization_words, nouns."""
    titles = read_rows("titles")
    return Lists(
        first_names={row["name"]: row["gender"] for row in read_rows("first_names")},
        titles={row["word"]: row["gender"] for row in titles},
        honorifics=frozenset(row["word"] for row in titles if row["kind"] == "honorific"),
        places={row["name"]: (row["kind"], row["side"]) for row in read_rows("places")},
        organization_words=frozenset(row["word"] for row in read_rows("organization_words")),
        nouns={row["noun"]: row["kind"] for row in read_rows("nouns")},
    )
