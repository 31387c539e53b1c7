"""What the chart of estimated counts says in words."""

from __future__ import annotations

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.captions.counting import alt_text, rows_of
from onrecord.plain_english import capitalized, count_of
from onrecord.tables import Row


def interval(row: Row) -> str:
    """The interval of an estimate in whole numbers.

    >>> interval({"low": 9.2, "high": 16.4}), interval({"low": 3.0, "high": 3.0})
    ('9 to 16', '3')
    """
    low, high = round(row["low"]), round(row["high"])
    return str(low) if low == high else f"{low} to {high}"


def estimates(table: pd.DataFrame, what: str, *, left_out: int = 0) -> Caption:
    """Which of the machine's numbers lies farthest outside its interval; or that none does."""
    checked, of = (int(table["checked"].max()), int(table["of"].max())) if len(table) else (0, 0)
    all_are = checked == of
    subtitle = (
        f"{capitalized(what)} if all {count_of(of, 'statement')} were checked; {'all' if all_are else checked} are"
    )
    if not checked:
        return Caption(
            ("Nothing was checked at random: no count can be estimated",), subtitle, "An empty chart.", tells=False
        )
    rows = rows_of(table)
    off = max(rows, key=_outside)
    ends = "as checked" if all_are else "if all were checked"
    if _outside(off):
        titles = [f"{capitalized(off['count'])}: {off['machine']} by the machine, {interval(off)} {ends}"]
    else:
        each = "The machine’s count lies" if len(rows) == 1 else f"The machine’s {len(rows)} counts lie"
        titles = [f"{each} within {'its' if len(rows) == 1 else 'their'} interval{'s' * (len(rows) > 1)}"]
    told = [f"{row['count']}: {row['machine']} by the machine, {interval(row)}" for row in rows]
    more = f" {left_out} less frequent left out." if left_out else ""
    note = f"Upright mark: the machine’s number. Dot: estimate. Line: its 95% interval.{more}"
    return Caption(tuple(titles), subtitle, alt_text("Dots with 95% intervals", told), note)


def _outside(row: Row) -> float:
    """How far the machine's number lies outside the interval; 0 inside, where the two may be the same."""
    return float(max(row["low"] - row["machine"], row["machine"] - row["high"], 0.0))
