"""Read labelled articles (labels/*.jsonl, news/*.jsonl) as the records that the steps of onrecord take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.records import Article, Attribution, Span
from onrecord.statements.tagger import ROLES
from onrecord.text.words import Words
from shared.gold import lines_as_blocks, load_rows


@dataclass(frozen=True)
class Labelled:
    """The words of an article, the attributions by the gold's spans, and the gold rows in the same order."""

    words: Words
    attributions: tuple[Attribution, ...]
    gold: tuple[dict[str, Any], ...]


def read_labelled(*paths: Path) -> Iterator[Labelled]:
    """Every article of ``paths``; each line of its text with words in it is a paragraph."""
    for row in (row for path in paths for row in load_rows(path)):
        blocks = tuple(lines_as_blocks(row["text"]))
        article = Article(text=row["text"], id=row["id"], blocks=blocks)
        place = {gold["id"]: number for number, gold in enumerate(row["statements"])}
        attributions = tuple(
            Attribution(
                *(tuple(Span(*pair) for pair in gold[role]) for role in ROLES),
                nested_in=place.get(gold.get("nested_in") or ""),
            )
            for gold in row["statements"]
        )
        yield Labelled(Words.of(article), attributions, tuple(row["statements"]))
