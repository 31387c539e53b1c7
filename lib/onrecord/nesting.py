"""Which statements' contents hold a place of the text: "we" within a quotation is the one who is quoted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.records import Attribution

#: How many contents may begin between the start of one and a place within it.
_REACH = 60


class Contents:
    """The contents of an article's attributions, looked up by place."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._spans = sorted((start, i, end) for i, each in enumerate(attributions) for start, end in each.content)

    def around(self, place: int, number: int) -> list[int]:
        """The attributions, without ``number`` itself, whose content holds the character ``place``: innermost first."""
        last = bisect_right(self._spans, (place, len(self._spans), 0))
        near = self._spans[max(0, last - _REACH) : last]
        return [
            i for _, i in sorted((end - start, i) for start, i, end in near if start <= place < end and i != number)
        ]
