"""The folder of a corpus on the disk.

::

    manifest.json                     the inputs, fixed at the start; the version of the tables
    texts/00000.parquet …             the articles as they were read, some a file ("a shard")
    readings/default/reading.json     what made this reading: engine, model, table of actors
    readings/default/00000/*.parquet  what was found in the texts of the shard of that number

A shard is written beside its place and renamed into it when it is whole: what is there is done, whatever happened
to the program. Two engines read the same texts, each into a folder of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
from filelock import FileLock, Timeout

from onrecord.corpus.schema import READING, TABLES, VERSION
from onrecord.files import write_whole
from onrecord.records import OnrecordError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Store:
    """Where the files of a corpus lie, for one reading of it (by the name of its engine)."""

    folder: Path
    reading: str = "default"

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    @property
    def results(self) -> Path:
        return self.folder / "readings" / self.reading

    def text_shard(self, number: int) -> Path:
        return self.texts / f"{number:05}.parquet"

    def result_shard(self, number: int) -> Path:
        return self.results / f"{number:05}"

    def read_shards(self) -> list[int]:
        """The numbers of the shards whose texts are there."""
        return sorted(int(path.stem) for path in self.texts.glob("[0-9]*.parquet"))

    def open_shards(self) -> list[int]:
        """The numbers of the shards that were read and not yet analysed."""
        done = {int(path.name) for path in self.results.glob("[0-9]*") if path.name.isdigit()}
        return [number for number in self.read_shards() if number not in done]


@contextmanager
def at_work(store: Store) -> Iterator[None]:
    """Has the folder to itself, and what was left half-written removed from it, by a killed run or a killed worker.

    Raises ``OnrecordError`` where another run is at work there.
    """
    try:
        with FileLock(store.folder / ".lock", blocking=False):
            _remove_parts(store)
            yield
            _remove_parts(store)
    except Timeout as error:
        raise OnrecordError(f"another run is at work on {store.folder}. Wait for it, or stop it.") from error


def _remove_parts(store: Store) -> None:
    for part in [*store.texts.glob(".*.part"), *store.results.glob(".*.part")]:
        shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink()


def save_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes a file of JSON whole, over what was there."""
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1), overwrite=True)


def load_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a corpus. Raises ``OnrecordError`` where there is none, or one of another version."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OnrecordError(
            f"{folder} is no corpus (no {path.name}). Make one: onrecord corpus run IN -o DIR"
        ) from error
    if manifest.get("version") != VERSION:
        raise OnrecordError(
            f"{folder} was written in version {manifest.get('version')} of the tables, this is version {VERSION}. "
            "Run it anew into another folder."
        )
    return dict(manifest)


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory, of one thread, that loads nothing from the network."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(config=settings)


def save_texts(store: Store, number: int, rows: Iterable[Row]) -> None:
    """Writes the texts of a shard."""
    store.texts.mkdir(parents=True, exist_ok=True)
    part = store.texts / f".{number:05}.part"
    _write_parquet("texts", rows, part)
    os.replace(part, store.text_shard(number))


def save_results(store: Store, number: int, tables: Mapping[str, Iterable[Row]]) -> None:
    """Writes what was found in a shard: a folder with a file per table, there whole or not at all.

    Where another worker did the same shard meanwhile, for this one was thought lost, what it found stays: it is equal.
    """
    part = store.results / f".{number:05}-{uuid4().hex}.part"
    part.mkdir(parents=True)
    for name in READING:
        _write_parquet(name, tables[name], part / f"{name}.parquet")
    try:
        os.rename(part, store.result_shard(number))
    except OSError:
        if not store.result_shard(number).is_dir():
            raise
        shutil.rmtree(part)


def _write_parquet(table: str, rows: Iterable[Row], path: Path) -> None:
    """By way of lines of JSON, which DuckDB reads with the types of the schema: lists and empty tables come out right.

    Raises ``OnrecordError`` where it cannot be written.
    """
    types = ", ".join(f"'{name}': '{kind}'" for name, (kind, _) in TABLES[table].items())
    try:
        with tempfile.TemporaryDirectory(prefix="onrecord-") as folder, connect() as base:
            lines = Path(folder) / "rows.jsonl"
            with open(lines, "w", encoding="utf-8") as out:
                longest = max((out.write(json.dumps(row, ensure_ascii=False) + "\n") for row in rows), default=0)
            options = f"columns = {{{types}}}, maximum_object_size = {max(16_777_216, 4 * longest + 1)}"
            base.execute(
                f"COPY (SELECT * FROM read_json('{_quoted(lines)}', format = 'newline_delimited', {options})) "
                f"TO '{_quoted(path)}' "
                f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{onrecord_version: '{VERSION}'}})"
            )
    except (OSError, duckdb.IOException) as error:
        raise OnrecordError(f"cannot write {path.parent}: {error}. Free the disk and run it again.") from error


def load_texts(store: Store, number: int) -> Iterator[Row]:
    """The rows of a shard's texts, in their order."""
    with connect() as base:
        found = base.execute(f"SELECT * FROM read_parquet('{_quoted(store.text_shard(number))}')")
        names = [column[0] for column in found.description or ()]
        for values in found.fetchall():
            yield dict(zip(names, values, strict=True))


def count_texts(store: Store, number: int) -> int:
    """How many articles a shard holds."""
    with connect() as base:
        found = base.execute(f"SELECT count(*) FROM read_parquet('{_quoted(store.text_shard(number))}')").fetchone()
    return found[0] if found else 0


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def open_tables(store: Store) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the views ``articles``, ``statements``, ``stances`` and ``responses`` over all that is done.

    ``articles`` has the columns of ``texts``, the count of statements, and the problem in reading or analysing.
    """
    base = connect()
    _view(base, "texts", store.texts, "[0-9]*.parquet")
    for name in READING:
        _view(base, name, store.results, f"[0-9]*/{name}.parquet")
    base.execute(
        "CREATE VIEW articles AS SELECT t.* EXCLUDE (problem), a.statements, "
        "coalesce(t.problem, a.problem) AS problem, a.id IS NOT NULL AS done "
        "FROM texts t LEFT JOIN analysed a ON a.id = t.id ORDER BY t.file, t.entry"
    )
    return base


def _view(base: duckdb.DuckDBPyConnection, name: str, folder: Path, pattern: str) -> None:
    if any(folder.glob(pattern)):
        place = _quoted(folder).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
        base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{place}/{pattern}')")
    else:
        columns = ", ".join(f'"{column}" {kind}' for column, (kind, _) in TABLES[name].items())
        base.execute(f"CREATE TABLE {name} ({columns})")
