"""The word lists that tell names: first names, titles, places, words of organisations, nouns."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from onrecord.lexicon.patterns import read_rows

#: What stands before anybody's family name and tells nothing of who it is.
FORMS_OF_ADDRESS = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss".split())


@dataclass(frozen=True)
class Lists:
    """The word lists, ready for look-up."""

    first_names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    organization_words: frozenset[str] = frozenset()
    nouns: dict[str, str] = field(default_factory=dict)


@functools.cache
def lists() -> Lists:
    """The lists of ``lexicon/``: first_names, titles, places, organization_words, nouns."""
    return Lists(
        first_names={row["name"]: row["gender"] for row in read_rows("first_names")},
        titles={row["word"]: row["gender"] for row in read_rows("titles")},
        places={row["name"]: (row["kind"], row["side"]) for row in read_rows("places")},
        organization_words=frozenset(row["word"] for row in read_rows("organization_words")),
        nouns={row["noun"]: row["kind"] for row in read_rows("nouns")},
    )
