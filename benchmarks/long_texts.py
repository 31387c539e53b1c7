"""Seconds for texts of 1,000, 10,000 and 100,000 characters of kinds that are hard on one step or another.

    python benchmarks/long_texts.py                  the fast engine
    python benchmarks/long_texts.py --engine default

Processor time of `analyze` on one text; ten times the characters should take about ten times as long, and 100,000
characters about ten seconds. The texts are invented.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from itertools import count

from onrecord.pipeline import analyze
from onrecord.text import parse_article

SIZES = (1_000, 10_000, 100_000)
NAMES = [f"{first} {last}" for first in ("Ruth", "Paul", "Ada", "Omar") for last in ("Adler", "Beck", "Lund", "Voss")]


def dense(rng: random.Random) -> Iterator[str]:
    """Accusations and denials, each a paragraph: every answer has many that it may answer."""
    while True:
        one, other = rng.sample(NAMES, 2)
        yield f"{one} said the plan was a mistake. {other} denied it, and {one} accused {other} of lying.\n\n"


def one_paragraph(rng: random.Random) -> Iterator[str]:
    return (text.replace("\n\n", " ") for text in dense(rng))


def many_names(rng: random.Random) -> Iterator[str]:
    """A new person in every sentence, all of one family."""
    return (
        f"Ka{number % 97}ri Ve{number}lin Smith said the bridge was shut. Smith denied it.\n\n" for number in count()
    )


def transcript(rng: random.Random) -> Iterator[str]:
    return (f"{rng.choice(NAMES).split()[1].upper()}: We know it well.\n" for _ in count())


def quotation_marks(rng: random.Random) -> Iterator[str]:
    return ('“a” ‘b’ " ' for _ in count())


KINDS: tuple[Callable[[random.Random], Iterator[str]], ...] = (
    dense,
    one_paragraph,
    many_names,
    transcript,
    quotation_marks,
)


def text_of(kind: Callable[[random.Random], Iterator[str]], size: int) -> str:
    text, parts = "", kind(random.Random(1))
    while len(text) < size:
        text += next(parts)
    return text[:size]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="fast", choices=("default", "fast"))
    args = parser.parse_args()
    analyze(parse_article("“We know,” said Ada Adler."), engine=args.engine)
    print(f"{args.engine} engine, seconds of processor time for so many characters\n")
    print(f"{'':20}" + "".join(f"{size:>10,}" for size in SIZES))
    for kind in KINDS:
        print(f"{kind.__name__.replace('_', ' '):20}", end="", flush=True)
        for size in SIZES:
            article = parse_article(text_of(kind, size))
            started = time.process_time()
            analyze(article, engine=args.engine)
            print(f"{time.process_time() - started:10.2f}", end="", flush=True)
        print()


if __name__ == "__main__":
    main()
