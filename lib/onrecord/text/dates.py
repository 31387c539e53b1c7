"""The day an article gives for itself, as ISO text. Nothing is guessed: no year, no day."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?!\w)(?![/.-]\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
        rf"{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}",
        rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
    )
)


def find_day(text: str) -> str | None:
    """The first whole date in ``text`` as an ISO day, or None.

    >>> find_day("Published Sept. 26, 2011 10:15 PM"), find_day("26/09/2011"), find_day("09/08/2011")
    ('2011-09-26', '2011-09-26', None)

    Not handled: dates without a year; days such as 09/08/2011, where day and month cannot be told apart.
    """
    matches = (match for form in _FORMS for match in form.finditer(text))
    days = ((match.start(), _iso(match)) for match in matches)
    return min(((start, day) for start, day in days if day), default=(0, None))[1]


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if "first" in parts:
        month, day = _told_apart(int(parts["first"]), int(parts["second"]))
    elif "number" in parts:
        month, day = int(parts["number"]), int(parts["day"])
    else:
        month, day = _MONTHS.index(parts["month"][:3].lower()) + 1, int(parts["day"])
    try:
        return datetime.date(int(parts["year"]), month, day).isoformat()
    except ValueError:
        return None


def _told_apart(first: int, second: int) -> tuple[int, int]:
    """Month and day of 26/09 or 09/26; (0, 0), which is no day, where both could be either."""
    if first > 12:
        return second, first
    if second > 12 or first == second:
        return first, second
    return 0, 0
