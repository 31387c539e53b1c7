"""What a report is made of, before it is a file: headings, paragraphs, figures, tables, quotes.

A writer (``as_html``, ``as_docx``) turns each part into its format; what the report says is decided before.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from onrecord.charts import Chart
from onrecord.export import Provenance


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``strong`` sets a warning apart."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences as a list, one point each."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; the source line stands in the chart, the alt text comes from it."""

    chart: Chart
    caption: str


@dataclass(frozen=True)
class Table:
    """A table as it is printed, every cell final, with its caption and its source line."""

    frame: pd.DataFrame
    caption: str
    source: str

    @property
    def numbers(self) -> list[bool]:
        """Which columns hold numbers, and stand to the right."""
        return [pd.api.types.is_numeric_dtype(kind) for kind in self.frame.dtypes]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the article, with their quotation marks as they stand there: in which role, by whom, from where."""

    words: str
    who: str
    statement: str
    place: str
    role: str = ""

    @property
    def place_line(self) -> str:
        """What is printed under the words, but for the statement's number."""
        stop = "" if self.role.endswith("?") else "."
        return f"{self.role}{stop} {self.who}, {self.place}" if self.role else f"{self.who}, {self.place}"


Part = Text | Points | Figure | Table | Quote


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Document:
    """A whole report."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    provenance: Provenance
