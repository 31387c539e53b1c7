"""Fit how the encoder's reading, the words and the rules are weighed (models/acts-mix.json, models/stance-mix.json).

    python training/train_mix.py --labels labels/train.jsonl

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

import numpy as np
from gold import held_out
from labelled import Labelled, read_labelled
from scipy.optimize import minimize
from sklearn.metrics import accuracy_score, f1_score
from train_stance import polarity_of

from onrecord.actors.resolve import resolve_actors
from onrecord.labels import stances as stance
from onrecord.labels.act_features import all_hits, hedge_features, word_features
from onrecord.labels.act_rules import RuleHit, rule_hits
from onrecord.labels.acts import MODEL, MODEL_HEDGED, mix_inputs, overrule, ruling, tag_acts
from onrecord.models.linear import load_model, softmax
from onrecord.names.mentions import find_mentions
from onrecord.records import ACTS
from onrecord.statements.engines import load_tagger

MODELS = Path("lib/onrecord/models")
OUT = MODELS / "acts-mix.json"
PENALTY = 2.0
#: Rare acts count more, as in the models that are mixed.
RARE_WEIGHT = 0.3


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
        wording = each.words
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            act, name = ruling(all_hits(wording, wording.parts(attribution)))
            seen[name] += 1
            right[name] += gold["act"] == act
    return {name: round((right[name] + 2) / (n + 4), 3) for name, n in sorted(seen.items())}


def read(labelled: list[Labelled]) -> Rows:
    tagger, words, doubt = load_tagger("default"), load_model(MODEL), load_model(MODEL_HEDGED)
    inputs, doubts, act, hedged, fold, ruled = [], [], [], [], [], []
    for number, each in enumerate(labelled):
        wording, reading = each.words, tagger.read(each.words)
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            judged = reading.judge(each.words, attribution.source, attribution.cue, attribution.content)
            if judged is None:
                continue
            parts = wording.parts(attribution)
            hits = all_hits(wording, parts)
            ruled.append(hits)
            sums = words.score(name for name, _ in word_features(wording, parts, hits))
            inputs.append(mix_inputs(sums, hits, judged.acts))
            hedges = hedge_features(wording, parts, rule_hits(wording, parts, "hedges"))
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
    """Per candidate: log-chances [2, 3] (words, encoder) of none, favor, against; label, statement; gold in all."""

    inputs: np.ndarray
    label: np.ndarray
    statement: np.ndarray
    gold: int


def read_candidates_of(labelled: list[Labelled], target_type: str) -> Candidates:
    """Candidates as at run time: actors and acts by the library."""
    tagger, model = load_tagger("default"), load_model(stance.MODELS[target_type])
    inputs, label, statement, gold_count, number = [], [], [], 0, 0
    for each in labelled:
        wording, reading = each.words, tagger.read(each.words)
        mentions = find_mentions(each.words)
        actors = resolve_actors(each.words, each.attributions, mentions=mentions)
        judged = [reading.judge(each.words, a.source, a.cue, a.content) for a in each.attributions]
        acts = tag_acts(each.words, each.attributions, scores=[j.acts if j else None for j in judged])
        read = [wording.parts(attribution) for attribution in each.attributions]
        targets = stance.statement_targets(wording, each.attributions, read, actors, mentions)
        rows = zip(each.attributions, actors, acts, judged, targets, each.gold, strict=True)
        for attribution, actor, act, network, candidates, gold in rows:
            wanted = [s for s in gold["stance"] if s["target_type"] == target_type]
            gold_count, number = gold_count + len(wanted), number + 1
            parts = wording.parts(attribution)
            found = candidates[target_type]
            features = stance.read_candidates(wording, parts, actor, act.act, all_hits(wording, parts), found)
            for candidate, names in zip(found, features, strict=True):
                seen = stance.network_chances(candidate, target_type, network.targets if network else None)
                words = softmax(model.score({name for name, _ in names}))
                inputs.append(np.log(np.maximum([words, words if seen is None else seen], 1e-3)))
                label.append(stance.LABELS.index(polarity_of(candidate.name, wanted)))
                statement.append(number)
    return Candidates(np.array(inputs), np.array(label), np.array(statement), gold_count)


def fit_stance(inputs: np.ndarray, label: np.ndarray) -> np.ndarray:
    def loss(weights: np.ndarray) -> float:
        scores = np.einsum("nka,k->na", inputs, weights[:2]) + weights[2:]
        total = np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)) + scores.max(1)
        return float((total - scores[np.arange(len(label)), label]).sum() + (weights[2:] ** 2).sum())

    return minimize(loss, np.array([0.5, 0.5, 0, 0, 0]), method="L-BFGS-B").x


def stance_f1(chances: np.ndarray, rows: Candidates, most: int, threshold: float) -> tuple[float, float]:
    """F1 of right targets with right polarity, and polarity right among right targets."""
    pred = hit = right = 0
    for number in np.unique(rows.statement):
        at = np.flatnonzero(rows.statement == number)
        best = at[np.argsort(chances[at, 0])][:most]
        best = best[1 - chances[best, 0] >= threshold]
        pred, hit = pred + len(best), hit + int((rows.label[best] > 0).sum())
        right += int((rows.label[best] == 1 + chances[best, 1:].argmax(1)).sum())
    return 2 * right / max(1, pred + rows.gold), right / max(1, hit)


def train_stance(labelled: list[Labelled]) -> dict[str, dict[str, object]]:
    result: dict[str, dict[str, object]] = {}
    for target_type in stance.MODELS:
        rows = read_candidates_of(labelled, target_type)
        weights = fit_stance(rows.inputs, rows.label)
        scores = np.einsum("nka,k->na", rows.inputs, weights[:2]) + weights[2:]
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        most = stance.MOST[target_type]
        grid = [(*stance_f1(chances, rows, most, t), t) for t in np.arange(0.15, 0.65, 0.025)]
        f1, polarity, threshold = max(grid)
        print(
            f"{target_type} stances: F1 {f1:.3f}, polarity {polarity:.3f}, threshold {threshold:.3f}, {rows.gold} gold"
        )
        result[target_type] = {
            "words": round(float(weights[0]), 4), "network": round(float(weights[1]), 4),
            "bias": [round(float(w), 4) for w in weights[2:]], "threshold": round(float(threshold), 3),
        }  # fmt: skip
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    args = parser.parse_args()
    articles = list(read_labelled(args.labels))
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
