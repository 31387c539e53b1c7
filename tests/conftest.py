"""Fixtures that the modules' tests share: the project's article and what people marked in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.actors import find_references
from onrecord.fileformat import statements_from_json
from onrecord.records import Analysis, Article, Statement
from onrecord.text import Words
from onrecord.text.input_files import parse_article

ROOT = Path(__file__).resolve().parents[1]
HAQQANI = ROOT / "data" / "haqqani-2011"


@pytest.fixture(scope="session")
def article() -> Article:
    """The project's article, as received."""
    with open(HAQQANI / "article.txt", encoding="utf-8", newline="") as file:
        return parse_article(file.read(), id="haqqani-2011")


@pytest.fixture(scope="session")
def gold_statements() -> tuple[Statement, ...]:
    """The article's statements as labelled by hand."""
    lines = (HAQQANI / "statements.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return statements_from_json(json.loads(line) for line in lines)


@pytest.fixture(scope="session")
def gold_analysis(article: Article, gold_statements: tuple[Statement, ...]) -> Analysis:
    """The article with its hand-labelled statements, as if an engine had found them."""
    words = Words.of(article)
    references = find_references(words, gold_statements)
    return Analysis(article, words.tokens, gold_statements, engine="gold", model="", references=references)
