"""Files read and written whole.

What is read may be anybody's: a pipe, a device or a file beyond all measure is refused before it is opened. What is
written stands beside the target first and is then renamed, so that no reader ever sees half a file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from onrecord.plain_english import printable
from onrecord.records import OnrecordError

#: No article, list of statements, figure or workbook of ours comes near it.
MOST_BYTES = 1_000_000_000


def read_plain(path: Path, *, at_most: int = MOST_BYTES) -> bytes:
    """The bytes of the file. Raises ``OnrecordError`` where it cannot be read, is none, or holds over ``at_most``."""
    with open_plain(path) as file:
        if path.stat().st_size > at_most:
            size = f"over {at_most / 1e6:,.0f} MB"
            raise OnrecordError(f"cannot read {path}: it is too large ({size}). Is it the right file?")
        return file.read()


def open_plain(path: Path) -> BinaryIO:
    """The file, open for reading. Raises ``OnrecordError`` where it cannot be opened or is none.

    Pipes and devices are refused unopened: nobody may ever write to the one, and the other may never end.
    """
    try:
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, "there is no such file")
        if path.is_dir():
            raise OnrecordError(f"cannot read {path}: this is a folder. Name a file in it.")
        if not path.is_file():
            raise OnrecordError(f"cannot read {path}: this is a pipe or a device. Save its content as a file first.")
        return open(path, "rb")
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise OnrecordError(f"cannot read {path}: {reason}. Check the name and the rights to read it.") from error


#: How the names of files end that are being written.
_PART = ".onrecord-part"


def utf8(text: str) -> bytes:
    """The text as every file of ours holds it: in UTF-8, each character that no format takes as U+FFFD."""
    return printable(text).encode("utf-8")


def write_whole(path: Path, data: bytes | str, *, overwrite: bool) -> Path:
    """``path`` once ``data`` (text as UTF-8, line ends as given) stands in it whole; an old file stays until then.

    Raises ``OnrecordError`` where the file exists and ``overwrite`` is false, and where it cannot be written.

    >>> import tempfile
    >>> write_whole(Path(tempfile.mkdtemp()) / "a.txt", "whole", overwrite=False).read_text()
    'whole'
    """
    with writing_whole(path, overwrite=overwrite) as out:
        out.write(utf8(data) if isinstance(data, str) else data)
    return path


@contextmanager
def writing_whole(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """An open binary file that becomes ``path`` when the block ends well and vanishes when it does not.

    A target that is no plain file (``/dev/stdout``, a pipe) is written straight; raises ``BrokenPipeError`` where
    nobody reads it any more, and ``OnrecordError`` as ``write_whole`` does. Not handled: two programs that write the
    same target at once (the last one wins).
    """
    target = Path(os.path.realpath(path))  # a link stays a link: what it points to is replaced
    _check_target(path, target, overwrite)
    direct = path.exists() and not path.is_file()  # asked of the path: what /dev/stdout | leads to has no name
    place = path if direct else target.with_name(f".{target.name}.{os.getpid()}{_PART}")
    if not direct:
        _sweep(target.parent)
    try:
        with open(place, "wb") as out:
            yield out
        if not direct:
            os.replace(place, target)
    except BrokenPipeError:  # the reader has seen enough: no fault of the place
        raise
    except OSError as error:
        raise OnrecordError(_why(path, error)) from error
    finally:
        if not direct:
            with suppress(OSError):
                place.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Removes the half-written files of programs that were killed while they wrote into the folder."""
    for part in folder.glob(f".*{_PART}"):
        number = part.name.removesuffix(_PART).rpartition(".")[2]
        if number.isdecimal() and not _runs(int(number)):
            with suppress(OSError):
                part.unlink()


def _runs(number: int) -> bool:
    """Whether a program of this number runs. Where that cannot be asked, its file cannot be removed while it does."""
    if os.name != "posix":
        return False
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        return True
    return True


def _check_target(path: Path, target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise OnrecordError(f"cannot write {path}: this is a folder. Name a file in it.")
    if target.is_file() and not overwrite:
        raise OnrecordError(f"{path} exists already and was left as it is. Choose another name, or remove it first.")
    if not target.parent.is_dir():
        folder = target.parent if path.is_symlink() else path.parent
        raise OnrecordError(f"cannot write {path}: the folder {folder} does not exist. Create it first.")


def _why(path: Path, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"cannot write {path}: {reason}. Nothing was changed there; free the disk or choose another place."
