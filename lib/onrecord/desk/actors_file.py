"""What an analyst puts right at the desk goes into the table of own actors; what else stands in it stays as it is."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from pathlib import Path

from onrecord.export import make_folder
from onrecord.files import write_whole
from onrecord.names import OwnActors, read_actors, words_of
from onrecord.records import OnrecordError

_NAME, _SIDE, _SAME_AS = "name", "side", "same as"


def add_actor(path: Path, name: str, *, side: str = "", same_as: str = "") -> None:
    """Writes into the table ``path`` (begun where there is none) the side of ``name``, or whose other name it is.

    A name that goes by another has its side in the row of that one. Comments, order, further columns, line ends and
    all other rows stay. Raises ``OnrecordError`` where the file is no such table, where it cannot be written, and where
    ``same_as`` goes by ``name`` already; then nothing has changed.
    """
    own = read_actors(path) if path.exists() else OwnActors()
    if side:
        name = own.main_name(name)
    if same_as and words_of(own.main_name(same_as)) == words_of(name):
        raise OnrecordError(f"“{same_as}” goes by the name “{name}” already: two actors are needed to make them one.")
    new = {_NAME: name} | ({_SIDE: side} if side else {}) | ({_SAME_AS: same_as} if same_as else {})
    old = path.read_bytes() if path.exists() else BOM_UTF8 + b"name,side,same as\r\n"  # as Excel writes it
    text = _with_row(old.removeprefix(BOM_UTF8).decode("utf-8"), new)
    make_folder(path.parent)
    write_whole(path, BOM_UTF8 * old.startswith(BOM_UTF8) + text.encode("utf-8"), overwrite=True)


def read_table(path: Path) -> bytes | None:
    """The table as it stands, for ``write_back``; None where there is none."""
    return path.read_bytes() if path.exists() else None


def write_back(path: Path, table: bytes | None) -> None:
    """Makes the table what ``read_table`` has read before. Raises ``OnrecordError`` where it cannot be written."""
    if table is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, table, overwrite=True)


def _with_row(text: str, new: dict[str, str]) -> str:
    """The table with ``new`` in the row of its name, or in a row at the end; the columns it needs are added."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines[-1] = lines[-1].rstrip("\r\n") + end
    rows = csv.reader("" if line.startswith("#") else line for line in lines)
    columns: list[str] = []
    first, place, cells = 0, slice(len(lines), len(lines)), dict[str, str]()
    for row in rows:
        here, first = slice(first, rows.line_num), rows.line_num
        if row and not columns:
            columns = [cell.strip().lower() for cell in row]
            missing = [column for column in new if column not in columns]
            columns += missing
            lines[first - 1] = lines[first - 1].rstrip("\r\n") + "".join(f",{column}" for column in missing) + end
        elif row and words_of(row[columns.index(_NAME)]) == words_of(new[_NAME]):
            place, cells = here, dict(zip(columns, row, strict=False))
            new = new | {_NAME: cells[_NAME]}
    lines[place] = [_line([(cells | new).get(column, "") for column in columns]) + end]
    return "".join(lines)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    line = out.getvalue()
    return f'"{cells[0]}"{line[len(cells[0]) :]}' if line.startswith("#") else line  # else it would be a comment
