"""What the commands that read articles have in common."""

from __future__ import annotations

import argparse

INPUTS = "files (.txt .md .html .docx .odt .rtf .pdf .csv .tsv .xlsx .jsonl .parquet .zip), folders or patterns"


def add_columns(command: argparse.ArgumentParser) -> None:
    """The option ``--column FIELD=NAME``, once a field; ``options.column`` is a list of pairs."""
    command.add_argument(
        "--column",
        type=_column,
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column of a table holds text, title, date, outlet, byline or id (--column text=Body)",
    )


def _column(words: str) -> tuple[str, str]:
    field, equals, name = words.partition("=")
    if not (field and equals and name):
        raise argparse.ArgumentTypeError(f"{words!r} is no FIELD=NAME, such as text=Body")
    return field, name
