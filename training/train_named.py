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
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gold import held_out
from labelled import Labelled, read_labelled
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord.actors.candidate_features import Features
from onrecord.actors.candidates import settle
from onrecord.actors.named_or_not import features_of, open_questions
from onrecord.actors.resolve import Resolver
from onrecord.names.mentions import find_mentions
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words

#: Features seen less often are left out; how weak the penalty is.
LEAST, STRENGTH = 5, 0.3
Example = tuple[Features, bool]


def examples(row: Labelled) -> list[Example]:
    """The statements of one article whose actor is left without a name, and whether the gold names it."""
    article = parse_article(row.words.text)
    words = Words.of(article)
    resolver = Resolver(words, row.attributions, find_mentions(words))
    around = resolver.surroundings()
    settle(around, resolver.entity_actor)
    return [(features_of(around, number), bool(row.gold[number]["named"])) for number in open_questions(around)]


def fit(data: Sequence[Example]) -> dict[str, float]:
    """Feature → weight, "" for the constant."""
    counts = Counter(name for features, _ in data for name, value in features.items() if value)
    kept = {name for name, count in counts.items() if count >= LEAST}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in features.items() if n in kept} for features, _ in data])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, [named for _, named in data])
    found = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    table = {name: round(float(value), 3) for name, value in found.items() if abs(value) >= 0.01}
    return {"": round(float(model.intercept_[0]), 3), **dict(sorted(table.items()))}


def odds_of(data: Sequence[Example], table: dict[str, float]) -> np.ndarray:
    return np.array([table[""] + sum(table.get(n, 0.0) * v for n, v in features.items()) for features, _ in data])


def share_right(data: Sequence[Example], table: dict[str, float]) -> dict[str, float]:
    gold = np.array([named for _, named in data])
    return {
        "n": len(data),
        "unnamed throughout": round(float((~gold).mean()), 3),
        "weights": round(float(((odds_of(data, table) > 0) == gold).mean()), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/named.json"))
    args = parser.parse_args()
    rows = [(held_out(row.words.article.id), examples(row)) for row in read_labelled(*args.labels)]
    held = [example for kept, row in rows if kept for example in row]
    train = [example for kept, row in rows if not kept for example in row]
    table = fit(train)
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
