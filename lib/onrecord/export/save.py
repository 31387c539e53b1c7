"""Figures and tables → files that say where they come from, whole or not there, never over somebody's work."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

import pandas as pd

from onrecord.charts import Chart
from onrecord.export.filenames import free_stem, slug
from onrecord.export.manifest import list_files
from onrecord.export.provenance import PNG_KEY, SVG_ID, Provenance
from onrecord.export.workbook import workbook_bytes
from onrecord.files import utf8, write_whole
from onrecord.plain_english import printable
from onrecord.records import OnrecordError

FIGURE_FORMATS = ("png", "svg", "pdf")
TABLE_FORMATS = ("csv", "xlsx", "md")
DPI = 300
#: A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def save_figure(
    chart: Chart,
    stem: Path | str,
    *,
    provenance: Provenance,
    formats: Sequence[str] = FIGURE_FORMATS,
    overwrite: bool = False,
) -> list[Path]:
    """The paths of the chart's files, one per format: PNG at 300 dpi, SVG, PDF.

    ``stem`` is folder and name without suffix; the name is made safe for every file system and numbered where
    another file stands (``filenames.free_stem`` tells what ``overwrite`` may replace). Each file carries the
    chart's title, alt text and provenance. Raises ``OnrecordError`` for an unknown format and where a file cannot be
    written.
    """
    _check(formats, FIGURE_FORMATS)
    contents = {f".{name}": _FIGURE_WRITERS[name](chart, provenance) for name in formats}
    return save_files(Path(stem), contents, chart.alt, provenance, overwrite)


def save_table(
    frame: pd.DataFrame,
    stem: Path | str,
    *,
    provenance: Provenance,
    formats: Sequence[str] = ("csv",),
    overwrite: bool = False,
) -> list[Path]:
    """The paths of the table's files, one per format: csv, xlsx, md. The rest is as in ``save_figure``.

    Text that a spreadsheet would take for a formula stays text in all of them.
    """
    _check(formats, TABLE_FORMATS)
    title = Path(stem).name
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: b"\xef\xbb\xbf" + utf8(csv_text(frame)),
        "xlsx": lambda: workbook_bytes(frame, title, provenance),
        "md": lambda: utf8(markdown_text(frame, provenance)),
    }
    contents = {f".{name}": writers[name]() for name in formats}
    return save_files(Path(stem), contents, f"Table of {len(frame)} rows", provenance, overwrite)


def save_all(
    folder: Path | str,
    *,
    figures: Mapping[str, Chart],
    tables: Mapping[str, pd.DataFrame],
    provenance: Provenance,
    table_formats: Sequence[str] = ("csv",),
    overwrite: bool = False,
) -> list[Path]:
    """The paths of all ``figures`` and ``tables``, saved under their names; raises as ``save_figure`` does.

    A chart that tells no more than its title (``caption.tells``) is left out.
    """
    saved = [
        save_figure(chart, Path(folder, name), provenance=provenance, overwrite=overwrite)
        for name, chart in figures.items()
        if chart.caption.tells
    ]
    saved += [
        save_table(frame, Path(folder, name), provenance=provenance, formats=table_formats, overwrite=overwrite)
        for name, frame in tables.items()
    ]
    return [path for paths in saved for path in paths]


def save_page(html: str, stem: Path | str, *, alt: str, provenance: Provenance, overwrite: bool = False) -> Path:
    """The path of the page, with the provenance as a ``meta`` element in its head."""
    return save_files(Path(stem), {".html": page_bytes(html, provenance)}, alt, provenance, overwrite)[0]


def page_bytes(html: str, provenance: Provenance) -> bytes:
    """The page with its provenance as a ``meta`` element, in UTF-8."""
    meta = f'<meta name="onrecord" content="{escape(provenance.as_json())}">'
    return utf8(re.sub(r"<head>", lambda head: head[0] + meta, html, count=1))


def csv_text(frame: pd.DataFrame) -> str:
    """Comma-separated, quoted where needed, a header line, CRLF (RFC 4180); formulas disarmed with an apostrophe.

    >>> csv_text(pd.DataFrame({"actor": ["=1+1", "Toner"], "n": [-1, 2]})).splitlines()
    ['actor,n', "'=1+1,-1", 'Toner,2']
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(_plain, frame.columns))
    writer.writerows(map(_plain, row) for row in frame.itertuples(index=False, name=None))
    return out.getvalue()


def _plain(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if _is_missing(value) else value


def _is_missing(value: object) -> bool:
    """None, NaN, NaT and NA: the values that differ from themselves or have no truth value."""
    return value is None or value is pd.NA or value != value


def markdown_text(frame: pd.DataFrame, provenance: Provenance) -> str:
    """A GitHub-style table, numbers to the right, with the source line under it; marks of Markdown escaped."""
    right = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in frame.dtypes]
    lines = [_row(frame.columns), _row("---:" if number else "---" for number in right)]
    lines += [_row(row) for row in frame.map(_escaped).itertuples(index=False, name=None)]
    return "\n".join([*lines, "", _escaped(provenance.source_line()), ""])


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _escaped(value: object) -> str:
    text = "" if _is_missing(value) else " ".join(str(value).split())
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")


def png_bytes(chart: Chart, provenance: Provenance, *, dpi: int = DPI) -> bytes:
    """The chart as PNG with Title, Description (the alt text), Source, Software and the provenance as JSON."""
    chunks = {
        "Title": chart.caption.title,
        "Description": chart.alt,
        "Source": provenance.source_line(),
        "Software": f"onrecord {provenance.onrecord}",
        PNG_KEY: provenance.as_json(),
    }
    return _saved(chart, "png", chunks, dpi=dpi)


def svg_bytes(chart: Chart, provenance: Provenance) -> bytes:
    """The chart as SVG: text as text, title and description for screen readers, the provenance as JSON."""
    metadata = {"Title": chart.caption.title, "Source": provenance.source_line(), "Date": provenance.made}
    drawn = _saved(chart, "svg", metadata | {"Creator": f"onrecord {provenance.onrecord}"}).decode()
    described = f'<desc>{escape(chart.alt)}</desc><metadata id="{SVG_ID}">{escape(provenance.as_json())}</metadata>'
    named = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(chart.alt)}" ', 1)
    return utf8(re.sub(r"(<svg [^>]*>(?:\s*<title>[^<]*</title>)?)", lambda m: m[1] + described, named, count=1))


def pdf_bytes(chart: Chart, provenance: Provenance) -> bytes:
    """The chart as PDF: fonts embedded, alt text as subject, the provenance as JSON among the keywords."""
    metadata = {
        "Title": chart.caption.title,
        "Subject": f"{chart.alt} {provenance.source_line()}",
        "Keywords": provenance.as_json(),
        "Creator": f"onrecord {provenance.onrecord}",
        "CreationDate": datetime.fromisoformat(provenance.made),
    }
    return _saved(chart, "pdf", metadata)


_FIGURE_WRITERS: dict[str, Callable[[Chart, Provenance], bytes]] = {
    "png": png_bytes,
    "svg": svg_bytes,
    "pdf": pdf_bytes,
}


def _saved(chart: Chart, format: str, metadata: Mapping[str, object], *, dpi: int = DPI) -> bytes:
    clean = {key: printable(value) if isinstance(value, str) else value for key, value in metadata.items()}
    buffer = io.BytesIO()
    chart.savefig(buffer, format=format, dpi=dpi, metadata=clean)
    return buffer.getvalue()


def _check(formats: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in formats if name not in known]
    if unknown or isinstance(formats, str):
        raise OnrecordError(
            f"no such format: {', '.join(unknown) or formats}. Choose from {', '.join(known)}, as a list."
        )


def save_files(
    stem: Path, contents: Mapping[str, bytes], alt: str, provenance: Provenance, overwrite: bool
) -> list[Path]:
    """The paths of ``contents`` (by suffix) under one safe and free name, each listed in the folder's manifest."""
    folder = make_folder(stem.parent)
    name = free_stem(folder, slug(stem.name), contents, overwrite=overwrite)
    paths = [write_whole(folder / f"{name}{suffix}", data, overwrite=True) for suffix, data in contents.items()]
    list_files(paths, alt, provenance)
    return paths


def make_folder(folder: Path) -> Path:
    """``folder``, made where it was missing. Raises ``OnrecordError`` where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OnrecordError(f"cannot make the folder {folder}: {error.strerror}. Choose another place.") from error
    return folder
