"""``manifest.json``: which files of a folder are ours, what each was made from, and its SHA-256 when it was written.

It says so for files that cannot carry their provenance (CSV, Markdown), and a later change shows by it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.export.provenance import Provenance, sha256_of
from onrecord.files import read_plain, write_whole
from onrecord.records import OnrecordError

MANIFEST = "manifest.json"
#: Bytes of a manifest at most: a report's has about 50,000.
_MOST_BYTES = 50_000_000


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """The entries of the folder's manifest by file name, each with ``sha256``, ``alt`` and ``provenance``.

    Empty where there is no manifest. Raises ``OnrecordError`` where there is one that cannot be read: then nobody
    knows which of the files somebody has changed by hand.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        files = json.loads(read_plain(path, at_most=_MOST_BYTES))["files"]
        entries = {name: _checked(entry) for name, entry in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OnrecordError(
            f"{path} is damaged, or none of ours: it no longer tells which files were changed since they were written. "
            "Move it away to have the folder's files left alone, or choose another folder."
        ) from error
    return entries


def _checked(entry: dict[str, Any]) -> dict[str, Any]:
    """``entry``. Raises ``TypeError`` where it lacks a field of an entry or holds one of another kind."""
    if not (isinstance(entry["sha256"], str) and isinstance(entry["alt"], str)):
        raise TypeError("an entry of another form")
    if not isinstance(entry["provenance"], dict):
        raise TypeError("a provenance of another form")
    return entry


def list_files(paths: Sequence[Path], alt: str, provenance: Provenance) -> None:
    """Puts ``paths``, all of one folder, into its manifest.json with their SHA-256; other entries stay."""
    folder = paths[0].parent
    files = read_manifest(folder)
    for path in paths:
        files[path.name] = {"sha256": sha256_of(path.read_bytes()), "alt": alt, "provenance": asdict(provenance)}
    text = json.dumps({"files": dict(sorted(files.items()))}, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / MANIFEST, text, overwrite=True)
