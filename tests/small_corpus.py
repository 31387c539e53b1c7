"""A corpus small enough for tests: the file of its articles, and all files that a run writes."""

from __future__ import annotations

import json
from pathlib import Path

ENGLISH = (
    "Ada Brandt said that the bridge was finished in May.\n\n“It is not,” Tomas Lind {verb} on Monday. He accused the "
    "mayor of taking two million crowns from the fund for the bridge."
)


def write(path: Path, count: int, **texts: str) -> Path:
    """A file of so many articles, those named a0, a1 … with another text where one is given."""
    rows = [
        {
            "id": f"a{n}",
            "date": "2024-03-05",
            "outlet": "Courier",
            "text": texts.get(f"a{n}", ENGLISH.format(verb="said")),
        }
        for n in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a corpus with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
