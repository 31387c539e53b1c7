"""How often the intervals of estimated counts cover the truth, at the machine's measured error rates.

python docs/scripts/simulate_counts.py            prints the table of docs/COUNTS.md (about a minute)
python docs/scripts/simulate_counts.py --write    writes it there
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np

from onrecord.evaluation import estimate_count

COUNTS = Path(__file__).parents[1] / "COUNTS.md"
DRAWS, SEED, STATEMENTS = 1000, 7, 400
SAMPLES = (40, 60, 100, 200)
#: A kind of count: how frequent it is among statements, the machine's recall and its precision, as measured on the
#: held-out news of README, “How well it works” (onrecord evaluate labels … --given, the default engine).
KINDS = {
    "evaluation": (0.31, 0.808, 0.753),
    "demand": (0.105, 0.902, 0.836),
    "accusation": (0.074, 0.389, 0.519),
    "denial": (0.037, 0.5, 0.3),
    "stance toward an actor": (0.39, 0.432, 0.482),
}
_BLOCK = re.compile(r"(<!-- simulation -->\n).*?(<!-- /simulation -->)", re.DOTALL)


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


def table() -> str:
    """The table in Markdown."""
    lines = [
        "| count | in truth | machine says | checked | machine misses by | estimate misses by | interval | covers |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    random = np.random.default_rng(SEED)
    for name, rates in KINDS.items():
        for sample in SAMPLES:
            count, said, naive, estimate, width, covered = simulate(*rates, sample, random)
            numbers = f"{naive:.1f} | {estimate:.1f} | {width:.0f} | {covered:.1%}"
            lines.append(f"| {name} | {count:.0f} | {said:.0f} | {sample} of {STATEMENTS} | {numbers} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    found = table()
    print(found)
    if "--write" in sys.argv:
        text = COUNTS.read_text(encoding="utf-8")
        COUNTS.write_text(_BLOCK.sub(lambda block: block[1] + found + block[2], text), encoding="utf-8")
