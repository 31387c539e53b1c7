"""The report as page and Word document: it says where each word stands, can be read by all, and tells its origin."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import pandas as pd
import pytest
from invented import invented_analysis

from onrecord.answers.disputes import pair_disputes
from onrecord.evaluation.last_scores import measured
from onrecord.export.provenance import provenance_of
from onrecord.export.read_back import inspect_file
from onrecord.records import Analysis, Article, Dispute, Statement, Tokens
from onrecord.report import report_document, save_report
from onrecord.report.as_docx import TEXT_WIDTH, column_widths, docx_bytes
from onrecord.report.as_html import report_html
from onrecord.report.document_parts import Figure, Quote, Table, Text
from onrecord.statements.engines import ENGINES
from onrecord.text.words import Words


def paired(analysis: Analysis, statements: tuple[Statement, ...]) -> tuple[Dispute, ...]:
    return pair_disputes(Words(analysis.article, analysis.tokens), statements)


def nothing() -> Analysis:
    return Analysis(Article("Nobody spoke.", title="Quiet"), Tokens((), ()), (), engine="fast", model="crf-1")


def made(analysis: Analysis):
    return report_document(analysis, provenance_of(analysis))


class Page(HTMLParser):
    """What a program sees of a page: tags with their attributes, and whether they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "link", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_quotes_and_tables_lead_back_to_paragraph_and_statement(gold_analysis: Analysis) -> None:
    known = {statement.id for statement in gold_analysis.statements}
    disputes = paired(gold_analysis, gold_analysis.statements)
    analysis = replace(gold_analysis, disputes=disputes)
    quotes = [part for section in made(analysis).sections for part in section.parts if isinstance(part, Quote)]
    assert {quote.statement for quote in quotes} <= known
    assert all(re.fullmatch(r"¶\d+|H", quote.place) for quote in quotes)
    denial = next(quote for quote in quotes if quote.statement == "S20" and "denies" in quote.role)
    assert denial.who == "Rehman Malik"
    assert "no links to the Haqqani network" in denial.words


def test_every_figure_and_table_is_numbered_and_says_its_source(gold_analysis: Analysis) -> None:
    parts = [part for section in made(gold_analysis).sections for part in section.parts]
    source = provenance_of(gold_analysis).source_line()
    captions = [part.caption for part in parts if isinstance(part, Figure)]
    assert [caption.split(".")[0] for caption in captions] == [f"Figure {n}" for n in range(1, len(captions) + 1)]
    assert all(part.chart.source == source for part in parts if isinstance(part, Figure))
    assert all(part.source and part.caption for part in parts if isinstance(part, Table))


@pytest.mark.parametrize("analysis", [nothing(), invented_analysis(12)], ids=["none", "many"])
def test_the_page_is_whole_described_and_loads_nothing(analysis: Analysis) -> None:
    page = Page(report_html(made(analysis), analysis))
    assert page.open == []
    images = [attributes for tag, attributes in page.tags if tag == "img"]
    assert all(image["alt"] and str(image["src"]).startswith("data:image/png") for image in images)
    assert bool(images) == bool(analysis.statements)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [str(attributes["href"]) for tag, attributes in page.tags if tag == "a"]
    assert [link for link in links if link[:1] != "#" or link[1:] not in ids] == []
    assert not any(tag in ("script", "link", "iframe") for tag, _ in page.tags)


def test_words_of_the_article_are_never_markup() -> None:
    analysis = invented_analysis(12)
    assert "<Sons>" not in report_html(made(analysis), analysis)


def test_the_word_document_has_headings_alt_texts_and_repeated_headers() -> None:
    analysis = invented_analysis(12)
    document = made(analysis)
    word = docx.Document(io.BytesIO(docx_bytes(document)))
    headings = [p.text for p in word.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [section.heading for section in document.sections]
    figures = [part for section in document.sections for part in section.parts if isinstance(part, Figure)]
    alts = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert alts == [figure.chart.alt for figure in figures]
    assert all(shape.width <= word.sections[0].page_width for shape in word.inline_shapes)
    xml = zipfile.ZipFile(io.BytesIO(docx_bytes(document))).read("word/document.xml").decode()
    assert xml.count("w:tblHeader") == len(word.tables)
    words = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert "O’Neill & <Sons>" in words


def test_captions_do_not_repeat_the_title_in_the_picture(gold_analysis: Analysis) -> None:
    figures = [part for section in made(gold_analysis).sections for part in section.parts if isinstance(part, Figure)]
    assert len(figures) > 5
    assert not [figure.caption for figure in figures if figure.chart.caption.title in figure.caption]


def test_a_chart_that_tells_nothing_is_a_line(gold_analysis: Analysis) -> None:
    nowhere = replace(gold_analysis, statements=tuple(replace(s, side="unknown") for s in gold_analysis.statements))
    parts = [part for section in made(nowhere).sections for part in section.parts]
    assert not [part for part in parts if isinstance(part, Figure) and "Words of each side" in part.caption]
    assert [part.words for part in parts if isinstance(part, Text) and part.words.startswith("No side is known")]


def test_no_fragment_is_set_as_a_quotation(gold_analysis: Analysis) -> None:
    analysis = replace(
        gold_analysis,
        disputes=paired(gold_analysis, gold_analysis.statements),
    )
    quotes = [part for section in made(analysis).sections for part in section.parts if isinstance(part, Quote)]
    assert len(quotes) > 8
    assert [quote.words for quote in quotes if not re.match(r"[A-Z“‘]", quote.words)] == []
    assert [quote.words for quote in quotes if not re.search(r"[.”’…]$", quote.words)] == []


def test_no_field_of_the_last_table_is_empty(gold_analysis: Analysis) -> None:
    (table,) = made(gold_analysis).sections[-1].parts
    assert isinstance(table, Table)
    assert (table.frame["value"].str.strip() != "").all()


def test_in_word_nothing_is_parted_from_its_head() -> None:
    word = docx.Document(io.BytesIO(docx_bytes(made(invented_analysis(12)))))
    heading = word.styles["Heading 1"]
    assert heading.paragraph_format.keep_with_next
    for table in word.tables:
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)
        assert not table.rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_the_files_tell_their_origin_and_are_the_same_every_time(tmp_path: Path) -> None:
    analysis = invented_analysis(3)
    origin = provenance_of(analysis)
    first = save_report(analysis, tmp_path / "a" / "report", provenance=origin)
    second = save_report(analysis, tmp_path / "b" / "report", provenance=origin)
    assert [path.name for path in first] == ["report.html", "report.docx"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    for path in first:
        told = inspect_file(path)
        assert (told["found"], told["changed"]) == ("in the file", False)
        assert told["provenance"]["article_sha256"] == analysis.article.sha256
        assert told["provenance"]["statements"] == len(analysis.statements)


def test_no_clock_leaks_into_the_word_document() -> None:
    origin = replace(provenance_of(nothing()), made="2024-05-02")
    with zipfile.ZipFile(io.BytesIO(docx_bytes(report_document(nothing(), origin)))) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2024, 5, 2, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2024-05-02T00:00:00Z"}


def test_a_report_that_somebody_has_edited_is_kept(tmp_path: Path) -> None:
    analysis = nothing()
    origin = provenance_of(analysis)
    save_report(analysis, tmp_path / "report", provenance=origin)
    (tmp_path / "report.docx").write_bytes(b"mine")
    again = save_report(analysis, tmp_path / "report", provenance=origin, overwrite=True)
    assert (tmp_path / "report.docx").read_bytes() == b"mine"
    assert [path.name for path in again] == ["report-2.html", "report-2.docx"]


def test_the_method_note_has_scores_with_intervals_for_both_engines() -> None:
    for engine in ENGINES:
        rows = measured(engine)
        assert (rows["low"] <= rows["score"]).sum() >= len(rows) - 1  # the macro mean has none where articles are few
        assert set(rows["task"]) == {"statements", "labels"}
    assert measured("somebody's own").empty


def test_columns_of_a_word_table_share_the_width() -> None:
    frame = made(invented_analysis(5)).sections[-1].parts[0]
    assert isinstance(frame, Table)
    widths = column_widths(frame.frame)
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    assert widths[0] < widths[1]


def test_one_long_name_takes_no_room_from_the_column_of_sentences() -> None:
    names = [*["Al Li"] * 9, "Petra " + "W" * 40]
    frame = pd.DataFrame({"id": ["S1"] * 10, "actor": names, "words": ["so it is " * 12] * 10})
    id_width, actor, words = column_widths(frame)
    assert id_width + actor + words == pytest.approx(TEXT_WIDTH)
    assert id_width < actor < words / 2


def test_the_columns_of_a_word_table_are_as_wide_as_their_cells(gold_analysis: Analysis) -> None:
    word = docx.Document(io.BytesIO(docx_bytes(made(gold_analysis))))
    for table in word.tables:
        assert [column.width for column in table.columns] == [cell.width for cell in table.rows[0].cells]
