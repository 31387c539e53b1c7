"""A corpus run: what it writes, how it goes on after a stop, and what it says of what failed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_corpus import ENGLISH, files, write

from onrecord import analyze, corpus, read_articles, tables
from onrecord.cli import main
from onrecord.corpus import work
from onrecord.corpus.intake import shard_size
from onrecord.fileformat import to_json
from onrecord.records import Article, OnrecordError

GERMAN = "Die Brücke ist nach dem Sturm gesperrt worden, sagte Ada Brandt am Montag vor dem Rathaus der Stadt."


def test_the_tables_hold_what_analyze_gives(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 3, a2=GERMAN)
    found = corpus.run([source], tmp_path / "c", engine="fast", workers=1)
    assert (found.articles, found.analysed, found.not_english, found.failed, found.is_done) == (3, 2, 1, 0, True)
    first = next(read_articles([source]))
    expected = analyze(first, engine="fast")
    assert to_json(corpus.read_analysis(tmp_path / "c", "a0", engine="fast")) == to_json(expected)
    rows = corpus.query(tmp_path / "c", "FROM statements WHERE article = 'a1'", engine="fast")
    assert list(rows["actor"]) == [statement.actor for statement in expected.statements]
    for name in ("statements", "stances", "responses"):
        table = corpus.query(tmp_path / "c", f"FROM {name}", engine="fast")
        assert list(table.columns) == list(corpus.TABLES[name])
    texts = corpus.query(tmp_path / "c", "SELECT id, outlet, date, statements FROM articles", engine="fast")
    assert list(texts["id"]) == ["a0", "a1", "a2"]
    assert texts["statements"].isna().tolist() == [False, False, True]


def test_the_result_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 20)
    for workers in (1, 2):
        corpus.run([source], tmp_path / str(workers), engine="fast", workers=workers)
    assert files(tmp_path / "1") == files(tmp_path / "2")


class Power(BaseException):
    """The power goes."""


@pytest.mark.parametrize("after", [1, 9, 17])
def test_a_run_that_was_stopped_goes_on_and_ends_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    source = write(tmp_path / "in.jsonl", 20)
    corpus.run([source], tmp_path / "whole", engine="fast", workers=1)
    analysed: list[str] = []
    inner = analyze

    def until(limit: int) -> Callable[..., object]:
        def analyze_some(article: Article, **options: object) -> object:
            if len(analysed) == limit:
                raise Power
            analysed.append(article.id)
            return inner(article, **options)  # type: ignore[arg-type]

        return analyze_some

    monkeypatch.setattr(work, "analyze", until(after))
    with pytest.raises(Power):
        corpus.run([source], tmp_path / "cut", engine="fast", workers=1)
    assert not corpus.status(tmp_path / "cut", engine="fast").is_done
    done = after // shard_size(0) * shard_size(0)
    del analysed[:]
    monkeypatch.setattr(work, "analyze", until(20))
    corpus.run([source], tmp_path / "cut", engine="fast", workers=1)
    assert len(analysed) == 20 - done, "what was done is not done again"
    assert files(tmp_path / "cut") == files(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_leaves_no_worker_behind_and_goes_on(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 40)
    command = [
        sys.executable,
        "-m",
        "onrecord.cli",
        "corpus",
        "run",
        source,
        "-o",
        tmp_path / "cut",
        "--engine",
        "fast",
    ]
    process = subprocess.Popen([*map(str, command), "--workers", "2"])
    deadline = time.monotonic() + 120
    results = tmp_path / "cut" / "readings" / "fast"
    while not any(results.glob("[0-9]*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    corpus.run([source], tmp_path / "cut", engine="fast", workers=1)
    corpus.run([source], tmp_path / "whole", engine="fast", workers=1)
    kept = {name: data for name, data in files(tmp_path / "cut").items() if ".part" not in name}
    assert kept == files(tmp_path / "whole")


def test_what_failed_is_told_and_can_be_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "a.jsonl", 2)
    (tmp_path / "in" / "b.docx").write_bytes(b"PK")
    (tmp_path / "in" / "c.txt").write_text(ENGLISH.format(verb="said"), encoding="utf-8")
    run = ["corpus", "run", str(tmp_path / "in"), "-o", str(tmp_path / "c"), "--engine", "fast", "--workers", "1"]
    assert main(run) == 1
    assert "4 articles read, 3 analysed" in capsys.readouterr().out
    assert main(["corpus", "failed", str(tmp_path / "c"), "--engine", "fast"]) == 0
    assert "b.docx: this is no .docx file" in capsys.readouterr().out
    import docx

    document = docx.Document()
    document.add_paragraph(ENGLISH.format(verb="said"))
    document.save(str(tmp_path / "in" / "b.docx"))
    assert main(["corpus", "retry", str(tmp_path / "c"), "--engine", "fast", "--workers", "1"]) == 0
    ids = corpus.query(tmp_path / "c", "SELECT id FROM articles WHERE statements > 0", engine="fast")["id"]
    assert list(ids) == ["a0", "a1", "b", "c"]
    assert main(run) == 0


def test_a_second_engine_reads_the_same_texts(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 2)
    corpus.run([source], tmp_path / "c", engine="fast", workers=1)
    texts = (tmp_path / "c" / "texts" / "00000.parquet").stat()
    corpus.run([source], tmp_path / "c", engine="default", workers=1)
    assert (tmp_path / "c" / "texts" / "00000.parquet").stat() == texts
    assert corpus.status(tmp_path / "c").is_done


def test_ids_that_come_twice_are_failures_not_mixtures(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", 1)
    write(tmp_path / "b.jsonl", 1)
    corpus.run([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "c", engine="fast", workers=1)
    (problem,) = corpus.failed(tmp_path / "c", engine="fast")["problem"]
    assert "the id 'a0' was used before" in problem


def test_characters_that_no_table_can_hold_do_not_move_the_others(tmp_path: Path) -> None:
    text = "\x00\ud800 " + ENGLISH.format(verb="said")
    corpus.run([write(tmp_path / "in.jsonl", 1, a0=text)], tmp_path / "c", engine="fast", workers=1)
    (kept,) = corpus.query(tmp_path / "c", "SELECT text FROM articles", engine="fast")["text"]
    assert (len(kept), kept[3:]) == (len(text), text[3:])


@pytest.mark.parametrize("change", ["other inputs", "a changed file", "another folder's files", "no such question"])
def test_errors_are_one_clear_line(tmp_path: Path, change: str) -> None:
    source = write(tmp_path / "in.jsonl", 1)
    corpus.run([source], tmp_path / "c", engine="fast", workers=1)
    with pytest.raises(OnrecordError) as error:
        if change == "other inputs":
            corpus.run([write(tmp_path / "other.jsonl", 1)], tmp_path / "c", engine="fast")
        elif change == "a changed file":
            corpus.run([write(source, 2)], tmp_path / "c", engine="fast")
        elif change == "another folder's files":
            corpus.run([source], tmp_path, engine="fast")
        else:
            corpus.query(tmp_path / "c", "SELECT nothing FROM nowhere", engine="fast")
    assert str(error.value)
    with pytest.raises(OnrecordError, match="is no corpus"):
        corpus.status(tmp_path / "none")


def test_query_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.run([write(tmp_path / "in.jsonl", 2)], tmp_path / "c", engine="fast", workers=1)
    sql = "SELECT outlet, count(*) AS articles FROM articles GROUP BY outlet"
    assert main(["corpus", "query", str(tmp_path / "c"), sql, "--engine", "fast"]) == 0
    assert capsys.readouterr().out == "outlet,articles\nCourier,2\n"


def test_a_handful_of_articles_stands_in_one_table(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "date": "2024-03-05", "outlet": "Courier", "text": ENGLISH.format(verb="said")},
        {"id": "b", "date": "2024-03-07", "outlet": "Post", "text": ENGLISH.format(verb="replied")},
        {"id": "c", "outlet": "Post", "text": GERMAN},
        {"id": "d", "outlet": "Post", "text": ENGLISH.format(verb="said")},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    analyses = corpus.analyze_all([tmp_path / "in.jsonl"], engine="fast")
    assert list(corpus.articles(analyses)["article"]) == ["a", "b", "d"]
    table = corpus.together(analyses, tables.statements)
    assert list(table.columns[:4]) == ["article", "outlet", "date", "id"]
    assert len(table) == sum(len(analysis.statements) for analysis in analyses)
    assert [analysis.article.id for analysis in corpus.choose(analyses, outlet="Post")] == ["b", "d"]
    assert [analysis.article.id for analysis in corpus.choose(analyses, until="2024-03-05")] == ["a"]
    assert [analysis.article.id for analysis in corpus.choose(analyses, since="2024-03-06")] == ["b"]
    assert corpus.choose(analyses) == analyses
