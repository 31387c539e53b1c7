"""A report as a Word document (Office Open XML): real headings, captions, alt texts, tables with repeated headers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import docx
import pandas as pd
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph

from onrecord import style
from onrecord.charts import text_width
from onrecord.export import Provenance, dated_zip, png_bytes
from onrecord.plain_english import printable
from onrecord.report.document_parts import Document, Figure, Part, Points, Quote, Table, Text
from onrecord.report.docx_properties import add_properties

#: A4, with margins that leave the width of a medium figure.
PAGE_WIDTH, PAGE_HEIGHT, TEXT_WIDTH = Inches(8.27), Inches(11.69), style.SIZES["medium"].width
FONT = "Calibri"
#: Letters in a table, the margins of a cell left and right together, and the widest word that is kept whole, in inches.
CELL_POINTS, CELL_MARGIN, WIDEST_WORD = 8.5, 0.17, 1.4
#: Points above and below what stands in a cell: letters that touch its lines are hard to read.
CELL_SPACE = 1.5


def docx_bytes(document: Document) -> bytes:
    """The report as a .docx file; the same report gives the same bytes."""
    word = docx.Document()
    _set_page(word)
    _set_styles(word)
    _describe(word, document)
    word.add_paragraph(printable(document.title), "Title")
    for line in (document.subtitle, document.provenance.source_line()):
        if line:
            _small(word.add_paragraph(printable(line)))
    for section in document.sections:
        word.add_heading(printable(section.heading), 1)
        for part in section.parts:
            _add(word, part, document.provenance)
    add_properties(word, document.provenance)
    buffer = io.BytesIO()
    word.save(buffer)
    return dated_zip(buffer.getvalue(), document.provenance.made)


def _set_page(word: WordDocument) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = PAGE_WIDTH, PAGE_HEIGHT
    page.left_margin = page.right_margin = Length(round((PAGE_WIDTH - Inches(TEXT_WIDTH)) / 2))
    page.top_margin = page.bottom_margin = Inches(0.9)


def _set_styles(word: WordDocument) -> None:
    """The house's ink and one typeface; sizes of headings as in print."""
    for name, points, bold in (
        ("Normal", 10.5, None), ("Title", 22, True), ("Heading 1", 14, True), ("Caption", 9.5, True),
        ("Quote", 10.5, None), ("List Bullet", 10.5, None),
    ):  # fmt: skip
        look = word.styles[name]
        assert isinstance(look, ParagraphStyle)
        look.font.name, look.font.size, look.font.bold, look.font.italic = FONT, Pt(points), bold, False
        look.font.color.rgb = _rgb(style.INK)
        fonts = look.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's typeface would win
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FONT)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.removeprefix("#"))


def _describe(word: WordDocument, document: Document) -> None:
    """Title, author and dates as file managers show them."""
    made, core = datetime.fromisoformat(document.provenance.made), word.core_properties
    core.title, core.subject = printable(document.title)[:255], printable(document.subtitle)[:255]
    core.author = core.last_modified_by = f"onrecord {document.provenance.onrecord}"
    core.comments, core.keywords, core.language = document.provenance.source_line()[:255], "", "en"
    core.created = core.modified = made


def _add(word: WordDocument, part: Part, provenance: Provenance) -> None:
    match part:
        case Text():
            run = word.add_paragraph().add_run(printable(part.words))
            run.bold = part.strong or None
        case Points():
            for item in part.items:
                word.add_paragraph(printable(item), "List Bullet")
        case Figure():
            _add_figure(word, part, provenance)
        case Table():
            _add_table(word, part)
        case Quote():
            _add_quote(word, part)


def _add_figure(word: WordDocument, figure: Figure, provenance: Provenance) -> None:
    picture = word.add_paragraph()
    picture.paragraph_format.keep_with_next = True
    data = io.BytesIO(png_bytes(figure.chart, provenance))
    shape = picture.add_run().add_picture(data, width=Inches(figure.chart.get_figwidth()))
    shape._inline.docPr.set("descr", printable(figure.chart.alt))
    word.add_paragraph(printable(figure.caption), "Caption")


def _add_quote(word: WordDocument, quote: Quote) -> None:
    words = word.add_paragraph(printable(quote.words), "Quote")
    words.paragraph_format.left_indent, words.paragraph_format.keep_with_next = Inches(0.3), True
    words.paragraph_format.space_after = Pt(0)
    place = word.add_paragraph(printable(f"{quote.place_line}, {quote.statement}"))
    place.paragraph_format.left_indent = Inches(0.3)
    _small(place)


def _small(paragraph: Paragraph) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), _rgb(style.SOFT_INK)


def _add_table(word: WordDocument, table: Table) -> None:
    caption = word.add_paragraph(printable(table.caption), "Caption")
    caption.paragraph_format.keep_with_next = True
    grid = word.add_table(rows=0, cols=len(table.frame.columns), style="Table Grid")
    grid.autofit = False
    widths = column_widths(table.frame)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Inches(width)  # LibreOffice goes by the columns, Word by the cells
    _add_row(grid, list(map(str, table.frame.columns)), widths, table.numbers, head=True)
    for row in table.frame.itertuples(index=False, name=None):
        _add_row(grid, list(map(str, row)), widths, table.numbers)
    _tag(grid._tbl.tblPr, "w:tblCaption", printable(table.caption))
    source = word.add_paragraph(printable(table.source))
    source.paragraph_format.space_before = Pt(3)
    _small(source)


def column_widths(frame: pd.DataFrame) -> list[float]:
    """Inches per column, together the page's: what a column needs beyond its longest word goes by its mean text.

    So a column of sentences gets room, and one long name among short ones does not take it. A word wider than
    ``WIDEST_WORD`` may be broken.
    """
    texts = [[str(name), *map(str, frame[name])] for name in frame]
    longest = [max(map(_width, column)) for column in texts]
    means = [sum(map(_width, column)) / len(column) for column in texts]
    words = [max((_width(word) for text in column for word in text.split()), default=0.0) for column in texts]
    widths = [min(word, WIDEST_WORD) for word in words]
    growing = [number for number in range(len(texts)) if widths[number] < longest[number]]
    while growing and sum(widths) < TEXT_WIDTH - 1e-6:
        spare, shares = TEXT_WIDTH - sum(widths), sum(means[number] for number in growing)
        for number in growing:
            widths[number] = min(widths[number] + spare * means[number] / shares, longest[number])
        growing = [number for number in growing if widths[number] < longest[number]]
    return [width * TEXT_WIDTH / sum(widths) for width in widths]


def _width(text: str) -> float:
    """The width of a text in letters a little wider than the page's, with the cell's margins."""
    return text_width(text, CELL_POINTS, "bold") + CELL_MARGIN


def _add_row(
    grid: WordTable, values: Sequence[str], widths: Sequence[float], numbers: Sequence[bool], *, head: bool = False
) -> None:
    row = grid.add_row()
    properties = row._tr.get_or_add_trPr()
    _tag(properties, "w:cantSplit")
    if head:
        _tag(properties, "w:tblHeader")
    for cell, value, width, number in zip(row.cells, values, widths, numbers, strict=True):
        cell.width = Inches(width)
        _write(cell, value, bold=head, right=number)
        cell.paragraphs[0].paragraph_format.keep_with_next = head or None  # no head without a row under it


def _write(cell: WordCell, value: str, *, bold: bool, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(CELL_SPACE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(printable(value))
    run.bold, run.font.size = bold, Pt(CELL_POINTS)


def _tag(parent: BaseOxmlElement, name: str, value: str = "") -> None:
    """An element of Word's that python-docx has no name for, with its value where it has one."""
    element = OxmlElement(name)
    if value:
        element.set(qn("w:val"), value)
    parent.append(element)
