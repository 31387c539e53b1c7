"""How often the intervals of estimated counts cover the truth, at the machine's measured error rates.

python docs/scripts/simulate_counts.py GOLD.jsonl            prints the table of docs/counts.md (some minutes)
python docs/scripts/simulate_counts.py GOLD.jsonl --write    writes it there

The rates are those of the default engine on the gold's own spans: the held-out news of README, “How well it works”.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np

from onrecord.evaluation import compare_labels, estimate_count, label_scores, label_statements, read_gold

COUNTS = Path(__file__).parents[1] / "counts.md"
DRAWS, SEED, STATEMENTS = 1000, 7, 400
SAMPLES = (40, 60, 100, 200)
#: The kinds of count that are simulated, by their measure; frequent and rare ones, seen well and badly.
KINDS = {
    "evaluation": "act evaluation",
    "demand": "act demand",
    "accusation": "act accusation",
    "denial": "act denial",
    "stance toward an actor": "stance actor",
}
_BLOCK = re.compile(r"(<!-- simulation -->\n).*?(<!-- /simulation -->)", re.DOTALL)


def measured_rates(file: Path) -> dict[str, tuple[float, float, float]]:
    """How frequent each kind is among statements, the machine's recall of it and its precision."""
    articles = read_gold(file)
    scores = label_scores(compare_labels(articles, label_statements(articles, "default", given=True)), draws=0)
    of = sum(len(article.statements) for article in articles)
    rows = scores.loc[list(KINDS.values()), ["gold", "recall", "precision"]].to_numpy(dtype=float)
    return {name: (gold / of, recall, precision) for name, (gold, recall, precision) in zip(KINDS, rows, strict=True)}


def simulate(share: float, recall: float, precision: float, sample: int, random: np.random.Generator) -> list[float]:
    """Means over ``DRAWS`` draws: true count, the machine's, its miss, the estimate's miss, width, coverage."""
    rows = []
    false = share * recall * (1 - precision) / precision / (1 - share)
    for _ in range(DRAWS):
        truth = random.random(STATEMENTS) < share
        machine = np.where(truth, random.random(STATEMENTS) < recall, random.random(STATEMENTS) < false)
        drawn = random.choice(STATEMENTS, sample, replace=False)
        checked = [(bool(machine[i]), bool(truth[i])) for i in drawn]
        found = estimate_count([bool(each) for each in machine], checked)
        count = int(truth.sum())
        covered = round(found.low, 9) <= count <= round(found.high, 9)
        rows.append(
            (
                count,
                found.machine,
                abs(found.machine - count),
                abs(found.estimate - count),
                found.high - found.low,
                covered,
            )
        )
    return [float(value) for value in np.mean(rows, axis=0)]


def table(rates: dict[str, tuple[float, float, float]]) -> str:
    """The table in Markdown."""
    lines = [
        "| count | in truth | machine says | checked | machine misses by | estimate misses by | interval | covers |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    random = np.random.default_rng(SEED)
    for name, measured in rates.items():
        for sample in SAMPLES:
            count, said, naive, estimate, width, covered = simulate(*measured, sample, random)
            numbers = f"{naive:.1f} | {estimate:.1f} | {width:.0f} | {covered:.1%}"
            lines.append(f"| {name} | {count:.0f} | {said:.0f} | {sample} of {STATEMENTS} | {numbers} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    found = table(measured_rates(Path(sys.argv[1])))
    print(found)
    if "--write" in sys.argv:
        text = COUNTS.read_text(encoding="utf-8")
        COUNTS.write_text(_BLOCK.sub(lambda block: block[1] + found + block[2], text), encoding="utf-8")
