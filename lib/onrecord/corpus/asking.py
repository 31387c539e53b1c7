"""What a corpus holds: how far a run is, what failed, and any question in SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from onrecord.answers import pair_disputes
from onrecord.corpus.store import Store, load_manifest, open_tables
from onrecord.corpus.work import article_of
from onrecord.fileformat import statements_from_json
from onrecord.records import Analysis, OnrecordError
from onrecord.text import Words


@dataclass(frozen=True, slots=True)
class Status:
    """How far a corpus is. ``read_whole``: whether all inputs were read, so that ``articles`` is all there will be."""

    articles: int
    analysed: int
    not_english: int
    failed: int
    statements: int
    read_whole: bool

    @property
    def is_done(self) -> bool:
        return self.read_whole and self.analysed + self.not_english + self.failed == self.articles


def status(folder: str | Path, *, engine: str = "default") -> Status:
    """How far the reading of a corpus by ``engine`` is. Raises ``OnrecordError`` where ``folder`` is none."""
    store = Store(Path(folder), engine)
    manifest = load_manifest(store.folder)
    with open_tables(store) as base:
        counts = base.execute(
            "SELECT count(*), count(*) FILTER (done AND problem IS NULL AND english), "
            "count(*) FILTER (problem IS NULL AND NOT english), count(*) FILTER (problem IS NOT NULL), "
            "coalesce(sum(statements), 0)::BIGINT FROM articles"
        ).fetchone()
    assert counts is not None  # an aggregate without groups has one row
    articles, analysed, not_english, problems, statements = counts
    return Status(articles, analysed, not_english, problems, statements, manifest["complete"])


def failed(folder: str | Path, *, engine: str = "default") -> pd.DataFrame:
    """A row per article that could not be read or analysed: its id, where it stands, and why."""
    return query(
        folder, "SELECT id, place, problem FROM articles WHERE problem IS NOT NULL ORDER BY file, entry", engine=engine
    )


def query(folder: str | Path, sql: str, *, engine: str = "default") -> pd.DataFrame:
    """The answer to a question in SQL (DuckDB's) over ``articles``, ``statements``, ``stances`` and ``responses``.

    Raises ``OnrecordError`` where ``folder`` is no corpus or the question is not understood.

    >>> query("news-corpus", "SELECT actor, count(*) FROM statements GROUP BY 1 ORDER BY 2 DESC")  # doctest: +SKIP
    """
    store = Store(Path(folder), engine)
    load_manifest(store.folder)
    with open_tables(store) as base:
        try:
            return base.execute(sql).df()
        except duckdb.Error as error:
            raise OnrecordError(f"this question was not understood: {str(error).strip()}") from error


def read_analysis(folder: str | Path, id: str, *, engine: str = "default") -> Analysis:
    """The Analysis of one article of a corpus, as ``analyze`` gave it: for its tables, charts and desk.

    Raises ``OnrecordError`` where there is no such article or it was not analysed.
    """
    store = Store(Path(folder), engine)
    load_manifest(store.folder)
    with open_tables(store) as base:
        row = base.execute("SELECT * FROM articles WHERE id = ?", [id]).df().to_dict("records")
        records = base.execute("SELECT record FROM statements WHERE article = ?", [id]).fetchall()
    if not row or not row[0]["done"] or row[0]["problem"]:
        raise OnrecordError(f"{folder} has no analysed article {id!r}. The ids: corpus.query(folder, 'FROM articles').")
    made_by = json.loads((store.results / "reading.json").read_text(encoding="utf-8"))
    article = article_of({str(name): value for name, value in row[0].items()})
    statements = statements_from_json(json.loads(record) for (record,) in records)
    words = Words.of(article)
    disputes = pair_disputes(words, statements)
    return Analysis(article, words.tokens, statements, disputes, made_by["engine"], made_by["model"])
