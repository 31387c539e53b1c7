"""What captions count with: the certain part of a table, who leads, names in a list, the rows one by one."""

from __future__ import annotations

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.plain_english import NO_ACTOR, count_of, listed
from onrecord.tables import UNSURE_BELOW, Row

#: Rows told one by one in an alt text; the rest is counted.
ALT_ROWS = 12
NOTHING = Caption(
    ("No statements to show",),
    "Nothing is counted: none was found, or the filter leaves none.",
    "An empty chart: no statements.",
    tells=False,
)


def certain_part(table: pd.DataFrame) -> pd.DataFrame:
    """The table as if its uncertain labels were not there: each count without those of its column ``…_unsure``.

    Rows that hold nothing certain are left out.
    """
    counts = {str(name): table[name] - table[f"{name}_unsure"] for name in table if f"{name}_unsure" in table}
    part = table.assign(**counts)
    return part[pd.DataFrame(counts).gt(0).any(axis=1)].reset_index(drop=True) if counts else part


def and_uncertain(count: int) -> str:
    """What a title adds where uncertain labels are shown beside those it counts.

    >>> and_uncertain(4), and_uncertain(0)
    (' (and 4 uncertain)', '')
    """
    return f" (and {count} uncertain)" if count else ""


def unsure_note(count: int) -> str:
    """What hatching means, where anything is hatched."""
    return f"Hatched: {count} of them uncertain (score below {UNSURE_BELOW})." if count else ""


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, a mapping each; column by column, which takes a tenth of the time of ``to_dict``."""
    names = [str(name) for name in table.columns]
    columns = [table.iloc[:, number].tolist() for number in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def statements_behind(table: pd.DataFrame) -> str:
    """How many statements stand behind the rows, each counted once."""
    return count_of(len(set(" ".join(table["ids"]).split())), "statement")


def statements_in(table: pd.DataFrame) -> str:
    """How many statements the rows count together, in a table that has each in one row."""
    return count_of(int(table["statements"].sum()), "statement")


def sums(table: pd.DataFrame, *columns: str) -> list[int]:
    return [int(table[column].sum()) for column in columns]


def unsure(table: pd.DataFrame, *columns: str) -> int:
    """How many of what these columns count is uncertain."""
    return sum(sums(table, *(f"{column}_unsure" for column in columns)))


def most(table: pd.DataFrame, column: str) -> int:
    return 0 if table.empty else int(table[column].max())


def leaders(table: pd.DataFrame, name: str, column: str) -> list[str]:
    """Who has most, by name, if it can be said: nothing where more than two share the lead or all have nothing.

    Statements without a source are nobody's: where they have most, nobody leads.
    """
    lead = most(table, column)
    names = sorted((str(value) for value in table.loc[table[column] == lead, name]), key=str.casefold)
    if lead == 0 or len(names) > 2 or NO_ACTOR in names:
        return []
    return [listed(names)]


def shares(table: pd.DataFrame, column: str, kind: str, word: str) -> list[str]:
    """What those with most have together: "8 of the 13 against by Mark Toner and Michael Mullen", "all by Al Li".

    ``kind`` says of what ("against"; of them, where it is empty), ``word`` what leads to who has it.
    """
    total, lead = int(table[column].sum()), table[table[column] == table[column].max()]
    share = int(lead[column].sum())
    of = f"{share} of the {total} {kind}" if kind else f"{share} of them"
    everything = f"all {kind}".rstrip() if total > 1 else f"the one {kind}".rstrip()
    return [f"{everything if share == total else of} {word} {who}" for who in leaders(table, "actor", column)]


def is_or_are(count: int) -> str:
    return "is" if count == 1 else "are"


def alt_text(kind: str, told: list[str]) -> str:
    """The picture in words: its kind and its first rows."""
    rest = f" And {len(told) - ALT_ROWS} more." if len(told) > ALT_ROWS else ""
    return f"{kind}. {'; '.join(told[:ALT_ROWS])}.{rest}"
