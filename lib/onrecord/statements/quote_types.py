"""Whether a content stands in quotation marks: wholly, in part, not at all."""

from __future__ import annotations

import functools

from onrecord.records import Spans, Tokens
from onrecord.statements.linker import quoted_words


def quote_type(tokens: Tokens, content: Spans) -> str:
    """direct, mixed or indirect: all, some or none of the content's words stand in double quotation marks."""
    quoted = _quoted(tokens)
    inside = [quoted[i] for i in tokens.within(content)]
    return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"


@functools.lru_cache(maxsize=8)
def _quoted(tokens: Tokens) -> list[bool]:
    return quoted_words(tokens)
