"""Train the weights by which a source that names nobody, or a missing one, finds whose the statement is.

    python training/train_whose.py LABELS.jsonl NEWS.jsonl --out lib/onrecord/models/whose.json

LABELS.jsonl holds one article a line, {"id", "text", "statements": [{"source", "cue", "content", "actor", "named"}]}.
Each statement that ``actors.candidates`` weighs is an example, with its candidates; several may be right (two entities
of one name). The model is a conditional logit with weights for all kinds of source and for each, drawn to nought,
fitted by L-BFGS. The articles that ``gold.held_out`` names are held out and scored. Only weights are kept.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.actors.candidates import KINDS, Choice
from onrecord.actors.resolve import Resolver
from onrecord.names.mentions import find_mentions
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled

Key = tuple[str, str]
Floats = NDArray[np.float64]
#: Features seen less often are left out; the penalty on each squared weight, half for those that all kinds share.
LEAST, PENALTY = 5, 3.0


@dataclass(frozen=True)
class Example:
    """One statement: its kind of source, its candidates, which of them are right, the gold row."""

    kind: str
    choices: tuple[Choice, ...]
    right: frozenset[int]
    gold: dict[str, Any]
    id: str


def examples(row: Labelled) -> list[Example]:
    """The statements of one article whose source names nobody, with the actors before them by the rules alone."""
    article = parse_article(row.words.text)
    words = Words.of(article)
    resolver = Resolver(words, row.attributions, find_mentions(words))
    around = resolver.surroundings()
    found: list[Example] = []
    for place in around.statements():
        choices, gold = tuple(around.choices(place)), row.gold[place.number]
        if len(choices) > 1:
            right = frozenset(right_choices(choices, gold))
            found.append(Example(place.kind, choices, right, gold, row.words.article.id))
    return found


def right_choices(choices: tuple[Choice, ...], gold: dict[str, Any]) -> list[int]:
    """The candidates of the gold's name; else those that share its last word; else the words of the source."""
    wanted = _words(gold["actor"])
    same = [number for number, choice in enumerate(choices) if _words(choice.name) == wanted]
    if same or not wanted:
        return same
    akin = [number for number, choice in enumerate(choices) if _is_akin(_words(choice.name), wanted)]
    if akin or gold["named"] or not choices[0].features.get("unresolved"):
        return akin
    return [0]


def _words(name: str) -> list[str]:
    plain = "".join(letter for letter in name.lower() if letter.isalnum() or letter == " ")
    return [word for word in plain.split() if word not in ("the", "a", "an")]


def _is_akin(name: list[str], wanted: list[str]) -> bool:
    if not name or name[-1] != wanted[-1]:
        return False
    return min(len(name), len(wanted)) == 1 or name[0][0] == wanted[0][0]


def keys_of(data: list[Example]) -> list[Key]:
    """The features often enough seen, once for all kinds and once for each."""
    counts = Counter(
        (group, name)
        for example in data
        for choice in example.choices
        for name in choice.features
        for group in ("all", example.kind)
    )
    return sorted(key for key, count in counts.items() if count >= LEAST)


def fit(data: list[Example], keys: list[Key]) -> Floats:
    """Weights that make the right candidates likely."""
    column = {key: number for number, key in enumerate(keys)}
    rows, columns, values = [], [], []
    starts, right = [], []
    for example in data:
        starts.append(len(right))
        for number, choice in enumerate(example.choices):
            for name, value in choice.features.items():
                for key in (("all", name), (example.kind, name)):
                    if key in column:
                        rows.append(len(right))
                        columns.append(column[key])
                        values.append(value)
            right.append(number in example.right)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(right), len(keys)))
    penalty = np.array([PENALTY * (0.5 if group == "all" else 1.0) for group, _ in keys])
    return _minimum(matrix, np.array(right), np.array(starts), penalty)


def _minimum(matrix: csr_matrix, right: NDArray[np.bool_], starts: NDArray[np.int64], penalty: Floats) -> Floats:
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(right))))
    turned = matrix.T.tocsr()

    def loss(weight: Floats) -> tuple[float, Floats]:
        odds = matrix @ weight
        odds = np.exp(odds - np.maximum.reduceat(odds, starts)[group])
        whole = np.add.reduceat(odds, starts)
        held = np.add.reduceat(odds * right, starts)
        slope = turned @ (odds / whole[group] - odds * right / held[group]) + penalty * weight
        return float(np.log(whole / held).sum() + (penalty * weight**2).sum() / 2), slope

    found: Floats = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


def table_of(keys: list[Key], weight: Floats) -> dict[str, dict[str, float]]:
    """Kind of source → feature → weight, without those next to nought."""
    table: dict[str, dict[str, float]] = {"all": {}} | {kind: {} for kind in sorted(KINDS)}
    for (group, name), value in zip(keys, weight, strict=True):
        if abs(value) >= 0.01:
            table[group][name] = round(float(value), 3)
    return table


def scores(data: list[Example], table: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Share of statements with the gold's very name, by the rules alone and by the weights, by kind of source."""
    counts: dict[str, Counter[str]] = {}
    for example in data:
        odds = [_odds(example, choice, table) for choice in example.choices]
        chosen = example.choices[int(np.argmax(odds))]
        for kind in (example.kind, "all"):
            count = counts.setdefault(kind, Counter())
            count["n"] += 1
            count["rules"] += _words(example.choices[0].name) == _words(example.gold["actor"])
            count["weights"] += _words(chosen.name) == _words(example.gold["actor"])
    return {
        kind: {"n": count["n"], **{by: round(count[by] / count["n"], 3) for by in ("rules", "weights")}}
        for kind, count in counts.items()
    }


def _odds(example: Example, choice: Choice, table: dict[str, dict[str, float]]) -> float:
    shared, own = table["all"], table[example.kind]
    return sum((shared.get(name, 0.0) + own.get(name, 0.0)) * value for name, value in choice.features.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/whose.json"))
    args = parser.parse_args()
    rows = [examples(row) for row in read_labelled(*args.labels)]
    data = [example for row in rows for example in row]
    train = [example for example in data if example.right and not held_out(example.id)]
    held = [example for example in data if held_out(example.id)]
    keys = keys_of(train)
    table = table_of(keys, fit(train, keys))
    card = {
        "what": "weights of a conditional logit over candidates for sources that name nobody "
        "(onrecord.actors.candidates)",
        "trained on": f"{len(train)} statements labelled by a large language model",
        "how": "python training/train_whose.py LABELS.jsonl NEWS.jsonl",
        "held out": scores(held, table),
        "weights": table,
    }
    args.out.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{args.out}: {card['held out']}")


if __name__ == "__main__":
    main()
