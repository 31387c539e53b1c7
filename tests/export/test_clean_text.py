"""Whatever characters an article holds, every file made of it can be read by the programs that it is meant for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import docx
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from onrecord import charts, tables
from onrecord.export import Provenance, provenance_of
from onrecord.export.manifest import read_manifest
from onrecord.export.read_back import inspect_file
from onrecord.export.save import csv_text, page_bytes, pdf_bytes, png_bytes, save_page, save_table, svg_bytes
from onrecord.export.workbook import workbook_bytes
from onrecord.fileformat import statements_from_json
from onrecord.plain_english import on_one_line, printable
from onrecord.records import Analysis
from onrecord.report.as_docx import docx_bytes
from onrecord.report.as_html import report_html
from onrecord.report.contents import report_document
from onrecord.text import parse_article, tokenize

#: The kinds that no format takes, or not every one: controls, halves of a character, what is no character.
ODD = "\x00\x01\x08\x0b\x0c\x1a\x1b\x1c\x7f\x85\x9f\u2028\u202e\ud800\udfff\ufffe\uffff\ufeff"
odd_words = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=8)
Made = tuple[Analysis, Provenance]


def made(odd: str) -> Made:
    """An article with ``odd`` in title, outlet, id, names and words, as an engine would have read it."""
    said = f"“The bridge {odd} is safe,” Ada {odd} Brandt said."
    article = parse_article(said, id=f"a{odd}", title=f"Bridge{odd}shut", outlet=f"The{odd}Post")
    end = said.index("”") + 1
    row = {
        "id": "S1",
        "content": [[0, end]],
        "source": [[end + 1, len(said) - 6]],
        "cue": [[len(said) - 5, len(said) - 1]],
        "actor": f"Ada {odd} Brandt",
        "side": f"the{odd}harbour",
        "act": "accusation",
        "stance": [{"target": f"the {odd} mayor", "target_type": "actor", "polarity": "against"}],
    }
    statements = statements_from_json([row])
    analysis = Analysis(article, tokenize(said, article.blocks), statements, engine="e", actors_file=f"my{odd}.csv")
    return analysis, provenance_of(analysis, filter=f"actor Ada {odd}")


@cache
def chart_of(odd: str) -> charts.Chart:
    analysis, origin = made(odd)
    return charts.stance_by_actor(tables.stance_by_actor(analysis), source=origin.source_line())


def reads_png(odd: str) -> None:
    with Image.open(io.BytesIO(png_bytes(chart_of(odd), made(odd)[1], dpi=30))) as image:
        image.load()
        assert json.loads(image.info["onrecord"])["outlet"] == made(odd)[1].outlet


def reads_svg(odd: str) -> None:
    ElementTree.fromstring(svg_bytes(chart_of(odd), made(odd)[1]))


def reads_pdf(odd: str) -> None:
    about = PdfReader(io.BytesIO(pdf_bytes(chart_of(odd), made(odd)[1])), strict=True).metadata
    assert about is not None and about.title == chart_of(odd).caption.title


def reads_html(odd: str) -> None:
    analysis, origin = made(odd)
    page = page_bytes(report_html(report_document(analysis, origin), analysis), origin).decode("utf-8")
    assert printable(page) == page


def reads_docx(odd: str) -> None:
    analysis, origin = made(odd)
    word = docx.Document(io.BytesIO(docx_bytes(report_document(analysis, origin))))
    assert word.paragraphs[0].text.startswith("Who is on record with what: Bridge")


def reads_xlsx(odd: str) -> None:
    analysis, origin = made(odd)
    book = load_workbook(io.BytesIO(workbook_bytes(tables.statements(analysis), f"t{odd}", origin)))
    assert len(book.sheetnames) == 2


def reads_csv(odd: str) -> None:
    frame = pd.DataFrame({f"a{odd}": [f"x{odd}", "y"]}, dtype="str")
    text = printable(csv_text(frame))
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 3


QUICK_READERS = [reads_png, reads_svg, reads_pdf, reads_xlsx, reads_csv]
READERS = [*QUICK_READERS, reads_html, reads_docx]


@pytest.mark.filterwarnings("ignore:Glyph")  # letters that the font lacks
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.removeprefix("reads_"))
def test_every_odd_character_goes_into_every_format(read: Callable[[str], None]) -> None:
    read(ODD)


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("read", QUICK_READERS, ids=lambda read: read.__name__.removeprefix("reads_"))
@settings(max_examples=4, deadline=None)
@given(odd=odd_words)
def test_any_characters_go_into_every_format(read: Callable[[str], None], odd: str) -> None:
    read(odd)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd=odd_words)
@example(odd=ODD)
def test_any_characters_go_into_files_and_manifest_and_come_back_in_print(tmp_path: Path, odd: str) -> None:
    analysis, origin = made(odd)
    frame = tables.statements(analysis)
    paths = save_table(frame, tmp_path / "t", provenance=origin, formats=["csv", "xlsx", "md"], overwrite=True)
    paths.append(save_page("<html><head></head></html>", tmp_path / "p", alt=odd, provenance=origin, overwrite=True))
    for path in paths:
        told = inspect_file(path)
        assert told["changed"] is False
        assert told["provenance"]["article_sha256"] == origin.article_sha256
    for path in (*paths[::2], paths[3]):
        assert printable(path.read_text(encoding="utf-8-sig")) == path.read_text(encoding="utf-8-sig")
    assert all(entry["provenance"]["of"] == 1 for entry in read_manifest(tmp_path).values())


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters())))
def test_what_a_terminal_shows_is_one_line_that_it_need_not_obey(text: str) -> None:
    assert on_one_line(text).isprintable()
    assert len(on_one_line(text).splitlines()) <= 1
