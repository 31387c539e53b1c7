"""Where an exported file comes from, read back from the file itself or from the manifest beside it.

The file may be anybody's and anything: every format is read by its own library within limits of size, what does not
parse carries nothing, and only the fields of a ``Provenance`` are told, on one line each and without a character that
a terminal would obey.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from PIL import Image

from onrecord.export.manifest import MANIFEST, read_manifest
from onrecord.export.provenance import DOCX_PREFIX, PNG_KEY, SHEET, SVG_ID, Provenance, sha256_of
from onrecord.files import read_plain
from onrecord.plain_english import on_one_line
from onrecord.records import OnrecordError

_CHANGED = {
    True: "yes: somebody has changed the file since it was exported",
    False: "no: the file is as it was exported",
    None: "unknown: no manifest beside the file lists it",
}
_FIELDS = tuple(field.name for field in fields(Provenance))
#: Bytes of a file, of what an Office file holds unpacked, and how much smaller packing may make one of its parts.
_MOST_BYTES, _MOST_UNPACKED, _MOST_RATIO = 100_000_000, 200_000_000, 200
#: Characters of a provenance and of one field of it as shown.
_MOST_JSON, _MOST_SHOWN = 100_000, 500
#: The provenance of a page stands in its head.
_HEAD_BYTES = 50_000


def inspect_file(path: Path) -> dict[str, Any]:
    """What is known about where ``path`` comes from: ``provenance``, ``found`` (where it stood), ``changed``.

    ``changed`` tells whether the file differs from the one that the manifest beside it lists (None: not listed).
    Raises ``OnrecordError`` where the file cannot be read or carries nothing, and where the manifest is damaged.
    """
    data = read_plain(path, at_most=_MOST_BYTES)
    listed = read_manifest(path.parent).get(path.name, {})
    inside = _read_inside(path.suffix.lower(), data)
    provenance = inside or _known(listed.get("provenance"))
    if not provenance:
        raise OnrecordError(
            f"{path} carries no provenance, and no {MANIFEST} beside it lists the file: "
            "it was not exported by onrecord, or another program has saved it anew."
        )
    return {
        "provenance": provenance,
        "found": "in the file" if inside else f"in {MANIFEST}",
        "changed": listed["sha256"] != sha256_of(data) if listed else None,
    }


def describe_file(path: Path) -> str:
    """What ``inspect_file`` tells, a line per field, for people; of a manifest, a line per file that it lists."""
    if path.name == MANIFEST:
        return _describe_manifest(path)
    told = inspect_file(path)
    lines = [f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in told["provenance"].items()]
    lines += [f"read from: {told['found']}", f"changed since: {_CHANGED[told['changed']]}"]
    return "\n".join([on_one_line(path.as_posix()), *(f"  {line}" for line in lines)])


def _describe_manifest(path: Path) -> str:
    entries = read_manifest(path.parent)
    if not entries:
        raise OnrecordError(f"{path} lists no file. Name a {MANIFEST} that onrecord wrote, or a file beside it.")
    lines = [
        f"  {_shown(name)}: {_shown(entry['provenance'].get('filter', ''))}; {_state(path.parent, name, entry)}"
        for name, entry in entries.items()
    ]
    return "\n".join([f"{on_one_line(path.as_posix())} lists {len(entries)} files", *lines])


def _state(folder: Path, name: str, entry: dict[str, Any]) -> str:
    """What became of a file. A name that leads out of the folder is not followed: it was not written by us."""
    if Path(name).name != name or "\0" in name:
        return "no name of a file in this folder"
    try:
        same = sha256_of(read_plain(folder / name)) == entry["sha256"]
    except OnrecordError:
        return "no longer there"
    return "as it was exported" if same else "changed since"


def _shown(value: object) -> str:
    return on_one_line(str(value))[:_MOST_SHOWN]


def _read_inside(suffix: str, data: bytes) -> dict[str, Any]:
    """The provenance that the file itself carries; empty for other formats, foreign and broken files alike."""
    reader = _READERS.get(suffix)
    try:
        return _known(reader(data)) if reader else {}
    except Exception:  # what the libraries raise over a broken file has no end
        return {}


def _known(found: object) -> dict[str, Any]:
    """Those of the fields that a provenance has, in its order: no other may pass for one."""
    if not isinstance(found, dict):
        return {}
    return {name: found[name] for name in _FIELDS if isinstance(found.get(name), str | int)}


def _from_json(text: str) -> object:
    return json.loads(text) if len(text) <= _MOST_JSON else None


def _from_png(data: bytes) -> object:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        return _from_json(str(image.info[PNG_KEY]))


def _from_svg(data: bytes) -> object:
    from defusedxml.ElementTree import iterparse

    for _, element in iterparse(io.BytesIO(data), forbid_entities=True):
        if element.get("id") == SVG_ID and element.tag == "{http://www.w3.org/2000/svg}metadata":
            return _from_json(element.text)
    return None


class _Head(HTMLParser):
    """Remembers the page's provenance."""

    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "onrecord":
            self.found = self.found or given.get("content") or ""


def _from_html(data: bytes) -> object:
    head = _Head()
    head.feed(data[:_HEAD_BYTES].decode("utf-8", "replace"))
    return _from_json(head.found)


def _from_pdf(data: bytes) -> object:
    from pypdf import PdfReader

    about = PdfReader(io.BytesIO(data), strict=True).metadata
    return _from_json(str(about["/Keywords"])) if about else None


def _from_xlsx(data: bytes) -> object:
    from openpyxl import load_workbook

    sheet = load_workbook(_within_limits(data), read_only=True)[SHEET]
    rows = sheet.iter_rows(max_row=len(_FIELDS) + 1, max_col=2, values_only=True)
    return {row[0]: "" if row[1] is None else row[1] for row in rows if len(row) == 2}


def _from_docx(data: bytes) -> object:
    from defusedxml.ElementTree import fromstring
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.package import OpcPackage

    package = OpcPackage.open(_within_limits(data))
    properties = fromstring(package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES).blob, forbid_dtd=True)
    found = {each.get("name", "").removeprefix(DOCX_PREFIX): each[0] for each in properties}
    return {name: int(value.text) if value.tag.endswith("}i4") else value.text or "" for name, value in found.items()}


def _within_limits(data: bytes) -> io.BytesIO:
    """The Office file (a zip). Raises ``ValueError`` where it unpacks to more than any of ours."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file) as parts:
        sizes = [(part.file_size, part.compress_size) for part in parts.infolist()]
    if sum(size for size, _ in sizes) > _MOST_UNPACKED:
        raise ValueError("it unpacks to too much")
    if any(size > _MOST_RATIO * max(packed, 5_000) for size, packed in sizes):
        raise ValueError("a part of it was packed too well")
    return file


_READERS: dict[str, Callable[[bytes], object]] = {
    ".png": _from_png,
    ".svg": _from_svg,
    ".pdf": _from_pdf,
    ".xlsx": _from_xlsx,
    ".docx": _from_docx,
    ".html": _from_html,
}
