"""Cases as data: the rows of ``tests/cases/*.csv``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """A parameter per row, named by its first column; a row with a ``known_failure`` is expected to fail."""
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return [_parameter(row) for row in csv.DictReader(file)]


def _parameter(row: dict[str, str]) -> Any:
    reason = row.get("known_failure")
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(row, id=next(iter(row.values())), marks=marks)
