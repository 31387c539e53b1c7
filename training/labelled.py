"""Read labelled articles (labels/*.jsonl) as the records that the steps of onrecord take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.records import Article, Attribution, Block, Span, Tokens
from onrecord.tokens import tokenize


@dataclass(frozen=True)
class Labelled:
    """An article, its words, the attributions by the gold's spans, and the gold rows in the same order."""

    article: Article
    tokens: Tokens
    attributions: tuple[Attribution, ...]
    gold: tuple[dict[str, Any], ...]


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Every article of ``path``; each line of its text with words in it is a paragraph."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = enumerate(re.finditer(r"[^\n]*\S[^\n]*", row["text"]), 1)
            blocks = tuple(Block(Span(*match.span()), "paragraph", number) for number, match in found)
            article = Article(text=row["text"], id=row["id"], blocks=blocks)
            attributions = tuple(
                Attribution(*(tuple(Span(*pair) for pair in gold[role]) for role in ("source", "cue", "content")))
                for gold in row["statements"]
            )
            yield Labelled(article, tokenize(row["text"], blocks), attributions, tuple(row["statements"]))
