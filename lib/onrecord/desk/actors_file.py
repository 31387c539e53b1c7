"""The analyst's table of own actors, written from the desk: a row per name, what else stands in it kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from onrecord.export import make_folder
from onrecord.files import write_whole
from onrecord.names import read_actors, words_of

_COLUMNS = ("name", "side", "same as")


def add_actor(path: Path, name: str, *, side: str = "", same_as: str = "") -> None:
    """Writes into the table ``path`` (begun where there is none) the side of ``name``, or whose other name it is.

    Comments, order and further columns stay. Raises ``OnrecordError`` where the file is no such table, and where it
    cannot be written. Not handled: cells that hold a line break.
    """
    if path.exists():
        read_actors(path)  # refuses what is no table, with the line and the remedy
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    else:
        lines = [",".join(_COLUMNS)]
    start = next(i for i, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    columns = [cell.strip().lower() for cell in _cells(lines[start])]
    for column in _COLUMNS:
        if column not in columns:
            columns.append(column)
            lines[start] += f",{column}"
    row = dict.fromkeys(columns, "")
    place = len(lines)
    for number, line in enumerate(lines[start + 1 :], start + 1):
        cells = [] if line.startswith("#") else _cells(line)
        if cells and words_of(cells[columns.index("name")]) == words_of(name):
            row |= dict(zip(columns, cells, strict=False))
            place = number
    row |= {"name": row["name"] or name} | ({"side": side} if side else {}) | ({"same as": same_as} if same_as else {})
    lines[place : place + 1] = [_line([row[column] for column in columns])]
    make_folder(path.parent)
    write_whole(path, ("\n".join(lines) + "\n").encode("utf-8-sig"), overwrite=True)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
