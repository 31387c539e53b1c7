"""The file of corrections beside an article: lines are added and never changed, on disk before anybody hears of it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.corrections.entries import Entry, entry_from_json
from onrecord.fileformat import CORRECTIONS_SUFFIX
from onrecord.files import read_plain
from onrecord.records import Article, OnrecordError

#: Seconds to wait for somebody else who writes at this moment.
_PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Journal:
    """What stands in a file of corrections. ``set_aside`` are the numbers of lines that are no entry."""

    file: str = ""
    sha256: str = ""
    entries: tuple[Entry, ...] = ()
    set_aside: tuple[int, ...] = ()

    def about(self, article: Article) -> Journal:
        """The entries on this article: made for its id, or for its very text."""
        sha256 = article.sha256
        kept = (e for e in self.entries if e.article == article.id or e.article_sha256 == sha256)
        return Journal(self.file, self.sha256, tuple(kept), self.set_aside)


def corrections_file(article: Path) -> Path:
    """Where the corrections of an article's file stand: beside it.

    >>> corrections_file(Path("data/article.txt")).as_posix()
    'data/article.corrections.jsonl'
    """
    return article.with_name(article.stem + CORRECTIONS_SUFFIX)


def read_journal(path: Path) -> Journal:
    """The entries of the file in its order. A line that is no entry (half written, or edited) is set aside.

    Raises ``OnrecordError`` where the file cannot be read.
    """
    try:
        data = read_plain(path)
    except OnrecordError as error:
        raise OnrecordError(f"{error} Name a file of corrections, or leave them out with --machine.") from error
    entries, wrong = [], []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                entries.append(entry_from_json(json.loads(line.decode("utf-8"))))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                wrong.append(number)
    return Journal(path.name, hashlib.sha256(data).hexdigest(), tuple(entries), tuple(wrong))


def append_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Adds the entries in one piece and returns when they are on disk; two who write at once lose no line.

    What another program left half written stays as a line of its own. Raises ``OnrecordError`` where the file cannot
    be written: then none of the entries counts.
    """
    if not path.parent.is_dir():
        raise OnrecordError(f"cannot write {path}: there is no folder {path.parent}. The correction was not kept.")
    lines = [json.dumps(entry.as_json(), ensure_ascii=False) for entry in entries]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE):
            _append(path, data)
    except Timeout as error:
        raise OnrecordError(f"{path} is held by another program. Nothing was written; try again.") from error
    except OSError as error:
        raise OnrecordError(f"cannot write {path}: {error.strerror}. The correction was not kept.") from error


def _append(path: Path, data: bytes) -> None:
    is_new = not path.exists()
    with open(path, "ab+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            data = data if file.read(1) == b"\n" else b"\n" + data
        try:
            written = file.write(data)
            if written != len(data):
                raise OSError(0, "the disk took only a part")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)  # what is not acknowledged must not come to light later
            raise
    if is_new and os.name == "posix":
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that no standing undo takes back, in their order, the undos themselves left out."""
    undone: set[str] = set()
    kept = []
    for entry in reversed(entries):
        if entry.id in undone:
            continue
        if entry.what == "undo":
            undone.add(entry.undoes)
        else:
            kept.append(entry)
    return kept[::-1]
