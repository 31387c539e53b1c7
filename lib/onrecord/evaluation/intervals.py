"""How far a share of few cases can be trusted."""

from __future__ import annotations

from math import sqrt

#: The normal deviate of 95%.
Z = 1.959964


def wilson(right: float, of: float) -> tuple[float, float]:
    """The 95% interval of the share ``right`` of ``of`` cases: the score interval, which holds for few cases too.

    Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212. Of no
    cases, nothing is known: 0 to 1. Cases must be independent, which the statements of one article are only in part.

    >>> [round(bound, 3) for bound in wilson(8, 10)], wilson(0, 0)
    ([0.49, 0.943], (0.0, 1.0))
    """
    if not of:
        return 0.0, 1.0
    share, spread = right / of, Z * Z / of
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))
