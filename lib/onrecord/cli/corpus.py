"""``onrecord corpus``: run, status, failed, retry, query. What they need is loaded when they run."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.inputs import INPUTS, add_columns
from onrecord.cli.surroundings import Ended
from onrecord.statements import ENGINES

if TYPE_CHECKING:
    from onrecord.corpus import Status

OK, SOME_FAILED, INTERRUPTED = 0, 1, 128 + 2
Commands = argparse._SubParsersAction


def add_corpus(commands: Commands[argparse.ArgumentParser]) -> None:
    """The command ``corpus`` with its own commands."""
    corpus = commands.add_parser("corpus", help="many articles: analyse them on all cores, ask the tables by SQL")
    inner = corpus.add_subparsers(title="commands", required=True, metavar="COMMAND")
    run = inner.add_parser("run", help="read and analyse articles into a folder; again, to go on after a stop")
    run.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help=INPUTS)
    run.add_argument("-o", "--output", dest="folder", required=True, type=Path, metavar="DIR", help="the corpus")
    add_columns(run)
    run.set_defaults(run=_run)
    retry = _command(inner, "retry", "read and analyse once more what failed", _retry)
    for command in (run, retry):
        command.add_argument("--actors", type=Path, metavar="FILE.csv", help="your own table of actors and their sides")
        command.add_argument("--workers", type=_whole, metavar="N", help="processes (as many as cores)")
        command.add_argument(
            "--dask", metavar="ADDRESS", help='by the workers of a Dask scheduler that see DIR too, or "local"'
        )
    _command(inner, "status", "how far a run is", _status)
    _command(inner, "failed", "the articles that could not be read or analysed, and why", _failed)
    query = _command(inner, "query", "a question in SQL over articles, statements, stances, responses, as CSV", _query)
    query.add_argument("sql", metavar="SQL", help='such as "SELECT actor, count(*) FROM statements GROUP BY actor"')
    for command in inner.choices.values():
        command.add_argument("--engine", choices=ENGINES, default="default", help="whose reading of the texts")


def _command(commands: Commands[argparse.ArgumentParser], name: str, help: str, run: object) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help)
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder of the corpus")
    command.set_defaults(run=run)
    return command


def _whole(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words!r} is no number of processes")
    return int(words)


def _run(options: argparse.Namespace) -> int:
    from onrecord.corpus import run

    return _finish(options, lambda **more: run(options.inputs, columns=dict(options.column), **more))


def _retry(options: argparse.Namespace) -> int:
    from onrecord.corpus import retry

    return _finish(options, retry)


def _finish(options: argparse.Namespace, work: object) -> int:
    show = _Progress()
    try:
        found = work(  # type: ignore[operator]
            folder=options.folder,
            engine=options.engine,
            workers=options.workers,
            dask=options.dask,
            actors=options.actors,
            progress=show,
        )
    except KeyboardInterrupt as end:
        print("\nonrecord: stopped; what is done stays done. The same command goes on from here.", file=sys.stderr)
        return end.status if isinstance(end, Ended) else INTERRUPTED
    show.end()
    print(_told(found))
    return SOME_FAILED if found.failed else OK


class _Progress:
    """A line on the terminal: articles done, how many a second, how long it will take."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def __call__(self, done: int, whole: int | None) -> None:
        if sys.stderr.isatty():
            rate = done / max(time.monotonic() - self.begun, 0.001)
            left = f" of {whole:,}, {_duration((whole - done) / rate)} left" if whole and rate else ""
            print(f"\r\x1b[K{done:,} articles{left} ({rate:.1f} a second)", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if sys.stderr.isatty():
            print(file=sys.stderr)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    return f"about {minutes} min" if minutes < 90 else f"about {minutes / 60:.1f} h"


def _told(found: Status) -> str:
    lines = [
        f"{found.articles:,} articles read{'' if found.read_whole else ' so far'}, {found.analysed:,} analysed, "
        f"{found.statements:,} statements"
    ]
    if found.not_english:
        lines.append(f"{found.not_english:,} not in English: passed over")
    if found.failed:
        lines.append(
            f"{found.failed:,} failed: onrecord corpus failed DIR says why, onrecord corpus retry DIR tries again"
        )
    if not found.is_done:
        lines.append("not done: onrecord corpus run with the same inputs goes on")
    return "\n".join(lines)


def _status(options: argparse.Namespace) -> int:
    from onrecord.corpus import status

    print(_told(status(options.folder, engine=options.engine)))
    return OK


def _failed(options: argparse.Namespace) -> int:
    from onrecord.corpus import failed

    for problem in failed(options.folder, engine=options.engine)["problem"]:
        print(problem)
    return OK


def _query(options: argparse.Namespace) -> int:
    from onrecord.corpus import query

    print(query(options.folder, options.sql, engine=options.engine).to_csv(index=False), end="")
    return OK
