"""How well statements are found: words per role, contents, sources, and where it goes wrong, as tables.

``Comparison`` holds two tables, a row per statement of the gold and a row per predicted one; every score is a sum
over them, so that scores by kind of quotation, publisher or cue come from the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from onrecord.evaluation.cues import cue_kind, has_reporting_word
from onrecord.evaluation.gold import GoldArticle
from onrecord.evaluation.intervals import wilson
from onrecord.evaluation.words import Compared, Words, compared, match_relaxed, match_strict, source_agrees
from onrecord.records import Statement

Floats = npt.NDArray[np.float64]
ROLES = ("content", "source", "cue")
#: Measures of whole statements: (name, column of what is right, column of what counts, ditto for predictions).
_MEASURES = {
    "content relaxed": ("relaxed", "gold", "predicted"),
    "content strict": ("strict", "gold", "predicted"),
    "relation": ("relation", "gold", "predicted"),
    "relation with source": ("relation_source", "gold_source", "predicted_source"),
    "cue and relation": ("cue_relation", "gold", "predicted"),
}


@dataclass(frozen=True)
class Comparison:
    """``gold`` and ``predicted``: a row per statement; ``articles``: counts of words and pairs, a row per article."""

    gold: pd.DataFrame
    predicted: pd.DataFrame
    articles: pd.DataFrame


def compare(gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Statement]]) -> Comparison:
    """The predictions laid beside the gold; an article without a prediction counts as one with none found."""
    rows: list[dict[str, object]] = []
    guesses: list[dict[str, object]] = []
    articles: list[dict[str, object]] = []
    for article in gold:
        words = Words.of(article.text)
        g = compared(words, article.statements, article.discard)
        p = compared(words, predicted.get(article.id, ()), article.discard)
        relaxed, strict = match_relaxed(g, p), match_strict(g, p)
        rows += [_gold_row(article, words, i, g[i], p, relaxed, strict) for i in range(len(g))]
        back = {j: i for i, j in relaxed.items()}
        guesses += [_predicted_row(article, words, item, g[back[j]] if j in back else None) for j, item in enumerate(p)]
        articles.append(_article_row(article, words, g, p))
    return Comparison(_frame(rows, _GOLD), _frame(guesses, _PREDICTED), pd.DataFrame(articles))


_PLACE = ("article", "publisher", "id", "quote", "cue_kind", "reporting")
_GOLD = (*_PLACE, "has_source", "found_as", "relaxed", "strict", "relation", "cue_relation")
_PREDICTED = (*_PLACE, "score", "has_source", "matches", "relaxed", "relation")


def _frame(rows: list[dict[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns))


def _place(article: GoldArticle, words: Words, item: Compared) -> dict[str, object]:
    return {
        "article": article.id,
        "publisher": article.publisher,
        "id": item.statement.id,
        "quote": item.quote,
        "cue_kind": cue_kind(article.text, item.statement.cue),
        "reporting": has_reporting_word(words.lower[i] for i in item.cue),
        "has_source": bool(item.source),
    }


def _gold_row(
    article: GoldArticle,
    words: Words,
    number: int,
    item: Compared,
    predicted: Sequence[Compared],
    relaxed: Mapping[int, int],
    strict: Mapping[int, int],
) -> dict[str, object]:
    found = predicted[relaxed[number]] if number in relaxed else None
    relation = found is not None and source_agrees(item, found)
    cue = found is not None and (not item.cue or bool(item.cue & found.cue))
    return {
        **_place(article, words, item),
        "found_as": found.statement.id if found else None,
        "relaxed": found is not None,
        "strict": number in strict,
        "relation": relation,
        "cue_relation": relation and cue,
    }


def _predicted_row(article: GoldArticle, words: Words, item: Compared, gold: Compared | None) -> dict[str, object]:
    return {
        **_place(article, words, item),
        "score": item.statement.score,
        "matches": gold.statement.id if gold else None,
        "relaxed": gold is not None,
        "relation": gold is not None and source_agrees(gold, item),
    }


def _article_row(
    article: GoldArticle, words: Words, gold: list[Compared], predicted: list[Compared]
) -> dict[str, object]:
    row: dict[str, object] = {"article": article.id, "publisher": article.publisher, "words": sum(words.is_word)}
    for role in ROLES:
        g = frozenset[int]().union(*(getattr(item, role) for item in gold))
        p = frozenset[int]().union(*(getattr(item, role) for item in predicted))
        row |= {f"{role}_right": len(g & p), f"{role}_gold": len(g), f"{role}_predicted": len(p)}
    dropped = set(words.within(article.discard, marks=True))
    first, second = _labels(words, gold), _labels(words, predicted)
    for i in set(range(len(first))) - dropped:
        key = f"pair_{first[i]}{second[i]}"
        row[key] = int(row.get(key, 0)) + 1  # type: ignore[call-overload]
    return row


def _labels(words: Words, items: Sequence[Compared]) -> list[str]:
    labels = ["-"] * len(words.starts)
    for role in ROLES:  # cue over source over content
        for item in items:
            for i in words.within(getattr(item.statement, role), marks=True):
                labels[i] = role[0] if role != "cue" else "q"
    return labels


def attribution_scores(comparison: Comparison, *, draws: int = 500, seed: int = 7) -> pd.DataFrame:
    """Precision, recall and F1 (shares) of each measure, with the 95% interval of F1 over ``draws`` draws of articles.

    Rows: words of contents, sources and cues; contents relaxed (half the words in common) and strict (all); the
    relation (relaxed, and the source agrees), among gold with a source, and with the cue. Columns: precision,
    recall, f1, low, high, gold, predicted. ``low`` and ``high`` are missing where fewer than three articles are at
    hand, for then they mean nothing.
    """
    sums = _sums_by_article(comparison)
    columns = {
        **{f"{role} words": (f"{role}_right", f"{role}_gold", f"{role}_predicted") for role in ROLES},
        **_MEASURES,
    }
    chosen = np.random.default_rng(seed).integers(0, max(1, len(sums)), (draws, len(sums))) if len(sums) >= 3 else None
    rows = []
    for name, parts in columns.items():
        values = sums[list(parts)].to_numpy(dtype=float)
        right, gold, predicted = values.sum(0)
        interval = [np.nan, np.nan]
        if chosen is not None and draws:
            drawn = values[chosen].sum(1)
            interval = list(np.quantile(_f1(*drawn.T), [0.025, 0.975]))
        rows.append((name, *_prf(right, gold, predicted), *interval, int(gold), int(predicted)))
    names = ["measure", "precision", "recall", "f1", "low", "high", "gold", "predicted"]
    return pd.DataFrame(rows, columns=names).set_index("measure")


def _sums_by_article(comparison: Comparison) -> pd.DataFrame:
    gold, predicted = comparison.gold, comparison.predicted
    one = gold.assign(gold=1, gold_source=gold["has_source"], relation_source=gold["relation"] & gold["has_source"])
    # Predictions that match a gold statement without a source are left out where only gold with a source counts.
    bare = gold.loc[gold["relaxed"] & ~gold["has_source"].astype(bool)].groupby("article").size()
    wanted = ["gold", "gold_source", "relaxed", "strict", "relation", "relation_source", "cue_relation"]
    sums = comparison.articles.set_index("article").filter(regex="_(right|gold|predicted)$")
    sums = sums.join(one.groupby("article")[wanted].sum()).join(predicted.groupby("article").size().rename("predicted"))
    sums["predicted_source"] = sums["predicted"].fillna(0) - bare.reindex(sums.index).fillna(0)
    return sums.fillna(0)


def _f1(right: Floats, gold: Floats, predicted: Floats) -> Floats:
    return 2 * right / np.maximum(gold + predicted, 1)


def _prf(right: float, gold: float, predicted: float) -> tuple[float, float, float]:
    return (
        right / predicted if predicted else 0.0,
        right / gold if gold else 0.0,
        2 * right / (gold + predicted) if gold + predicted else 0.0,
    )


def attribution_scores_by(comparison: Comparison, column: str) -> pd.DataFrame:
    """Recall of the gold, and precision of what was predicted, per value of ``column``: quote, cue_kind, publisher.

    Columns: gold, recall_relaxed, recall_strict, recall_relation, source_right (share of the found statements with
    a source whose source agrees), predicted, precision_relaxed, precision_relation. A predicted statement counts
    under its own kind of quotation or cue, which need not be that of the gold.
    """
    gold, predicted = comparison.gold, comparison.predicted
    found = gold[gold["relaxed"].astype(bool) & gold["has_source"].astype(bool)]
    parts = {
        "gold": gold.groupby(column).size(),
        "recall_relaxed": gold.groupby(column)["relaxed"].mean(),
        "recall_strict": gold.groupby(column)["strict"].mean(),
        "recall_relation": gold.groupby(column)["relation"].mean(),
        "source_right": found.groupby(column)["relation"].mean(),
        "predicted": predicted.groupby(column).size(),
        "precision_relaxed": predicted.groupby(column)["relaxed"].mean(),
        "precision_relation": predicted.groupby(column)["relation"].mean(),
    }
    table = pd.DataFrame(parts)
    table[["gold", "predicted"]] = table[["gold", "predicted"]].fillna(0).astype(int)
    return table.sort_values("gold", ascending=False)


def source_accuracy(comparison: Comparison) -> float:
    """Share of right sources among the statements found, gold without a source counted where it was given one."""
    found = comparison.gold[comparison.gold["relaxed"].astype(bool)]
    right = (found["relation"] & found["has_source"]).sum()
    wrong = (~found["relation"].astype(bool)).sum()
    return float(right / max(1, right + wrong))


def agreement(comparison: Comparison) -> float:
    """Krippendorff's alpha (nominal) over all words and marks with the labels source, cue, content and none."""
    names = ["c", "s", "q", "-"]
    table = comparison.articles
    counts = np.array([[table.get(f"pair_{a}{b}", pd.Series(dtype=float)).sum() for b in names] for a in names])
    total = counts.sum()
    if not total:
        return float("nan")
    shares = counts.sum(0) + counts.sum(1)
    expected = 1 - (shares * (shares - 1)).sum() / (2 * total * (2 * total - 1))
    return float(1 - (1 - np.trace(counts) / total) / expected) if expected else float("nan")


def reliability(comparison: Comparison, *, bins: int = 10) -> pd.DataFrame:
    """Per bin of score: how many statements, their mean score, the share that is there with the right source, and
    the 95% interval of that share.

    ``attrs["ece"]`` is the expected calibration error: the mean gap of the two, weighted by the number of
    statements (Naeini et al. 2015). 0 is perfect.
    """
    predicted = comparison.predicted
    score = predicted["score"].to_numpy(dtype=float)
    which = np.clip((score * bins).astype(int), 0, bins - 1)
    grouped = pd.DataFrame({"bin": which, "score": score, "right": predicted["relation"].to_numpy(dtype=float)})
    table = grouped.groupby("bin").agg(
        statements=("score", "size"), mean_score=("score", "mean"), right=("right", "mean")
    )
    table = table.reindex(range(bins))
    table["statements"] = table["statements"].fillna(0).astype(int)
    table.insert(0, "from", np.arange(bins) / bins)
    right = grouped.groupby("bin")["right"].sum().reindex(range(bins)).fillna(0)
    table[["low", "high"]] = [wilson(*counts) for counts in zip(right, table["statements"], strict=True)]
    gap = (table["mean_score"] - table["right"]).abs().fillna(0)
    table.attrs["ece"] = float((gap * table["statements"]).sum() / max(1, table["statements"].sum()))
    return table
