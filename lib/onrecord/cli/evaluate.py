"""``onrecord evaluate``: its arguments. What it does is in ``onrecord.evaluation.command``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from onrecord.cli.inputs import INPUTS
from onrecord.statements import ENGINES


def add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the parser of ``onrecord``."""
    command = commands.add_parser("evaluate", help="compare what is found with gold")
    kinds = command.add_subparsers(title="what to evaluate", required=True, metavar="WHAT")

    attribution = _add(kinds, "attribution", _attribution, "sources, cues and contents, against PolNeAR or statements")
    attribution.add_argument("--errors", type=Path, metavar="OUT.csv", help="write what was missed or invented here")
    _add_draws(attribution)

    labels = _add(kinds, "labels", _labels, "acts, hedges, actors, stances and links, against labelled statements")
    labels.add_argument("--given", action="store_true", help="label the gold's own spans")
    _add_draws(labels)

    corrections = kinds.add_parser("corrections", help="how often the machine was right where coders have checked it")
    corrections.add_argument("inputs", nargs="+", type=Path, metavar="IN", help=INPUTS)
    _add_engine(corrections)
    corrections.set_defaults(run=_corrections)

    _add(kinds, "article", _article, "one folder with article.txt and statements.gold.jsonl", metavar="FOLDER")


def _add(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    help: str,
    metavar: str = "GOLD.jsonl",
) -> argparse.ArgumentParser:
    command = kinds.add_parser(name, help=help)
    command.add_argument("gold", type=Path, metavar=metavar)
    _add_engine(command)
    command.add_argument("--predicted", type=Path, metavar="FILE.jsonl", help="score this file, made by analyze")
    command.set_defaults(run=run)
    return command


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--engine", choices=ENGINES, default="default", help="default (slower, better) or fast")


def _add_draws(command: argparse.ArgumentParser) -> None:
    command.add_argument("--draws", type=int, default=500, metavar="N", help="draws for the intervals (default 500)")


# The tables need pandas, which `onrecord analyze` should not wait for: so it is imported when a command is run.


def _attribution(options: argparse.Namespace) -> int:
    from onrecord.evaluation import evaluate_attribution

    return _print(
        evaluate_attribution(
            options.gold,
            engine=options.engine,
            predicted=options.predicted,
            table=options.errors,
            draws=options.draws,
        )
    )


def _labels(options: argparse.Namespace) -> int:
    from onrecord.evaluation import evaluate_labels

    return _print(
        evaluate_labels(
            options.gold,
            engine=options.engine,
            predicted=options.predicted,
            given=options.given,
            draws=options.draws,
        )
    )


def _corrections(options: argparse.Namespace) -> int:
    from onrecord.evaluation import evaluate_corrections

    return _print(evaluate_corrections(options.inputs, engine=options.engine))


def _article(options: argparse.Namespace) -> int:
    from onrecord.evaluation import evaluate_article

    return _print(evaluate_article(options.gold, engine=options.engine, predicted=options.predicted))


def _print(parts: Iterable[str]) -> int:
    for part in parts:
        print(part, end="\n\n")
    return 0
