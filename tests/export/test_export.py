"""Exported files: they open, say where they come from, and do no harm."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image

from onrecord.captions import Caption
from onrecord.charts import Chart
from onrecord.export import save as export
from onrecord.export.filenames import MAX_NAME, free_stem, slug
from onrecord.export.provenance import Provenance, provenance_of, today
from onrecord.export.read_back import describe_file, inspect_file
from onrecord.records import Analysis, Article, OnrecordError, Tokens

ORIGIN = Provenance(
    article="Council “split” <over> the bridge – (part 1) \\ é",
    outlet="The Courier",
    article_date="2024-05-01",
    article_sha256="ab" * 32,
    filter="Ana Šimić, denials & refusals",
    statements=2,
    of=9,
    checked=0,
    engine="gold",
    model="1",
    onrecord="0.1.0",
    made="2024-05-02",
)
ALT = 'Bars of 2 actors. "Quoted" & <angled>, ’curly’.'
FRAME = pd.DataFrame(
    {
        "actor": pd.Series(
            ['=HYPERLINK("x")', "+1", "-2", "@a", "\tb", "Ana | Šimić", "a\x00b", "<script>"], dtype="str"
        ),
        "n": [-1, 2, 3, 4, 5, 6, 7, 8],
        "named": [True, False] * 4,
        "share": [0.5, float("nan")] * 4,
    }
)


def figure() -> Chart:
    drawn = Chart(figsize=(4, 3))
    drawn.caption, drawn.source = Caption(("Most are for the bridge",), "Stances", ALT), ORIGIN.source_line()
    drawn.add_subplot().barh(["Ana Šimić", "the mayor’s office"], [1, 2], hatch="//")
    return drawn


@pytest.mark.parametrize("name", export.FIGURE_FORMATS)
def test_a_figure_tells_where_it_comes_from(tmp_path: Path, name: str):
    (path,) = export.save_figure(figure(), tmp_path / "out" / "a", provenance=ORIGIN, formats=[name])
    told = inspect_file(path)
    assert told["provenance"] == json.loads(ORIGIN.as_json())
    assert (told["found"], told["changed"]) == ("in the file", False)


def test_a_png_is_made_for_print_and_described(tmp_path: Path):
    (path,) = export.save_figure(figure(), tmp_path / "a", provenance=ORIGIN, formats=["png"])
    with Image.open(path) as image:
        assert image.size == (1200, 900)
        assert round(image.info["dpi"][0]) == 300
        assert image.info["Description"] == ALT
        assert image.info["Title"] == "Most are for the bridge"
        assert ORIGIN.article in image.info["Source"]


def test_an_svg_is_readable_by_people_and_programs():
    from xml.etree import ElementTree

    text = export.svg_bytes(figure(), ORIGIN).decode()
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert root.get("aria-label") == ALT
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == ALT
    assert "Ana Šimić" in {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_pdf_embeds_its_fonts():
    data = export.pdf_bytes(figure(), ORIGIN)
    assert b"/FontFile2" in data
    assert b"/Type3" not in data


@pytest.mark.parametrize("writer", [export.png_bytes, export.svg_bytes, export.pdf_bytes])
def test_the_same_figure_gives_the_same_bytes(writer):
    assert writer(figure(), ORIGIN) == writer(figure(), ORIGIN)


@pytest.mark.parametrize("name", export.TABLE_FORMATS)
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, name: str):
    paths = [export.save_table(FRAME, tmp_path / f / "t", provenance=ORIGIN, formats=[name])[0] for f in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert inspect_file(paths[0])["provenance"] == json.loads(ORIGIN.as_json())


def test_csv_opens_in_a_spreadsheet_as_text(tmp_path: Path):
    (path,) = export.save_table(FRAME, tmp_path / "t", provenance=ORIGIN)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfactor,n,named,share\r\n")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:6]] == ['\'=HYPERLINK("x")', "'+1", "'-2", "'@a", "'\tb"]
    assert rows[1][1:] == ["-1", "True", "0.5"]
    assert rows[2][3] == ""


def test_a_workbook_holds_text_not_formulas(tmp_path: Path):
    (path,) = export.save_table(FRAME, tmp_path / "t", provenance=ORIGIN, formats=["xlsx"])
    sheet = load_workbook(path)["t"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D9"
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 9
    assert sheet["A2"].value == '=HYPERLINK("x")'
    assert sheet["B2"].value == -1
    assert sheet["C2"].value is True
    assert sheet["D3"].value is None
    assert sheet["A8"].value == "a\ufffdb"
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_markdown_shows_markup_as_text():
    lines = export.markdown_text(FRAME, ORIGIN).splitlines()
    assert lines[1] == "| --- | ---: | --- | ---: |"
    assert lines[7].startswith("| Ana \\| Šimić |")
    assert lines[9].startswith("| &lt;script> |")
    assert lines[-1].startswith("Source: The Courier, 2024-05-01")


def test_an_empty_table_is_a_header(tmp_path: Path):
    paths = export.save_table(FRAME.head(0), tmp_path / "t", provenance=ORIGIN, formats=["csv", "xlsx", "md"])
    assert pd.read_csv(paths[0]).columns.tolist() == FRAME.columns.tolist()
    assert load_workbook(paths[1])["t"].max_row == 1


def test_an_existing_file_is_never_overwritten_silently(tmp_path: Path):
    def save(rows: int, overwrite: bool = False) -> str:
        return export.save_table(FRAME.head(rows), tmp_path / "t", provenance=ORIGIN, overwrite=overwrite)[0].name

    assert [save(1), save(1), save(2)] == ["t.csv", "t.csv", "t-2.csv"]
    assert save(3, overwrite=True) == "t.csv"
    (tmp_path / "t.csv").write_text("my notes", encoding="utf-8")
    assert save(4, overwrite=True) == "t-2.csv"
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "my notes"


def test_the_formats_of_one_figure_share_a_name(tmp_path: Path):
    (tmp_path / "a.svg").write_text("mine", encoding="utf-8")
    paths = export.save_figure(figure(), tmp_path / "a", provenance=ORIGIN)
    assert [path.name for path in paths] == ["a-2.png", "a-2.svg", "a-2.pdf"]


def test_a_file_changed_by_hand_shows(tmp_path: Path):
    (path,) = export.save_table(FRAME, tmp_path / "t", provenance=ORIGIN)
    path.write_text("changed", encoding="utf-8")
    assert inspect_file(path)["changed"] is True


def test_a_manifest_tells_what_became_of_its_files(tmp_path: Path):
    for name in ("kept", "touched", "gone"):
        export.save_table(FRAME, tmp_path / name, provenance=ORIGIN)
    (tmp_path / "touched.csv").write_text("changed", encoding="utf-8")
    (tmp_path / "gone.csv").unlink()
    first, *lines = describe_file(tmp_path / "manifest.json").splitlines()
    assert first.endswith("lists 3 files")
    assert sorted(lines) == [
        f"  gone.csv: {ORIGIN.filter}; no longer there",
        f"  kept.csv: {ORIGIN.filter}; as it was exported",
        f"  touched.csv: {ORIGIN.filter}; changed since",
    ]
    (tmp_path / "manifest.json").write_text('{"files": {}}', encoding="utf-8")
    with pytest.raises(OnrecordError, match="lists no file"):
        describe_file(tmp_path / "manifest.json")


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.pdf", "a.xlsx", "a.html", "a.csv", "a"])
@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b'<metadata id="onrecord">x</metadata>', b"/Keywords (x)"]
)
def test_a_foreign_or_broken_file_is_told_apart(tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "manifest.json").write_text('{"files": {}}', encoding="utf-8")
    with pytest.raises(OnrecordError, match="not exported by onrecord"):
        inspect_file(tmp_path / name)


def test_wrong_wishes_are_answered_clearly(tmp_path: Path):
    with pytest.raises(OnrecordError, match="no such format: gif"):
        export.save_figure(figure(), tmp_path / "a", provenance=ORIGIN, formats=["gif"])
    with pytest.raises(OnrecordError, match="as a list"):
        export.save_table(FRAME, tmp_path / "a", provenance=ORIGIN, formats="csv")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OnrecordError, match="cannot make the folder"):
        export.save_table(FRAME, tmp_path / "file" / "a", provenance=ORIGIN)
    with pytest.raises(OnrecordError, match="cannot read"):
        inspect_file(tmp_path / "none.png")


@given(st.text())
def test_a_slug_is_a_file_name_everywhere(words: str):
    name = slug(words)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?", name)
    assert len(name) <= MAX_NAME + len("-file")
    assert slug(name) == name


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "lpt9"])
def test_a_slug_is_no_device(name: str):
    assert slug(name) == f"{name.lower()}-file"


def test_a_folder_in_the_way_is_stepped_around(tmp_path: Path):
    (tmp_path / "a.csv").mkdir()
    assert free_stem(tmp_path, "a", {".csv": b""}, overwrite=True) == "a-2"


def test_the_day_can_be_set_from_outside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1317081600")
    assert today().date().isoformat() == "2011-09-27"
    origin = provenance_of(
        Analysis(Article("x", title="T"), Tokens((), ()), (), engine="e", model="m"), filter="none", statements=0
    )
    assert (origin.article, origin.statements, origin.of, origin.made) == ("T", 0, 0, "2011-09-27")
