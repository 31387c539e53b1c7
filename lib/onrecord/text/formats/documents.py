"""Word processors' files: .docx, .odt, .rtf."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from onrecord.records import OnrecordError
from onrecord.text.formats.layouts import read_layout
from onrecord.text.formats.source import Draft, Drafts, Source, paragraphs_text

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes")


def read_docx(source: Source) -> Drafts:
    """The paragraphs of a Word file, those in tables with them; headers, footers and notes are left out.

    Not handled: text boxes, and changes that are still tracked (what was inserted is read, what was deleted is not).
    """
    import docx
    from docx.oxml.ns import qn

    try:
        document = docx.Document(source.unpacked("Word"))
    except (ValueError, KeyError, SyntaxError) as error:
        raise OnrecordError(f"{source.place}: this is no Word document. Save it in Word as .docx.") from error
    yield from _drafts(source, [_docx_words(p, qn("w:t"), qn("w:br")) for p in document.element.body.iter(qn("w:p"))])


def _docx_words(paragraph: object, text: str, line_break: str) -> str:
    """The words of a paragraph with those in links; a line break within it stays one."""
    nodes = paragraph.iter(text, line_break)  # type: ignore[attr-defined]  # python-docx ships no types of its elements
    return "".join("\n" if node.tag == line_break else node.text or "" for node in nodes)


def read_odt(source: Source) -> Drafts:
    """The paragraphs of an OpenDocument text (LibreOffice Writer); notes and comments are left out.

    Its XML is read here: the library for it has had no release for years.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(source.unpacked("LibreOffice")) as packed:
            content = packed.read("content.xml")
        body = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError, RuntimeError) as error:
        raise OnrecordError(f"{source.place}: this is no .odt document. Save it in LibreOffice as .odt.") from error
    paragraphs = body.iter(f"{_TEXT}p", f"{_TEXT}h")
    yield from _drafts(source, [_odt_words(p) for p in paragraphs if not any(p.iterancestors(*_ASIDE))])


def _odt_words(node: object) -> str:
    return "".join(_odt_pieces(node))


def _odt_pieces(node: object) -> Iterator[str]:
    yield node.text or ""  # type: ignore[attr-defined]  # lxml ships no types
    for child in node:  # type: ignore[attr-defined]
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " "
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _ASIDE:
            yield from _odt_pieces(child)
        yield child.tail or ""


def read_rtf(source: Source) -> Drafts:
    """The paragraphs of a rich text file (WordPad, TextEdit, downloads of archives)."""
    from striprtf.striprtf import rtf_to_text

    raw = source.read()
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise OnrecordError(f"{source.place}: this is no .rtf file. Save it in a word processor as .docx or .rtf.")
    text = rtf_to_text(raw.decode("latin-1"), errors="replace")  # its own escapes say what is no ASCII
    yield from _drafts(source, text.split("\n"))


def _drafts(source: Source, paragraphs: list[str]) -> Drafts:
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    layout = read_layout(source, lines)
    if layout is not None:
        yield from layout
        return
    yield Draft(paragraphs_text(lines), source.place, source.stem)
