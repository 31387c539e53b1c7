"""The analyst's own table of actors: a CSV file with the columns of ``lexicon/actors.csv``, laid over that list.

    name,side
    Kari Lund,Harbour Party
    Harbour Board,the city

A column ``same as`` joins actors: its row's name is another name of the actor whom that cell names.
Lines that begin with # are comments; further columns are the analyst's own and left alone.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.files import read_plain
from onrecord.records import OnrecordError
from onrecord.text import split_words

COLUMNS = ("name", "side")
#: The column that may follow: whose other name the row's name is.
SAME_AS = "same as"
_EXCEL = "In Excel: Save as, “CSV UTF-8 (comma delimited)”."


@dataclass(frozen=True)
class OwnActors:
    """Sides by name, as an analyst wants them; ``file`` and ``sha256`` say which file they were read from.

    >>> own = OwnActors({"Harbour Board": "the city", "the U.S. Harbour Board": "Washington"})
    >>> own.side_in("a spokesman for the harbour board".split()), own.side_in("US Harbour Board".split())
    ('the city', 'Washington')
    """

    sides: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    same_as: Mapping[str, str] = field(default_factory=dict)
    _by_words: dict[tuple[str, ...], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _main: dict[tuple[str, ...], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _sizes: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    def main_name(self, name: str) -> str:
        """The name under which the actor of that name goes; the name itself where the table has no other.

        >>> OwnActors(same_as={"the Board": "Harbour Board"}).main_name("Board")
        'Harbour Board'
        """
        seen = {words_of(name)}
        while (other := self._main.get(words_of(name))) and words_of(other) not in seen:
            seen.add(words_of(other))
            name = other
        return name

    def __post_init__(self) -> None:
        self._main.update({words_of(name): other for name, other in self.same_as.items()})
        self._by_words.update({words_of(name): side for name, side in self.sides.items()})
        self._sizes.extend(sorted({len(words) for words in self._by_words}, reverse=True))

    def side_in(self, words: Sequence[str], *, at_end: bool = False) -> str:
        """The side of the longest name that stands in ``words``, the first of two as long; "" where none does.

        ``at_end`` takes only a name that ends with them: "Jordan" is no side of "Jordan Adler", "Adler" is.
        """
        plain = tuple(map(_folded, words))
        for size in self._sizes:
            last = len(plain) - size
            for first in range(max(last, 0) if at_end else 0, last + 1):
                side = self._by_words.get(plain[first : first + size])
                if side:
                    return side
        return ""

    def places_in(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """(first, end, side) of each name that stands in ``words``, the longest where several begin."""
        plain = tuple(map(_folded, words))
        for first in range(len(plain) if self._sizes else 0):
            found = (size for size in self._sizes if plain[first : first + size] in self._by_words)
            size = next(found, 0)
            if size:
                yield first, first + size, self._by_words[plain[first : first + size]]


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without "the" before them, case and the dots of acronyms aside."""
    words = tuple(_folded(name[start:end]) for start, end in split_words(name) if name[start:end] != ".")
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _folded(word: str) -> str:
    plain = word.replace("’", "'").replace(".", "") or word
    return plain if plain.isupper() and len(plain) > 1 else plain.casefold()  # "US" is not "us"


def read_actors(path: Path | str) -> OwnActors:
    """The table in ``path``. Raises ``OnrecordError``, naming file, line and remedy, where it is none.

    Not handled: other separators than the comma, other encodings than UTF-8 (both are refused, not guessed).
    """
    path = Path(path)
    data = read_plain(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OnrecordError(f"{path}, line {line}: the table of actors is not UTF-8. Save it anew. {_EXCEL}") from error
    rows = list(_rows(path, text))
    if not rows:
        raise OnrecordError(f"{path}: the table of actors has no rows. Write one per actor below the line “name,side”.")
    sides = {name: side for name, side, _ in rows if side}
    same_as = {name: other for name, _, other in rows if other}
    return OwnActors(sides, path.name, hashlib.sha256(data).hexdigest(), same_as)


def _rows(path: Path, text: str) -> Iterator[tuple[str, str, str]]:
    """(name, side, same as) of each row; comments leave an empty line behind, so that lines count as in the file."""
    lines = ("" if line.startswith("#") else line for line in text.splitlines())
    rows = csv.reader(lines, strict=True)
    seen: dict[tuple[str, ...], int] = {}
    try:
        header = next((row for row in rows if row), [])
        columns = [name.strip().lower() for name in header]
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            raise OnrecordError(_without_column(path, rows.line_num, missing, header))
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield _checked(f"{path}, line {rows.line_num}", columns, cells, seen, rows.line_num)
    except csv.Error as error:
        raise OnrecordError(
            f"{path}, line {rows.line_num}: no row of a CSV file ({error}). Put quotation marks around the whole "
            "of a cell, and double those within it."
        ) from error


def _without_column(path: Path, line: int, missing: Sequence[str], header: Sequence[str]) -> str:
    if not any(header):
        return f"{path}: the table of actors is empty. Begin with the line “name,side”, then a row per actor."
    told = f"{path}, line {line}: the table of actors has no column {' and none '.join(missing)}"
    if any(mark in cell for cell in header for mark in ";\t"):
        return f"{told}: its cells are not separated by commas. Save it anew. {_EXCEL}"
    return f"{told} (its first line is “{','.join(header)}”). Begin with the line “name,side”."


def _checked(
    place: str, columns: Sequence[str], cells: Sequence[str], seen: dict[tuple[str, ...], int], line: int
) -> tuple[str, str, str]:
    if len(cells) > len(columns):
        raise OnrecordError(
            f"{place}: {len(cells)} cells, but the first line has {len(columns)}. Put quotation marks around a "
            "cell with a comma in it."
        )
    row = dict(zip(columns, cells, strict=False))
    name, side, same_as = row["name"], row.get("side", ""), row.get(SAME_AS, "")
    key = words_of(name)
    if not key or not (side or same_as):
        lacking = "side. Write “unknown” where you have none" if key else "name. Write one or remove the line"
        raise OnrecordError(f"{place}: this row has no {lacking}.")
    if key in seen:
        raise OnrecordError(f"{place}: “{name}” stands in line {seen[key]} already. Remove one of the two.")
    seen[key] = line
    return name, side, same_as
