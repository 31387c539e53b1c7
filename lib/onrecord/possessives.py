"""The possessive of a name, as the article writes it."""

from __future__ import annotations

import functools
import re

_WITH_S = re.compile(r"[A-Z]\w*s['’]s\b")
_WITHOUT = re.compile(r"[A-Z]\w*s['’](?=\s[a-z])")


def possessive_of(name: str, text: str) -> str:
    """The name with "'s"; with "'" alone behind an s where the article writes more names in that way.

    >>> possessive_of("Ruth Adler", ""), possessive_of("Tom Banks", "Banks’ aides fled.")
    ("Ruth Adler's", "Tom Banks'")
    """
    return f"{name}'" if name.endswith("s") and _is_short(text) else f"{name}'s"


@functools.lru_cache(maxsize=8)
def _is_short(text: str) -> bool:
    return len(_WITHOUT.findall(text)) > len(_WITH_S.findall(text))
