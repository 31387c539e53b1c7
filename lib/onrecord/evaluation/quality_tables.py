"""Scores as the tables that are printed and drawn: a row per measure or kind, with its 95% interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pandas as pd

from onrecord.evaluation.article import article_summary
from onrecord.evaluation.attribution import Comparison
from onrecord.evaluation.gold import GoldArticle, read_gold
from onrecord.evaluation.intervals import wilson
from onrecord.evaluation.labels import LabelComparison, confusion
from onrecord.evaluation.last_scores import measured
from onrecord.export import GOLD, Provenance, provenance_of, sha256_of
from onrecord.plain_english import count_of
from onrecord.records import ACTS, Analysis, Article, Tokens
from onrecord.statements import load_tagger
from onrecord.tables import Row, framed

#: What ``models/scores.csv`` was measured on.
MEASURED_ON = "PolNeAR, dev part; labels of 24 of its articles"
_OWN = {
    "found": "statements found",
    "source right": "with the right source",
    "actor right": "with the right actor",
    "act right": "with the right act",
    "stances right": "stances found",
    "links right": "answers linked",
}


def gold_at(path: str, name: str, what: str) -> tuple[list[GoldArticle], str]:
    """The articles of the gold file at ``path`` and what is missing, in words: nothing where there is a path.

    ``name`` is the parameter that holds the path, ``what`` the file it asks for. Raises ``OnrecordError`` as
    ``read_gold`` does.
    """
    if path:
        return read_gold(Path(path)), ""
    return [], f"{name} is empty: give it the path of {what} to measure on more than one article."


def score_rows(scores: pd.DataFrame, words: Mapping[str, str]) -> pd.DataFrame:
    """Table ``scores`` of the measures named in ``words``, from ``attribution_scores`` or ``label_scores``."""
    named = scores.rename(columns={"f1": "score", "gold": "items"}).loc[
        [name for name in words if name in scores.index]
    ]
    return framed("scores", _records(named.assign(measure=[words[str(name)] for name in named.index])))


def measured_rows(engine: str) -> pd.DataFrame:
    """Table ``scores`` of what was measured last, from ``measured``."""
    rows = measured(engine).drop(columns="measure").rename(columns={"words": "measure", "gold": "items"})
    return framed("scores", _records(rows))


def _records(frame: pd.DataFrame) -> list[Row]:
    return cast(list[Row], frame.to_dict("records"))


def article_rows(checks: pd.DataFrame) -> pd.DataFrame:
    """Table ``scores`` of one article: shares of its gold, from ``statement_checks``, with Wilson's interval."""
    summary = article_summary(checks).loc[list(_OWN)]
    return shares({_OWN[str(name)]: (row["right"], row["of"]) for name, row in summary.iterrows()})


def recall_by(comparison: Comparison, column: str) -> pd.DataFrame:
    """Table ``scores``: of the gold's statements of each kind, the share found with its source; most frequent first.

    ``column`` is quote, cue_kind or publisher.
    """
    groups = comparison.gold.groupby(column)["relation"].agg(["sum", "size"]).sort_values("size", ascending=False)
    return shares({str(kind): (row["sum"], row["size"]) for kind, row in groups.iterrows()})


def shares(counts: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """Table ``scores`` of shares: how many are right of how many, by name, with Wilson's interval."""
    rows = []
    for measure, (right, of) in counts.items():
        low, high = wilson(right, of)
        score = right / of if of else float("nan")
        rows.append({"measure": measure, "score": score, "low": low, "high": high, "items": int(of)})
    return framed("scores", rows)


def act_confusion(comparison: LabelComparison) -> pd.DataFrame:
    """Table ``confusion``: a row per act of the gold, a column per act that was read."""
    counts = confusion(comparison)
    columns = ["gold", *ACTS, "not_found"]
    cells = zip(counts.index, counts.to_numpy().tolist(), strict=True)
    return framed("confusion", (dict(zip(columns, [gold, *row], strict=True)) for gold, row in cells))


def expected_right(analysis: Analysis) -> list[str]:
    """What the scores promise for an article: how many of its statements and acts should be right."""
    found = analysis.statements
    if not found:
        return ["No statement was found in the article: there is nothing to be sure of."]
    statements, acts = sum(s.score for s in found), sum(s.act_score for s in found)
    title = analysis.article.title or analysis.article.id
    return [
        f"Of {len(found)} statements in “{title}” about {statements:.0f} should be there with the right source, and "
        f"{acts:.0f} should have the right act, if the scores can be trusted."
    ]


def quality(checks: pd.DataFrame) -> list[str]:
    """How one article compares with its gold, in sentences: found, invented, mislabelled."""
    rows = {str(name): row for name, row in article_summary(checks).iterrows()}
    low, high = wilson(*rows["found"])
    invented = int(rows["invented"]["right"])
    return [
        f"On the gold article {rows['found']['right']} of {count_of(int(rows['found']['of']), 'statement')} are found "
        f"(95% interval {low:.0%} to {high:.0%}), {rows['source right']['right']} of them with the right source; "
        f"{count_of(invented, 'statement')} {'is' if invented == 1 else 'are'} invented.",
        f"{rows['act right']['right']} have the right act; {rows['stances right']['right']} of "
        f"{rows['stances right']['of']} stances and {rows['links right']['right']} of {rows['links right']['of']} "
        "answers are right.",
    ]


def readable(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks as text: yes and no for what is right, nothing for what is missing."""
    words = {True: "yes", False: "no"}
    return checks.map(lambda value: "" if pd.isna(value) else words[value] if isinstance(value, bool) else str(value))


def gold_provenance(gold: Sequence[GoldArticle], engine: str) -> Provenance:
    """The provenance of scores on ``gold``: number of articles and statements, SHA-256 of all texts, engine."""
    text = "\n".join(article.text for article in gold)
    name = gold[0].id if len(gold) == 1 else f"{len(gold)} articles of gold"
    count = sum(len(article.statements) for article in gold)
    return _origin(name, sha256_of(text.encode("utf-8", "surrogatepass")), count, engine)


def measured_provenance(engine: str) -> Provenance:
    """The provenance of ``measured_rows``: the gold does not come with the project, so its SHA-256 is left empty."""
    rows = measured(engine)
    return _origin(MEASURED_ON, "", int(rows["gold"].max()) if len(rows) else 0, engine)


def _origin(name: str, sha256: str, count: int, engine: str) -> Provenance:
    nothing = Analysis(Article("", title=name), Tokens((), ()), (), engine=engine, model=load_tagger(engine).model)
    return replace(provenance_of(nothing, filter=GOLD), article_sha256=sha256, statements=count, of=count)
