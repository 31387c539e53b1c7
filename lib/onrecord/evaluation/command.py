"""What ``onrecord evaluate`` does: read gold, read the articles with an engine, print the scores."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from onrecord.evaluation.article import article_errors, article_summary, statement_checks
from onrecord.evaluation.attribution import (
    Comparison,
    agreement,
    attribution_scores,
    attribution_scores_by,
    compare,
    reliability,
    source_accuracy,
)
from onrecord.evaluation.errors import errors
from onrecord.evaluation.gold import GoldArticle, read_gold, read_gold_folder
from onrecord.evaluation.labels import compare_labels, confusion, label_scores
from onrecord.export import csv_text
from onrecord.fileformat import read_statements
from onrecord.files import write_whole
from onrecord.pipeline import analyze
from onrecord.records import OnrecordError, Statement
from onrecord.statements import find_attributions, load_tagger
from onrecord.text import Words, parse_article

Predictions = dict[str, tuple[Statement, ...]]


def evaluate_attribution(
    path: Path, *, engine: str, predicted: Path | None, table: Path | None, draws: int
) -> Iterator[str]:
    """The scores of finding statements, as paragraphs of text. Writes the errors to ``table`` where it is given.

    Raises ``OnrecordError`` for gold, predictions or a table that cannot be read or written.
    """
    gold = read_gold(path)
    found = read_statements(predicted) if predicted else find_statements(gold, engine)
    comparison = compare(gold, found)
    yield _heading(gold, found, engine if not predicted else str(predicted))
    yield _table("Scores, with the 95% interval of F1 over articles", attribution_scores(comparison, draws=draws))
    yield f"Right sources among the statements found: {source_accuracy(comparison):.3f}"
    yield f"Krippendorff's alpha over words: {agreement(comparison):.3f}"
    for title, column in (("kind of quotation", "quote"), ("kind of cue", "cue_kind"), ("publisher", "publisher")):
        if column != "publisher" or any(article.publisher for article in gold):
            yield _table(f"By {title}", attribution_scores_by(comparison, column))
    yield from _reliability(comparison)
    if table:
        rows = errors(gold, found, comparison)
        yield f"{len(rows)} errors: {write_whole(table, csv_text(rows), overwrite=True)}"


def find_statements(gold: list[GoldArticle], engine: str) -> Predictions:
    """The statements an engine finds in the texts of ``gold``, without labels."""
    tagger = load_tagger(engine)
    found = {}
    for number, row in enumerate(gold, 1):
        _progress(number, len(gold))
        article = parse_article(row.text, id=row.id)
        attributions = find_attributions(Words.of(article), tagger)
        found[row.id] = tuple(
            Statement(f"S{k}", a.source, a.cue, a.content, a.quote, score=a.score)
            for k, a in enumerate(attributions, 1)
        )
    return found


def evaluate_labels(path: Path, *, engine: str, predicted: Path | None, given: bool, draws: int) -> Iterator[str]:
    """The scores of acts, hedges, actors, stances and links, as paragraphs of text.

    With ``given`` the spans are those of the gold, and labels alone are scored. Raises ``OnrecordError``.
    """
    gold = read_gold(path)
    if not all(article.labelled for article in gold):
        raise OnrecordError(f"{path} holds attributions without labels: use onrecord evaluate attribution {path}")
    found = read_statements(predicted) if predicted else label_statements(gold, engine, given=given)
    comparison = compare_labels(gold, found)
    yield _heading(gold, found, str(predicted) if predicted else f"{engine}, spans of the gold" if given else engine)
    yield _table("Scores, with the 95% interval of F1 over articles", label_scores(comparison, draws=draws))
    yield _table("Acts: gold in rows, predicted in columns", confusion(comparison))


def label_statements(gold: list[GoldArticle], engine: str, *, given: bool) -> Predictions:
    """The labelled statements of the texts of ``gold``; with ``given`` the gold's spans are labelled."""
    found = {}
    for number, row in enumerate(gold, 1):
        _progress(number, len(gold))
        spans = row.statements if given else None
        found[row.id] = analyze(parse_article(row.text, id=row.id), engine=engine, given=spans or None).statements
    return found


def evaluate_article(folder: Path, *, engine: str, predicted: Path | None) -> Iterator[str]:
    """One article against its gold: the counts, then each statement that was missed, mislabelled or invented."""
    gold = read_gold_folder(folder)
    read = read_statements(predicted) if predicted else label_statements([gold], engine, given=False)
    found = read.get(gold.id) or next(iter(read.values()), ())
    checks = statement_checks(gold, found)
    yield _heading([gold], {gold.id: found}, str(predicted) if predicted else engine)
    yield _table("Counts", article_summary(checks))
    for name, wrong, words in article_errors(checks):
        yield f"{name}: {wrong}\n    {words}"


def _heading(gold: list[GoldArticle], found: Predictions, what: str) -> str:
    missing = sum(article.id not in found for article in gold)
    lines = [f"{what}: {len(gold)} articles, {sum(len(article.statements) for article in gold)} statements in the gold"]
    if missing:
        lines.append(f"note: {missing} articles of the gold have no prediction; all their statements count as missed")
    return "\n".join(lines)


def _table(title: str, frame: pd.DataFrame) -> str:
    return f"{title}\n{frame.to_string(float_format='{:.3f}'.format, na_rep='')}"


def _reliability(comparison: Comparison) -> Iterator[str]:
    if comparison.predicted["score"].nunique() > 1:
        table = reliability(comparison)
        yield _table("Scores of statements against how often they are right", table)
        yield f"Expected calibration error: {table.attrs['ece']:.3f}"


def _progress(number: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{number} of {total} articles", end="\n" if number == total else "", file=sys.stderr, flush=True)
