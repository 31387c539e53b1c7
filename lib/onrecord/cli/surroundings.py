"""What the program finds around it and leaves as it was: signals, the encodings of its streams, the user's home."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from types import FrameType
from typing import NoReturn

#: What ends a program from outside besides Ctrl-C, where the system knows it: a request, and a closed terminal.
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
#: Where IPython, Jupyter and matplotlib are told to keep what they write.
_FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")


class Ended(KeyboardInterrupt):
    """The program was told to end; ``status`` is what shells tell of that: 128 and the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Has the signals that end a program raise ``Ended`` within the block, as Ctrl-C raises ``KeyboardInterrupt``.

    Only the main thread can be told so; in another, nothing changes. A signal that the caller ignores stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number, handler in before.items():
        if handler != signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise Ended(number)


def write_in_any_encoding() -> None:
    """Has a terminal or pipe that lacks a character, as … in Latin-1, get \\u2026 in its place, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def folders_of_its_own() -> Iterator[None]:
    """Has what the program is made of keep settings and caches in a passing folder, not in the user's home.

    Where one is set from outside (``make`` does), it is used. matplotlib's list of fonts, which takes seconds where
    there are many, stays in the virtual environment. Must be entered before matplotlib is loaded.
    """
    with TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True) as passing:
        places = {name: os.path.join(passing, name.lower()) for name in _FOLDERS}
        if sys.prefix != sys.base_prefix and os.access(sys.prefix, os.W_OK):
            places["MPLCONFIGDIR"] = os.path.join(sys.prefix, "var", "matplotlib")
        added = {name: place for name, place in places.items() if name not in os.environ}
        for place in added.values():
            os.makedirs(place, exist_ok=True)
        os.environ.update(added)
        try:
            yield
        finally:
            for name in added:
                del os.environ[name]
