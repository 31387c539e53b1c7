"""Files as the usual programs write them, and downloads in the layouts of the archives: what is read of each."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Article, OnrecordError
from onrecord.text.formats.encodings import decode
from onrecord.text.formats.layouts import read_layout
from onrecord.text.formats.source import MAX_GROWTH, file_source
from onrecord.text.input_files import read_articles

FILES = Path(__file__).resolve().parents[1] / "cases" / "files"
HEADLINE = "Mayor denies that bridge money was diverted"
STORY = (
    "The mayor of Port Alder on Tuesday denied that money for the new harbour bridge had been diverted, a day after "
    "the council’s auditor accused her office of moving two million crowns to other projects.",
    "“Not a single crown has left the bridge account,” Mayor Ada Brandt told reporters outside the town hall. She said "
    "that she would open the books to anybody who asked.",
    "The auditor, Tomas Lind, said last week that the money was moved in three steps between May and August, and that "
    "nobody had told the council. He stood by his report on Tuesday and declined to discuss how he had come by the "
    "figures.",
    "The union of dock workers called on the government to send an inspector. “We were promised a bridge, and we got a "
    "hole,” said its chairwoman, Mara Quist, who has criticised the project since it began.",
    "The ministry of transport said it would decide by Friday whether an inquiry was needed.",
)
COURIER = ("2024-03-05", "The Harbour Courier")
POST = ("2024-03-06", "Northern Post")


def read(path: Path, **options: Any) -> list[Article]:
    return list(read_articles([path], **options))


def paragraphs(article: Article) -> list[str]:
    return [article.words_of((block.span,)) for block in article.blocks if block.kind == "paragraph"]


@pytest.mark.parametrize(
    ("name", "date", "outlet"),
    [
        ("saved_page.html", *COURIER),
        ("browser_print.pdf", *COURIER),
        ("writer.pdf", "2024-03-05", ""),
        ("writer.odt", "2024-03-05", ""),
        ("writer.docx", "2024-03-05", ""),
        ("writer.rtf", "2024-03-05", ""),
    ],
)
def test_a_story_comes_whole_out_of_each_program_s_file(name: str, date: str, outlet: str) -> None:
    (article,) = read(FILES / name)
    assert (article.title, article.date, article.outlet, article.byline) == (HEADLINE, date, outlet, "By Jane Doe")
    assert tuple(paragraphs(article)[: len(STORY)]) == STORY
    assert article.notes == ()
    assert article.id == name.rsplit(".", 1)[0]


def test_menus_and_comments_of_a_saved_page_are_left_out() -> None:
    (article,) = read(FILES / "saved_page.html")
    assert tuple(paragraphs(article)) == STORY


def test_a_paragraph_goes_on_over_the_end_of_a_printed_page() -> None:
    (article,) = read(FILES / "three_pages.pdf")
    found = paragraphs(article)
    assert set(found) == set(STORY)
    assert found[:5] == list(STORY)
    assert len(found) == 5 + 12


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    front = '---\ntitle: "Mayor denies it"\ndate: 2024-03-05\noutlet: The Harbour Courier\nauthor: By Jane Doe\n---\n'
    text = "# Mayor denies it\n\nThe **mayor** said [it](http://x.org) fell\nlast week.\n\n- One, she said.\n"
    (tmp_path / "a.md").write_text(front + text, encoding="utf-8")
    (article,) = read(tmp_path / "a.md")
    assert article.text == "Mayor denies it\n\nThe mayor said it fell last week.\n\nOne, she said."
    assert (article.title, article.date, article.outlet) == ("Mayor denies it", *COURIER)
    assert article.byline == "By Jane Doe"


def test_word_tables_and_line_breaks_are_read_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Bridge closed").add_run().add_break()
    document.add_paragraph("It fell, police said.")
    document.add_table(1, 1).cell(0, 0).text = "Nobody was hurt."
    document.add_paragraph("It is shut.")
    document.save(str(tmp_path / "a.docx"))
    (article,) = read(tmp_path / "a.docx")
    assert article.text == "Bridge closed\n\nIt fell, police said.\n\nNobody was hurt.\n\nIt is shut."


# The layouts of the archives.


def nexis_uni(folder: Path) -> Path:
    """Two articles as Nexis Uni lays them out, written with python-docx."""
    lines = [
        "Date and Time: Monday, 11. March 2024 09:31:00 CET", "Documents (2)", f"1. {HEADLINE}",
        "Client/Matter: -None-", "Search Terms: bridge", "2. Union wants an inspector", "",
        HEADLINE,
        "The Harbour Courier(Port Alder)", "March 5, 2024 Tuesday 9:20 AM GMT", "",
        "Copyright 2024 The Harbour Courier All Rights Reserved", "", "Section:\xa0NEWS; Version:2",
        "Length:\xa0355 words", "Byline:\xa0Jane Doe", "Body", "", STORY[0], "", STORY[1], "",
        "Classification", "Language: ENGLISH", "Load-Date: March 6, 2024", "End of Document", "",
        "Union wants an inspector", "Northern Post", "March 6, 2024 Wednesday", "", "Length:\xa030 words", "Body", "",
        STORY[3], "Graphic", "The bridge", "Load-Date: March 6, 2024", "End of Document",
    ]  # fmt: skip
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "nexis_uni.docx"))
    return folder / "nexis_uni.docx"


def facts(articles: list[Article]) -> list[tuple[str, str | None, str, str]]:
    return [(a.title, a.date, a.outlet, a.byline) for a in articles]


def test_nexis_old_site() -> None:
    articles = read(FILES / "nexis.txt")
    long = "Mayor denies that money for the new harbour bridge was diverted to other projects"
    assert facts(articles) == [
        (long, *COURIER, "By Jane Doe"),
        ("Union wants an inspector", "2024-03-06", "Northern Post (Port Alder)", ""),
        ("Auditor stands by his report", "2024-03-07", "The Harbour Courier", "By Tomas Holm and Ida Berg"),
    ]
    assert paragraphs(articles[0]) == [
        "The mayor denied on Tuesday that money for the new harbour bridge had been diverted to other projects of her "
        "office.",
        "NOTE: she said that she would open the books to anybody who asked to see them in the town hall.",
        '"Copyright is not the question," said the auditor, who stood by his report.',
    ]
    assert paragraphs(articles[1]) == ["The union of dock workers called on the government to send an inspector."]
    assert [article.id for article in articles] == ["nexis-1", "nexis-2", "nexis-3"]


def test_nexis_uni(tmp_path: Path) -> None:
    first, second = read(nexis_uni(tmp_path))
    assert facts([first, second]) == [
        (HEADLINE, *COURIER, "By Jane Doe"),
        ("Union wants an inspector", *POST, ""),
    ]
    assert (paragraphs(first), paragraphs(second)) == ([STORY[0], STORY[1]], [STORY[3]])


@pytest.mark.parametrize(
    ("name", "byline"), [("proquest", "By Doe, Jane"), ("factiva", "By Jane Doe"), ("factiva_indexed", "By Jane Doe")]
)
def test_proquest_and_factiva(name: str, byline: str) -> None:
    articles = read(FILES / f"{name}.txt")
    assert facts(articles) == [(HEADLINE, *COURIER, byline), ("Union wants an inspector", *POST, "")]
    assert [words.split()[0] for words in paragraphs(articles[0])[:2]] == ["The", "She"]
    assert paragraphs(articles[1]) == ["The union of dock workers called on the government to send an inspector."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Brücke zu\n\nDokument HARCOU0020240305ek3500001\n\nText\n\nDokument HARCOU0020240305ek3500002", "Factiva"),
        ("A\n\nDokument 1 von 2\n\nB\n\nDokument 2 von 2", "Nexis"),
        ("Article 1 of 2\n\nBridge closed\n\nArticle 2 of 2\n\nBridge open", "a list of articles"),
        ("1 of 1 DOCUMENTS\n\nThe Courier\n\nsome day\n\nBridge\n\nLENGTH: 3 words\n\nIt fell.", "Nexis"),
    ],
)
def test_a_layout_that_is_not_known_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(OnrecordError, match=f"a.txt.*{message}"):
        read(tmp_path / "a.txt")


def test_one_article_out_of_order_does_not_lose_the_others(tmp_path: Path) -> None:
    text = (FILES / "nexis.txt").read_text(encoding="utf-8").replace("March 6, 2024 Wednesday", "soon")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    articles = read(tmp_path / "a.txt", keep_going=True)
    assert [bool(article.text) for article in articles] == [True, False, True]
    assert "article 2 (lines" in articles[1].notes[0]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=12))
def test_any_lines_are_either_a_download_or_not(lines: list[str]) -> None:
    assert read_layout(file_source(Path("a.txt"), "a"), lines) is None


# Tables.


ROWS = [("Bridge closed", "It fell, police said.", "The Harbour Courier"), ("Bridge open", "It stands; again.", "")]


def table(folder: Path, suffix: str) -> Path:
    path = folder / f"news{suffix}"
    header = ["Headline", "Full text", "Publication", "Published"]
    rows = [[*row, datetime.date(2024, 3, 5 + n)] for n, row in enumerate(ROWS)]
    if suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in (header, *rows):
            book.worksheets[0].append(row)
        book.save(path)
    elif suffix == ".parquet":
        values = ", ".join(f"('{a}', '{b}', '{c}', DATE '{d}')" for a, b, c, d in rows)
        names = ", ".join(f'"{name}"' for name in header)
        with duckdb.connect() as base:
            base.execute(f"COPY (SELECT * FROM (VALUES {values}) AS t({names})) TO '{path}' (FORMAT parquet)")
    else:
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";" if suffix == ".csv" else "\t").writerows([header, *rows])
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_tables(tmp_path: Path, suffix: str) -> None:
    articles = read(table(tmp_path, suffix))
    assert [(a.id, a.title, a.text, a.date, a.outlet) for a in articles] == [
        ("news-2", *ROWS[0][:2], "2024-03-05", "The Harbour Courier"),
        ("news-3", *ROWS[1][:2], "2024-03-06", ""),
    ]
    said = "text from “Full text”, title from “Headline”, date from “Published”, outlet from “Publication”"
    assert said in articles[0].notes[0]
    assert articles[1].notes == ()


def test_a_column_can_be_chosen_and_a_missing_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,Story so far,Words\nx,It fell.,2\n,,\n", encoding="utf-8")
    with pytest.raises(OnrecordError, match=r"which column holds.*Story so far, Words.*--column text=NAME"):
        read(tmp_path / "a.csv")
    (article,) = read(tmp_path / "a.csv", columns={"text": "Story so far"})
    assert (article.id, article.text) == ("x", "It fell.")
    with pytest.raises(OnrecordError, match="no column 'None'"):
        read(tmp_path / "a.csv", columns={"text": "None"})
    with pytest.raises(OnrecordError, match="no field is called 'words'"):
        read(tmp_path / "a.csv", columns={"words": "Words"})


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip), min_size=1)
)
def test_cells_come_out_of_a_csv_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["text"], *([text] for text in texts)])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(out.getvalue().encode("utf-8"))
    articles = read(path, keep_going=True)
    assert [a.text for a in articles if a.text] == [text for text in texts if text.strip("\ufeff \t\r\n")]


# Folders, patterns, packed files.


def test_folders_patterns_and_zips(tmp_path: Path) -> None:
    (tmp_path / "news" / "deep").mkdir(parents=True)
    (tmp_path / "news" / "deep" / "a.txt").write_text("It fell.", encoding="utf-8")
    (tmp_path / "news" / "b.txt").write_text("It stands.", encoding="utf-8")
    (tmp_path / "news" / "b.md").write_text("It *stands* still.", encoding="utf-8")
    (tmp_path / "news" / "b.png").write_bytes(b"x")
    assert [a.id for a in read(tmp_path / "news")] == ["b.md", "b.txt", "deep/a"]
    assert [a.text for a in read(tmp_path / "**" / "*.txt")] == ["It stands.", "It fell."]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.write(FILES / "writer.docx", "in/writer.docx")
        packed.write(FILES / "nexis.txt", "nexis.txt")
        packed.writestr("__MACOSX/x.txt", "no")
        packed.writestr("picture.png", "no")
        packed.writestr("rows.jsonl", json.dumps({"id": "r", "text": "One."}))
    ids = [a.id for a in read(tmp_path / "all.zip")]
    assert ids == ["all/in/writer", "all/nexis-1", "all/nexis-2", "all/nexis-3", "r"]


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx", "bomb.xlsx", "bomb.odt"])
def test_what_would_burst_when_unpacked_is_left_alone(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("a.txt", "w") as member:
        for _ in range(60):
            member.write(bytes(1_000_000))
    assert (tmp_path / name).stat().st_size * MAX_GROWTH < 60_000_000
    with pytest.raises(OnrecordError, match="would unpack to 60 MB and was left alone"):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.4", "this PDF cannot be read"),
        ("a.html", b"<html><body></body></html>", "no article was found in this page"),
        ("a.docx", b"PK", "this is no .docx file"),
        ("a.xlsx", b"PK", "this is no .xlsx file"),
        ("a.odt", b"", "this is no .odt file"),
        ("a.rtf", b"It fell.", "this is no .rtf file"),
        ("a.zip", b"PK", "this .zip cannot be read"),
        ("a.csv", b"", "which column holds the articles' text"),
        ("a.csv", b"text\n", "no row with a text"),
        ("a.parquet", b"PAR1", "no Parquet table"),
        ("a.md", b"", "there is no text"),
        ("a.doc", b"x", "save it in Word as .docx"),
        ("a.png", b"x", "a .png file cannot be read"),
    ],
)
def test_damaged_files_are_one_clear_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(OnrecordError, match=message) as error:
        read(tmp_path / name)
    assert name in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_a_file_cut_off_anywhere_is_read_or_refused(tmp_path: Path, name: str) -> None:
    whole = (FILES / name).read_bytes()
    for part in (0.1, 0.5, 0.9):
        (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
        for article in read(tmp_path / name, keep_going=True):
            assert article.text or article.notes


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("utf-16", "UTF-16")]
)
def test_encodings_are_told_apart_by_their_quotation_marks(encoding: str, name: str) -> None:
    text = "“It fell” – twice, he said. The café’s owner, Zoë, agreed."
    found, notes = decode(text.encode(encoding), "a.txt")
    assert (found, name in notes[0]) == (text, True)
