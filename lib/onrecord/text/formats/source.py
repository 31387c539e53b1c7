"""What a reader of a format gets and gives: a ``Source`` in, ``Draft`` after ``Draft`` out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from onrecord.files import open_plain
from onrecord.records import OnrecordError

#: A document of more bytes is no news article, and no download of some hundred; tables and lines are read piece by
#: piece and may be longer.
MAX_BYTES = 200_000_000
#: What a packed file may grow to when it is unpacked: as a whole, and times its own size (beyond the first megabytes).
MAX_UNPACKED = 2_000_000_000
MAX_GROWTH = 200
_SMALL = 50_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a file within a ``.zip``: ``place`` is what the analyst calls it, ``stem`` what its ids begin with."""

    place: str
    stem: str
    suffix: str
    open: Callable[[], BinaryIO]
    #: Where it lies on the disk; None within a ``.zip``.
    path: Path | None = None

    def read(self) -> bytes:
        """All of its bytes. Raises ``OnrecordError`` where it cannot be read or is longer than ``MAX_BYTES``."""
        try:
            with self.open() as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise OnrecordError(f"cannot read {self.place}: {why(error)}.") from error
        if len(data) > MAX_BYTES:
            raise OnrecordError(
                f"{self.place} is larger than {MAX_BYTES // 1_000_000} MB, more than any article. "
                "Split it, or bring the articles as a table (.csv, .jsonl, .parquet), which may be of any size."
            )
        return data

    def unpacked(self, program: str) -> BinaryIO:
        """Its bytes, where it is packed as .docx, .odt and .xlsx are, once it is known not to burst when unpacked.

        Raises ``OnrecordError`` where it would, or where it is no such file.
        """
        data = io.BytesIO(self.read())
        try:
            with zipfile.ZipFile(data) as packed:
                check_growth(self.place, packed)
        except zipfile.BadZipFile as error:
            raise OnrecordError(
                f"{self.place}: this is no {self.suffix} file, or it is damaged or locked by a password. "
                f"Open it in {program} and save it again."
            ) from error
        data.seek(0)
        return data


def file_source(path: Path, stem: str) -> Source:
    """The source that a file on the disk is. Opening it raises ``OnrecordError`` where it is no plain file."""
    return Source(str(path), stem, path.suffix.lower(), partial(open_plain, path), path)


def check_growth(place: str, packed: zipfile.ZipFile) -> None:
    """Raises ``OnrecordError`` where unpacking would give out of all proportion more than was packed."""
    size = sum(info.file_size for info in packed.infolist())
    held = sum(info.compress_size for info in packed.infolist())
    if size > MAX_UNPACKED or (size > _SMALL and size > MAX_GROWTH * max(held, 1)):
        raise OnrecordError(
            f"{place} would unpack to {size // 1_000_000:,} MB and was left alone. "
            "If it is what it says, unpack it yourself and name the folder."
        )


def why(error: Exception) -> str:
    """What the system says of an error, in short."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one article and what its file says about it, before its lines are told apart.

    ``place`` names it in messages ("news.csv, row 12"); ``text`` is what offsets will count.
    """

    text: str
    place: str
    id: str
    title: str = ""
    date: str = ""
    outlet: str = ""
    byline: str = ""
    notes: tuple[str, ...] = ()


#: What a reader yields: an article, or why one of several could not be read.
Drafts = Iterator[Draft | OnrecordError]
#: The columns that an analyst chose: field of the article → column of the table.
Columns = Mapping[str, str]


def paragraphs_text(paragraphs: Iterator[str] | list[str]) -> str:
    """Paragraphs with a blank line between two, white space folded; no line break stays within one."""
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))
