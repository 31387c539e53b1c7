"""What all trainings share: reading the corpora, and which articles are held out."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from onrecord.records import Block, Span


def load_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def held_out(id: str) -> bool:
    """One training article in twenty is kept for calibration: chosen by its id, the same in every run."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % 20 == 0


def lines_as_blocks(text: str) -> list[Block]:
    """The corpora hold one paragraph a line."""
    return [Block(Span(*match.span()), "paragraph") for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
