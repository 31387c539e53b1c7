"""What went wrong, statement by statement, with the sentences it stands in: a table to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from onrecord.evaluation.attribution import Comparison
from onrecord.evaluation.gold import GoldArticle
from onrecord.records import Article, Statement
from onrecord.tables import framed
from onrecord.text import split_sentences

MAX_CONTEXT = 600
Json = dict[str, Any]


def errors(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Statement]], comparison: Comparison
) -> pd.DataFrame:
    """A row per statement that was missed, invented, or found with the wrong source, in the order of the text.

    Columns: article, error (missed, invented, wrong source), quote, cue_kind, source_gold, source_found, cue,
    content_gold, content_found, score (of what was found), context (the sentences around).
    """
    texts = {article.id: Article(article.text, article.id) for article in gold}
    known = {(a.id, s.id): s for a in gold for s in a.statements}
    found = {(id, s.id): s for id, statements in predicted.items() for s in statements}
    wrong = comparison.gold[~comparison.gold["relation"].astype(bool)]
    invented = comparison.predicted[~comparison.predicted["relaxed"].astype(bool)]
    rows = []
    for place in _records(wrong):
        other = found.get((place["article"], place["found_as"]))
        error = "wrong source" if other else "missed"
        rows.append(_row(texts[place["article"]], place, error, known[place["article"], place["id"]], other))
    for place in _records(invented):
        rows.append(_row(texts[place["article"]], place, "invented", None, found[place["article"], place["id"]]))
    order = {article.id: number for number, article in enumerate(gold)}
    rows.sort(key=lambda row: (order[row["article"]], row["at"]))
    return framed("errors", rows)


def _records(frame: pd.DataFrame) -> list[Json]:
    return cast(list[Json], frame.to_dict("records"))


def _row(article: Article, place: Json, error: str, gold: Statement | None, found: Statement | None) -> Json:
    shown = gold or found
    assert shown is not None
    start, end = shown.content[0].start, shown.content[-1].end
    return {
        "article": article.id,
        "error": error,
        "quote": place["quote"],
        "cue_kind": place["cue_kind"],
        "source_gold": article.words_of(gold.source) if gold else "",
        "source_found": article.words_of(found.source) if found else "",
        "cue": article.words_of(shown.cue),
        "content_gold": article.words_of(gold.content) if gold else "",
        "content_found": article.words_of(found.content) if found else "",
        "score": round(found.score, 3) if found else float("nan"),
        "context": _context(article.text, *_reach(shown, start, end)),
        "at": start,
    }


def _reach(statement: Statement, start: int, end: int) -> tuple[int, int]:
    spans = (*statement.source, *statement.cue)
    return min([start, *(s.start for s in spans)]), max([end, *(s.end for s in spans)])


def _context(text: str, start: int, end: int) -> str:
    """The sentences of the lines from ``start`` to ``end``, white space folded, cut at ``MAX_CONTEXT`` characters."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)]
    inside = [line[s:e] for s, e in split_sentences(line) if low + e > start and low + s < end]
    words = " ".join(" ".join(inside).split())
    return words if len(words) <= MAX_CONTEXT else words[: MAX_CONTEXT - 1] + "…"
