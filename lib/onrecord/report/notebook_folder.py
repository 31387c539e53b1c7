"""Where the notebooks of this release are: in the package, or in the checkout that the package is run from."""

from __future__ import annotations

from pathlib import Path

from onrecord.records import OnrecordError

_PACKAGE = Path(__file__).parents[1]


def own_notebooks(package: Path = _PACKAGE) -> Path:
    """The folder of the notebooks that belong to this ``package``, never one that lies where the program is started.

    A wheel carries them (setup.py puts them there); in a checkout they stand at the top. Raises ``OnrecordError``
    where there are none.
    """
    checkout = package.parents[1]
    if (package / "notebooks").is_dir():
        return package / "notebooks"
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout / "notebooks"
    raise OnrecordError(f"{package} lacks its notebooks: install onrecord again, or name a folder with --notebooks.")
