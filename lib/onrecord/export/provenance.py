"""Where a figure or a table comes from: what is written into the file itself and into the folder's manifest."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from onrecord.plain_english import all_of, capitalized, printable
from onrecord.records import Analysis, OnrecordError

#: The filter in words where there is none.
ALL = "all statements"
#: What the filter says where uncertain labels are left out (``tables.certain``).
CERTAIN = "certain labels alone"
#: What stands in its place where the program was compared with gold: such a file is of no one article.
GOLD = "all statements of the gold"
#: The day after the last that a zip (a workbook, a Word document) can hold, in seconds since 1970.
_END_OF_ZIP = 4_354_819_200
#: The sheet of a workbook, the key of a PNG text chunk, the id of an SVG element that hold the provenance.
SHEET, PNG_KEY, SVG_ID = "provenance", "onrecord", "onrecord"
#: The part of a Word document that holds it, a property each, and how their names begin.
DOCX_PART, DOCX_PREFIX = "docProps/custom.xml", "onrecord "


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a figure or table was made from. ``statements`` of ``of`` passed the filter; ``checked`` by hand.

    ``actors`` is the file of the analyst's own table of actors, which told sides ("" where there was none). All text
    is made printable: it goes into file formats that take no other.
    """

    article: str
    outlet: str
    article_date: str
    article_sha256: str
    filter: str
    statements: int
    of: int
    checked: int
    engine: str
    model: str
    onrecord: str
    made: str
    actors: str = ""
    actors_sha256: str = ""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if isinstance(value, str):
                object.__setattr__(self, name, printable(value))

    def as_json(self) -> str:
        """One line, ASCII only, so that every file format can hold it."""
        return json.dumps(asdict(self))

    def source_line(self) -> str:
        """The line under a chart or table: outlet, date, how many statements, how they were tagged, by what.

        >>> Provenance("Ties", "VOA", "2011-09-27", "ab", "denials", 2, 21, 0, "gold", "1", "0.1", "").source_line()
        'Source: VOA, 2011-09-27, “Ties”. 2 of 21 statements: denials. Tagged automatically (onrecord 0.1, gold 1).'
        """
        place = ", ".join(part for part in (self.outlet, self.article_date, f"“{self.article}”") if part)
        tagger = " ".join(part for part in (self.engine, self.model) if part)
        tagger += f", sides from {self.actors}" if self.actors else ""
        how = f"Checked by hand: {self.checked} of {self.of}" if self.checked else "Tagged automatically"
        counted = f"{self.statements} of {self.of} statements: {self.filter}"
        if self.filter in (ALL, GOLD):
            counted = capitalized(self.filter.replace(ALL, all_of(self.of, "statement")))
        return f"Source: {place}. {counted}. {how} (onrecord {self.onrecord}, {tagger})."


def provenance_of(
    analysis: Analysis, *, filter: str = ALL, statements: int | None = None, checked: int = 0
) -> Provenance:
    """The provenance of whatever shows ``statements`` (all where not given) of ``analysis``.

    ``filter`` is the filter in words. The date is today's in UTC, or SOURCE_DATE_EPOCH's where that is set.
    """
    article, total = analysis.article, len((analysis.full or analysis).statements)
    if analysis.full:
        filter = CERTAIN if filter == ALL else f"{filter}, {CERTAIN}"
    return Provenance(
        article=article.title or article.id,
        outlet=article.outlet,
        article_date=article.date or "",
        article_sha256=article.sha256,
        filter=filter,
        statements=len(analysis.statements) if statements is None else statements,
        of=total,
        checked=checked,
        engine=analysis.engine,
        model=analysis.model,
        onrecord=version("onrecord"),
        made=today().date().isoformat(),
        actors=analysis.actors_file,
        actors_sha256=analysis.actors_sha256,
    )


def today() -> datetime:
    """Midnight of today in UTC, or of the day that SOURCE_DATE_EPOCH names (reproducible-builds.org).

    Raises ``OnrecordError`` where that names no day from 1970 to 2107.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (epoch.isascii() and epoch.isdigit() and len(epoch) < 12 and int(epoch) < _END_OF_ZIP):
        raise OnrecordError(
            f"SOURCE_DATE_EPOCH is {epoch[:40]!r}, no day from 1970 to 2107: give seconds since 1970, or unset it."
        )
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def sha256_of(data: bytes) -> str:
    """The SHA-256 of ``data`` in hexadecimal, as ``sha256sum`` prints it."""
    return hashlib.sha256(data).hexdigest()
