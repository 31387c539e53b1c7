"""Fit how the encoder's reading, the words and the rules are weighed for acts and hedging (models/acts-mix.json).

    python training/train_mix.py --labels labels/train.jsonl

Reads only the articles that neither model was trained on (one in twenty, ``gold.held_out``), with the labels' own
spans. Six weights and a bias per act, by maximum likelihood with a small penalty. Prints four-fold scores of the mix
on the same articles. About a minute.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gold import held_out
from labelled import Labelled, read_labelled
from scipy.optimize import minimize
from sklearn.metrics import accuracy_score, f1_score

from onrecord.act_features import all_hits, hedge_features, word_features
from onrecord.act_rules import rule_hits
from onrecord.claims import MODEL, MODEL_HEDGED, mix_inputs
from onrecord.linear import load_model
from onrecord.pipeline import load_tagger
from onrecord.records import ACTS
from onrecord.wording import parts_of, read_wording

OUT = Path("lib/onrecord/models/acts-mix.json")
PENALTY = 2.0
#: Rare acts count more, as in the models that are mixed.
RARE_WEIGHT = 0.3


@dataclass
class Rows:
    """Per statement: inputs [3, acts] (words, network, rules), [2] log-odds of hedging, the gold."""

    inputs: np.ndarray
    doubts: np.ndarray
    act: np.ndarray
    hedged: np.ndarray
    fold: np.ndarray


def read(labelled: list[Labelled]) -> Rows:
    tagger, words, doubt = load_tagger("default"), load_model(MODEL), load_model(MODEL_HEDGED)
    inputs, doubts, act, hedged, fold = [], [], [], [], []
    for number, each in enumerate(labelled):
        wording, reading = read_wording(each.article, each.tokens), tagger.read(each.article, each.tokens)
        for attribution, gold in zip(each.attributions, each.gold, strict=True):
            judged = reading.judge(each.tokens, attribution.source, attribution.cue, attribution.content)
            if judged is None:
                continue
            parts = parts_of(wording, attribution)
            hits = all_hits(wording, parts)
            sums = words.score(name for name, _ in word_features(wording, parts, hits))
            inputs.append(mix_inputs(sums, hits, judged.acts))
            hedges = hedge_features(wording, parts, rule_hits(wording, parts, "hedges"))
            seen = min(max(judged.acts["hedged"], 1e-4), 1 - 1e-4)
            doubts.append((float(doubt.score(name for name, _ in hedges)[0]), float(np.log(seen / (1 - seen)))))
            act.append(ACTS.index(gold["act"]))
            hedged.append(gold["hedged"])
            fold.append(number % 4)
    return Rows(np.array(inputs), np.array(doubts), np.array(act), np.array(hedged, dtype=float), np.array(fold))


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


def report(rows: Rows) -> None:
    guess, doubt = np.zeros_like(rows.act), np.zeros_like(rows.hedged)
    for fold in range(4):
        train, test = rows.fold != fold, rows.fold == fold
        guess[test] = sums(fit_acts(rows.inputs[train], rows.act[train]), rows.inputs[test]).argmax(1)
        weights = fit_hedged(rows.doubts[train], rows.hedged[train])
        doubt[test] = rows.doubts[test] @ weights[:2] + weights[2] > 0
    per = f1_score(rows.act, guess, average=None, labels=range(len(ACTS)), zero_division=0)
    for name, column in (("words", 0), ("encoder", 1)):
        print(name, "alone: accuracy", round(accuracy_score(rows.act, rows.inputs[:, column].argmax(1)), 3))
    print("mix: accuracy", round(accuracy_score(rows.act, guess), 3), "macro F1", round(per.mean(), 3),
          "hedged F1", round(f1_score(rows.hedged, doubt), 3), len(rows.act), "statements")  # fmt: skip
    print(dict(zip(ACTS, per.round(2).tolist(), strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    args = parser.parse_args()
    rows = read([each for each in read_labelled(args.labels) if held_out(each.article.id)])
    report(rows)
    act, hedged = fit_acts(rows.inputs, rows.act), fit_hedged(rows.doubts, rows.hedged)
    raw = {
        "words": act[0], "network": act[1], "rules": act[2], "hedged_words": hedged[0], "hedged_network": hedged[1],
        "hedged_bias": hedged[2],
    }  # fmt: skip
    mix = {name: round(float(value), 4) for name, value in raw.items()}
    bias = {name: round(float(value), 4) for name, value in zip(ACTS, act[3:], strict=True)}
    OUT.write_text(json.dumps({**mix, "bias": bias}, indent=1), encoding="utf-8")
    print(OUT, mix, bias)


if __name__ == "__main__":
    main()
