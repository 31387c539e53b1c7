"""The folder that a report is written into: one run at a time, of one article, with room for the whole of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.export import GOLD, Provenance, make_folder, read_manifest
from onrecord.files import read_plain
from onrecord.records import OnrecordError

#: What a run needs while it lasts, and the lock that says that it does.
_WORKPLACE, _LOCK = ".onrecord-run", ".onrecord-lock"
#: Bytes that a report takes at most: four times those of the project's own.
_ROOM = 32_000_000


@contextmanager
def run_folder(output: Path) -> Iterator[Path]:
    """A hidden folder in ``output`` (made where it was missing) for the files of one run, gone when the block ends.

    What a killed run left there is swept. Raises ``OnrecordError`` where another run is at work in ``output``, where
    nothing can be written there, and where the disk has no room for a report.
    """
    fresh = not output.exists()
    make_folder(output)
    lock = FileLock(output / _LOCK, timeout=0)
    workplace = output / _WORKPLACE
    try:
        lock.acquire()
    except Timeout as error:
        raise OnrecordError(
            f"another report is being written into {output}: wait until it is done, or choose another folder."
        ) from error
    except OSError as error:
        raise OnrecordError(f"cannot write into {output}: {error.strerror}. Choose another place.") from error
    try:
        _take_room(workplace)
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
        with suppress(OSError):
            (output / _LOCK).unlink()
        lock.release()
        if fresh:
            with suppress(OSError):  # something stands in it: it is wanted
                output.rmdir()


def _take_room(workplace: Path) -> None:
    """Makes the folder anew and writes as much as a report takes, for a moment: no other question tells all limits."""
    shutil.rmtree(workplace, ignore_errors=True)
    try:
        workplace.mkdir()
        room = workplace / "room"
        room.write_bytes(bytes(_ROOM))
        room.unlink()
    except OSError as error:
        raise OnrecordError(
            f"cannot write into {workplace.parent}: {error.strerror}. A report takes up to {_ROOM // 1_000_000} MB: "
            "free the disk, or choose another place."
        ) from error


@contextmanager
def kept_inputs(workplace: Path, article: Path, actors: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Copies of the two files that stay as they are for the run, whatever becomes of the files meanwhile.

    An ``OnrecordError`` of the block that names a copy is told with the file's own name.
    """
    copies = {path: workplace / kind / path.name for kind, path in (("article", article), ("actors", actors)) if path}
    for path, copy in copies.items():
        data = read_plain(path)
        copy.parent.mkdir()
        copy.write_bytes(data)
    try:
        yield copies[article], copies[actors] if actors else None
    except OnrecordError as error:
        said = str(error)
        for path, copy in copies.items():
            said = said.replace(str(copy), str(path))
        raise OnrecordError(said) from error


def refuse_another_article(output: Path, origin: Provenance) -> None:
    """Raises ``OnrecordError`` where ``output`` holds files on another article, or on another text of this one."""
    for name, entry in read_manifest(output).items():
        told = entry["provenance"]
        of_none = told.get("filter") == GOLD or not (output / name).exists()
        if not of_none and told.get("article_sha256") != origin.article_sha256:
            raise OnrecordError(
                f"{output} holds files on another article, or on another text of this one (“{told.get('article')}”, "
                f"{name}): choose another folder (-o, with make: OUT=…), or remove this one first."
            )
