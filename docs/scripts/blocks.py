"""Parts of the documents that are written by scripts: what stands between ``<!-- name -->`` and ``<!-- /name -->``.

A script may write a whole file too. Each ``write_*.py`` has a function ``pages()``: path → the text of the whole file
as it should be now. A test compares it with what lies there.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README, ACCURACY, FILES = ROOT / "README.md", ROOT / "docs" / "accuracy.md", ROOT / "docs" / "files.md"
Pages = dict[Path, str]


def filled(page: Path, blocks: dict[str, str]) -> str:
    """The text of ``page`` with each block of ``blocks`` in its place. Raises ``ValueError`` where a mark is missing.

    >>> import tempfile
    >>> page = Path(tempfile.mkdtemp()) / "a.md"
    >>> page.write_text("# A\\n<!-- n -->\\nold\\n<!-- /n -->\\n", encoding="utf-8") > 0
    True
    >>> filled(page, {"n": "new"})
    '# A\\n<!-- n -->\\nnew\\n<!-- /n -->\\n'
    """
    text = page.read_text(encoding="utf-8")
    for name, block in blocks.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        place = pattern.search(text)
        if not place:
            raise ValueError(f"{page}: no block <!-- {name} -->")
        text = f"{text[: place.end(1)]}{block}\n{text[place.start(2) :]}"
    return text


def write(pages: Pages) -> None:
    """Write the pages, and print which they are."""
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
