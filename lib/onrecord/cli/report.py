"""``onrecord report`` and ``onrecord inspect``. What they need is loaded when they run: analyze starts without it."""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord.statements import ENGINES

OK, SOME_FAILED = 0, 1
Commands = argparse._SubParsersAction


def add_report(commands: Commands[argparse.ArgumentParser]) -> None:
    """The command ``report``: every notebook on one article."""
    command = commands.add_parser("report", help="run the notebooks on an article: figures, tables, HTML pages")
    command.add_argument(
        "article", type=Path, metavar="ARTICLE", help="a file with one article, in any format that analyze reads"
    )
    command.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="where the files go")
    command.add_argument("--actors", type=Path, metavar="FILE.csv", help="your own table of actors and their sides")
    add_corrections(command)
    command.add_argument("--engine", choices=ENGINES, default="default", help="default (slower, better) or fast")
    command.add_argument(
        "--uncertain", choices=("shown", "hidden"), default="shown", help="show uncertain labels as such, or hide them"
    )
    command.add_argument("--notebooks", type=Path, metavar="DIR", help="the notebooks to run (default: onrecord's own)")
    command.set_defaults(run=_report)


def add_corrections(command: argparse.ArgumentParser) -> None:
    """The choice between the corrections beside the article, those of a file, and the machine alone."""
    choice = command.add_mutually_exclusive_group()
    choice.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE.jsonl",
        help="take the corrections from here (default: ARTICLE.corrections.jsonl beside the article)",
    )
    choice.add_argument("--machine", action="store_true", help="leave corrections out: show the machine alone")


def corrections_of(options: argparse.Namespace) -> Path | bool:
    """What was chosen, as ``analyze`` takes it."""
    return options.corrections or not options.machine


def add_inspect(commands: Commands[argparse.ArgumentParser]) -> None:
    """The command ``inspect``: where an exported file comes from."""
    command = commands.add_parser("inspect", help="print where an exported figure, table or page comes from")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file that onrecord has written")
    command.set_defaults(run=_inspect)


def _report(options: argparse.Namespace) -> int:
    from onrecord.report import own_notebooks, report

    folder = options.notebooks or own_notebooks()
    saved, failed = report(
        options.article,
        options.output,
        engine=options.engine,
        actors=options.actors,
        uncertain=options.uncertain,
        corrections=corrections_of(options),
        notebooks=folder,
    )
    for path in saved:
        print(path.as_posix())
    return SOME_FAILED if failed else OK


def _inspect(options: argparse.Namespace) -> int:
    from onrecord.export import describe_file

    for path in options.files:
        print(describe_file(path))
    return OK
