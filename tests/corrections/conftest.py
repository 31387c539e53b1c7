"""An article with look-alike sentences, read by both engines, and a coder at work on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.corrections import Coder, Coding
from onrecord.pipeline import analyze
from onrecord.records import Analysis, Article
from onrecord.text import parse_article

#: What Toner “said” stands twice, word for word, and a third time with one word changed.
LOOK_ALIKES = (
    "\n\nMark Toner said the talks go on. Nobody else spoke that day.\n\nThe embassy in Oslo opened late."
    "\n\nMark Toner said the talks go on. Mark Toner said the talks went on."
)


@pytest.fixture(scope="session")
def readings(article: Article) -> dict[str, Analysis]:
    """The article with look-alike sentences at its end, as both engines read it."""
    longer = parse_article(article.text.rstrip() + LOOK_ALIKES, id="haqqani-2011")
    return {engine: analyze(longer, engine=engine) for engine in ("default", "fast")}


@pytest.fixture
def coding(readings: dict[str, Analysis], tmp_path: Path) -> Coding:
    return Coding(readings["default"], tmp_path / "a.corrections.jsonl", Coder("Ann"))
