"""What all trainings share: reading the corpora, which articles are held out, and the tag of each word."""

from __future__ import annotations

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


def load_rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")  # a row may hold other line breaks, as U+2028, in its text
    return [json.loads(line) for line in lines if line.strip()]


def held_out(id: str) -> bool:
    """One training article in twenty is kept for calibration: chosen by its id, the same in every run."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 20 == 0


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
