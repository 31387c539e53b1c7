"""The files within a ``.zip``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from onrecord.records import OnrecordError
from onrecord.text.formats.source import MAX_BYTES, Source, check_growth, why


def members(source: Source, suffixes: frozenset[str]) -> Iterator[Source]:
    """The files of a ``.zip`` that hold articles, by name. Raises ``OnrecordError`` where it is damaged or a trap.

    Not handled: a ``.zip`` within a ``.zip``.
    """
    try:
        with source.open() as file, zipfile.ZipFile(file) as packed:
            check_growth(source.place, packed)
            names = sorted(info.filename for info in packed.infolist() if _holds_article(info, suffixes))
            if any(info.flag_bits & 1 for info in packed.infolist()):
                raise OnrecordError(f"{source.place} is locked by a password. Unpack it and name the folder.")
            for name in names:
                path = PurePosixPath(name)
                stem = f"{source.stem}/{path.with_suffix('')}"
                yield Source(f"{source.place}, {name}", stem, path.suffix.lower(), partial(_open, packed, name))
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise OnrecordError(f"{source.place}: this .zip cannot be read ({why(error)}). Is it whole?") from error
    if not names:
        raise OnrecordError(f"no article in {source.place}: it holds no {', '.join(sorted(suffixes))} file.")


def _holds_article(info: zipfile.ZipInfo, suffixes: frozenset[str]) -> bool:
    path = PurePosixPath(info.filename)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return not info.is_dir() and not hidden and path.suffix.lower() in suffixes


def _open(packed: zipfile.ZipFile, name: str) -> BinaryIO:
    """The unpacked bytes, in memory where they are few enough, so that the reader can go back in them."""
    with packed.open(name) as file:
        data = file.read(MAX_BYTES + 1)
    return io.BytesIO(data)
