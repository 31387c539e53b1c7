"""What all trainings share: reading the corpora, which articles are held out, and the tag of each word."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.records import Block, Span, Spans
from onrecord.statements.decoding import TAGS
from onrecord.statements.tagger import ROLES

_NEWS = re.compile(r"(fnc|basil|gum)-", re.IGNORECASE)


def load_rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")  # a row may hold other line breaks, as U+2028, in its text
    return [json.loads(line) for line in lines if line.strip()]


@functools.cache
def _held_stories() -> frozenset[str]:
    """The articles of the news set that are held out, by id: ``held_out_news.txt``."""
    return frozenset(Path(__file__).with_name("held_out_news.txt").read_text(encoding="utf-8").split())


def held_out(id: str) -> bool:
    """One training article in twenty is kept for calibration: chosen by its id, the same in every run.

    Of the news set, whose articles tell one story up to a score of times, whole stories are kept (a listed id): a model
    knows a story that it has read in other words. Stories are articles joined by a likeness (cosine of words weighed by
    rarity) over .3; one story in seven of those with four articles at most was drawn by the hash of its first id.
    """
    if is_news(id):
        return id in _held_stories()
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 20 == 0


def is_news(id: str) -> bool:
    """Whether the article is of the news set, by its id."""
    return bool(_NEWS.match(id))


def attributions_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements of a row of either corpus that stand in no other: those that a flat reading should find."""
    found = row["attributions"] if "attributions" in row else row["statements"]
    return [each for each in found if not each.get("nested_in")]


def nested_of(row: dict[str, Any], outer: dict[str, Any]) -> list[dict[str, Any]]:
    """The statements within ``outer``, one level down; the home corpus marks none."""
    return [each for each in row.get("statements", ()) if each.get("nested_in") == outer.get("id", "")]


def lines_as_blocks(text: str) -> list[Block]:
    """The corpora hold one paragraph a line; a line without words in it is none."""
    found = enumerate(re.finditer(r"[^\n]*\S[^\n]*", text), 1)
    return [Block(Span(*match.span()), "paragraph", number) for number, match in found]


def tags_of(words: Spans, attributions: Iterable[dict[str, Any]]) -> list[int]:
    """The index into ``TAGS`` of each word. PolNeAR's attributions do not overlap; a later one would win."""
    starts = [word.start for word in words]
    tags = [0] * len(words)
    for gold in attributions:
        for role in ROLES:
            begin = TAGS.index(f"B-{role}")
            for start, end in gold[role] or ():
                for place, index in enumerate(range(bisect_left(starts, start), bisect_left(starts, end))):
                    tags[index] = begin + (place > 0)
    return tags
