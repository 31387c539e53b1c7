"""Train the weights by which "he" and "she" find whom they mean.

    python training/train_pronouns.py LABELS.jsonl NEWS.jsonl --out lib/onrecord/models/pronouns.json

LABELS.jsonl holds one article a line, {"id", "text", "statements": [{"source", "cue", "content", "actor"}]}: each
source that is a pronoun of one person and whose actor is among the candidates is an example. The model is a
conditional logit, fitted by gradient ascent; the articles that ``gold.held_out`` names are held out and scored. Only
weights are kept.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.actors.pronouns import FEATURES, Candidate, person_candidates
from onrecord.actors.resolve import Resolver
from onrecord.names import find_mentions
from onrecord.records import Attribution, Span
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words
from shared.gold import held_out, load_rows

Example = tuple[NDArray[np.float64], int]
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def examples(row: dict[str, Any]) -> list[Example]:
    """The pronouns of one article: a row of features per candidate, and which candidate is right."""
    article = parse_article(row["text"])
    words = Words.of(article)
    spans = {key: [tuple(Span(*x) for x in s[key]) for s in row["statements"]] for key in ("source", "cue", "content")}
    attributions = [Attribution(*parts) for parts in zip(spans["source"], spans["cue"], spans["content"], strict=True)]
    resolver = Resolver(words, attributions, find_mentions(words))
    found: list[Example] = []
    for statement, source in zip(row["statements"], spans["source"], strict=True):
        word = article.words_of(source).lower()
        if word not in _GENDERS or not source:
            continue
        before = list(resolver.antecedents.sources_before(source[0].start, 2))
        candidates = person_candidates(resolver.words, resolver.mentions, before, _GENDERS[word], source[0].start)
        right = [
            number for number, candidate in enumerate(candidates) if _name(candidate) == _plain(statement["actor"])
        ]
        if right and len(candidates) > 1:
            found.append((np.array([c.features for c in candidates]), right[0]))
    return found


def _name(candidate: Candidate) -> str:
    return _plain(candidate.entity.name if candidate.entity else candidate.actor.name if candidate.actor else "")


def _plain(name: str) -> str:
    """Names are compared by their last word: "Donald J. Trump" is "Donald Trump"."""
    return name.lower().split()[-1] if name else ""


def fit(data: list[Example], *, steps: int = 600, rate: float = 0.5, penalty: float = 1e-3) -> NDArray[np.float64]:
    """Weights that make the right candidates likely: full-batch gradient ascent with Adagrad steps."""
    weight = np.zeros(len(FEATURES))
    squares = np.full(len(FEATURES), 1e-8)
    for _ in range(steps):
        gradient = -penalty * weight * len(data)
        for features, right in data:
            odds = features @ weight
            chance = np.exp(odds - odds.max())
            gradient += features[right] - (chance / chance.sum()) @ features
        squares += gradient**2
        weight += rate * gradient / np.sqrt(squares)
    return weight


def accuracy(data: list[Example], weight: NDArray[np.float64]) -> float:
    """The share of pronouns whose best candidate is the right one."""
    return sum(int(np.argmax(features @ weight)) == right for features, right in data) / max(1, len(data))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/pronouns.json"))
    args = parser.parse_args()
    rows = [row for path in args.labels for row in load_rows(path)]
    train = [example for row in rows if not held_out(row["id"]) for example in examples(row)]
    held = [example for row in rows if held_out(row["id"]) for example in examples(row)]
    weight = fit(train)
    scores = {"train": round(accuracy(train, weight), 4), "held out": round(accuracy(held, weight), 4)}
    card = {
        "what": "weights of a conditional logit over candidates for he and she (onrecord.actors.pronouns)",
        "trained on": f"{len(train)} pronouns of statements labelled by a large language model; {len(held)} held out",
        "how": "python training/train_pronouns.py LABELS.jsonl NEWS.jsonl",
        "scores": scores,
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weight, strict=True)},
    }
    args.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{args.out}: {scores}")


if __name__ == "__main__":
    main()
