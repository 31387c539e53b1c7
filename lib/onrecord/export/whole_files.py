"""Files written whole: beside the target first, then renamed, so that no reader ever sees half a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from onrecord.records import OnrecordError


def write_whole(path: Path, data: bytes | str, *, overwrite: bool) -> Path:
    """``path`` once ``data`` (text as UTF-8, line ends as given) stands in it whole; an old file stays until then.

    Raises ``OnrecordError`` where the file exists and ``overwrite`` is false, and where it cannot be written.

    >>> import tempfile
    >>> write_whole(Path(tempfile.mkdtemp()) / "a.txt", "whole", overwrite=False).read_text()
    'whole'
    """
    with writing_whole(path, overwrite=overwrite) as out:
        out.write(data.encode("utf-8") if isinstance(data, str) else data)
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
    place = path if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
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


def _check_target(path: Path, target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise OnrecordError(f"cannot write {path}: this is a folder. Name a file in it.")
    if target.is_file() and not overwrite:
        raise OnrecordError(f"{path} exists already and was left as it is. Choose another name, or remove it first.")
    if not target.parent.is_dir():
        raise OnrecordError(f"cannot write {path}: the folder {path.parent} does not exist. Create it first.")


def _why(path: Path, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"cannot write {path}: {reason}. Nothing was changed there; free the disk or choose another place."
