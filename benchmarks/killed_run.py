"""A corpus run that is killed again and again ends equal to one that nobody disturbed.

    python benchmarks/killed_run.py                           20,000 short articles, killed ten times
    python benchmarks/killed_run.py --articles 2000 --kills 5

The articles are invented. The run is `onrecord corpus run` with the fast engine and as many workers as cores; it gets
SIGKILL after a random number of shards, and the same command goes on. Ends with an error where files differ.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = [f"{first} {last}" for first in ("Ruth", "Paul", "Ada", "Omar") for last in ("Adler", "Beck", "Lund", "Voss")]
TOPICS = ("bridge", "school", "harbour", "tax", "hospital", "railway", "museum", "river")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    args = parser.parse_args()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        source, whole, cut = (Path(place) / name for name in ("articles.jsonl", "whole", "cut"))
        source.write_text("\n".join(article(number, rng) for number in range(args.articles)), encoding="utf-8")
        started = time.monotonic()
        subprocess.run(command(source, whole), check=True)
        seconds = time.monotonic() - started
        print(f"undisturbed: {args.articles:,} articles in {seconds:.0f} s", flush=True)
        share = 2 * len(shards(whole)) // (args.kills + 1)
        for kill in range(1, args.kills + 1):
            until = len(shards(cut)) + rng.randrange(share)
            with subprocess.Popen(command(source, cut), stderr=subprocess.DEVNULL) as run:
                while run.poll() is None and len(shards(cut)) < until:
                    time.sleep(0.05)
                time.sleep(rng.random())
                ended = run.poll() is not None
                run.send_signal(signal.SIGKILL)
            print(f"kill {kill}: {'it had ended' if ended else f'{len(shards(cut))} shards done'}", flush=True)
        subprocess.run(command(source, cut), check=True)
        differing = compare(whole, cut)
        print("equal, byte for byte" if not differing else f"these files differ: {', '.join(differing)}")
        sys.exit(bool(differing))


def article(number: int, rng: random.Random) -> str:
    """A line of JSON: a charge, a denial, and who stands where."""
    one, other, third = rng.sample(NAMES, 3)
    topic, sum_ = rng.choice(TOPICS), rng.randrange(2, 90)
    text = (
        f"{one} said on Monday that the {topic} will cost {sum_} million crowns.\n\n“That is not true,” {other} told "
        f"reporters. She accused {one.split()[1]} of hiding the bill for the {topic}.\n\n{third} declined to comment."
    )
    return json.dumps({"id": f"a{number}", "date": "2024-03-05", "outlet": "Courier", "text": text})


def command(source: Path, folder: Path) -> list[str]:
    run = (sys.executable, "-m", "onrecord.cli", "corpus", "run", source, "-o", folder, "--engine", "fast")
    return [*map(str, run)]


def shards(folder: Path) -> list[Path]:
    """What is done of a run."""
    return list(folder.glob("readings/fast/[0-9]*"))


def compare(one: Path, other: Path) -> list[str]:
    """The files that only one folder has or whose bytes differ."""
    names = sorted({str(path.relative_to(folder)) for folder in (one, other) for path in folder.rglob("*")})
    files = [name for name in names if not ((one / name).is_dir() and (other / name).is_dir())]
    _, differing, missing = filecmp.cmpfiles(one, other, files, shallow=False)
    return [*differing, *missing]


if __name__ == "__main__":
    main()
