"""The formats that analysts have: each reader takes a ``Source`` and yields the articles in it as ``Draft``.

What cannot be read is told in one line (``OnrecordError``): raised where it is the whole file, yielded where it is
one article of several. The libraries that parse are loaded by the reader that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.records import OnrecordError
from onrecord.text.formats.documents import read_docx, read_odt, read_rtf
from onrecord.text.formats.pages import read_page
from onrecord.text.formats.pdf import read_pdf
from onrecord.text.formats.plain import read_markdown, read_text
from onrecord.text.formats.rows import NAMES, read_csv, read_jsonl, read_parquet, read_xlsx
from onrecord.text.formats.source import Columns, Draft, Drafts, Source, file_source, why
from onrecord.text.formats.zipped import members

__all__ = ["FIELDS", "MANY", "SUFFIXES", "Columns", "Draft", "Source", "file_source", "read_drafts"]

#: The fields of an article that a table's column can be chosen for.
FIELDS = tuple(NAMES)
_DOCUMENTS: dict[str, Callable[[Source], Drafts]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
}
_ROWS: dict[str, Callable[[Source, Columns], Drafts]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
}
#: Files that hold many articles, one a row or a file.
MANY = frozenset([*_ROWS, ".zip"])
SUFFIXES = (*_DOCUMENTS, *_ROWS, ".zip")
_INSTEAD = {
    ".doc": "in Word as .docx",
    ".xls": "as .xlsx",
    ".epub": "as .html",
    ".mht": "as .html",
    ".mhtml": "as .html",
}


def read_drafts(source: Source, columns: Columns) -> Iterator[Draft | OnrecordError]:
    """The articles of a file in its order, and in place of one that cannot be read, why. Raises nothing of its own."""
    try:
        if source.path is not None and source.path.is_dir():
            yield OnrecordError(f"cannot open the folder {source.place}. Check the rights to read it.")
        elif source.suffix == ".zip":
            for member in members(source, frozenset(SUFFIXES) - {".zip"}):
                yield from read_drafts(member, columns)
        else:
            yield from _reader(source, columns)(source)
    except OnrecordError as error:
        yield error
    except OSError as error:
        yield OnrecordError(f"cannot read {source.place}: {why(error)}.")


def _reader(source: Source, columns: Columns) -> Callable[[Source], Drafts]:
    if source.suffix in _ROWS:
        read = _ROWS[source.suffix]
        return lambda source: read(source, columns)
    if source.suffix in _DOCUMENTS:
        return _DOCUMENTS[source.suffix]
    what = f"a {source.suffix} file" if source.suffix else "a file without a suffix"
    instead = _INSTEAD.get(source.suffix, "the article as plain text (UTF-8, .txt)")
    raise OnrecordError(
        f"{source.place}: {what} cannot be read. Supported are {', '.join(SUFFIXES[:-1])} and .zip: "
        f"open it and save {'it ' if source.suffix in _INSTEAD else ''}{instead}."
    )
