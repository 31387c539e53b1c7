"""Gold to compare with: articles whose statements people (or careful readers) marked, and a reader for both layouts.

- PolNeAR rows: {"id", "text", "attributions": [{"id", "source", "cue", "content"}], "discard", "publisher"};
- statement rows: {"id", "text", "statements": [the fields of the file format]};
- a folder with ``article.txt`` and ``statements.gold.jsonl`` (a statement a line).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.fileformat import statements_from_json
from onrecord.records import ACTS, POLARITIES, OnrecordError, Span, Spans, Statement

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and its statements as they should be. ``discard`` are stretches that the annotators set aside."""

    id: str
    text: str
    statements: tuple[Statement, ...]
    discard: Spans = ()
    publisher: str = ""
    labelled: bool = False


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file, one a line; of several annotators of one article the primary one.

    Raises ``OnrecordError`` with the line where something is missing, no JSON, or lies outside its text.
    """
    articles: dict[str, GoldArticle] = {}
    for place, row in _rows(path):
        if not row.get("primary", True):
            continue
        article = _article(place, row)
        if article.id in articles:
            raise OnrecordError(f"{place}: the id {article.id!r} was used before. Give each article its own.")
        articles[article.id] = article
    if not articles:
        raise OnrecordError(f"{path}: no article in it. Each line must hold one, as JSON.")
    return list(articles.values())


def read_gold_folder(folder: Path) -> GoldArticle:
    """The one article of a folder: ``article.txt`` and ``statements.gold.jsonl``. Raises ``OnrecordError``."""
    place = folder / "statements.gold.jsonl"
    try:
        text = (folder / "article.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(
            f"{folder / 'article.txt'} cannot be read ({error}): a folder of gold holds one."
        ) from error
    rows = [row for _, row in _rows(place)]
    return _article(str(place), {"id": folder.name, "text": text, "statements": rows})


def _rows(path: Path) -> Iterator[tuple[str, Json]]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(f"{path} cannot be read ({error}). Gold is a UTF-8 file, JSON line by line.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{path}, line {number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise OnrecordError(f"{place}: no valid JSON ({error}). Each line must be one JSON object.") from error
            if not isinstance(row, dict):
                raise OnrecordError(f"{place}: a JSON object is needed, not {type(row).__name__}.")
            yield place, row


def _article(place: str, row: Json) -> GoldArticle:
    key = "attributions" if "attributions" in row else "statements"
    for name, kind in (("id", str), ("text", str), (key, list)):
        if not isinstance(row.get(name), kind):
            raise OnrecordError(f"{place}: the field {name!r} is missing or no {kind.__name__}. See docs/formats.md.")
    try:
        statements = statements_from_json(row[key])
        discard = tuple(Span(*pair) for pair in row.get("discard") or ())
    except (KeyError, TypeError, AttributeError) as error:
        raise OnrecordError(
            f"{place}: a statement is incomplete ({error!r}). It needs id and content at least."
        ) from error
    article = GoldArticle(
        row["id"], row["text"], statements, discard, str(row.get("publisher", "")), key == "statements"
    )
    _check(place, article)
    return article


def _check(place: str, article: GoldArticle) -> None:
    seen: set[str] = set()
    for statement in article.statements:
        for span in (*statement.source, *statement.cue, *statement.content):
            if not (
                isinstance(span.start, int)
                and isinstance(span.end, int)
                and 0 <= span.start < span.end <= len(article.text)
            ):
                raise OnrecordError(
                    f"{place}: statement {statement.id} has the span {list(span)}, but the text has "
                    f"{len(article.text)} characters. Are the spans of another version of the text?"
                )
        if statement.act not in ACTS:
            raise OnrecordError(
                f"{place}: statement {statement.id} has the act {statement.act!r}; known: {', '.join(ACTS)}."
            )
        for stance in statement.stances:
            if stance.polarity not in POLARITIES:
                raise OnrecordError(
                    f"{place}: statement {statement.id} has the polarity {stance.polarity!r}; "
                    f"known: {', '.join(POLARITIES)}."
                )
        if statement.id in seen:
            raise OnrecordError(f"{place}: two statements have the id {statement.id!r}.")
        seen.add(statement.id)
