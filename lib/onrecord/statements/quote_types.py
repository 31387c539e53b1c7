"""Whether a content stands in quotation marks: wholly, in part, not at all."""

from __future__ import annotations

from onrecord.records import Spans
from onrecord.text import Words


def quote_type(words: Words, content: Spans) -> str:
    """direct, mixed or indirect: all, some or none of the content's words stand in double quotation marks."""
    inside = [words.quoted[i] for i in words.beginning_in(content)]
    return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"
