"""File names that every file system takes, and that never hit a file somebody else's work stands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from onrecord.export.manifest import read_manifest
from onrecord.export.provenance import sha256_of

#: Names that Windows keeps for devices, with any suffix (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
MAX_NAME = 80


def slug(words: str, *, default: str = "untitled") -> str:
    """``words`` as a file name without suffix: a-z, 0-9, hyphens and underscores, at most ``MAX_NAME`` characters.

    >>> slug("Stance by actor: Mark Toner, 'denials'")
    'stance-by-actor-mark-toner-denials'
    >>> slug("01_São Paulo/Zürich"), slug("CON"), slug("…")
    ('01_sao-paulo-zurich', 'con-file', 'untitled')

    Letters outside the Latin script are left out.
    """
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", plain.replace("'", ""))[:MAX_NAME].strip("-_") or default
    return f"{name}-file" if name in _RESERVED else name


def free_stem(folder: Path, stem: str, contents: Mapping[str, bytes], *, overwrite: bool) -> str:
    """``stem``, or ``stem-2``, ``stem-3`` …: the first under which no file of ``contents`` (by suffix) does harm.

    A file may be written where none stands, where the same bytes stand already, and with ``overwrite`` where the
    one that stands there is listed in the folder's manifest and unchanged since: work done on an exported file
    by hand is kept in any case.
    """
    listed = read_manifest(folder)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if _is_free(folder / name, contents, listed, overwrite))


def _is_free(
    stem: Path, contents: Mapping[str, bytes], listed: Mapping[str, Mapping[str, object]], overwrite: bool
) -> bool:
    paths = {stem.with_name(stem.name + suffix): data for suffix, data in contents.items()}
    return all(_may_write(path, data, listed, overwrite) for path, data in paths.items())


def _may_write(path: Path, data: bytes, listed: Mapping[str, Mapping[str, object]], overwrite: bool) -> bool:
    if not path.exists():
        return not path.is_symlink()
    if not path.is_file():
        return False
    old = sha256_of(path.read_bytes())
    ours = listed.get(path.name, {}).get("sha256") == old
    return old == sha256_of(data) or (overwrite and ours)
