"""What pyproject.toml cannot say: the wheel carries the notebooks and the article that they show.

In the repository both stand at the top, where they are looked for; installed, `onrecord report` finds them in the
package, side by side as here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithNotebooks(build_py):
    """Copies them beside the modules; an editable install reads them where they are."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            package = Path(self.build_lib, "onrecord")
            shutil.copytree(ROOT / "data", package / "data", dirs_exist_ok=True)
            shutil.copytree(
                ROOT / "notebooks",
                package / "notebooks",
                ignore=lambda folder, names: [name for name in names if not name.endswith(".ipynb")],
                dirs_exist_ok=True,
            )


setup(cmdclass={"build_py": BuildWithNotebooks})
