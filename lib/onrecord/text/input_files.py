"""Articles as received: read from files, their blocks found, nothing changed.

Every offset counts characters of the text as received: byte order mark, carriage returns, non-breaking spaces and
curly quotes stay in place. Where a format holds more than text (a page, a Word file), that text is what its reader
took out of it (``formats``), and the results keep it.
"""

from __future__ import annotations

import glob
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.fileformat import CORRECTIONS_SUFFIX
from onrecord.records import Article, Block, OnrecordError
from onrecord.text.dates import find_day
from onrecord.text.formats import FIELDS, SUFFIXES, Columns, Draft, file_source, read_drafts
from onrecord.text.layout import Line, classify, find_byline, find_dateline, find_lines, find_outlet

_LONG_PARAGRAPH = 10_000
_NOT_ENGLISH = "The text does not look like English, the only language that is analysed."
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
    byline: str = "",
    known_blocks: Sequence[Block] | None = None,
) -> Article:
    """The article with its blocks, in order and without overlap, and what its opening lines say about it.

    What is given (``title``, ``date``, ``outlet``, ``byline``) stands before what the text says. ``known_blocks`` are
    taken as they are where a reader knows the layout. ``notes`` warn of what may make the analysis worse.

    >>> article = parse_article("Bridge Closed\\n\\nBy Jane Doe\\n\\nKABUL, Sept. 27 (Reuters) – It fell, police said.")
    >>> [block.kind for block in article.blocks], article.dateline, article.outlet
    (['headline', 'byline', 'paragraph'], 'KABUL, Sept. 27 (Reuters)', 'Reuters')

    Not handled: menus of a whole page, readers' comments, other languages than English.
    """
    blocks = tuple(known_blocks) if known_blocks is not None else _number(classify(text, find_lines(text), title=title))
    article = Article(text=text, id=id, blocks=blocks)
    byline = byline or find_byline(_first(article, "byline"))
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
    if not looks_english(article.text):
        yield _NOT_ENGLISH
    last = article.text[texts[-1].span.start : texts[-1].span.end]
    if len(texts) > 1 and len(last) > 60 and last[-1].isalnum():
        yield "The last paragraph ends without a full stop: the text may have been cut off."


def looks_english(text: str) -> bool:
    """Whether the letters are Latin and enough of the words are the common ones; of a few words nothing can be told."""
    sample = text[:20_000]
    letters = [character for character in sample if character.isalpha()]
    if sum(map(str.isascii, letters)) < len(letters) / 2:
        return False
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return len(words) < _FEWEST_WORDS or sum(word in _COMMON for word in words) > 0.08 * len(words)


def read_articles(
    paths: Iterable[str | Path], *, keep_going: bool = False, columns: Mapping[str, str] | None = None
) -> Iterator[Article]:
    """The articles of files, folders (with those in them), patterns such as ``news/*.pdf`` and ``.zip``, in order.

    One article each: ``.txt .md .html .docx .odt .rtf .pdf``; a ``.txt``, ``.docx``, ``.odt`` or ``.rtf`` that is a
    download from Nexis, ProQuest or Factiva gives all of its articles. One a row or line: ``.csv .tsv .xlsx .parquet
    .jsonl``; their columns are found by their names (``text``, ``title``, ``date``, ``outlet``, ``byline``, ``id`` and
    the like), or as ``columns`` says: ``{"text": "Body"}``.

    Raises ``OnrecordError``, naming the file and the place in it, where something cannot be read or two articles share
    an id. With ``keep_going``, such an article comes without text, and its only note says what was wrong.
    """
    seen: dict[str, str] = {}
    for entry in read_entries(article_files(paths), columns or {}):
        article, place = entry.article(), entry.place
        if not entry.error and article.id in seen:
            entry = replace(entry, draft=_same_id(article.id, place, seen[article.id]))
            article = entry.article()
        if entry.error and not keep_going:
            raise entry.error
        seen[article.id] = place
        yield article


def _same_id(id: str, place: str, before: str) -> OnrecordError:
    return OnrecordError(f"{place}: the id {id!r} was used before, in {before}. Give each article its own.")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that holds articles. ``stem`` is the id of the article in it, or what the ids in it begin with."""

    path: Path
    stem: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at the place ``number`` (from 0) of the file ``file`` (from 0): an article, or why it is none.

    ``path`` is that of the file.
    """

    file: int
    number: int
    name: str
    draft: Draft | OnrecordError
    path: Path

    @property
    def error(self) -> OnrecordError | None:
        return self.draft if isinstance(self.draft, OnrecordError) else None

    @property
    def place(self) -> str:
        return self.draft.place if isinstance(self.draft, Draft) else self.name

    def article(self) -> Article:
        """The article, its lines told apart; where it is none, without text and with the error as its only note."""
        draft = self.draft
        if isinstance(draft, OnrecordError):
            return Article(text="", id=self.name, notes=(str(draft),))
        article = parse_article(
            draft.text,
            id=draft.id,
            title=draft.title,
            date=draft.date or None,
            outlet=draft.outlet,
            byline=draft.byline,
        )
        return replace(article, notes=(*draft.notes, *article.notes), file=str(self.path))


def read_entries(files: Sequence[InputFile], columns: Columns, *, after: tuple[int, int] = (-1, -1)) -> Iterator[Entry]:
    """What stands in these files, in order, from the first place that lies behind ``after`` (file, number).

    Raises ``OnrecordError`` where ``columns`` names a field that articles do not have.
    """
    for field in columns:
        if field not in FIELDS:
            raise OnrecordError(f"no field is called {field!r}; the fields are {', '.join(FIELDS)}.")
    for at in range(max(after[0], 0), len(files)):
        source = file_source(files[at].path, files[at].stem)
        for number, draft in enumerate(read_drafts(source, columns)):
            if (at, number) > after:
                name = source.place if number == 0 else f"{source.place}, article {number + 1}"
                yield Entry(at, number, name, _with_text(draft), files[at].path)


def _with_text(draft: Draft | OnrecordError) -> Draft | OnrecordError:
    if isinstance(draft, Draft) and not draft.text.strip():
        return OnrecordError(f"{draft.place}: there is no text. Save the article's text there.")
    return draft


def article_files(paths: Iterable[str | Path]) -> list[InputFile]:
    """The files that ``paths`` name, folders and patterns replaced by the files in them that can be read, sorted.

    Raises ``OnrecordError`` where a path does not exist or nothing in it can be read. Not handled: links to
    folders within a folder, which are passed over.
    """
    pairs = [pair for path in paths for pair in _inside(Path(path))]
    found = list({path.resolve(): (path, stem) for path, stem in reversed(pairs)}.values())[::-1]
    count = Counter(stem for _, stem in found)
    # news.txt beside news.pdf: two articles, and the ending tells them apart
    return [InputFile(path, stem + path.suffix if count[stem] > 1 else stem) for path, stem in found]


def _inside(path: Path) -> list[tuple[Path, str]]:
    if path.is_dir():
        files = _articles_in(path)
        if not files:
            raise OnrecordError(f"no article in the folder {path}: it holds no {', '.join(SUFFIXES)} file.")
        return [(file, file.relative_to(path).as_posix().removesuffix(file.suffix)) for file in files]
    if path.exists():
        return [(path, path.stem)]
    matches = sorted(glob.glob(str(path), recursive=True)) if glob.has_magic(str(path)) else []
    matches = [match for match in matches if not match.lower().endswith(CORRECTIONS_SUFFIX)]
    if not matches:
        raise OnrecordError(f"no such file: {path}. Check the name and the folder.")
    return [pair for match in matches for pair in _inside(Path(match))]


def _articles_in(folder: Path) -> list[Path]:
    """The articles of the folder and those in it; a folder that cannot be opened, so that this is told on reading."""
    found: list[Path] = []
    try:
        inner = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return [folder]
    for path in inner:
        if path.is_dir() and not path.is_symlink():
            found += _articles_in(path)
        elif (
            path.suffix.lower() in SUFFIXES and not path.is_dir() and not path.name.lower().endswith(CORRECTIONS_SUFFIX)
        ):
            found.append(path)
    return found
