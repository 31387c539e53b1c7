"""Train the model of the links between an answer and what it answers (models/responses-1.json).

    pip install -e '.[train]'
    python training/train_responses.py --labels labels/train.jsonl --out lib/onrecord/models

Two logistic regressions over pairs (answer, other statement of the article), features of ``onrecord.answers``: the
second sees the first one's probabilities for all pairs of an answer, made by models that did not see the article.
Actors, names and sides are those that the library finds; acts are the labels'. The threshold is chosen by F1 over five
folds by article; one article in twenty is kept out of the shipped fit. Under a minute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from labelled import Labelled, read_labelled
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from train_acts import fold

from onrecord.actors import resolve_actors
from onrecord.answers import Facts, gather_facts, pair_features, second_look
from onrecord.fileformat import statements_from_json
from onrecord.mentions import Mentions, find_mentions
from onrecord.records import RELATIONS, Statement
from onrecord.wording import read_wording

C = 0.3
FOLDS = 5


@dataclass(frozen=True)
class Question:
    """One answer: what it may answer, which of these it does, and the fold of its article."""

    answer: Facts
    others: list[Facts]
    linked: list[bool]
    fold: int


def statements_of(each: Labelled, mentions: Mentions) -> list[Statement]:
    """The labelled statements with the actors that the library finds, as at run time; stances are left out."""
    actors = resolve_actors(each.article, each.tokens, each.attributions, mentions=mentions)
    return [
        replace(gold, actor=a.name, actor_kind=a.kind, named=a.named, side=a.side, stances=())
        for gold, a in zip(statements_from_json(each.gold), actors, strict=True)
    ]


def read_questions(labelled: Iterable[Labelled]) -> list[Question]:
    found = []
    for each in labelled:
        if not any(row["act"] in RELATIONS for row in each.gold):
            continue
        mentions = find_mentions(each.article, each.tokens)
        facts = gather_facts(read_wording(each.article, each.tokens), statements_of(each, mentions), mentions)
        for answer in facts:
            if answer.statement.act in RELATIONS:
                gold = {response.to for response in answer.statement.responds_to}
                others = [other for other in facts if other is not answer]
                linked = [other.statement.id in gold for other in others]
                found.append(Question(answer, others, linked, fold(each.article.id)))
    return found


def fit_pass(
    features: list[dict[str, float]], y: np.ndarray[Any, Any], folds: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], dict[str, float]]:
    """(probabilities by models of the other folds, weights fitted on all articles but those with fold 0)."""
    table = DictVectorizer()
    x = table.fit_transform(features)
    new = lambda: LogisticRegression(C=C, max_iter=1000, fit_intercept=False)  # noqa: E731
    chances = np.zeros(len(y))
    for k in range(FOLDS):
        held = folds % FOLDS == k
        chances[held] = new().fit(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    model = new().fit(x[folds > 0], y[folds > 0])
    names = table.get_feature_names_out()
    return chances, {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}


def best_threshold(chances: np.ndarray[Any, Any], gold: np.ndarray[Any, Any], links: int) -> tuple[float, float]:
    """(threshold, F1) with the highest F1; ``links`` counts all links, also those that no pair can reach."""
    order = np.argsort(-chances)
    hits = np.cumsum(gold[order])
    f1 = 2 * hits / (np.arange(1, len(gold) + 1) + links)
    best = int(f1.argmax())
    return float(chances[order][best]), float(f1[best])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    questions = read_questions(read_labelled(args.labels))
    sizes = [len(q.others) for q in questions]
    y = np.array([linked for q in questions for linked in q.linked])
    folds = np.repeat([q.fold for q in questions], sizes)
    act = np.repeat([q.answer.statement.act for q in questions], sizes)
    links = dict.fromkeys(RELATIONS, 0)
    for q in questions:
        links[q.answer.statement.act] += sum(r.to is not None for r in q.answer.statement.responds_to)
    first, weights = fit_pass([row for q in questions for row in pair_features(q.answer, q.others)], y, folds)
    parts = np.split(first, np.cumsum(sizes)[:-1])
    rows = [
        row for q, part in zip(questions, parts, strict=True) for row in second_look(q.answer, q.others, part.tolist())
    ]
    chances, second = fit_pass(rows, y, folds)
    total = sum(links.values())
    print(f"answers {len(questions)}, pairs {len(y)}, links {total}; with gold acts, five folds:")
    print("  first pass: F1 {1:.3f} at {0:.3f}".format(*best_threshold(first, y, total)))
    overall, f1 = best_threshold(chances, y, total)
    print(f"  second pass: F1 {f1:.3f} at {overall:.3f}")
    for each in RELATIONS:
        of = act == each
        threshold, f1 = best_threshold(chances[of], y[of], links[each])
        print(f"  {each}: F1 {f1:.3f} at {threshold:.3f} (links {links[each]})")
    text = json.dumps(
        {"thresholds": {each: round(overall, 3) for each in RELATIONS}, "weights": weights, "second": second},
        indent=1,
        sort_keys=True,
    )
    (args.out / "responses-1.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
