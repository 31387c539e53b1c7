"""Train the weights by which an actor that goes by no name is judged to have one (onrecord.actors.named_or_not).

    python training/train_named.py LABELS.jsonl NEWS.jsonl --out lib/onrecord/models/named.json

LABELS.jsonl holds one article a line, {"id", "text", "statements": [{"source", "cue", "content", "actor", "named"}]}.
Each statement whose actor ``onrecord`` leaves without a proper name is an example. The model is a logistic regression
with a penalty on each squared weight. The articles that ``gold.held_out`` names are held out
and scored. Only weights are kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.actors.candidates import settle
from onrecord.actors.named_or_not import features_of, open_questions
from onrecord.actors.resolve import Resolver
from onrecord.names.mentions import find_mentions
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled
from shared.logistic import Example, fit, odds_of

#: Features seen less often are left out; how weak the penalty is.
LEAST, STRENGTH = 5, 0.3


def examples(row: Labelled) -> list[Example]:
    """The statements of one article whose actor is left without a name, and whether the gold names it."""
    article = parse_article(row.words.text)
    words = Words.of(article)
    resolver = Resolver(words, row.attributions, find_mentions(words))
    around = resolver.surroundings()
    settle(around, resolver.entity_actor)
    return [(features_of(around, number), bool(row.gold[number]["named"])) for number in open_questions(around)]


def share_right(data: Sequence[Example], table: dict[str, float]) -> dict[str, float]:
    odds, gold = np.array([odds_of(features, table) for features, _ in data]), np.array([named for _, named in data])
    return {
        "n": len(data),
        "unnamed throughout": round(float((~gold).mean()), 3),
        "weights": round(float(((odds > 0) == gold).mean()), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/named.json"))
    args = parser.parse_args()
    rows = [(held_out(row.words.article.id), examples(row)) for row in read_labelled(*args.labels)]
    held = [example for kept, row in rows if kept for example in row]
    train = [example for kept, row in rows if not kept for example in row]
    table = fit(train, least=LEAST, strength=STRENGTH)
    card = {
        "what": "weights of a logistic regression: whether an actor that goes by no name has one "
        "(onrecord.actors.named_or_not)",
        "trained on": f"{len(train)} statements labelled by a large language model",
        "how": "python training/train_named.py LABELS.jsonl NEWS.jsonl",
        "held out": share_right(held, table),
    }
    args.out.write_text(json.dumps({**card, "weights": table}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{args.out}: {card}")


if __name__ == "__main__":
    main()
