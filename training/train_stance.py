"""Train the linear models for stances toward actors and issues (models/stance-actor-1.npz, models/stance-issue-1.npz).

    pip install -e '.[train]'
    python training/train_stance.py --labels LABELS.jsonl NEWS.jsonl --out lib/onrecord/models

Multinomial logistic regression (none, favor, against) over candidates, features of ``labels.stance_features``. A
candidate agrees with a gold target when they share a name word. Actors are resolved as at run time; acts are predicted
by models that did not see the article (four folds), as the stance model will meet them. About a minute.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.actors.resolve import resolve_actors
from onrecord.answers.statement_facts import name_words
from onrecord.labels.act_features import all_hits
from onrecord.labels.stance_features import read_candidates, read_setting
from onrecord.labels.stances import LABELS, MODELS, statement_targets
from onrecord.models.linear import save_model
from onrecord.names.mentions import find_mentions
from onrecord.records import ACTS
from shared.labelled import Labelled, read_labelled
from train_acts import fit_acts, fold, matrix, read_rows, vocabulary

FOLDS = 4
C = {"actor": 0.03, "issue": 0.03}
WEIGHT = {"actor": 1.0, "issue": 2.0}  # of a candidate that is a target


@dataclass
class Candidates:
    """One row per candidate of one target type; ``missed`` gold targets no candidate agrees with, by fold."""

    features: list[list[str]] = field(default_factory=list)
    label: list[int] = field(default_factory=list)
    article: list[str] = field(default_factory=list)
    statement: list[int] = field(default_factory=list)
    gold: dict[int, int] = field(default_factory=dict)  # statement → number of gold targets


def cross_fitted_acts(labelled: Sequence[Labelled]) -> list[str]:
    """An act for every statement, by a model that was fitted on the articles of the other folds."""
    rows = read_rows(labelled)
    folds, y = np.array([fold(id) % FOLDS for id in rows.article]), np.array(rows.act)
    found = np.zeros(len(y), dtype=int)
    for k in range(FOLDS):
        train, held = np.flatnonzero(folds != k), np.flatnonzero(folds == k)
        x = matrix(rows.acts, vocabulary([rows.acts[i] for i in train], [rows.article[i] for i in train]))
        found[held] = fit_acts(x[train], y[train]).predict(x[held])
    return [ACTS[act] for act in found]


def read_targets(labelled: Iterable[Labelled], acts: Sequence[str]) -> dict[str, Candidates]:
    found = {"actor": Candidates(), "issue": Candidates()}
    number = 0
    for each in labelled:
        words = each.words
        mentions = find_mentions(each.words)
        actors = resolve_actors(each.words, each.attributions)
        read = [words.parts(attribution) for attribution in each.attributions]
        targets = statement_targets(words, each.attributions, read, actors, mentions)
        for attribution, actor, candidates, gold in zip(each.attributions, actors, targets, each.gold, strict=True):
            parts = words.parts(attribution)
            setting = read_setting(words, parts, acts[number], actor, all_hits(words, parts))
            for target_type, table in found.items():
                wanted = [s for s in gold["stance"] if s["target_type"] == target_type]
                table.gold[number] = len(wanted)
                rows = read_candidates(words, setting, candidates[target_type])
                for candidate, own in zip(candidates[target_type], rows, strict=True):
                    table.features.append(sorted({name for name, _ in (*setting.features, *own)}))
                    table.label.append(LABELS.index(polarity_of(candidate.name, wanted)))
                    table.article.append(each.words.article.id)
                    table.statement.append(number)
            number += 1
    return found


def polarity_of(name: str, wanted: Sequence[dict[str, Any]]) -> str:
    """The gold polarity of the target that shares most words with ``name``, else "none"."""
    number = which_target(name, wanted)
    return "none" if number is None else str(wanted[number]["polarity"])


def which_target(name: str, wanted: Sequence[dict[str, Any]]) -> int | None:
    """The number of the gold target that shares most words with ``name``; None where none shares one."""
    words = name_words(name)
    shared = [len(words & name_words(s["target"])) for s in wanted]
    return int(np.argmax(shared)) if any(shared) else None


def fit(table: Candidates, rows: np.ndarray, x: Any, target_type: str) -> LogisticRegression:
    y = np.array(table.label)[rows]
    weights = np.where(y > 0, WEIGHT[target_type], 1.0)
    return LogisticRegression(C=C[target_type], max_iter=150, tol=1e-3).fit(x[rows], y, sample_weight=weights)


def report(table: Candidates, target_type: str, most: int) -> None:
    """F1 by threshold on two articles in twenty, of a model fitted on the others."""
    folds = np.array([fold(id) for id in table.article])
    train, held = np.flatnonzero(folds > 1), np.flatnonzero(folds <= 1)
    x = matrix(table.features, vocabulary([table.features[i] for i in train], [table.article[i] for i in train]))
    chances = fit(table, train, x, target_type).predict_proba(x[held])
    label, statement = np.array(table.label)[held], np.array(table.statement)[held]
    gold = sum(table.gold[number] for number in set(statement.tolist()))
    for threshold in np.arange(0.25, 0.7, 0.05):
        pred = hit = right = 0
        for number in np.unique(statement):
            rows = np.flatnonzero(statement == number)
            best = rows[np.argsort(chances[rows, 0])][:most]
            best = best[chances[best, 0] <= 1 - threshold]
            pred += len(best)
            hit += int((label[best] > 0).sum())
            right += int((label[best] == 1 + chances[best, 1:].argmax(1)).sum())
        f1 = 2 * right / max(1, pred + gold)
        print(
            f"{target_type} {threshold:.2f}: F1 {f1:.3f} (P {right / max(1, pred):.2f}, "
            f"R {right / max(1, gold):.2f}), polarity {right / max(1, hit):.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    labelled = list(read_labelled(*args.labels))
    train_and_save(read_targets(labelled, cross_fitted_acts(labelled)), args.out)


def train_and_save(tables: dict[str, Candidates], out: Path) -> None:
    for target_type, table in tables.items():
        report(table, target_type, 3 if target_type == "actor" else 1)
        keep = np.flatnonzero([fold(id) > 0 for id in table.article])
        columns = vocabulary([table.features[i] for i in keep], [table.article[i] for i in keep])
        model = fit(table, keep, matrix(table.features, columns), target_type)
        save_model(out / f"{MODELS[target_type]}.npz", LABELS, list(columns), model.coef_.T, model.intercept_)


if __name__ == "__main__":
    main()
