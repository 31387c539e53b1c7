"""Train the linear models for act and hedged (models/acts-1.npz, models/hedged-1.npz).

    pip install -e '.[train]'
    python training/train_acts.py --labels LABELS.jsonl NEWS.jsonl --out lib/onrecord/models

Multinomial logistic regression over the features of ``onrecord.labels.act_features``; a feature counts from its third
article on. Rare acts weigh more. Two articles in twenty are kept out of the first fit, to print scores on; the shipped
weights are fitted on nineteen in twenty (the twentieth calibrates the mix with the encoder). About five minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from onrecord.labels.act_features import all_hits, hedge_features, word_features
from onrecord.labels.act_rules import rule_hits
from onrecord.models.linear import feature_hash, save_model
from onrecord.records import ACTS
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled

MIN_ARTICLES = 3
RARE_WEIGHT = 0.3  # exponent of (mean frequency / frequency)
ACT_C, HEDGED_C = 0.03, 0.05
HEDGED_WEIGHT = 2.0


@dataclass
class Rows:
    """Statements as feature names, with their labels and the article each is from."""

    acts: list[list[str]]
    doubts: list[list[str]]
    act: list[int]
    hedged: list[bool]
    article: list[str]


def read_rows(labelled: Iterable[Labelled]) -> Rows:
    rows = Rows([], [], [], [], [])
    for each in labelled:
        words = each.words
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            parts = words.parts(attribution)
            rows.acts.append([name for name, _ in word_features(words, parts, all_hits(words, parts))])
            hedges = rule_hits(words, parts, "hedges")
            rows.doubts.append([name for name, _ in hedge_features(words, parts, hedges)])
            rows.act.append(ACTS.index(gold["act"]))
            rows.hedged.append(gold["hedged"])
            rows.article.append(each.words.article.id)
    return rows


def fold(id: str) -> int:
    """0 to 19, by the article's id; 0 is what train_encoder.py holds out (``gold.held_out``)."""
    number = int(hashlib.sha256(id.encode()).hexdigest(), 16)
    return 0 if held_out(id) else number % 20 or 1 + number // 20 % 19


def vocabulary(names: Sequence[Sequence[str]], articles: Sequence[str]) -> dict[int, int]:
    """Feature hash → column, for features of at least ``MIN_ARTICLES`` articles."""
    seen = {(feature_hash(name), article) for row, article in zip(names, articles, strict=True) for name in row}
    counts = Counter(key for key, _ in seen)
    return {key: column for column, key in enumerate(sorted(k for k, n in counts.items() if n >= MIN_ARTICLES))}


def matrix(names: Sequence[Sequence[str]], columns: dict[int, int]) -> csr_matrix:
    found = [[columns[key] for key in map(feature_hash, row) if key in columns] for row in names]
    ends = np.cumsum([0, *map(len, found)])
    values = np.ones(ends[-1], dtype=np.float32)
    return csr_matrix((values, np.concatenate(found).astype(np.int32), ends), shape=(len(names), len(columns)))


def fit_acts(x: csr_matrix, y: np.ndarray) -> LogisticRegression:
    frequency = np.bincount(y, minlength=len(ACTS))
    weights = (frequency.mean() / frequency) ** RARE_WEIGHT
    return LogisticRegression(C=ACT_C, max_iter=150, tol=1e-3).fit(x, y, sample_weight=weights[y])


def fit_hedged(x: csr_matrix, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=HEDGED_C, max_iter=150, tol=1e-3).fit(x, y, sample_weight=1 + (HEDGED_WEIGHT - 1) * y)


def report(rows: Rows, train: np.ndarray, test: np.ndarray) -> dict[str, float]:
    """Scores on ``test`` of models fitted on ``train`` alone."""
    y, hedged = np.array(rows.act), np.array(rows.hedged)
    x = matrix(rows.acts, vocabulary([rows.acts[i] for i in train], [rows.article[i] for i in train]))
    guess = fit_acts(x[train], y[train]).predict(x[test])
    per = f1_score(y[test], guess, average=None, labels=range(len(ACTS)))
    x = matrix(rows.doubts, vocabulary([rows.doubts[i] for i in train], [rows.article[i] for i in train]))
    doubt = fit_hedged(x[train], hedged[train]).predict(x[test])
    return {
        "statements": len(test),
        "accuracy": round(accuracy_score(y[test], guess), 3),
        "macro F1": round(float(per.mean()), 3),
        "hedged F1": round(f1_score(hedged[test], doubt), 3),
        **{act: round(float(f), 2) for act, f in zip(ACTS, per, strict=True)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = read_rows(read_labelled(*args.labels))
    folds = np.array([fold(id) for id in rows.article])
    print(json.dumps(report(rows, np.flatnonzero(folds > 1), np.flatnonzero(folds <= 1))), flush=True)
    keep = np.flatnonzero(folds > 0)
    articles = [rows.article[i] for i in keep]
    names = [rows.acts[i] for i in keep]
    columns = vocabulary(names, articles)
    model = fit_acts(matrix(names, columns), np.array(rows.act)[keep])
    save_model(args.out / "acts-1.npz", ACTS, list(columns), model.coef_.T, model.intercept_)
    names = [rows.doubts[i] for i in keep]
    columns = vocabulary(names, articles)
    model = fit_hedged(matrix(names, columns), np.array(rows.hedged)[keep])
    save_model(args.out / "hedged-1.npz", ["hedged"], list(columns), model.coef_.T, model.intercept_)


if __name__ == "__main__":
    main()
