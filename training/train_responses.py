"""Train the model of the links between an answer and what it answers (models/responses-1.json).

    pip install -e '.[train]'
    python training/train_responses.py --labels labels/train.jsonl --out lib/onrecord/models

Logistic regression over pairs (answer, other statement of the article), features of ``onrecord.answers``. The threshold
is chosen by F1 on one article in five, by models fitted on the others (five folds). About a minute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labelled import Labelled, read_labelled
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from train_acts import fold

from onrecord.answers import gather_facts, pair_features
from onrecord.fileformat import statements_from_json
from onrecord.records import RELATIONS, Statement
from onrecord.wording import read_wording

C = 0.3
FOLDS = 5


@dataclass
class Pairs:
    """One entry per pair: its features, whether the gold links it, the act of the answer, the fold of its article."""

    features: list[dict[str, float]]
    linked: list[bool]
    act: list[str]
    fold: list[int]


def statements_of(each: Labelled) -> tuple[Statement, ...]:
    return statements_from_json(each.gold)


def read_pairs(labelled: Iterable[Labelled]) -> Pairs:
    pairs = Pairs([], [], [], [])
    for each in labelled:
        facts = gather_facts(read_wording(each.article, each.tokens), statements_of(each))
        for answer in facts:
            if answer.statement.act not in RELATIONS:
                continue
            others = [other for other in facts if other is not answer]
            gold = {response.to for response in answer.statement.responds_to}
            for other, features in zip(others, pair_features(answer, others), strict=True):
                pairs.features.append(features)
                pairs.linked.append(other.statement.id in gold)
                pairs.act.append(answer.statement.act)
                pairs.fold.append(fold(each.article.id))
    return pairs


def best_threshold(chances: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    """(threshold, F1) with the highest F1."""
    order = np.argsort(-chances)
    hits = np.cumsum(gold[order])
    f1 = 2 * hits / (np.arange(1, len(gold) + 1) + gold.sum())
    best = int(f1.argmax())
    return float(chances[order][best]), float(f1[best])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = read_pairs(read_labelled(args.labels))
    table = DictVectorizer()
    x = table.fit_transform(pairs.features)
    y, act, folds = np.array(pairs.linked), np.array(pairs.act), np.array(pairs.fold)
    new = lambda: LogisticRegression(C=C, max_iter=1000, fit_intercept=False)  # noqa: E731
    chances = np.zeros(len(y))
    for k in range(FOLDS):
        held = folds % FOLDS == k
        chances[held] = new().fit(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    overall, f1 = best_threshold(chances, y)
    print(f"pairs {len(y)}, links {y.sum()}: F1 {f1:.3f} at {overall:.3f} with gold acts, five folds")
    for each in RELATIONS:
        threshold, f1 = best_threshold(chances[act == each], y[act == each])
        print(f"  {each}: F1 {f1:.3f} at {threshold:.3f} (links {y[act == each].sum()})")
    model = new().fit(x[folds > 0], y[folds > 0])
    weights = {name: round(float(w), 3) for name, w in zip(table.get_feature_names_out(), model.coef_[0], strict=True)}
    thresholds = {each: round(overall, 3) for each in RELATIONS}
    text = json.dumps({"thresholds": thresholds, "weights": weights}, indent=1, sort_keys=True)
    (args.out / "responses-1.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
