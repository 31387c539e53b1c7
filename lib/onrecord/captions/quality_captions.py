"""What the charts of quality say in words, computed from the table that is drawn."""

from __future__ import annotations

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.captions.counting import ALT_ROWS, alt_text, rows_of
from onrecord.plain_english import act_name, capitalized, count_of, shortened
from onrecord.records import ACTS

#: A share of fewer items says little: it is drawn as an outline. Of so few as ``NONE_TELLS`` it says nothing.
FEW, NONE_TELLS = 30, 4


def scores(table: pd.DataFrame, what: str) -> Caption:
    """Which row scores best and which worst, as far as their intervals lie apart; rows of few items left out."""
    known = table[table["score"].notna() & (table["items"] > 0)]
    if known.empty:
        return Caption(("Nothing was measured",), what, "An empty chart: nothing was measured.", tells=False)
    if (known["items"] <= NONE_TELLS).all():
        at_most = f"{count_of(int(known['items'].max()), 'item')} or fewer in each row"
        return Caption((f"Too few to tell: {at_most}",), what, "An empty chart: too few items.", tells=False)
    least = FEW if (known["items"] >= FEW).any() else NONE_TELLS + 1
    many = known[known["items"] >= least]
    best, worst = rows_of(many.nlargest(1, "score"))[0], rows_of(many.nsmallest(1, "score"))[0]
    if len(many) == 1:
        titles = [f"{capitalized(best['measure'])}: {best['score']:.2f}, on {count_of(int(best['items']), 'item')}"]
    elif best["score"] == worst["score"]:
        titles = [f"{best['score']:.2f} in each of {len(many)} rows: too few items to tell which is higher"]
    elif best["low"] > worst["high"]:
        titles = [
            f"Highest: {shortened(best['measure'], limit)}, {best['score']:.2f}; "
            f"lowest: {shortened(worst['measure'], limit)}, {worst['score']:.2f}"
            for limit in (80, 24)
        ]
    else:
        titles = [f"Between {worst['score']:.2f} and {best['score']:.2f}: too few items to tell which is higher"]
    told = [f"{row['measure']}: {_score(row)}, {count_of(row['items'], 'item')}" for row in rows_of(known)]
    note = f"Lines: 95% intervals. Outlined: fewer than {FEW} items." if (known["items"] < FEW).any() else ""
    return Caption(tuple(titles), what, alt_text("Dots with 95% intervals", told), note or "Lines: 95% intervals.")


def _score(row: dict[str, object]) -> str:
    low, high = row["low"], row["high"]
    return f"{row['score']:.2f}" + (f" ({low:.2f} to {high:.2f})" if low == low else "")


def reliability(table: pd.DataFrame) -> Caption:
    """How far the scores are off, and to which side; nothing of it where every part has fewer than ``FEW``."""
    known = table[table["statements"] > 0]
    total = int(known["statements"].sum())
    if not total:
        return Caption(
            ("Nothing was measured",), "No statement was found.", "An empty chart: no statements.", tells=False
        )
    gap = known["mean_score"] - known["right"]
    error = float((gap.abs() * known["statements"]).sum() / total)
    lean = float((gap * known["statements"]).sum() / total)
    side = "too sure" if lean > 0 else "not sure enough"
    titles: tuple[str, ...] = (
        f"Scores are off by {error:.2f} on average, mostly {side} (expected calibration error)",
        f"Scores are off by {error:.2f} on average, mostly {side}",
        f"Expected calibration error {error:.2f}",
    )
    if (known["statements"] < FEW).all():  # each share is anywhere between wide marks: the error is mostly chance
        titles = (f"{count_of(total, 'statement')}: too few to tell whether the scores can be trusted",)
    told = "; ".join(
        f"score {row['mean_score']:.2f}: {row['right']:.0%} of {row['statements']} right" for row in rows_of(known)
    )
    few = f" Outlined: fewer than {FEW} statements." if (known["statements"] < FEW).any() else ""
    return Caption(
        titles,
        f"Share of the statements found that are right, by their score: {count_of(total, 'statement')}",
        f"Reliability diagram. {told}.",
        f"Broken line: as often right as the score says. Upright lines: 95% intervals.{few}",
    )


def confusion(table: pd.DataFrame) -> Caption:
    """How many acts are right, and which two are most often taken for one another."""
    inside = table[table["gold"].isin(ACTS)]
    total = int(inside[[*ACTS, "not_found"]].to_numpy().sum())
    if not total:
        return Caption(("No acts to compare",), "The gold holds no statement.", "An empty chart: no acts.", tells=False)
    pairs = {
        (str(row["gold"]), act): int(row[act])
        for row in rows_of(inside)
        for act in ACTS
        if row["gold"] != act and row[act]
    }
    right = sum(int(row[row["gold"]]) for row in rows_of(inside))
    titles = [f"{right} of {count_of(total, 'act')} right"]
    if pairs:
        gold, read = max(pairs, key=lambda pair: pairs[pair])
        worst = f"{act_name(gold)} read as {act_name(read)} ({pairs[gold, read]})"
        titles.insert(0, f"{titles[0]}; most often wrong: {worst}")
    told = [f"{act_name(gold)} read as {act_name(read)}: {count}" for (gold, read), count in pairs.items()]
    return Caption(
        tuple(titles),
        f"Acts in the gold (rows) and as they were read (columns): {count_of(total, 'statement')}",
        f"Matrix. {right} of {total} on the diagonal, right. {'; '.join(told[:ALT_ROWS])}.",
        "Framed: right. The stronger, the larger the share of the row.",
    )
