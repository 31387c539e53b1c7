"""Fit how the encoder's reading, the words and the rules are weighed (models/acts-mix.json, models/stance-mix.json).

    python training/train_mix.py --labels LABELS.jsonl NEWS.jsonl

Reads only the articles that neither model was trained on (one in twenty, ``gold.held_out``), with the labels' own
spans. A weight per input and a bias per label, by maximum likelihood with a small penalty; for stances then the least
probability with the best F1. Prints four-fold scores of the mix on the same articles. About two minutes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import accuracy_score, f1_score

from onrecord.actors.resolve import resolve_actors
from onrecord.labels import stances
from onrecord.labels.act_features import all_hits, hedge_features, word_features
from onrecord.labels.act_rules import RuleHit, rule_hits
from onrecord.labels.acts import MODEL, MODEL_HEDGED, mix_inputs, overrule, ruling, tag_acts
from onrecord.labels.stance_features import read_candidates, read_setting
from onrecord.models.linear import load_model, softmax
from onrecord.names.mentions import find_mentions
from onrecord.records import ACTS
from onrecord.statements.engines import load_tagger
from shared.gold import held_out, is_news
from shared.labelled import Labelled, read_labelled
from train_stance import polarity_of, which_target

MODELS = Path("lib/onrecord/models")
OUT = MODELS / "acts-mix.json"
PENALTY = 2.0
#: Rare acts count more, as in the models that are mixed.
RARE_WEIGHT = 0.3
#: Thresholds of stances whose F1 lies so near the best are as good as it: the middle one of them is taken.
NEARLY_STANCE = 0.01


@dataclass
class Rows:
    """Per statement: inputs [3, acts] (words, network, rules), [2] log-odds of hedging, the gold, the rules' hits."""

    inputs: np.ndarray
    doubts: np.ndarray
    act: np.ndarray
    hedged: np.ndarray
    fold: np.ndarray
    hits: list[list[RuleHit]]


def count_reliability(labelled: list[Labelled]) -> dict[str, float]:
    """How often the rules alone are right, by act and strength; a prior of two right and two wrong."""
    right, seen = Counter[str](), Counter[str]()
    for each in labelled:
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            act, name = ruling(all_hits(each.words, each.words.parts(attribution)))
            seen[name] += 1
            right[name] += gold["act"] == act
    return {name: round((right[name] + 2) / (n + 4), 3) for name, n in sorted(seen.items())}


def read(labelled: list[Labelled]) -> Rows:
    tagger, model, doubt = load_tagger("default"), load_model(MODEL), load_model(MODEL_HEDGED)
    inputs, doubts, act, hedged, fold, ruled = [], [], [], [], [], []
    for number, each in enumerate(labelled):
        words, reading = each.words, tagger.read(each.words)
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            judged = reading.judge(words, attribution.source, attribution.cue, attribution.content)
            if judged is None:
                continue
            parts = words.parts(attribution)
            hits = all_hits(words, parts)
            ruled.append(hits)
            sums = model.score(name for name, _ in word_features(words, parts, hits))
            inputs.append(mix_inputs(sums, hits, judged.acts))
            hedges = hedge_features(words, parts, rule_hits(words, parts, "hedges"))
            seen = min(max(judged.acts["hedged"], 1e-4), 1 - 1e-4)
            doubts.append((float(doubt.score(name for name, _ in hedges)[0]), float(np.log(seen / (1 - seen)))))
            act.append(ACTS.index(gold["act"]))
            hedged.append(gold["hedged"])
            fold.append(number % 4)
    return Rows(np.array(inputs), np.array(doubts), np.array(act), np.array(hedged, dtype=float), np.array(fold), ruled)


def sums(weights: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    return np.einsum("nka,k->na", inputs, weights[:3]) + weights[3:]


def fit_acts(inputs: np.ndarray, act: np.ndarray) -> np.ndarray:
    frequency = np.maximum(np.bincount(act, minlength=len(ACTS)), 1)
    rare = ((frequency.mean() / frequency) ** RARE_WEIGHT)[act]

    def loss(weights: np.ndarray) -> float:
        scores = sums(weights, inputs)
        top = scores.max(1)
        total = top + np.log(np.exp(scores - top[:, None]).sum(1))
        return float((rare * (total - scores[np.arange(len(act)), act])).sum() + PENALTY * (weights[3:] ** 2).sum())

    return minimize(loss, np.r_[0.5, 0.5, 0.1, np.zeros(len(ACTS))], method="L-BFGS-B").x


def fit_hedged(doubts: np.ndarray, hedged: np.ndarray) -> np.ndarray:
    def loss(weights: np.ndarray) -> float:
        odds = doubts @ weights[:2] + weights[2]
        return float((np.logaddexp(0, odds) - hedged * odds).sum())

    return minimize(loss, np.array([0.5, 0.5, 0.0]), method="L-BFGS-B").x


def report(rows: Rows, reliability: dict[str, float]) -> None:
    guess, doubt, chances = np.zeros_like(rows.act), np.zeros_like(rows.hedged), np.zeros(rows.inputs.shape[::2])
    for fold in range(4):
        train, test = rows.fold != fold, rows.fold == fold
        scores = sums(fit_acts(rows.inputs[train], rows.act[train]), rows.inputs[test])
        chances[test] = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        weights = fit_hedged(rows.doubts[train], rows.hedged[train])
        doubt[test] = rows.doubts[test] @ weights[:2] + weights[2] > 0
    print("mix without overruling: accuracy", round(accuracy_score(rows.act, chances.argmax(1)), 3), "macro F1",
          round(f1_score(rows.act, chances.argmax(1), average="macro"), 3))  # fmt: skip
    guess = np.array([overrule(c, hits, reliability).argmax() for c, hits in zip(chances, rows.hits, strict=True)])
    per = f1_score(rows.act, guess, average=None, labels=range(len(ACTS)), zero_division=0)
    for name, column in (("words", 0), ("encoder", 1)):
        print(name, "alone: accuracy", round(accuracy_score(rows.act, rows.inputs[:, column].argmax(1)), 3))
    print("mix: accuracy", round(accuracy_score(rows.act, guess), 3), "macro F1", round(per.mean(), 3),
          "hedged F1", round(f1_score(rows.hedged, doubt), 3), len(rows.act), "statements")  # fmt: skip
    print(dict(zip(ACTS, per.round(2).tolist(), strict=True)))


# ---- stances ------------------------------------------------------------------------------------


@dataclass
class Candidates:
    """Per candidate: log-chances [3, 3] (words, encoder, line) of none, favor, against; its kind, label and statement;
    the gold target that it is, by number in the statement (-1: none); whether its article is of the news set; gold in
    all, home and news."""

    inputs: np.ndarray
    kind: np.ndarray
    label: np.ndarray
    statement: np.ndarray
    target: np.ndarray
    news: np.ndarray
    gold: tuple[int, int]


def read_candidates_of(labelled: list[Labelled], target_type: str) -> Candidates:
    """Candidates as at run time: actors and acts by the library."""
    tagger, model = load_tagger("default"), load_model(stances.MODELS[target_type])
    inputs, kind, label, statement, which, news, gold_count, number = [], [], [], [], [], [], [0, 0], 0
    for each in labelled:
        words, from_news = each.words, is_news(each.words.article.id)
        reading, mentions = tagger.read(words), find_mentions(words)
        actors = resolve_actors(words, each.attributions, mentions=mentions)
        judged = [reading.judge(words, a.source, a.cue, a.content) for a in each.attributions]
        acts = tag_acts(words, each.attributions, scores=[j.acts if j else None for j in judged])
        targets = stances.statement_targets(words, each.attributions, [act.parts for act in acts], actors, mentions)
        reader = tagger if target_type == "actor" else None
        lines = stances.weigh_lines(words, each.attributions, actors, mentions, targets, reader)
        for actor, act, network, candidates, lined, gold in zip(
            actors, acts, judged, targets, lines, each.gold, strict=True
        ):
            wanted = [s for s in gold["stance"] if s["target_type"] == target_type]
            gold_count[from_news] += len(wanted)
            number += 1
            read = {target.inner: chances for target, chances in lined if target.inner is not None}
            found = candidates[target_type]
            setting = read_setting(words, act.parts, act.act, actor, act.hits)
            for candidate, own in zip(found, read_candidates(words, setting, found), strict=True):
                seen = stances.network_chances(candidate, target_type, network.targets if network else None)
                told = softmax(model.score({name for name, _ in (*setting.features, *own)}))
                seen = told if seen is None else seen
                inputs.append(stances.log_inputs(told, seen, read.get(candidate, seen)))
                kind.append(target_type)
                label.append(stances.LABELS.index(polarity_of(candidate.name, wanted)))
                which.append(_number(candidate.name, wanted))
                statement.append(number)
                news.append(from_news)
            for target, chances in lined:
                if target.inner is None:
                    inputs.append(stances.log_inputs(chances, chances, chances))
                    kind.append(stances.kind_of(target))
                    label.append(stances.LABELS.index(polarity_of(target.name, wanted)))
                    which.append(_number(target.name, wanted))
                    statement.append(number)
                    news.append(from_news)
    columns = (np.array(each) for each in (inputs, kind, label, statement, which, news))
    return Candidates(*columns, tuple(gold_count))


def _number(name: str, wanted: list[dict[str, Any]]) -> int:
    found = which_target(name, wanted)
    return -1 if found is None else found


def fit_stance(inputs: np.ndarray, label: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Weights of the three readings, those not in ``used`` nought, and a bias per label."""

    def loss(weights: np.ndarray) -> float:
        scores = np.einsum("nka,k->na", inputs, weights[:3] * used) + weights[3:]
        total = np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)) + scores.max(1)
        return float((total - scores[np.arange(len(label)), label]).sum() + (weights[3:] ** 2).sum())

    start = np.r_[0.5 * used, 0, 0, 0]
    found = minimize(loss, start, method="L-BFGS-B").x
    return np.r_[found[:3] * used, found[3:]]


def weighed(inputs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    scores = np.einsum("nka,k->na", inputs, weights[:3]) + weights[3:]
    chances = np.exp(scores - scores.max(1, keepdims=True))
    return chances / chances.sum(1, keepdims=True)


def stance_f1(
    chances: np.ndarray, rows: Candidates, most: int, threshold: float, corpora: tuple[bool, ...] = (False, True)
) -> tuple[float, float, float, float]:
    """F1 of right targets with right polarity, precision, recall, and polarity right among right targets.

    A gold target counts once, whoever of the candidates is it ("Trump", "the president").
    """
    pred = hit = right = 0
    gold = sum(rows.gold[each] for each in corpora)
    for number in np.unique(rows.statement[np.isin(rows.news, corpora)]):
        at = np.flatnonzero(rows.statement == number)
        best = at[np.argsort(chances[at, 0])][:most]
        best = best[1 - chances[best, 0] >= threshold]
        agrees = rows.label[best] == 1 + chances[best, 1:].argmax(1)
        pred, hit = pred + len(best), hit + len({*rows.target[best]} - {-1})
        right += len({*rows.target[best[agrees]]} - {-1})
    return 2 * right / max(1, pred + gold), right / max(1, pred), right / max(1, gold), right / max(1, hit)


def used_of(kind: str) -> np.ndarray:
    """Which readings there are of a kind of candidate: words, the encoder's of the words, its line."""
    return np.array({"actor": [1.0, 1.0, 1.0], "issue": [1.0, 1.0, 0.0]}.get(kind, [0.0, 0.0, 1.0]))


def train_stance(labelled: list[Labelled]) -> dict[str, dict[str, object]]:
    result: dict[str, dict[str, object]] = {}
    for target_type in stances.MODELS:
        rows = read_candidates_of(labelled, target_type)
        most, folds = stances.MOST[target_type], rows.statement % 4
        kinds = {kind: used_of(kind) for kind in np.unique(rows.kind)}
        chances, crossed, found = np.zeros((len(rows.label), 3)), np.zeros((len(rows.label), 3)), {}
        for kind, used in kinds.items():
            at = rows.kind == kind
            found[kind] = fit_stance(rows.inputs[at], rows.label[at], used)
            chances[at] = weighed(rows.inputs[at], found[kind])
            for k in range(4):
                train, test = at & (folds != k), at & (folds == k)
                crossed[test] = weighed(rows.inputs[test], fit_stance(rows.inputs[train], rows.label[train], used))
        grid = [(stance_f1(crossed, rows, most, t)[0], t) for t in np.arange(0.15, 0.65, 0.01)]
        best = max(grid)[0]
        threshold = float(np.median([t for f1, t in grid if f1 >= best - NEARLY_STANCE]))
        for name, corpora in (("home", (False,)), ("news", (True,)), ("both", (False, True))):
            numbers = [round(each, 3) for each in stance_f1(crossed, rows, most, threshold, corpora)]
            print(
                f"{target_type} stances, {name}: F1, precision, recall, polarity {numbers}, threshold {threshold:.3f}"
            )
        for kind, weights in found.items():
            words, network, line, *bias = (round(float(each), 4) for each in weights)
            result[kind] = {"words": words, "network": network, "line": line, "bias": bias,
                            "threshold": round(threshold, 3)}  # fmt: skip
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    articles = list(read_labelled(*args.labels))
    reliability = count_reliability([each for each in articles if not held_out(each.words.article.id)])
    labelled = [each for each in articles if held_out(each.words.article.id)]
    rows = read(labelled)
    report(rows, reliability)
    act, hedged = fit_acts(rows.inputs, rows.act), fit_hedged(rows.doubts, rows.hedged)
    raw = {
        "words": act[0], "network": act[1], "rules": act[2], "hedged_words": hedged[0], "hedged_network": hedged[1],
        "hedged_bias": hedged[2],
    }  # fmt: skip
    mix = {name: round(float(value), 4) for name, value in raw.items()}
    bias = {name: round(float(value), 4) for name, value in zip(ACTS, act[3:], strict=True)}
    OUT.write_text(json.dumps({**mix, "reliability": reliability, "bias": bias}, indent=1), encoding="utf-8")
    print(OUT, mix, bias)
    (MODELS / "stance-mix.json").write_text(json.dumps(train_stance(labelled), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
