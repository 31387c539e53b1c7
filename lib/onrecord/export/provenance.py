"""Where a figure or a table comes from, written into the file itself and read back from it.

``manifest.json`` in the folder says the same for files that cannot carry it (CSV, Markdown), with each file's
SHA-256, so that a later change shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from PIL import Image

from onrecord.plain_english import all_of, capitalized, listed
from onrecord.records import Analysis, OnrecordError

MANIFEST = "manifest.json"
#: The filter in words where there is none.
ALL = "all statements"
#: What stands in its place where the program was compared with gold: such a file is of no one article.
GOLD = "all statements of the gold"
#: The sheet of a workbook, the key of a PNG text chunk, the id of an SVG element that hold the provenance.
SHEET, PNG_KEY, SVG_ID = "provenance", "onrecord", "onrecord"
#: The part of a Word document that holds it, a property each, and how their names begin.
DOCX_PART, DOCX_PREFIX = "docProps/custom.xml", "onrecord "

_CHANGED = {
    True: "yes: somebody has changed the file since it was exported",
    False: "no: the file is as it was exported",
    None: "unknown: no manifest beside the file lists it",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a figure or table was made from. ``statements`` of ``of`` passed the filter; ``checked`` by hand.

    ``actors`` is the file of the analyst's own table of actors, which told sides ("" where there was none),
    ``corrections`` the file with what ``coders`` decided; ``checked_by`` is "hand", or who they are where one of them
    is no person.
    """

    article: str
    outlet: str
    article_date: str
    article_sha256: str
    filter: str
    statements: int
    of: int
    checked: int
    engine: str
    model: str
    onrecord: str
    made: str
    actors: str = ""
    actors_sha256: str = ""
    corrections: str = ""
    corrections_sha256: str = ""
    coders: str = ""
    checked_by: str = "hand"

    def as_json(self) -> str:
        """One line, ASCII only, so that every file format can hold it."""
        return json.dumps(asdict(self))

    def source_line(self) -> str:
        """The line under a chart or table: outlet, date, how many statements, how they were tagged, by what.

        >>> Provenance("Ties", "VOA", "2011-09-27", "ab", "denials", 2, 21, 0, "gold", "1", "0.1", "").source_line()
        'Source: VOA, 2011-09-27, “Ties”. 2 of 21 statements: denials. Tagged automatically (onrecord 0.1, gold 1).'
        """
        place = ", ".join(part for part in (self.outlet, self.article_date, f"“{self.article}”") if part)
        tagger = " ".join(part for part in (self.engine, self.model) if part)
        tagger += f", sides from {self.actors}" if self.actors else ""
        how = f"Checked by {self.checked_by}: {self.checked} of {self.of}" if self.checked else "Tagged automatically"
        counted = f"{self.statements} of {self.of} statements: {self.filter}"
        if self.filter in (ALL, GOLD):
            counted = capitalized(self.filter.replace(ALL, all_of(self.of, "statement")))
        return f"Source: {place}. {counted}. {how} (onrecord {self.onrecord}, {tagger})."


def provenance_of(analysis: Analysis, *, filter: str = ALL, statements: int | None = None) -> Provenance:
    """The provenance of whatever shows ``statements`` (all where not given) of ``analysis``.

    ``filter`` is the filter in words. The date is today's in UTC, or SOURCE_DATE_EPOCH's where that is set.
    """
    article, total, checking = analysis.article, len(analysis.statements), analysis.checking
    return Provenance(
        article=article.title or article.id,
        outlet=article.outlet,
        article_date=article.date or "",
        article_sha256=article.sha256,
        filter=filter,
        statements=total if statements is None else statements,
        of=total,
        checked=sum(bool(statement.decided) for statement in analysis.statements),
        engine=analysis.engine,
        model=analysis.model,
        onrecord=version("onrecord"),
        made=today().date().isoformat(),
        actors=analysis.actors_file,
        actors_sha256=analysis.actors_sha256,
        corrections=checking.file if checking else "",
        corrections_sha256=checking.sha256 if checking else "",
        coders=", ".join(checking.coders) if checking else "",
        checked_by=listed(checking.coders) if checking and not checking.by_hand else "hand",
    )


def today() -> datetime:
    """Midnight of today in UTC, or of the day that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """The entries of the folder's manifest by file name; empty where there is no manifest that can be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    entries = files.items() if isinstance(files, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}


def inspect_file(path: Path) -> dict[str, Any]:
    """What is known about where ``path`` comes from: ``provenance``, ``found`` (where it stood), ``changed``.

    ``changed`` tells whether the file differs from the one that the manifest beside it lists (None: not listed).
    Raises ``OnrecordError`` where the file cannot be read or carries nothing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OnrecordError(f"cannot read {path}: {error.strerror}. Name a file that onrecord exported.") from error
    entry = read_manifest(path.parent).get(path.name)
    inside = _read_inside(path, data)
    if inside is None and entry is None:
        raise OnrecordError(
            f"{path} carries no provenance, and no {MANIFEST} beside it lists the file: "
            "it was not exported by onrecord, or another program has saved it anew."
        )
    listed = entry or {}
    return {
        "provenance": inside or listed.get("provenance", {}),
        "found": "in the file" if inside else f"in {MANIFEST}",
        "changed": listed.get("sha256") != sha256_of(data) if listed else None,
    }


def describe_file(path: Path) -> str:
    """What ``inspect_file`` tells, a line per field, for people; of a manifest, a line per file that it lists."""
    if path.name == MANIFEST:
        return _describe_manifest(path)
    told = inspect_file(path)
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in told["provenance"].items()]
    lines += [f"read from: {told['found']}", f"changed since: {_CHANGED[told['changed']]}"]
    return "\n".join([path.as_posix(), *(f"  {line}" for line in lines)])


def _describe_manifest(path: Path) -> str:
    entries = read_manifest(path.parent)
    if not entries:
        raise OnrecordError(f"{path} lists no file. Name a {MANIFEST} that onrecord wrote, or a file beside it.")
    lines = []
    for name, entry in entries.items():
        file = path.parent / name
        same = file.is_file() and sha256_of(file.read_bytes()) == entry.get("sha256")
        state = "as it was exported" if same else "changed since" if file.is_file() else "no longer there"
        lines.append(f"  {name}: {entry.get('provenance', {}).get('filter', '')}; {state}")
    return "\n".join([f"{path.as_posix()} lists {len(entries)} files", *lines])


def _read_inside(path: Path, data: bytes) -> dict[str, Any] | None:
    """The provenance that the file itself carries, or None: for other formats, foreign and broken files alike."""
    readers = {
        ".png": _from_png, ".svg": _from_svg, ".pdf": _from_pdf,
        ".xlsx": _from_xlsx, ".docx": _from_docx, ".html": _from_html,
    }  # fmt: skip
    reader = readers.get(path.suffix.lower())
    try:
        found = json.loads(reader(path, data)) if reader else None
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile, Image.DecompressionBombError):
        return None
    return found if isinstance(found, dict) else None


def _from_png(path: Path, data: bytes) -> str:
    with Image.open(path) as image:
        return str(image.info[PNG_KEY])


def _from_svg(path: Path, data: bytes) -> str:
    found = re.search(rf'<metadata id="{SVG_ID}">(.*?)</metadata>', data.decode("utf-8"), re.DOTALL)
    return unescape(found.group(1)) if found else ""


def _from_html(path: Path, data: bytes) -> str:
    found = re.search(r'<meta name="onrecord" content="(.*?)">', data.decode("utf-8"), re.DOTALL)
    return unescape(found.group(1)) if found else ""


def _from_pdf(path: Path, data: bytes) -> str:
    found = re.search(rb"/Keywords \(((?:\\.|[^\\)])*)\)", data, re.DOTALL)
    return re.sub(rb"\\([()\\])", rb"\1", found.group(1)).decode("ascii") if found else ""


def _from_xlsx(path: Path, data: bytes) -> str:
    from openpyxl import load_workbook

    rows = load_workbook(path, read_only=True)[SHEET].iter_rows(values_only=True)
    return json.dumps({str(row[0]): "" if row[1] is None else row[1] for row in rows if row and row[0] != "field"})


def _from_docx(path: Path, data: bytes) -> str:
    with zipfile.ZipFile(path) as parts:
        xml = parts.read(DOCX_PART).decode("utf-8")
    found = re.findall(rf'name="{DOCX_PREFIX}(\w+)"[^>]*>\s*<vt:(\w+)>(.*?)</vt:', xml, re.DOTALL)
    fields = {name: int(words) if kind == "i4" else unescape(words) for name, kind, words in found}
    return json.dumps(fields or None)
