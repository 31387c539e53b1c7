"""Files of ``models/``: read where they are installed, with one answer where one is missing or damaged."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.records import OnrecordError


def read_bytes(name: str) -> bytes:
    """What stands in ``models/<name>``. Raises ``OnrecordError`` where it cannot be read."""
    try:
        return files("onrecord").joinpath(f"models/{name}").read_bytes()
    except OSError as error:
        raise damaged(name, error) from error


def read_json(name: str) -> Any:
    """What ``models/<name>`` holds as JSON. Raises ``OnrecordError`` where it is missing or no JSON."""
    try:
        return json.loads(read_bytes(name).decode("utf-8"))
    except ValueError as error:
        raise damaged(name, error) from error


def read_arrays(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of ``models/<name>`` (.npz). Raises ``OnrecordError`` where it is missing or damaged."""
    path = files("onrecord").joinpath(f"models/{name}")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as raw:
            return {key: raw[key] for key in raw.files}
    except Exception as error:  # a cut archive raises errors of zipfile, zlib and struct besides numpy's own
        raise damaged(name, error) from error


def damaged(name: str, error: Exception) -> OnrecordError:
    """The error that tells the analyst what to do about a file of ``models/`` that cannot be used."""
    return OnrecordError(f"onrecord/models/{name} is missing or damaged ({error}): install onrecord again")
