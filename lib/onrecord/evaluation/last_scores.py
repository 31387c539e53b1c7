"""How good each engine was when last measured: ``models/scores.csv``, written by ``docs/scripts/write_scores.py``."""

from __future__ import annotations

import functools
from importlib.resources import files

import pandas as pd

#: What the scores are of, for the line under them.
WHERE = (
    "Statements: PolNeAR’s dev part, marked by people. Labels: on given spans, against labels made by a large language "
    "model, not by people. Intervals: 500 draws of articles."
)


@functools.cache
def _read() -> pd.DataFrame:
    with (files("onrecord") / "models" / "scores.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)


def measured(engine: str = "") -> pd.DataFrame:
    """The scores of ``engine`` (of all where none is named), a row per measure; no rows for an unknown engine.

    Columns: engine, task (statements, labels), measure, words, gold (number of items), score, low, high (95%).
    """
    table = _read()
    return table[table["engine"] == engine].reset_index(drop=True) if engine else table.copy()
