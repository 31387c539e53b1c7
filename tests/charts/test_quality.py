"""The charts of quality in every size: legible, true of their tables, honest about few items."""

from __future__ import annotations

import pandas as pd
import pytest
from pictures import assert_texts_hold

from onrecord import captions, charts, style
from onrecord.records import ACTS

SOURCE = (
    "Source: “2 articles of gold”. All 21 statements of the gold. Tagged automatically (onrecord 0.1.0, some engine)."
)


def scored(*rows: tuple[str, float, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "score", "low", "high", "items"])


def confused(**counts: dict[str, int]) -> pd.DataFrame:
    nothing = dict.fromkeys([*ACTS, "not_found"], 0)
    return pd.DataFrame([{"gold": act, **nothing, **counts.get(act, {})} for act in [*ACTS, "(not in gold)"]])


NAN = float("nan")
QUALITY = {
    "scores": scored(
        ("statements with their source", 0.73, 0.70, 0.76, 2192),
        ("punctuation", 0.0, NAN, NAN, 3),
        ("according to", 1.0, 0.9, 1.0, 3000),
        ("nothing of that kind", NAN, NAN, NAN, 0),
    ),
    "reliability": pd.DataFrame(
        {
            "from": [0.0, 0.2, 0.4, 0.6, 0.8],
            "statements": [0, 3, 1200, 900, 22],
            "mean_score": [NAN, 0.39, 0.41, 0.7, 1.0],
            "right": [NAN, 0.0, 0.5, 0.6, 1.0],
            "low": [0.0, 0.0, 0.45, 0.5, 0.8],
            "high": [1.0, 0.7, 0.55, 0.7, 1.0],
        }
    ),
    "confusion": confused(denial={"denial": 2, "claim": 8}, claim={"claim": 1200, "no_comment": 1, "not_found": 3}),
}


def estimated(*rows: tuple[str, int, float, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(*row, 400) for row in rows], columns=["count", "machine", "estimate", "low", "high", "checked", "of"]
    )


QUALITY["estimates"] = estimated(("claim", 140, 120.0, 101.2, 150.0, 60), ("denial", 25, 14.0, 9.4, 16.4, 60))


def drawn_quality(name: str, table: pd.DataFrame, size: str = "medium") -> charts.Chart:
    more = {"scores": {"what": "Share of the gold found"}, "estimates": {"what": "acts"}}.get(name, {})
    chart: charts.Chart = getattr(charts, name)(table, source=SOURCE, size=size, **more)
    return chart


@pytest.mark.parametrize("size", style.SIZES)
@pytest.mark.parametrize("name", QUALITY)
def test_charts_of_quality_hold_their_texts_in_every_size(name: str, size: str) -> None:
    chart = drawn_quality(name, QUALITY[name], size)
    assert_texts_hold(chart)
    assert chart.alt
    assert chart.get_figheight() <= (7.5 if size == "large" else 10.0)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("scores", "Highest: according to, 1.00; lowest: statements with their source, 0.73"),
        ("reliability", "Scores are off by 0.09 on average, mostly not sure enough (expected calibration error)"),
        ("confusion", "1202 of 1,214 acts right; most often wrong: denial read as claim (8)"),
    ],
)
def test_charts_of_quality_tell_their_finding(name: str, title: str) -> None:
    assert drawn_quality(name, QUALITY[name]).caption.title == title


def test_no_ranking_is_told_where_the_intervals_overlap() -> None:
    table = scored(("direct", 0.75, 0.30, 0.95, 14), ("mixed", 1.0, 0.2, 1.0, 5))
    title = drawn_quality("scores", table).caption.title
    assert title == "Between 0.75 and 1.00: too few items to tell which is higher"


def test_of_few_statements_no_error_of_the_scores_is_told() -> None:
    few = QUALITY["reliability"].assign(statements=3)
    title = drawn_quality("reliability", few).caption.title
    assert title == f"{3 * len(few)} statements: too few to tell whether the scores can be trusted"


def test_rows_that_score_the_same_are_told_together() -> None:
    table = scored(("direct", 1.0, 0.4, 1.0, 7), ("mixed", 1.0, 0.2, 1.0, 1), ("indirect", 1.0, 0.8, 1.0, 16))
    title = "1.00 in each of 2 rows: too few items to tell which is higher"
    assert drawn_quality("scores", table).caption.title == title
    assert drawn_quality("scores", table[:1]).caption.title == "Direct: 1.00, on 7 items"


def test_rows_of_so_few_items_that_they_tell_nothing_are_not_drawn() -> None:
    chart = drawn_quality("scores", scored(("direct", 1.0, 0.2, 1.0, 1), ("mixed", 0.5, 0.1, 0.9, 4)))
    assert not chart.caption.tells
    assert chart.get_suptitle() == "Too few to tell: 4 items or fewer in each row"
    assert not chart.spots


@pytest.mark.parametrize("name", QUALITY)
def test_charts_of_quality_without_items_are_honest(name: str) -> None:
    table = confused() if name == "confusion" else QUALITY[name][:1].assign(items=0, statements=0, checked=0)
    assert drawn_quality(name, table).alt.startswith("An empty chart")


def test_few_items_are_drawn_as_outlines_with_a_note() -> None:
    few = drawn_quality("scores", QUALITY["scores"])
    many = drawn_quality("scores", QUALITY["scores"].query("items > 100"))
    assert [any("Outlined" in text.get_text() for text in chart.texts) for chart in (few, many)] == [True, False]


@pytest.mark.parametrize(
    ("table", "title"),
    [
        (QUALITY["estimates"], "Denial: 25 by the machine, 9 to 16 if all were checked"),
        (estimated(("claim", 140, 120.0, 101.2, 150.0, 60)), "The machine’s count lies within its interval"),
        (estimated(("claim", 5, 2.0, 2.0, 2.0, 400)), "Claim: 5 by the machine, 2 as checked"),
        (estimated(("claim", 140, 140.0, 1.0, 399.0, 0)), "Nothing was checked at random: no count can be estimated"),
        (estimated(), "Nothing was checked at random: no count can be estimated"),
    ],
)
def test_an_estimate_says_where_the_machine_is_off(table: pd.DataFrame, title: str) -> None:
    assert captions.estimates(table, "acts").title == title


def test_estimates_without_room_are_counted_in_the_note() -> None:
    many = estimated(*[(f"act {number}", 9, 9.0, 4.0, 12.0, 60) for number in range(60)])
    chart = drawn_quality("estimates", many)
    assert "less frequent left out" in chart.caption.note
    assert_texts_hold(chart)
