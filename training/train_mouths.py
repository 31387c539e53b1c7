"""Train the probability that the actor of a statement is the right one (onrecord.actors.actor_score).

    python training/train_mouths.py LABELS.jsonl NEWS.jsonl --dev LABELS_DEV.jsonl NEWS_DEV.jsonl

Each statement is an example: whether the actor that the program finds shares a telling word with the gold's (or both
have none). Logistic regression with a penalty on each squared weight; the articles that ``gold.held_out`` names are
held out and scored, as are the dev parts, on which nothing is fitted. Only weights are kept. A minute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from onrecord.actors.actor_score import doubts
from onrecord.actors.candidates import settle
from onrecord.actors.resolve import Resolver
from onrecord.evaluation.labels import same_name
from onrecord.names import find_mentions
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled
from shared.logistic import Example, fit, odds_of

#: Features seen less often are left out; how weak the penalty is.
LEAST, STRENGTH = 8, 0.1
BINS = 10


def examples(row: Labelled) -> list[Example]:
    """The statements of one article, and whether their actor is right."""
    resolver = Resolver(row.words, row.attributions, find_mentions(row.words))
    around = resolver.surroundings()
    actors = settle(around, resolver.entity_actor)
    right = [is_right(actor.name, gold["actor"]) for actor, gold in zip(actors, row.gold, strict=True)]
    return list(zip(doubts(around), right, strict=True))


def is_right(name: str, gold: str) -> bool:
    return same_name(name, gold) if name and gold else name == gold


def scores(data: Sequence[Example], table: dict[str, float]) -> dict[str, float]:
    """How well the probabilities tell right from wrong, and their expected calibration error in ten bins."""
    odds = np.array([odds_of(features, table) for features, _ in data])
    chance, right = 1 / (1 + np.exp(-odds)), np.array([right for _, right in data], dtype=float)
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    error = sum(
        abs(chance[bins == k].mean() - right[bins == k].mean()) * (bins == k).mean() for k in set(bins.tolist())
    )
    return {
        "n": len(data),
        "right": round(float(right.mean()), 3),
        "calibration error": round(float(error), 3),
        "area under the curve": round(float(roc_auc_score(right, chance)), 3),
        "wrong ones over .5": round(float((chance[right == 0] > 0.5).mean()), 3),
        "right ones over .5": round(float((chance[right == 1] > 0.5).mean()), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="measured on, never trained on")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/mouths.json"))
    args = parser.parse_args()
    rows = [(held_out(row.words.article.id), examples(row)) for row in read_labelled(*args.labels)]
    train, held = ([example for kept, row in rows if kept is which for example in row] for which in (False, True))
    table = fit(train, least=LEAST, strength=STRENGTH)
    card = {
        "what": "weights of a logistic regression: whether the actor of a statement is the right one "
        "(onrecord.actors.actor_score)",
        "trained on": f"{len(train)} statements labelled by a large language model",
        "how": "python training/train_mouths.py LABELS.jsonl NEWS.jsonl --dev LABELS_DEV.jsonl NEWS_DEV.jsonl",
        "held out": scores(held, table),
    }
    for path in args.dev:
        kind = "dev, news" if "nested_in" in path.read_text(encoding="utf-8")[:20_000] else "dev, home"
        card[kind] = scores([example for row in read_labelled(path) for example in examples(row)], table)
    args.out.write_text(json.dumps({**card, "weights": table}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
