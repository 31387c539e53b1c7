"""The first page of a report: links to its report, its pages, its figures with their alt texts, its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import PurePath

from onrecord.export import Provenance

_PICTURES = (".png", ".svg", ".pdf")
#: How the names of a figure end that is there in the size of a page, too.
OTHER_SIZES = ("_column", "_slide")
_FORMATS = {".html": "to read in a browser (HTML)", ".docx": "to edit and print (Word)"}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em}"
    "img{max-width:100%;height:auto}figure{margin:2em 0}"
)


def index_html(origin: Provenance, documents: Sequence[str], pages: Mapping[str, str], files: Mapping[str, str]) -> str:
    """The page as HTML that loads nothing but the pictures beside it.

    ``documents`` are the file names of the report, ``pages`` those of the notebooks with their titles, ``files``
    those of figures and tables with their alt texts.
    """
    reports = ", ".join(_link(name, _FORMATS[PurePath(name).suffix]) for name in documents)
    series = "".join(f"<li>{_link(name, title)}</li>" for name, title in pages.items())
    sets = [(stem, list(names)) for stem, names in groupby(sorted(files), key=lambda name: PurePath(name).stem)]
    drawn = {stem: names for stem, names in sets if f"{stem}.png" in names}
    sizes = {
        stem: stem.removesuffix(end)
        for stem in drawn
        for end in OTHER_SIZES
        if stem.endswith(end) and stem.removesuffix(end) in drawn
    }
    figures = "".join(_figure(stem, drawn, sizes, files) for stem in drawn if sizes.get(stem, stem) == stem)
    tables = "".join(f"<li>{_formats(stem, rest)}</li>" for stem, names in sets if (rest := _tables(names)))
    title = escape(origin.article)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>{title}</h1>\n<p>{escape(origin.source_line())}</p>\n"
        f"<h2>Report</h2>\n<p>{reports}</p>\n<h2>Notebooks</h2>\n<ul>{series}</ul>\n<h2>Figures</h2>\n{figures}\n<h2>Tables</h2>\n<ul>{tables}</ul>\n"
        "</main></body></html>\n"
    )


def _figure(stem: str, drawn: Mapping[str, Sequence[str]], sizes: Mapping[str, str], files: Mapping[str, str]) -> str:
    """The figure, with links to its files and to those of its other ``sizes``."""
    picture = f"{stem}.png"
    same = [stem, *(other for other, page in sizes.items() if page == stem)]
    links = [_formats(each, [name for name in drawn[each] if PurePath(name).suffix in _PICTURES]) for each in same]
    image = f'<img src="{escape(picture)}" alt="{escape(files[picture])}" width="624">'
    return f"<figure>{image}<figcaption>{'; '.join(links)}</figcaption></figure>"


def _tables(names: Sequence[str]) -> list[str]:
    return [name for name in names if PurePath(name).suffix not in _PICTURES]


def _formats(stem: str, names: Sequence[str]) -> str:
    links = ", ".join(_link(name, PurePath(name).suffix[1:].upper()) for name in names)
    return f"{escape(stem)}: {links}"


def _link(place: str, text: str) -> str:
    return f'<a href="{escape(place)}">{escape(text)}</a>'
