"""Wilson's interval against published values, and what holds for any counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.intervals import wilson


# Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, 3.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_it_gives_the_published_values(right: int, of: int, low: float, high: float) -> None:
    assert list(wilson(right, of)) == pytest.approx([low, high], abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_lies_in_its_interval(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low - 1e-9 <= right / (right + wrong) <= high + 1e-9
