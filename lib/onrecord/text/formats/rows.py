"""Tables with an article a row: .csv, .tsv, .xlsx, .parquet, and .jsonl with an article a line."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from onrecord.records import OnrecordError
from onrecord.text.formats.encodings import decode
from onrecord.text.formats.source import Columns, Draft, Drafts, Source, why

#: What the columns of an article's fields are called in tables that one meets, letters and digits alone.
NAMES = {
    "text": "text content body fulltext articletext articlebody story maintext article",
    "id": "id articleid docid documentid",
    "title": "title headline heading",
    "date": "date published publicationdate datepublished publishedat pubdate publishdate",
    "outlet": "outlet source publication publicationtitle newspaper publisher sitename medianame",
    "byline": "byline author authors",
}
_MAX_CELL = 10_000_000
_SAMPLE = 64_000


def read_jsonl(source: Source, columns: Columns) -> Drafts:
    """An article a line: an object with ``id`` and ``text``, and title, date, outlet and byline where it has them."""
    some = False
    for number, (line, notes) in enumerate(_lines(source), start=1):
        if line.strip():
            some = True
            try:
                yield _from_object(f"{source.place}, line {number}", line, notes, columns)
            except OnrecordError as error:
                yield error
    if not some:
        raise OnrecordError(f"{source.place}: there is no text. Save the article's text there.")


def _lines(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        with source.open() as file:
            if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
                text, notes = decode(source.read(), source.place)
                yield from ((line, notes) for line in text.split("\n"))
                return
        with source.open() as file:
            for raw in file:
                yield decode(raw, source.place)
    except OSError as error:
        raise OnrecordError(f"cannot read {source.place}: {why(error)}.") from error


def _from_object(place: str, line: str, notes: tuple[str, ...], columns: Columns) -> Draft:
    row = _object(place, line)
    row |= {field: row.get(column) for field, column in columns.items()}
    for name in ("id", "text"):
        if not isinstance(row.get(name), str if name == "text" else (str, int)):
            raise OnrecordError(f'{place}: the field "{name}" is missing or no text. Each line needs "id" and "text".')
    fields = {name: row[name] for name in ("title", "date", "outlet", "byline") if row.get(name) is not None}
    for name, value in fields.items():
        if not isinstance(value, str):
            raise OnrecordError(f'{place}: the field "{name}" must be text, not {value!r}.')
    return Draft(row["text"], place, str(row["id"]), notes=notes, **fields)


def _object(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise OnrecordError(f"{place}: this is no JSON ({error}). Each line is one article in JSON.") from error
    if not isinstance(row, dict):
        raise OnrecordError(f'{place}: expected an object such as {{"id": "a1", "text": "…"}}.')
    return row


def read_csv(source: Source, columns: Columns) -> Drafts:
    """An article a row; the sign between the columns (comma, semicolon, tab, bar) is found out."""
    csv.field_size_limit(_MAX_CELL)
    with source.open() as file:
        sample = file.read(_SAMPLE)
    encoding, notes = _encoding(sample, source.place)
    with io.TextIOWrapper(source.open(), encoding=encoding, errors="replace", newline="") as lines:
        rows = csv.reader(lines, delimiter=_delimiter(sample.decode(encoding, "replace")))
        try:
            header = next(rows, [])
            yield from _from_rows(source, header, rows, columns, notes)
        except csv.Error as error:
            raise OnrecordError(
                f"{source.place}, line {rows.line_num}: this is no table ({error}). Save it as .xlsx or .csv, UTF-8."
            ) from error


def _encoding(sample: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    """By the first lines alone, cut after the last whole one; what cannot be decoded further down becomes "\ufffd"."""
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    if whole[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", ()
    _, notes = decode(whole, place)
    return ("cp1252" if notes else "utf-8-sig"), notes


def _delimiter(sample: str) -> str:
    header = sample.split("\n", 1)[0]
    return max(",;\t|", key=header.count)


def read_xlsx(source: Source, columns: Columns) -> Drafts:
    """An article a row of the first sheet, the columns' names in its first row; formulas give their last value."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(source.unpacked("a spreadsheet program"), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        header = ["" if name is None else str(name) for name in next(rows, ())]
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise OnrecordError(f"{source.place}: this is no table of Excel. Save it as .xlsx or .csv.") from error
    yield from _from_rows(source, header, rows, columns)


def read_parquet(source: Source, columns: Columns) -> Drafts:
    """An article a row, read some thousand at a time."""
    import duckdb

    if source.path is None:
        raise OnrecordError(f"{source.place}: a .parquet file within a .zip is not read. Unpack it first.")
    try:
        with duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as base:
            table = base.execute("SELECT * FROM read_parquet(?)", [glob_free(str(source.path))])
            header = [str(column[0]) for column in table.description or ()]
            rows = (row for many in iter(lambda: table.fetchmany(1_000), []) for row in many)
            yield from _from_rows(source, header, rows, columns)
    except duckdb.Error as error:
        reason = str(error).split("\n")[0]
        raise OnrecordError(f"{source.place}: this is no Parquet table that can be read ({reason}).") from error


def glob_free(path: str) -> str:
    """A path that DuckDB takes by the letter: stars and brackets in a file's name are no wildcards."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _from_rows(
    source: Source,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    columns: Columns,
    notes: tuple[str, ...] = (),
) -> Drafts:
    """A draft per row; rows without anything are passed over. The first one's notes say which columns were taken."""
    places = column_places(source.place, header, columns)
    said: tuple[str, ...] = (_said(header, places), *notes)
    some = False
    for number, row in enumerate(rows, start=2):
        cells = {field: _cell(row[place]) for field, place in places.items() if place < len(row)}
        if any(cells.values()):
            place = f"{source.place}, row {number}"
            fields = {name: cells.get(name, "") for name in ("title", "date", "outlet", "byline")}
            id = cells.get("id") or f"{source.stem}-{number}"
            yield Draft(cells.get("text", ""), place, id, notes=said if not some else notes, **fields)
            some = True
    if not some:
        raise OnrecordError(f"{source.place}: there is no row with a text in this table.")


def column_places(place: str, header: Sequence[str], columns: Columns) -> dict[str, int]:
    """Which column holds which field: as chosen, else by its name. Raises ``OnrecordError`` where none is the text.

    >>> column_places("a.csv", ["Headline", "Full text", "Publication date"], {})
    {'text': 1, 'title': 0, 'date': 2}
    """
    there = f"Its columns are: {', '.join(name for name in header if name) or 'none'}."
    for field, column in columns.items():
        if field not in NAMES:
            raise OnrecordError(f"no field is called {field!r}; the fields are {', '.join(NAMES)}.")
        if column not in header:
            raise OnrecordError(f"{place}: there is no column {column!r} for the {field}. {there}")
    found = {field: list(header).index(column) for field, column in columns.items()}
    plain = [re.sub(r"[\W_]", "", name.casefold()) for name in header]
    for field, names in NAMES.items():
        at = next((plain.index(name) for name in names.split() if name in plain), None)
        if at is not None and at not in found.values():
            found.setdefault(field, at)
    if "text" not in found:
        raise OnrecordError(
            f"{place}: which column holds the articles' text? {there} Say so: --column text=NAME, "
            'or read_articles(…, columns={"text": "NAME"}).'
        )
    return found


def _said(header: Sequence[str], places: dict[str, int]) -> str:
    pairs = ", ".join(f"{field} from “{header[place]}”" for field, place in places.items())
    return f"Columns of the table: {pairs}."


def _cell(value: object) -> str:
    if value is None or value != value:  # not a number: an empty cell of many a table
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
