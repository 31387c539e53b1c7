"""What a corpus run costs: seconds and memory for so many articles, by one worker and by several.

    python benchmarks/corpus_scale.py                                     the fast engine, 100 and 1,000 articles
    python benchmarks/corpus_scale.py --engine default --articles 50 100
    python benchmarks/corpus_scale.py --words 150 --articles 100 1000 10000 --workers 1

Processor time of all processes together, the start counted apart (a run of one article); the highest resident memory
of the process that runs and of its largest worker; what a reading and the texts take on the disk. The articles are
the paragraphs of the project's own in another order. Needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from run import ARTICLE, shuffled


@dataclass
class Cost:
    """Of one run: ``wall`` and ``cpu`` in seconds, memory and files in MB."""

    wall: float
    cpu: float
    parent: float
    worker: float
    texts: float
    reading: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="fast", choices=("default", "fast"))
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--words", type=int, default=600, help="of an article")
    args = parser.parse_args()
    print(f"{args.engine} engine, articles of some {args.words} words\n")
    print(
        f"{'articles':>9}{'workers':>8}{'wall s':>9}{'cpu s':>9}{'ms each':>9}{'parent':>9}{'worker':>9}{'KB each':>15}"
    )
    for workers in args.workers:
        start = measure(1, args.words, args.engine, workers)
        for count in args.articles:
            cost = measure(count, args.words, args.engine, workers)
            each = 1_000 * (cost.cpu - start.cpu) / count
            kept = f"{1_000 * cost.texts / count:.1f} + {1_000 * cost.reading / count:.1f}"
            print(
                f"{count:9,}{workers:8}{cost.wall:9.1f}{cost.cpu:9.1f}{each:9.1f}{cost.parent:6.0f} MB"
                f"{cost.worker:6.0f} MB{kept:>15}",
                flush=True,
            )


def measure(count: int, words: int, engine: str, workers: int) -> Cost:
    """What `onrecord corpus run` costs on so many articles."""
    with tempfile.TemporaryDirectory() as place:
        source, folder = Path(place) / "articles.jsonl", Path(place) / "corpus"
        source.write_text("\n".join(texts(count, words)), encoding="utf-8")
        command = [sys.executable, "-m", "onrecord.cli", "corpus", "run", source, "-o", folder, "--engine", engine]
        before, started = _cpu(), time.monotonic()
        with subprocess.Popen([*map(str, command), "--workers", str(workers)], stdout=subprocess.DEVNULL) as run:
            parent, worker = watch(run)
        return Cost(
            time.monotonic() - started,
            _cpu() - before,
            parent,
            worker,
            size(folder / "texts"),
            size(folder / "readings"),
        )


def texts(count: int, words: int) -> list[str]:
    paragraphs = [line for line in ARTICLE.read_text(encoding="utf-8").split("\n") if len(line.split()) > 8]
    rng = random.Random(1)
    return [json.dumps({"id": f"a{n}", "text": shuffled(paragraphs, rng, words)}) for n in range(count)]


def watch(run: subprocess.Popen[bytes]) -> tuple[float, float]:
    """The highest resident memory in MB of the process and of any it starts, until it ends."""
    highest = {True: 0.0, False: 0.0}
    process = psutil.Process(run.pid)
    while run.poll() is None:
        for each in (process, *process.children(recursive=True)):
            try:
                is_parent = each.pid == run.pid
                highest[is_parent] = max(highest[is_parent], each.memory_info().rss / 1e6)
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.1)
    if run.returncode:
        raise SystemExit(f"the run ended with {run.returncode}")
    return highest[True], highest[False]


def size(folder: Path) -> float:
    """MB of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
