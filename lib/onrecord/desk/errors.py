"""What went wrong, as it shows in the box: a callback's traceback would be lost."""

from __future__ import annotations

import traceback
from html import escape

from onrecord import style
from onrecord.records import OnrecordError


def error_html(error: Exception) -> str:
    """What went wrong: an ``OnrecordError`` in its own words, anything else with its traceback to unfold."""
    said = escape(str(error) if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}")
    trace = escape("".join(traceback.format_exception(error)))
    more = (
        "" if isinstance(error, OnrecordError) else f"<details><summary>Details</summary><pre>{trace}</pre></details>"
    )
    return f'<div style="border-left:4px solid {style.AGAINST};padding:4px 10px"><b>Error:</b> {said}{more}</div>'
