"""A report as one HTML page that loads nothing: pictures inside, everything from the article escaped."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from onrecord import style, tables
from onrecord.export import Provenance, png_bytes
from onrecord.reading import escape, link_to, linked_ids, picture_html, reading_view, spot_groups, spot_links
from onrecord.records import Analysis
from onrecord.report.document_parts import Document, Figure, Part, Points, Quote, Section, Table, Text

#: Dots per inch of the pictures: sharp on a screen of high resolution, and on paper.
DPI = 220
_STYLE = f"""
body {{ margin: 0; color: {style.INK}; background: {style.PAPER}; font: 17px/1.55 Georgia, "Times New Roman", serif; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }}
h1 {{ font-size: 1.9rem; line-height: 1.2; margin: .5rem 0 .3rem; }}
h2 {{ font-size: 1.3rem; margin: 2.6rem 0 .6rem; padding-top: .5rem; border-top: 2px solid {style.INK}; }}
.place, .source, figcaption, caption, cite, nav {{ font-family: system-ui, sans-serif; }}
.place, .source {{ color: {style.SOFT_INK}; font-size: .85rem; }}
nav ul {{ list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; }}
.strong {{ border-left: 5px solid {style.AGAINST}; background: {style.FAINT}; padding: .6rem .9rem; }}
figure {{ margin: 1.6rem 0; }}
figure img {{ max-width: 100%; height: auto; }}
figcaption, caption {{ text-align: left; font-size: .9rem; font-weight: bold; padding: .3rem 0; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font: .82rem/1.4 system-ui, sans-serif; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid {style.RULE};
  overflow-wrap: break-word; }}
thead th {{ border-bottom: 2px solid {style.INK}; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
blockquote {{ margin: 1rem 0 1rem 1rem; padding-left: .9rem; border-left: 4px solid {style.RULE}; }}
blockquote p {{ margin: 0; overflow-wrap: anywhere; }}
blockquote cite {{ display: block; font-style: normal; font-size: .85rem; color: {style.SOFT_INK}; }}
a {{ color: {style.FAVOR}; }}
tr:target {{ outline: 3px solid {style.LIGHT["focus"]}; scroll-margin: 5rem; }}
@media print {{
  body {{ font-size: 11pt; }} nav {{ display: none; }} main {{ max-width: none; padding: 0; }}
  figure, blockquote, tr {{ break-inside: avoid; }} h2, caption, thead {{ break-after: avoid; }}
}}
"""


def report_html(document: Document, analysis: Analysis) -> str:
    """The report as a page, the article with its statements marked at its end; a statement's number leads there."""
    links = [(f"part-{number}", section.heading) for number, section in enumerate(document.sections, 1)]
    links.append(("article", _MARKED))
    contents = "".join(f'<li><a href="#{id}">{escape(heading)}</a></li>' for id, heading in links)
    statements = tables.statements(analysis)
    body = "".join(
        _section(id, section, document.provenance, statements)
        for (id, _), section in zip(links, document.sections, strict=False)
    )
    figures = [part.chart for section in document.sections for part in section.parts if isinstance(part, Figure)]
    groups = spot_groups(figures, statements)
    marked = reading_view(analysis, with_table=not statements.empty, groups=groups)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{_STYLE}</style></head>\n<body {_LIGHT}><main>"
        f'<h1>{escape(document.title)}</h1>\n<p class="place">{escape(document.subtitle)}</p>\n'
        f'<p class="source">{escape(document.provenance.source_line())}</p>\n'
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav>\n{body}'
        f'<section aria-labelledby="article"><h2 id="article">{_MARKED}</h2>{marked}</section>\n'
        "</main></body></html>\n"
    )


#: The page is paper-white, as its figures are: the marked article in it keeps to that where the system is dark.
_LIGHT = 'data-jp-theme-light="true"'
#: Columns that hold the ids of statements.
_LEADING = ("id", "where")
_MARKED = "How does the article read, with its statements marked?"


def _section(id: str, section: Section, provenance: Provenance, statements: pd.DataFrame) -> str:
    parts = "\n".join(_part(part, provenance, statements) for part in section.parts)
    return f'<section aria-labelledby="{id}"><h2 id="{id}">{escape(section.heading)}</h2>\n{parts}\n</section>\n'


def _part(part: Part, provenance: Provenance, statements: pd.DataFrame) -> str:
    ids = set(statements["id"])
    match part:
        case Text():
            return f'<p class="strong">{escape(part.words)}</p>' if part.strong else f"<p>{escape(part.words)}</p>"
        case Points():
            return f"<ul>{''.join(f'<li>{linked_ids(item, ids)}</li>' for item in part.items)}</ul>"
        case Figure():
            return _figure(part, provenance, statements)
        case Table():
            return _table(part, ids)
        case Quote():
            return _quote(part)


def _figure(figure: Figure, provenance: Provenance, statements: pd.DataFrame) -> str:
    """The chart as a picture; its bars, cells and cards lead to the statements in the marked article."""
    png = png_bytes(figure.chart, provenance, dpi=DPI)
    linked = picture_html(figure.chart, png, spot_links(figure.chart, statements, grouped=True))
    return f"<figure>{linked}<figcaption>{escape(figure.caption)}</figcaption></figure>"


def _table(table: Table, ids: set[str]) -> str:
    """The table; the ids of statements lead to the marked article, and a table of statements can be linked to."""
    right = table.numbers
    heads = "".join(_cell("th", name, number, ' scope="col"') for name, number in zip(table.frame, right, strict=True))
    leading = [column in _LEADING for column in table.frame]
    rows = "".join(
        f"<tr{_row_id(table, row)}>"
        + "".join(
            _cell("td", value, number, ids=ids if leads else set())
            for value, number, leads in zip(row, right, leading, strict=True)
        )
        + "</tr>"
        for row in table.frame.itertuples(index=False, name=None)
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.caption)}"><table>'
        f"<caption>{escape(table.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="source">{escape(table.source)}</p>'
    )


def _row_id(table: Table, row: tuple[object, ...]) -> str:
    """The id of a row in the table of all statements: a label in the marked article leads there."""
    return f' id="row-{escape(str(row[0]))}"' if table.frame.columns[0] == "id" else ""


def _cell(element: str, value: object, number: bool, more: str = "", ids: Collection[str] = ()) -> str:
    look = ' class="number"' if number else ""
    return f"<{element}{more}{look}>{linked_ids(str(value), ids)}</{element}>"


def _quote(quote: Quote) -> str:
    link = f'<a href="{link_to("stmt", quote.statement, "")}">{escape(quote.statement)}</a>'
    return f"<blockquote><p>{escape(quote.words)}</p><cite>{escape(quote.place_line)}, {link}</cite></blockquote>"
