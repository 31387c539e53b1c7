"""Which statement of a reading a coder means: the same words, or the same cue with its content cut otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.records import Spans, Statement


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of a statement by which it is known."""

    source: Spans
    cue: Spans
    content: Spans


def same_statement(parts: Parts | Statement, statements: Iterable[Statement], *, exact: bool) -> Statement | None:
    """The one statement of a reading that ``parts`` name, or None where none or several could be meant.

    Engines cut contents differently by some words: unless ``exact``, with the cue in the same place and the shared
    content half of what either holds, it is the same statement still.
    """
    found = list(statements)
    fits = [s for s in found if s.content == parts.content]
    if len(fits) > 1 or exact:
        fits = [s for s in fits if (s.source, s.cue) == (parts.source, parts.cue)]
    if not fits and not exact:
        fits = [
            s for s in found if _same_cue(parts.cue, s.cue) and 2 * _shared(parts.content, s.content) >= _both(parts, s)
        ]
    return fits[0] if len(fits) == 1 else None


def _same_cue(one: Spans, other: Spans) -> bool:
    return (not one and not other) or _shared(one, other) > 0


def _shared(one: Spans, other: Spans) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def _both(parts: Parts | Statement, statement: Statement) -> int:
    """Characters that either content holds."""
    sizes = sum(s.end - s.start for s in (*parts.content, *statement.content))
    return sizes - _shared(parts.content, statement.content)


def holds(outer: Statement, inner: Statement) -> bool:
    """Whether the content of ``outer`` holds all of ``inner``'s and more."""
    inside = all(any(o.start <= i.start and i.end <= o.end for o in outer.content) for i in inner.content)
    return inside and outer.content != inner.content
