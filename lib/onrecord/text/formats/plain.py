"""Plain text and Markdown."""

from __future__ import annotations

import re

from onrecord.records import OnrecordError
from onrecord.text.formats.encodings import decode
from onrecord.text.formats.layouts import read_layout
from onrecord.text.formats.source import Draft, Drafts, Source, paragraphs_text

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<fields>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>\w+)[ \t]*:[ \t]*(?P<value>.+?)[ \t]*\r?$", re.MULTILINE)
_FRONT_NAMES = {"title": "title", "date": "date", "outlet": "outlet", "source": "outlet", "author": "byline"}
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre")


def read_text(source: Source) -> Drafts:
    """The article of a text file, character for character; or those of a download in a known archive's layout."""
    text, notes = decode(source.read(), source.place)
    layout = read_layout(source, text.splitlines())
    if layout is not None:
        yield from layout
        return
    yield Draft(text, source.place, source.stem, notes=notes)


def read_markdown(source: Source) -> Drafts:
    """The article of a Markdown file without its marks; front matter tells title, date, outlet and author.

    Not handled: fields of the front matter that go over several lines.
    """
    import mistune
    from lxml import html

    text, notes = decode(source.read(), source.place)
    front = _FRONT_MATTER.match(text)
    found = {m["name"].lower(): m["value"].strip("'\"") for m in _FIELD.finditer(front["fields"] if front else "")}
    fields = {_FRONT_NAMES[name]: value for name, value in found.items() if name in _FRONT_NAMES}
    rendered = str(mistune.html(text[front.end() if front else 0 :])).strip()
    if not rendered:
        raise OnrecordError(f"{source.place}: there is no text. Save the article's text there.")
    page = html.fragment_fromstring(rendered, create_parent="div")
    blocks = [block for block in page.iter(*_BLOCKS) if block.getparent().tag not in _BLOCKS]
    yield Draft(paragraphs_text([b.text_content() for b in blocks]), source.place, source.stem, notes=notes, **fields)
