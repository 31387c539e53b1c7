"""The filter of the desk: which statements to show, and the filter in words."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from onrecord.plain_english import act_name, all_of, count_of, listed, polarity_name
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES, OnrecordError
from onrecord.tables.certainty import reaches
from onrecord.tables.statements import parse_stances, stance_words

Choice = Collection[str]


def filter_statements(
    statements: pd.DataFrame,
    *,
    actors: Choice = (),
    sides: Choice = (),
    acts: Choice = (),
    targets: Choice = (),
    polarity: Choice = (),
    quotes: Choice = (),
    named: bool | None = None,
    min_score: float = 0.0,
    text: str = "",
) -> pd.DataFrame:
    """The rows that fit every choice; an empty choice fits all, two values of one choice are joined by "or".

    ``targets`` and ``polarity`` (favor, against, none) must fit the same stance. ``min_score`` holds for the
    statement and for its act. ``text`` is looked for in source, cue, content and actor, whatever the case.
    Raises ``OnrecordError`` for an act, polarity or quote type that does not exist.
    """
    _check("act", acts, ACTS)
    _check("polarity", polarity, (*POLARITIES, "none"))
    _check("quote type", quotes, QUOTE_TYPES)
    keep = pd.Series(True, index=statements.index)
    for column, choice in (("actor", actors), ("side", sides), ("act", acts), ("quote", quotes)):
        if _values(choice):
            keep &= statements[column].isin(_values(choice))
    if _values(targets) or _values(polarity):
        wanted, signs = {stance_words("", target).strip() for target in _values(targets)}, _values(polarity)
        keep &= np.fromiter((_holds(cell, wanted, signs) for cell in statements["stance"]), bool, len(statements))
    if named is not None:
        keep &= statements["named"] == named
    if min_score > 0:
        weakest = statements[["score", "act_score"]].min(axis=1)
        keep &= weakest.map(lambda score: reaches(score, min_score)).astype(bool)
    if text.strip():
        keep &= _mentions(statements, " ".join(text.split()).casefold())
    return statements[keep]


def describe_filter(
    shown: int,
    total: int,
    *,
    actors: Choice = (),
    sides: Choice = (),
    acts: Choice = (),
    targets: Choice = (),
    polarity: Choice = (),
    quotes: Choice = (),
    named: bool | None = None,
    min_score: float = 0.0,
    text: str = "",
) -> str:
    """The filter in words, with how much it leaves.

    >>> describe_filter(3, 21, actors=["Mark Toner"], acts=["denial"])
    '3 of 21 statements: Mark Toner, denials'
    >>> describe_filter(21, 21)
    'all 21 statements'
    """
    stance = listed([polarity_name(value) for value in _values(polarity)], "or")
    on = listed(_values(targets), "or")
    parts = [
        listed(_values(actors), "or"),
        listed(_values(sides), "or"),
        listed([act_name(act, 2) for act in _values(acts)], "or"),
        f"{stance or 'for or against'} {on}" if on else stance,
        listed(_values(quotes), "or") + " quotation" if _values(quotes) else "",
        {True: "named sources", False: "unnamed sources"}.get(named, "") if named is not None else "",
        f"score at least {min_score:.2f}" if min_score > 0 else "",
        f"with “{' '.join(text.split())}”" if text.strip() else "",
    ]
    said = ", ".join(part for part in parts if part)
    if not said:
        return all_of(total, "statement") if shown == total else f"{shown} of {count_of(total, 'statement')}"
    return f"{shown} of {count_of(total, 'statement')}: {said}"


def target_choices(statements: pd.DataFrame) -> list[str]:
    """The targets to choose from, in the form that ``filter_statements`` takes; most frequent first."""
    counts: dict[str, int] = {}
    for cell in statements["stance"]:
        for _, target in parse_stances(cell):
            counts[target] = counts.get(target, 0) + 1
    return sorted(counts, key=lambda target: (-counts[target], target.casefold()))


def _values(choice: Choice) -> list[str]:
    """The values chosen; a bare string is one value, not its letters."""
    return [choice] if isinstance(choice, str) and choice else list(choice)


def _mentions(statements: pd.DataFrame, wanted: str) -> pd.Series[bool]:
    found = pd.Series(False, index=statements.index)
    for column in ("source_words", "cue_words", "content_words", "actor"):
        found |= statements[column].str.casefold().str.contains(wanted, regex=False)
    return found


def _check(what: str, choice: Choice, known: tuple[str, ...]) -> None:
    wrong = [value for value in _values(choice) if value not in known]
    if wrong:
        raise OnrecordError(f"there is no {what} {wrong[0]!r}. Choose from: {', '.join(known)}.")


def _holds(cell: str, wanted: set[str], polarity: list[str]) -> bool:
    held = parse_stances(cell)
    if not held:
        return not wanted and "none" in polarity
    return any((not wanted or on in wanted) and (not polarity or sign in polarity) for sign, on in held)
