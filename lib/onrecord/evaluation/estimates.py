"""Counts one can sign: what a count would be if all statements were checked, from a random sample that is.

The machine's labels of all statements are corrected by what the checked ones show: of those that it counts, the share
that is right; of those that it does not count, the share that it should. For a label that applies or does not, this
is the design-based estimate of prediction-powered inference with its best weight (Angelopoulos et al., Science 382
(2023), 669-674, and PPI++, arXiv:2311.01453) and of design-based supervised learning (Egami et al., NeurIPS 2023), in
closed form. The interval is that of the statements nobody has looked at: how many of them are right, given the checked
ones, is beta-binomial under Jeffreys' prior (Ericson, Subjective Bayesian models in sampling finite populations, JRSS B
31 (1969), 195-233; that the interval covers as often as it says: Brown, Cai and DasGupta, Interval estimation for a
binomial proportion, Statistical Science 16 (2001), 101-133), and both kinds of statement are added by convolution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from onrecord.corrections import random_sample
from onrecord.plain_english import NO_ACTOR, act_name, polarity_name, unique
from onrecord.records import Analysis, Statement
from onrecord.tables import framed

#: Which counts a statement belongs to.
Counted = Callable[[Statement], Iterable[str]]
COUNTS: dict[str, Counted] = {
    "statements": lambda s: ["all"],
    "act": lambda s: [act_name(s.act)],
    "actor": lambda s: [s.actor or NO_ACTOR],
    "stance": lambda s: unique(f"{polarity_name(t.polarity)} {t.target}" for t in s.stances),
    "act by actor": lambda s: [f"{s.actor or NO_ACTOR}: {act_name(s.act)}"],
}

#: Jeffreys' prior, and what the interval leaves out at either end.
PRIOR, TAIL = 0.5, 0.025


class Estimate(NamedTuple):
    """What the machine counts, what a full check would count, and the 95% interval of that."""

    machine: int
    estimate: float
    low: float
    high: float


def estimate_count(counted: Sequence[bool], checked: Sequence[tuple[bool, bool]]) -> Estimate:
    """The count among all statements, from ``checked``: a random sample of pairs of machine and coder.

    ``counted`` says of every statement whether the machine counts it, the sampled ones included. Statements that the
    machine has not found are in neither: they can be no part of the estimate.

    >>> estimate_count([True] * 12 + [False] * 388, [(True, True)] * 2 + [(False, False)] * 58)._asdict()["machine"]
    12
    """
    yes, no = sum(counted), len(counted) - sum(counted)
    right, right_of = _right([coder for machine, coder in checked if machine], yes)
    missed, missed_of = _right([coder for machine, coder in checked if not machine], no)
    middle = yes * (right / right_of if right_of else 1.0) + no * (missed / missed_of if missed_of else 0.0)
    low, high = _bounds(_unseen(right, right_of, yes), _unseen(missed, missed_of, no))
    seen = right + missed
    return Estimate(yes, middle, min(seen + low, middle), max(seen + high, middle))


def _right(coders: list[bool], of: int) -> tuple[int, int]:
    return sum(coders), min(len(coders), of)


def _unseen(right: int, drawn: int, of: int) -> np.ndarray:
    """How likely each number, from 0 on, of the statements that nobody has looked at is right."""
    left = of - drawn
    number = np.arange(left)
    # From one number to the next the probability changes by a quotient; so no gamma function is needed.
    steps = np.log((left - number) * (number + right + PRIOR)) - np.log(
        (number + 1) * (left - number - 1 + drawn - right + PRIOR)
    )
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _bounds(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """The numbers between which 95 of 100 sums of two such numbers lie."""
    size = len(one) + len(other) - 1
    sums = np.cumsum(np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size))
    low, high = np.searchsorted(sums, [TAIL, 1 - TAIL])
    return float(low), float(high)


def estimated_counts(analyses: Sequence[Analysis], count: str = "act", *, seed: int = 7) -> pd.DataFrame:
    """A row per count (a key of ``COUNTS``), most frequent first: the machine's number, the estimate, its interval.

    ``analyses`` are the articles together, with their corrections laid over; ``seed`` is that of the random queue.
    Without a checked statement at the head of that queue the intervals say that nearly anything is possible.
    """
    of = COUNTS[count]
    machine = [s for a in analyses for s in a.machine.statements]
    sample = [(set(of(one)), set(of(now)) if now else set()) for one, now in random_sample(analyses, seed)]
    labels = [set(of(s)) for s in machine]
    names = unique(name for found in [*labels, *(coder for _, coder in sample)] for name in sorted(found))
    rows = []
    for name in names:
        found = estimate_count([name in each for each in labels], [(name in m, name in c) for m, c in sample])
        rows.append({"count": name, **found._asdict(), "checked": len(sample), "of": len(machine)})
    rows.sort(key=lambda row: (-row["estimate"], row["count"]))
    return framed("estimates", rows)


def told(row: pd.Series) -> str:
    """An estimate in words.

    >>> told(pd.Series({"machine": 12, "low": 9.2, "high": 16.4, "checked": 60, "of": 400}))
    '12 by the machine; 9 to 16 with 60 of 400 checked'
    """
    low, high = round(row["low"]), round(row["high"])
    return f"{row['machine']} by the machine; {low} to {high} with {row['checked']} of {row['of']} checked"
