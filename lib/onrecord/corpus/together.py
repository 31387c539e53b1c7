"""A handful of articles in memory, one after the other and together: for a notebook, where a corpus is too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from onrecord.names import OwnActors, read_actors
from onrecord.pipeline import analyze
from onrecord.records import Analysis, OnrecordError
from onrecord.text import looks_english, read_articles

_ABOUT = ["article", "outlet", "date"]


def analyze_all(
    paths: Iterable[str | Path],
    *,
    engine: str = "default",
    actors: OwnActors | str | Path | None = None,
    corrections: str | Path | bool = True,
    columns: Mapping[str, str] | None = None,
) -> list[Analysis]:
    """The analyses of the English articles of ``paths`` (see ``read_articles``), in order.

    Raises ``OnrecordError`` where an article cannot be read, or none is in English. For more than some hundred
    articles take ``corpus.run``: it uses all cores and can be stopped.
    """
    own = actors if isinstance(actors, OwnActors) else read_actors(actors) if actors else None
    articles = (article for article in read_articles(paths, columns=columns) if looks_english(article.text))
    analyses = [analyze(article, engine=engine, actors=own, corrections=corrections) for article in articles]
    if not analyses:
        raise OnrecordError("no article in English is there: only English is analysed.")
    return analyses


def choose(analyses: Sequence[Analysis], *, outlet: str = "", since: str = "", until: str = "") -> list[Analysis]:
    """The analyses of articles of this outlet and of these days (2011-09-26), both ends with them; "" admits all.

    An article without a date falls out where a day is asked for.
    """
    return [analysis for analysis in analyses if _is_chosen(analysis, outlet, since, until)]


def _is_chosen(analysis: Analysis, outlet: str, since: str, until: str) -> bool:
    date = analysis.article.date or ""
    in_time = not (since or until) or (bool(date) and since <= date <= (until or date))
    return in_time and outlet in ("", analysis.article.outlet)


def articles(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """A row per article: id, title, outlet, date, statements, actors and notes."""
    return pd.DataFrame(
        [_article_row(analysis) for analysis in analyses],
        columns=[*_ABOUT, "title", "statements", "actors", "notes"],
    )


def _article_row(analysis: Analysis) -> dict[str, object]:
    article = analysis.article
    return {
        "article": article.id,
        "outlet": article.outlet,
        "date": article.date or "",
        "title": article.title,
        "statements": len(analysis.statements),
        "actors": len({statement.actor for statement in analysis.statements if statement.actor}),
        "notes": " ".join(article.notes),
    }


def together(analyses: Sequence[Analysis], table: Callable[[Analysis], pd.DataFrame]) -> pd.DataFrame:
    """A table over all articles: the rows of each, in order, with its id, outlet and date before them.

    Not handled: one actor under two names in two articles; the ids of statements, which begin anew in each.

    >>> together(analyses, tables.stances)  # doctest: +SKIP
    """
    return pd.concat(_with_article(analyses, table), ignore_index=True)


def _with_article(analyses: Sequence[Analysis], table: Callable[[Analysis], pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for analysis in analyses:
        article = analysis.article
        about = {"article": article.id, "outlet": article.outlet, "date": article.date or ""}
        rows = table(analysis)
        yield pd.concat([pd.DataFrame(about, index=rows.index, columns=_ABOUT), rows], axis=1)
