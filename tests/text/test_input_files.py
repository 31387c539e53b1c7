"""Articles as received: what each line is, what the opening says, what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casefiles import cases
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Article, OnrecordError
from onrecord.text.dates import find_day
from onrecord.text.furniture import why_furniture
from onrecord.text.input_files import parse_article, read_articles

LINES = st.sampled_from(
    [
        "",
        "0",
        "Comments",
        "By Jane Doe",
        "BY JANE DOE – It fell.",
        "KABUL (AP) — It fell.",
        "TONER:",
        "“Go.”",
        "It fell",
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.text(st.characters()),  # lone surrogates and NUL too
    st.lists(st.one_of(LINES, st.text(max_size=40))).map("\n".join),
    st.lists(LINES).map("\r\n\r\n".join),
)


def test_the_project_article(article: Article) -> None:
    assert article.title == "US Confident of Ties With Pakistan Despite Links to Haqqani Network"
    assert (article.byline, article.dateline, article.date) == ("BY SUZANNE PRESTO", "", None)
    kinds = [block.kind for block in article.blocks]
    assert kinds == [
        "headline",
        *["furniture"] * 4,
        "byline",
        *["paragraph"] * 7,
        "label",
        *["paragraph"] * 5,
        *["furniture"] * 2,
    ]
    assert [block.number for block in article.blocks if block.is_text] == list(range(14))
    assert not article.notes


@pytest.mark.parametrize("case", cases("furniture"))
def test_furniture(case: dict[str, str]) -> None:
    assert bool(why_furniture(case["line"])) == bool(case["is_furniture"])


@pytest.mark.parametrize("case", cases("openings"))
def test_opening(case: dict[str, str]) -> None:
    article = parse_article(case["text"])
    found = (article.title, article.byline, article.dateline, article.date or "", article.outlet)
    assert found == tuple(case[name] for name in ("headline", "byline", "dateline", "date", "outlet"))
    last = article.blocks[-1]
    assert last.kind == "paragraph"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sept. 26, 2011", "2011-09-26"),
        ("26th of September 2011", "2011-09-26"),
        ("2011-09-26T10:15:00Z", "2011-09-26"),
        ("13.02.2011", "2011-02-13"),
        ("2/13/2011", "2011-02-13"),
        ("02/03/2011", None),
        ("Feb. 30, 2011", None),
        ("September 26", None),
        ("1/2011-09-26", None),
        ("", None),
    ],
)
def test_day(text: str, day: str | None) -> None:
    assert find_day(text) == day


def test_label_lines_need_a_quotation_or_a_transcript() -> None:
    def labels(text: str) -> list[str]:
        article = parse_article(text)
        return [article.words_of((block.span,)) for block in article.blocks if block.kind == "label"]

    assert labels("Bridge closed\nIt fell.\nMayor Jane Doe:\n“We will mend it.”\nIt is shut.") == ["Mayor Jane Doe:"]
    assert labels("Bridge closed\nIt fell.\nMayor Jane Doe:\nIt is shut.") == []
    assert labels("Bridge closed\nIt fell.\nDOE:\nOne.\nROE:\nTwo.\nDOE:\nThree.") == ["DOE:", "ROE:", "DOE:"]
    assert labels("Bridge closed\nCORRECTION:\nThe bridge is open.") == []


def test_links_after_their_heading_are_furniture_until_prose_comes() -> None:
    story = "Bridge closed\nIt fell, police said.\nIt is shut.\nIt is old.\n"
    text = story + "Related Stories\nMayor resigns\nStorm hits\nHe left."
    kinds = [block.kind for block in parse_article(text).blocks]
    assert kinds == ["headline", *["paragraph"] * 3, *["furniture"] * 3, "paragraph"]


def test_numbers_amid_the_story_stay() -> None:
    kinds = [block.kind for block in parse_article("Five\nIt fell.\nIt is old.\n1\nThe pier.\n2\nThe arch.\n12").blocks]
    assert kinds == ["headline", *["paragraph"] * 6, "furniture"]


def test_hard_wrapped_prose_is_joined() -> None:
    text = (
        "The bridge over the river was closed on Monday after a storm\n"
        "that had washed away parts of it, the police said, and nobody\n"
        "could say when it would be opened.\n"
        "\n"
        "“We will mend it,” said Jane Doe, the mayor, who had come to\n"
        "look at what was left of it.\n"
    )
    assert [text[slice(*block.span)].split()[-1] for block in parse_article(text).blocks] == ["opened.", "it."]


def test_what_is_given_stands_before_what_is_found() -> None:
    text = "Bridge closed\nKABUL, Sept. 27, 2011 (AP) – It fell."
    article = parse_article(text, id="a1", title="A title", date="2011-09-28T08:00", outlet="The Courier")
    assert (article.id, article.title, article.date, article.outlet) == ("a1", "A title", "2011-09-28", "The Courier")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "no text"),
        ("0\n12\n", "no text"),
        ("It fell. " * 2000, "17,999"),
        ("<p>It fell.</p>\n" * 5, "HTML"),
        ("Die Brücke ist nach dem Sturm gesperrt worden. " * 10, "English"),
        ("Die Brücke ist nach dem Sturm gesperrt worden, sagte Ada Brandt am Montag.", "English"),
        ("市長は橋が安全だと述べた。", "English"),
        ("Bridge closed\nThe bridge over the river was closed on Monday after a storm that had washed", "cut off"),
    ],
)
def test_notes(text: str, note: str) -> None:
    assert any(note in line for line in parse_article(text).notes)


@given(TEXTS)
def test_blocks_tile_any_text(text: str) -> None:
    article = parse_article(text)
    assert article.text == text
    end = 0
    for block in article.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        end = block.span.end
        assert text[block.span.start : block.span.end].strip()
    covered = "".join(text[slice(*block.span)] for block in article.blocks)
    blank = "".join(text.split())
    assert [c for c in "".join(covered.split()) if c.isalnum()] == [c for c in blank if c.isalnum()]


def read(path: Path, content: bytes | str) -> list[Article]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_articles([path]))


def test_text_is_kept_as_received(tmp_path: Path) -> None:
    text = "Bridge\u00a0closed\r\n\r\n“It fell” – twice.\r\n"
    (article,) = read(tmp_path / "bridge.txt", text)
    assert (article.text, article.id) == (text, "bridge")
    assert article.title == "Bridge closed"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_character_of_the_text(tmp_path: Path, encoding: str) -> None:
    (article,) = read(tmp_path / "bridge.txt", "Bridge closed\n\nIt fell.\n".encode(encoding))
    assert article.text[slice(*article.blocks[0].span)] == "Bridge closed"
    assert article.blocks[0].span.start == 0


def test_other_encodings_are_read_with_a_note(tmp_path: Path) -> None:
    (western,) = read(tmp_path / "a.txt", "“It fell” – twice.".encode("cp1252"))
    assert western.text == "“It fell” – twice."
    assert "Windows-1252" in western.notes[0]
    (wide,) = read(tmp_path / "b.txt", "It fell – twice.".encode("utf-16"))
    assert (wide.text, "UTF-16" in wide.notes[0]) == ("It fell – twice.", True)


def test_lines_and_folders(tmp_path: Path) -> None:
    rows = [
        {"id": "x", "text": "It fell.", "title": "T", "date": "2011-09-26", "outlet": "O"},
        {"id": 7, "text": "No."},
    ]
    (tmp_path / "b.jsonl").write_text("\n\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "picture.png").write_text("Not one.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Not one.", encoding="utf-8")
    articles = list(read_articles([tmp_path]))
    assert [article.id for article in articles] == ["a", "x", "7"]
    assert (articles[1].title, articles[1].date, articles[1].outlet) == ("T", "2011-09-26", "O")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "there is no text"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "there is no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "no text file"),
        ("a.jsonl", b"", "there is no text"),
        ("a.jsonl", b'{"id": "a", "text": "It fell."}\n{"id": "b", "te', "line 2: this is no JSON"),
        ("a.jsonl", b'{"id": "a"}', 'line 1: the field "text" is missing'),
        ("a.jsonl", b'{"text": "It fell."}', 'line 1: the field "id" is missing'),
        ("a.jsonl", b'{"id": "a", "text": 5}', 'the field "text"'),
        ("a.jsonl", b'{"id": "a", "text": "It fell.", "date": 2011}', 'the field "date" must be text'),
        ("a.jsonl", b'["It fell."]', "expected an object"),
        ("a.jsonl", b"[" * 100_000, "no JSON"),
        ("a.jsonl", b'{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}', "line 2: the id 'a' was used before"),
        ("a.jsonl", b'{"id": "a", "text": " "}', "there is no text"),
        ("a.png", b"x", "cannot be read. Supported are .txt, .md,"),
        ("a", b"x", "a file without a suffix"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(OnrecordError, match=message):
        read(tmp_path / name, content)


def test_bad_paths(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="no such file"):
        list(read_articles([tmp_path / "none.txt"]))
    with pytest.raises(OnrecordError, match="no article in the folder"):
        list(read_articles([tmp_path]))


def test_one_bad_article_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.jsonl").write_text('{"id": "x", "text": "One."}\n{"id"\n{"id": "y", "text": "Two."}')
    articles = list(read_articles([tmp_path], keep_going=True))
    assert [article.text for article in articles] == ["", "One.", "", "Two."]
    assert [len(article.notes) for article in articles] == [1, 0, 1, 0]
