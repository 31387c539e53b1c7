"""Tables and findings as HTML for notebooks and widgets: everything from the article escaped, nothing cut off."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import HTML

from onrecord import style, tables
from onrecord.charts import Chart
from onrecord.reading import TABLE_RESET, chart_html, linked_ids, reading_view, spot_groups, statement_table
from onrecord.records import Analysis

#: Keeps a notebook from setting "$5 million … $6 million" as a formula.
_NO_MATH = "tex2jax_ignore mathjax_ignore"
#: A link in a sentence is told by more than its colour.
_UNDERLINED = "ul.onrecord-findings a:is(:link, :visited) { text-decoration: underline; }"
_CELL = "padding:3px 8px;vertical-align:top;text-align:"
#: Columns of longer texts break even a word that has no end, and keep room for it; short ones break at spaces.
_LONG, _WRAPPED, _UNBROKEN = 40, ";min-width:11em;overflow-wrap:anywhere", ";overflow-wrap:normal"


def table(frame: pd.DataFrame, *, columns: Sequence[str] = (), rows: int | None = None) -> HTML:
    """The table for a notebook's output: ``columns`` and the first ``rows`` (all where none is given), text whole."""
    shown = (frame[list(columns)] if columns else frame).head(len(frame) if rows is None else rows)
    return HTML(table_html(shown, f"first {len(shown)} of {len(frame)} rows" if len(shown) < len(frame) else ""))


def findings(sentences: Iterable[str], analysis: Analysis | None = None) -> HTML:
    """The sentences as a list; with ``analysis``, each statement named in them leads to its place in ``reading``."""
    ids = {statement.id for statement in analysis.statements} if analysis else set()
    items = "".join(f"<li>{linked_ids(sentence, ids, key=_key())}</li>" for sentence in sentences)
    return HTML(f'<style>{_UNDERLINED}</style><ul class="onrecord-findings {_NO_MATH}">{items}</ul>')


def reading(
    analysis: Analysis,
    statements: pd.DataFrame | None = None,
    *,
    with_table: bool = False,
    charts: Iterable[Chart] = (),
) -> HTML:
    """The article as it reads, its statements marked; with ``statements``, only these stand out.

    ``with_table`` where the notebook also shows ``statements``: each label in the text then leads to its row.
    ``charts`` are those that the notebook shows as ``grouped``: what they lead to together is marked together.
    """
    groups = spot_groups(charts, tables.statements(analysis))
    return HTML(reading_view(analysis, statements, with_table=with_table, groups=groups, key=_key()))


def statements(frame: pd.DataFrame) -> HTML:
    """The statements as a table whose rows lead to their places in ``reading``."""
    return HTML(statement_table(frame, key=_key()))


def chart(picture: Chart, statements: pd.DataFrame, *, grouped: bool = False) -> HTML:
    """The chart; its bars, cells and cards lead to the first of the statements behind them in ``reading``.

    ``grouped``, they mark all of them: ``reading`` must have the chart among its ``charts`` then.
    """
    return HTML(chart_html(picture, statements, key=_key(), grouped=grouped))


def _key() -> str:
    """What leads the ids of this notebook: JupyterLab may hold several in one page, an exported page holds one."""
    notebook = os.environ.get("JPY_SESSION_NAME", "")
    return f"nb-{hashlib.sha256(notebook.encode()).hexdigest()[:6]}-" if notebook else ""


def paths(saved: Iterable[Path]) -> None:
    """Prints the files, a line each, by folder."""
    for path in saved:
        print(path.as_posix())


def table_html(frame: pd.DataFrame, caption: str = "") -> str:
    """The table as accessible HTML: a caption, headed columns, numbers to the right.

    >>> table_html(pd.DataFrame({"actor": ["<b>"]})).count("&lt;b&gt;")
    1
    """
    looks = [_look(frame.iloc[:, number]) for number in range(len(frame.columns))]
    heads = "".join(_head(str(name), look) for name, look in zip(frame.columns, looks, strict=True))
    body = "".join(f"<tr>{_cells(row, looks)}</tr>" for row in frame.itertuples(index=False, name=None))
    said = escape(caption or f"{len(frame)} row{'s' * (len(frame) != 1)}")
    return (
        f'<style>{TABLE_RESET}</style><table class="onrecord-table {_NO_MATH}" '
        f'style="border-collapse:collapse;font-size:13px;line-height:1.3">'
        f'<caption style="text-align:left;padding:3px 8px">{said}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _look(column: pd.Series[Any]) -> str:
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    longest = 0 if number else max((len(str(value)) for value in column), default=0)
    return _CELL + ("right" if number else "left") + (_WRAPPED if longest > _LONG else _UNBROKEN)


def _head(name: str, look: str) -> str:
    return f'<th scope="col" style="{look};border-bottom:1px solid {style.NONE}">{escape(name.replace("_", " "))}</th>'


def _cells(row: tuple[object, ...], looks: Sequence[str]) -> str:
    return "".join(f'<td style="{look}">{escape(_shown(value))}</td>' for value, look in zip(row, looks, strict=True))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
