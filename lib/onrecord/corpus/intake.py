"""Inputs → texts: every article of the inputs, read once, shard after shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.corpus.schema import VERSION
from onrecord.corpus.store import Row, Store, load_manifest, load_texts, open_tables, save_json, save_texts
from onrecord.plain_english import printable
from onrecord.records import OnrecordError
from onrecord.text import Entry, InputFile, article_files, looks_english, read_entries


def shard_size(number: int) -> int:
    """How many articles a shard takes: few in the first ones, so that a small corpus keeps all cores busy."""
    return 8 if number < 64 else 64 if number < 1_000 else 256


def open_manifest(store: Store, paths: Iterable[str | Path], columns: Mapping[str, str]) -> dict[str, Any]:
    """The manifest of a new corpus, or that of the one that is there if it is of these inputs.

    Raises ``OnrecordError`` where it is of others, or where a file was changed since.
    """
    files = [_described(file) for file in article_files(paths)]
    if (store.folder / "manifest.json").exists():
        manifest = load_manifest(store.folder)
        _check_same(store.folder, manifest, files, dict(columns))
        return manifest
    if store.folder.exists() and any(store.folder.iterdir()):
        raise OnrecordError(f"{store.folder} holds other files. Name a new folder with -o.")
    store.folder.mkdir(parents=True, exist_ok=True)
    manifest = {"version": VERSION, "columns": dict(columns), "complete": False, "files": files}
    save_json(store.folder / "manifest.json", manifest)
    return manifest


def _described(file: InputFile) -> dict[str, Any]:
    facts = file.path.stat()
    return {"path": str(file.path.resolve()), "stem": file.stem, "size": facts.st_size, "changed": facts.st_mtime_ns}


def _check_same(
    folder: Path, manifest: Mapping[str, Any], files: list[dict[str, Any]], columns: dict[str, str]
) -> None:
    advice = "Name the same inputs to go on, or another folder to begin anew."
    if [file["path"] for file in files] != [file["path"] for file in manifest["files"]]:
        raise OnrecordError(f"{folder} is the corpus of other inputs. {advice}")
    if columns != manifest["columns"]:
        raise OnrecordError(f"{folder} was read with other columns: {manifest['columns'] or 'none chosen'}. {advice}")
    for now, then in zip(files, manifest["files"], strict=True):
        if now != then:
            raise OnrecordError(f"{now['path']} was changed since {folder} was begun. {advice}")


def read_in(store: Store, manifest: dict[str, Any]) -> Iterator[int]:
    """Reads what is not yet read and yields the number of each shard once its texts are there.

    It goes on where the last whole shard ended, so that the shards are the same however often it was stopped.
    """
    if manifest["complete"]:
        return
    done = store.read_shards()
    number = done[-1] + 1 if done else 0
    with open_tables(store) as base:
        seen = dict(base.execute("SELECT id, place FROM texts").fetchall())
        last = base.execute("SELECT file, entry FROM texts ORDER BY file DESC, entry DESC LIMIT 1").fetchone()
    rows: list[Row] = []
    for entry in read_entries(_files(manifest), manifest["columns"], after=last or (-1, -1)):
        rows.append(text_row(entry, seen))
        if len(rows) == shard_size(number):
            save_texts(store, number, rows)
            yield number
            number, rows = number + 1, []
    if rows:
        save_texts(store, number, rows)
        yield number
    manifest["complete"] = True
    save_json(store.folder / "manifest.json", manifest)


def _files(manifest: Mapping[str, Any]) -> list[InputFile]:
    return [InputFile(Path(file["path"]), file["stem"]) for file in manifest["files"]]


def text_row(entry: Entry, seen: dict[str, str]) -> Row:
    """The row of an article in ``texts``; a problem where it cannot be read or its id was ``seen`` at another place."""
    article = entry.article()
    problem = str(entry.error) if entry.error else None
    if article.id in seen and not problem:
        problem = f"{entry.place}: the id {article.id!r} was used before, in {seen[article.id]}."
        article = replace(article, id=entry.place, text="")
    seen[article.id] = entry.place
    return {
        "id": printable(article.id),
        "title": printable(article.title),
        "date": article.date,
        "outlet": printable(article.outlet),
        "byline": printable(article.byline),
        "dateline": printable(article.dateline),
        "english": looks_english(article.text),
        "text": printable(article.text),
        "sha256": article.sha256,
        "notes": [printable(note) for note in article.notes],
        "problem": printable(problem) if problem else None,
        "place": printable(entry.place),
        "file": entry.file,
        "entry": entry.number,
    }


def read_again(store: Store, manifest: dict[str, Any]) -> set[int]:
    """Reads the articles that could not be read once more; the numbers of the shards that changed.

    A file that could not be read at all may now hold many articles: all of them come into the shard it stands in.
    """
    changed: set[int] = set()
    with open_tables(store) as base:
        seen = dict(base.execute("SELECT id, place FROM texts WHERE problem IS NULL").fetchall())
        last: dict[int, int] = dict(base.execute("SELECT file, max(entry) FROM texts GROUP BY file").fetchall())
    files = _files(manifest)
    for number in store.read_shards():
        rows = list(load_texts(store, number))
        bad = {(row["file"], row["entry"]) for row in rows if row["problem"]}
        if not bad:
            continue
        wanted = {file for file, _ in bad}
        fresh = [
            text_row(entry, seen)
            for file in sorted(wanted)
            for entry in read_entries(files[: file + 1], manifest["columns"], after=(file, -1))
            if (file, entry.number) in bad or entry.number > last[file]
        ]
        kept = [row for row in rows if not row["problem"]]
        save_texts(store, number, sorted([*kept, *fresh], key=lambda row: (row["file"], row["entry"])))
        for file in wanted:
            manifest["files"][file] = _described(files[file])
        changed.add(number)
    save_json(store.folder / "manifest.json", manifest)
    return changed
