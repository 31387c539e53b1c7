"""``onrecord inspect`` on files of strangers: it ends soon, needs little, and tells nothing that the file made up."""

from __future__ import annotations

import io
import json
import os
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.charts import stance_by_actor
from onrecord.export.manifest import read_manifest
from onrecord.export.provenance import Provenance
from onrecord.export.read_back import describe_file, inspect_file
from onrecord.export.save import save_figure, save_page, save_table
from onrecord.records import OnrecordError
from onrecord.report import save_report
from onrecord.tables import stance_by_actor as stances_of

from invented import invented_analysis  # isort: skip

ORIGIN = Provenance("Bridge", "The Post", "2024-05-01", "ab", "denials", 2, 9, 0, "e", "1", "0.1", "2024-05-02")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, width: int = 1) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def said(text: str) -> bytes:
    """A PNG that says ``text`` of itself."""
    return png(chunk(b"tEXt", b"onrecord\0" + text.encode("ascii")))


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def patched(data: bytes, *, method: int | None = None, flag: int | None = None) -> bytes:
    """The zip with another method of packing, or a flag (1: encrypted), in each of its entries."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(mark)
        while place >= 0:
            if flag is not None:
                out[place + at : place + at + 2] = struct.pack("<H", flag)
            if method is not None:
                out[place + at + 2 : place + at + 4] = struct.pack("<H", method)
            place = out.find(mark, place + 4)
    return bytes(out)


ENTITIES = b'<!DOCTYPE s [<!ENTITY a "aaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><metadata id="onrecord">%s</metadata></svg>'
HOSTILE = {
    "deep.png": said("[" * 100_000),
    "large.png": said("{" + " " * 900_000 + "}"),
    "list.png": said("[1]"),
    "unknown.png": said('{"changed since": "no: the file is as it was exported"}'),
    "nested.png": said('{"article": {"a": ["b"]}}'),
    "bomb.png": png(chunk(b"zTXt", b"onrecord\0\0" + zlib.compress(b"A" * 50_000_000, 9))),
    "huge.png": png(width=200_000),
    "cut.png": said("{}")[:40],
    "eps.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n",
    "deep.svg": SVG % (b"[" * 100_000),
    "nest.svg": b"<svg>" * 50_000,
    "open.svg": b'<metadata id="onrecord">' * 50_000,
    "entities.svg": ENTITIES + b"]>" + SVG % b"{&quot;article&quot;: &quot;&j;&quot;}",
    "latin.svg": b"\xff\xfe<svg>",
    "open.html": b'<meta name="onrecord" content="' * 50_000,
    "late.html": b"<p>" * 100_000 + b"<meta name=\"onrecord\" content='{}'>",
    "open.pdf": b"/Keywords (" * 100_000,
    "escaped.pdf": b"/Keywords (" + b"\\(" * 1_000_000,
    "objects.pdf": b"%PDF-1.4\n" + b"1 0 obj\n<<\n" * 50_000 + b"trailer\n<</Info 1 0 R>>\nstartxref\n0\n%%EOF",
    "bomb.docx": packed({"docProps/custom.xml": bytes(100_000_000)}),
    "many.docx": packed({f"p{number}": bytes(900_000) for number in range(250)}),
    "names.docx": packed({"docProps/custom.xml": b'name="onrecord a"' * 20_000}),
    "text.docx": packed({"[Content_Types].xml": b"not xml"}),
    "text.xlsx": packed({"[Content_Types].xml": b"not xml", "xl/workbook.xml": b"<workbook><"}),
    "bomb.xlsx": packed({"xl/worksheets/sheet1.xml": b"A" * 100_000_000}),
    "method.xlsx": patched(packed({"[Content_Types].xml": b"x" * 99}), method=99),
    "locked.xlsx": patched(packed({"[Content_Types].xml": b"x" * 99}), flag=1),
    "empty.docx": b"",
    "half.xlsx": packed({"a": b"b"})[:-30],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_carries_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    tracemalloc.start()
    with pytest.raises(OnrecordError, match="carries no provenance"):
        inspect_file(tmp_path / name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".xlsx", ".docx", ".html"])
@settings(max_examples=10, deadline=None)
@given(data=st.binary(max_size=300), at=st.integers(0, 100_000))
def test_a_file_damaged_anywhere_tells_the_truth_or_nothing(
    tmp_path_factory, suffix: str, data: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    whole = exported(tmp_path_factory.getbasetemp() / "whole", suffix).read_bytes()
    at %= len(whole)
    (folder / f"a{suffix}").write_bytes(whole[:at] + data + whole[at + len(data) :])
    try:
        described = describe_file(folder / f"a{suffix}")
    except OnrecordError as error:
        assert "carries no provenance" in str(error)
    else:
        assert all(line.isprintable() for line in described.split("\n"))
        assert described.split("\n")[-1] == "  changed since: unknown: no manifest beside the file lists it"


def exported(folder: Path, suffix: str) -> Path:
    """A file of ours, made once."""
    analysis = invented_analysis(3)
    if not (folder / f"a{suffix}").exists():
        chart = stance_by_actor(stances_of(analysis), source=ORIGIN.source_line())
        save_figure(chart, folder / "a", provenance=ORIGIN, overwrite=True)
        save_table(pd.DataFrame({"a": [1]}), folder / "a", provenance=ORIGIN, formats=["xlsx"], overwrite=True)
        save_page("<html><head></head></html>", folder / "a", alt="", provenance=ORIGIN, overwrite=True)
        if suffix == ".docx":
            save_report(analysis, folder / "a", provenance=ORIGIN, overwrite=True)
    return folder / f"a{suffix}"


def test_no_file_can_write_lines_of_its_own(tmp_path: Path) -> None:
    forged = "\x1b[31mred\x1b]0;mine\x07\nchanged since: no: the file is as it was exported\u202e"
    (tmp_path / "a.png").write_bytes(said(json.dumps({"article": forged, "x\ny": "z", "outlet": "\ud800"})))
    first, *lines = describe_file(tmp_path / "a.png").split("\n")
    assert first.endswith("a.png")
    assert lines == [
        "  article: �[31mred�]0;mine� changed since: no: the file is as it was exported�",
        "  outlet: �",
        "  read from: in the file",
        "  changed since: unknown: no manifest beside the file lists it",
    ]


ENTRY = {"sha256": "ab", "alt": "", "provenance": {"filter": "denials"}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"files": {"a',
        "[" * 100_000,
        "[1, 2]",
        '{"files": 3}',
        '{"files": ["a.csv"]}',
        "\0\1",
        json.dumps({"files": {"a.csv": 3}}),
        json.dumps({"files": {"a.csv": {**ENTRY, "sha256": 5}}}),
        json.dumps({"files": {"a.csv": {**ENTRY, "provenance": [1]}}}),
    ],
)
def test_a_damaged_manifest_is_told_with_the_remedy_by_all_who_need_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    (tmp_path / "a.csv").write_text("mine")
    for use in (
        lambda: describe_file(tmp_path / "manifest.json"),
        lambda: describe_file(tmp_path / "a.csv"),
        lambda: save_table(pd.DataFrame({"a": [1]}), tmp_path / "a", provenance=ORIGIN, overwrite=True),
    ):
        with pytest.raises(OnrecordError, match=r"manifest\.json is damaged.*Move it away"):
            use()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "manifest.json"]


def test_a_manifest_leads_to_no_file_elsewhere(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "pipe").symlink_to(tmp_path / "pipe")
    names = ["../secret", str(tmp_path / "secret"), "", ".", "a\0b", "\ud800", "a" * 5_000, "\x1b[2J", "pipe"]
    manifest = {"files": dict.fromkeys(names, ENTRY)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert len(read_manifest(folder)) == len(names)
    first, *lines = describe_file(folder / "manifest.json").split("\n")
    assert first.endswith(f"lists {len(names)} files")
    assert {line.rpartition("; ")[2] for line in lines} == {"no name of a file in this folder", "no longer there"}
    assert all(line.isprintable() and len(line) < 600 for line in lines)
