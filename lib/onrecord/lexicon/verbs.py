"""The verbs of ``lexicon/verbs.csv`` by their use: behind the names of headlines, behind a noun phrase, for speech."""

from __future__ import annotations

import functools

from onrecord.lexicon.patterns import read_rows, verb_forms

#: Words that report speech and are no verbs: "according to", "said in a statement".
_NO_VERBS = frozenset("according statement".split())


def _used(use: str, *, with_plain: bool) -> frozenset[str]:
    """The forms of the verbs that have the use; without the plain form and that in -ing where these tell too little."""
    found: set[str] = set()
    for row in read_rows("verbs"):
        verb, cell = row["verb"], row[use]
        if cell == "yes":
            forms = {verb, *row["forms"].split()} if row["forms"] else verb_forms(verb)
            found.update(form for form in forms if with_plain or (form != verb and not form.endswith("ing")))
        else:
            found.update(cell.split())
    return frozenset(found)


@functools.cache
def headline_verbs() -> frozenset[str]:
    """Forms of the verbs that headlines put behind a name, in -s and -ed and irregular: the plain one may be a name."""
    return _used("headline", with_plain=False)


@functools.cache
def phrase_ending_verbs() -> frozenset[str]:
    """Forms of the verbs that end a noun phrase or have one behind them."""
    return _used("phrase", with_plain=True)


@functools.cache
def reporting_words() -> frozenset[str]:
    """Forms of "say" and its like, and the words that report speech without being verbs."""
    return _used("speech", with_plain=True) | _NO_VERBS
