"""Articles as received: read from files, their blocks found, nothing changed.

Every offset counts characters of the text as received: byte order mark, carriage returns, non-breaking spaces and
curly quotes stay in place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.fileformat import CORRECTIONS_SUFFIX
from onrecord.files import read_plain
from onrecord.records import Article, Block, OnrecordError
from onrecord.text.dates import find_day
from onrecord.text.layout import Line, classify, find_byline, find_dateline, find_lines, find_outlet

SUFFIXES = (".txt", ".jsonl")
_LATER = (".html", ".htm", ".docx", ".doc", ".pdf", ".rtf", ".odt", ".csv")
_LONG_PARAGRAPH = 10_000
_NOT_UTF8 = "The file is not UTF-8 and was read as Windows-1252: check its quotation marks and accents."
_COMMON = frozenset(
    "the of and to in a that for is on was with as by at be it from said has have he not an are".split()
)
#: Fewer words may be names alone and tell no language.
_FEWEST_WORDS = 12
_TAG = re.compile(r"</?(?:html|body|div|p|br|span|a|script|head|h[1-6]|li|ul|img|table)\b[^<>]*>", re.IGNORECASE)


def parse_article(
    text: str,
    *,
    id: str = "article",
    title: str = "",
    date: str | None = None,
    outlet: str = "",
    known_blocks: Sequence[Block] | None = None,
) -> Article:
    """The article with its blocks, in order and without overlap, and what its opening lines say about it.

    What is given (``title``, ``date``, ``outlet``) stands before what the text says. ``known_blocks`` are taken as they
    are where a reader knows the layout. ``notes`` warn of what may make the analysis worse.

    >>> article = parse_article("Bridge Closed\\n\\nBy Jane Doe\\n\\nKABUL, Sept. 27 (Reuters) – It fell, police said.")
    >>> [block.kind for block in article.blocks], article.dateline, article.outlet
    (['headline', 'byline', 'paragraph'], 'KABUL, Sept. 27 (Reuters)', 'Reuters')

    Not handled: menus of a whole page, readers' comments, other languages than English.
    """
    blocks = tuple(known_blocks) if known_blocks is not None else _number(classify(text, find_lines(text), title=title))
    article = Article(text=text, id=id, blocks=blocks)
    byline = find_byline(_first(article, "byline"))
    paragraphs = [article.words_of((block.span,)) for block in blocks if block.kind == "paragraph"][:2]
    dateline = next(filter(None, map(find_dateline, paragraphs)), "")
    return replace(
        article,
        title=title or _first(article, "headline"),
        byline=byline,
        dateline=dateline,
        date=find_day(date) if date else _own_day(article, byline, dateline),
        outlet=outlet or find_outlet(dateline) or find_outlet(byline),
        notes=tuple(_notes(article, date)),
    )


def _number(lines: Iterable[Line]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    count = 0
    for line in lines:
        count += line.kind in ("paragraph", "label")
        number = {"paragraph": count, "label": count, "headline": 0}.get(line.kind)
        blocks.append(Block(line.span, line.kind, number))
    return tuple(blocks)


def _first(article: Article, kind: str) -> str:
    return next((article.words_of((block.span,)) for block in article.blocks if block.kind == kind), "")


def _own_day(article: Article, byline: str, dateline: str) -> str | None:
    """The day in byline, dateline or a line of furniture that stands above the second paragraph."""
    above: list[str] = []
    for block in article.blocks:
        if block.number is not None and block.number > 1:
            break
        if block.kind == "furniture":
            above.append(article.words_of((block.span,)))
    return next(filter(None, map(find_day, [byline, dateline, *above])), None)


def _notes(article: Article, date: str | None) -> Iterator[str]:
    texts = [block for block in article.blocks if block.is_text]
    if not texts:
        yield "There is no text to analyse in this article."
        return
    if date and find_day(date) is None:
        yield f"The date “{date}” was not understood and is left out; write it as 2011-09-26."
    longest = max(block.span.end - block.span.start for block in texts)
    if longest > _LONG_PARAGRAPH:
        yield f"One paragraph has {longest:,} characters: are its line ends lost? Speakers may be found less well."
    if len(_TAG.findall(article.text[:100_000])) > 5:
        yield "The text holds HTML tags, which are read as words: save the article as plain text."
    if not _looks_english(article.text):
        yield "The text does not look like English, the only language that is analysed."
    last = article.text[texts[-1].span.start : texts[-1].span.end]
    if len(texts) > 1 and len(last) > 60 and last[-1].isalnum():
        yield "The last paragraph ends without a full stop: the text may have been cut off."


def _looks_english(text: str) -> bool:
    """Whether the letters are Latin and enough of the words are the common ones; of a few words nothing can be told."""
    sample = text[:20_000]
    letters = [character for character in sample if character.isalpha()]
    if sum(map(str.isascii, letters)) < len(letters) / 2:
        return False
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return len(words) < _FEWEST_WORDS or sum(word in _COMMON for word in words) > 0.08 * len(words)


def read_articles(paths: Iterable[str | Path], *, keep_going: bool = False) -> Iterator[Article]:
    """The articles of ``.txt`` files (one each), ``.jsonl`` files (one a line) and folders of both, in order.

    A ``.jsonl`` line holds ``id`` and ``text`` and may hold ``title``, ``date`` and ``outlet``. Files are UTF-8; what
    is not is read as Windows-1252, with a note. Raises ``OnrecordError``, naming the file and the line, where
    something cannot be read or two articles share an id. With ``keep_going``, such an article comes without text,
    and its only note says what was wrong.

    Not handled: HTML, Word and PDF files; folders within folders.
    """
    seen: dict[str, str] = {}
    for path in article_files(paths):
        for entry in _entries(path):
            try:
                article = entry.read()
                if article.id in seen:
                    raise OnrecordError(
                        f"{entry.place}: the id {article.id!r} was used before, in {seen[article.id]}. "
                        "Give each article its own."
                    )
            except OnrecordError as error:
                if not keep_going:
                    raise
                article = Article(text="", id=entry.place, notes=(str(error),))
            seen[article.id] = entry.place
            yield article


def article_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files that ``paths`` name, folders replaced by the ``.txt`` and ``.jsonl`` files in them, sorted.

    Raises ``OnrecordError`` where a path does not exist or a folder holds no such file.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise OnrecordError(f"no such file: {path}. Check the name and the folder.")
        inside = _articles_in(path) if path.is_dir() else [path]
        if not inside:
            raise OnrecordError(f"no article in the folder {path}: it holds no {' or '.join(SUFFIXES)} file.")
        found += inside
    return found


def _articles_in(folder: Path) -> list[Path]:
    """The articles of the folder; itself where it cannot be opened, so that this is told where it would be read."""
    try:
        return sorted(path for path in folder.iterdir() if _is_article_file(path))
    except OSError:
        return [folder]


def _is_article_file(path: Path) -> bool:
    name = path.name.lower()
    if name.startswith(".") or name.endswith(CORRECTIONS_SUFFIX):
        return False
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an article stands, and how to read it from there."""

    place: str
    read: Callable[[], Article]


def _entries(path: Path) -> Iterator[_Entry]:
    if path.is_dir():
        error = OnrecordError(f"cannot open the folder {path}. Check the rights to read it.")
        yield _Entry(str(path), partial(_fail, error))
        return
    if path.suffix.lower() != ".jsonl":
        yield _Entry(str(path), partial(_read_text, path))
        return
    try:
        text, notes = _decode(path)
        _refuse_empty(str(path), text)
    except OnrecordError as error:
        yield _Entry(str(path), partial(_fail, error))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{path}, line {number}"
            yield _Entry(place, partial(_read_line, path, place, line, notes))


def _fail(error: OnrecordError) -> Article:
    raise error


def _read_text(path: Path) -> Article:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        later = "is not supported yet" if suffix in _LATER else "cannot be read"
        raise OnrecordError(
            f"{path}: {f'a {suffix} file' if suffix else 'a file without a suffix'} {later}. Supported are "
            f"{' and '.join(SUFFIXES)}: open it and save the article as plain text (UTF-8, .txt)."
        )
    text, notes = _decode(path)
    _refuse_empty(str(path), text)
    article = parse_article(text, id=path.stem)
    return replace(article, notes=(*notes, *article.notes), file=str(path))


def _refuse_empty(place: str, text: str) -> None:
    if not text.strip():
        raise OnrecordError(f"{place}: there is no text. Save the article's text there.")


def _decode(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file behind its byte order mark, character for character, and a note where it is not UTF-8."""
    raw = read_plain(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and len(raw) % 2 == 0:
        return raw.decode("utf-16", "replace"), ("The file is UTF-16; offsets count its characters.",)
    if b"\0" in raw:
        raise OnrecordError(
            f"{path}: this is no text file (it holds NUL bytes). Save the article as plain text, UTF-8."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), (_NOT_UTF8,)
    return text, ()


def _read_line(path: Path, place: str, line: str, notes: tuple[str, ...]) -> Article:
    row = _row(place, line)
    given = {name: row[name] for name in ("title", "date", "outlet") if row.get(name) is not None}
    for name, value in given.items():
        if not isinstance(value, str):
            raise OnrecordError(f'{place}: the field "{name}" must be text, not {value!r}.')
    _refuse_empty(place, row["text"])
    article = parse_article(row["text"], id=str(row["id"]), **given)
    return replace(article, notes=(*notes, *article.notes), file=str(path))


def _row(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise OnrecordError(f"{place}: this is no JSON ({error}). Each line is one article in JSON.") from error
    if not isinstance(row, dict):
        raise OnrecordError(f'{place}: expected an object such as {{"id": "a1", "text": "…"}}.')
    for name in ("id", "text"):
        if not isinstance(row.get(name), str if name == "text" else (str, int)):
            raise OnrecordError(f'{place}: the field "{name}" is missing or no text. Each line needs "id" and "text".')
    return row
