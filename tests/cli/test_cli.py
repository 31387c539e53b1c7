"""The command line: what it writes, and that whatever it is given it says what is wrong in a line."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from onrecord import __version__
from onrecord.cli import entry as cli
from onrecord.names.own_actors import OwnActors
from onrecord.records import Analysis, Article, OnrecordError, Statement
from onrecord.text.tokens import tokenize

ARTICLE = Path(__file__).parents[2] / "data" / "haqqani-2011" / "article.txt"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analysis without a model: the spans given, or none; the text "broken" breaks it."""

    def analyze(
        article: Article,
        *,
        engine: str,
        given: tuple[Statement, ...] | None,
        actors: OwnActors | None,
        corrections: Path | bool,
    ) -> Analysis:
        if "broken" in article.text:
            raise IndexError("list index out of range")
        own = actors or OwnActors()
        tokens = tokenize(article.text, article.blocks)
        return Analysis(article, tokens, given or (), engine=engine, actors_file=own.file, actors_sha256=own.sha256)

    monkeypatch.setattr(cli, "analyze", analyze)
    monkeypatch.setattr(cli, "load_tagger", lambda engine: None)


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "out.jsonl"


@pytest.mark.usefixtures("stub")
class TestAnalyze:
    """``onrecord analyze``: inputs, outputs and errors (the steps themselves are stubbed)."""

    def test_folder(self, tmp_path: Path, out: Path) -> None:
        (tmp_path / "in/a.txt").write_text("One.")
        (tmp_path / "in/b.jsonl").write_text('{"id": "x", "text": "Two.", "date": "2011-09-26"}')
        assert run("analyze", tmp_path / "in", "-o", out, "--engine", "fast") == 0
        assert [(row["id"], row["date"], row["engine"]) for row in lines(out)] == [
            ("a", None, "fast"),
            ("x", "2011-09-26", "fast"),
        ]

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("none.txt", None, "no such file"),
            ("a.txt", b"", "there is no text"),
            ("a.txt", b"\x7fELF\0\0", "no text file"),
            ("a.docx", b"PK", "this is no .docx file"),
            ("in", None, "no article in the folder"),
        ],
    )
    def test_bad_input(
        self,
        tmp_path: Path,
        out: Path,
        capsys: pytest.CaptureFixture[str],
        name: str,
        content: bytes | None,
        message: str,
    ) -> None:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        assert run("analyze", tmp_path / name, "-o", out) == 2
        error = capsys.readouterr().err
        assert error.startswith("onrecord: ")
        assert message in error
        assert error.count("\n") == 1
        assert not out.exists()

    def test_one_failure_does_not_lose_the_others(
        self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [
            {"id": "a", "text": "One."},
            {"id": "b", "text": "It is broken."},
            {"id": "c"},
            {"id": "d", "text": "Two."},
        ]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
        assert run("analyze", tmp_path / "a.jsonl", "-o", out) == 1
        assert [row["id"][-1] for row in lines(out)] == ["a", "b", "3", "d"]
        assert [bool(row["notes"]) for row in lines(out)] == [False, True, True, False]
        error = capsys.readouterr().err
        assert "b: could not be analysed (IndexError: list index out of range)" in error
        assert 'line 3: the field "text" is missing' in error

    def test_a_fault_in_the_only_article_is_an_error(self, tmp_path: Path, out: Path) -> None:
        (tmp_path / "a.txt").write_text("It is broken.")
        assert run("analyze", tmp_path / "a.txt", "-o", out) == 2
        assert not out.exists()

    def test_output_replaces_an_old_one_but_never_an_input(
        self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = tmp_path / "in" / "a.jsonl"
        source.write_text('{"id": "x", "text": "Two."}')
        out.write_text("old")
        assert run("analyze", source, "-o", out) == 0
        assert lines(out)[0]["id"] == "x"
        assert run("analyze", source, "-o", tmp_path / "in" / ".." / "in" / "a.jsonl") == 2
        assert "is one of the inputs" in capsys.readouterr().err
        assert run("analyze", source.parent, "-o", source.parent / "out.jsonl") == 2
        assert "lies in the folder" in capsys.readouterr().err
        assert lines(source)[0]["text"] == "Two."

    def test_output_that_cannot_be_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.txt").write_text("One.")
        assert run("analyze", tmp_path / "a.txt", "-o", tmp_path / "none" / "out.jsonl") == 2
        assert "does not exist" in capsys.readouterr().err

    def test_given_spans(self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.txt").write_text("It fell, he said.")
        given = tmp_path / "given.jsonl"
        statement = {"id": "S9", "source": [[9, 11]], "cue": [[12, 16]], "content": [[0, 7]]}
        given.write_text(json.dumps({"id": "a", "statements": [statement]}))
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--given", given) == 0
        assert lines(out)[0]["statements"][0].items() >= statement.items()
        given.write_text(json.dumps({"id": "a", "statements": [{**statement, "cue": [[12, 99]]}]}))
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--given", given) == 2
        assert (
            'the "cue" of statement S9 has the span [12, 99], but the text has 17 characters' in capsys.readouterr().err
        )
        given.write_text(json.dumps({"id": "b", "statements": []}))
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--given", given) == 2
        assert "no statements are given" in capsys.readouterr().err

    def test_own_actors(self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.txt").write_text("One.")
        table = tmp_path / "mine.csv"
        table.write_text("name,side\nKari Lund,the harbour\n")
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--actors", table) == 0
        assert lines(out)[0]["actors"] == "mine.csv"
        assert lines(out)[0]["actors_sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
        assert run("analyze", tmp_path / "a.txt", "-o", table, "--actors", table) == 2
        assert "is one of the inputs" in capsys.readouterr().err
        table.write_text("name\nKari Lund\n")
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--actors", table) == 2
        assert "mine.csv, line 1: the table of actors has no column side" in capsys.readouterr().err

    def test_lone_surrogates_are_written(self, tmp_path: Path, out: Path) -> None:
        (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Bridge\\ud800 closed\\nIt fell."}')
        assert run("analyze", tmp_path / "a.jsonl", "-o", out) == 0
        assert lines(out)[0]["title"] == "Bridge\ud800 closed"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and devices")
    def test_what_cannot_be_read_does_not_hang_or_lose_the_others(
        self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("a", "d"):
            (tmp_path / f"in/{name}.txt").write_text("One.")
        os.mkfifo(tmp_path / "in/b.txt")
        (tmp_path / "in/c.jsonl").symlink_to("/dev/zero")
        (tmp_path / "locked").mkdir()
        listed = Path.iterdir

        def refusing(path: Path) -> Iterator[Path]:  # root may open every folder
            if path.name == "locked":
                raise PermissionError
            return listed(path)

        monkeypatch.setattr(Path, "iterdir", refusing)
        what = "this is a pipe or a device. Save its content as a file first."
        assert run("analyze", tmp_path / "locked", tmp_path / "in", "-o", out) == 1
        assert [bool(row["notes"]) for row in lines(out)] == [True, False, True, True, False]
        assert capsys.readouterr().err.splitlines() == [
            f"onrecord: cannot open the folder {tmp_path}/locked. Check the rights to read it.",
            *(f"onrecord: cannot read {tmp_path}/in/{name}: {what}" for name in ("b.txt", "c.jsonl")),
        ]

    def test_given_spans_are_checked_like_any_input(
        self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a.txt").write_text("It fell, he said.")
        given = tmp_path / "given.jsonl"
        given.write_text('{"id": "a", "statements": [{"id": "S1", "content": [[0.5, 2]]}]}')
        assert run("analyze", tmp_path / "a.txt", "-o", out, "--given", given) == 2
        error = capsys.readouterr().err
        assert error.startswith(f'onrecord: {given}, line 1, statement S1: its "content" holds [0.5, 2].')
        assert error.count("\n") == 1
        assert not out.exists()

    def test_no_message_obeys_what_stands_in_a_file(
        self, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a.jsonl").write_text('{"id": "\\u001b[2J\\nfine", "text": "It is broken."}')
        assert run("analyze", tmp_path / "a.jsonl", "-o", out) == 1
        assert capsys.readouterr().err.startswith("onrecord: �[2J fine: could not be analysed")

    @pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
    def test_a_signal_ends_it_with_a_line(
        self,
        tmp_path: Path,
        out: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        number: int,
        status: int,
    ) -> None:
        before = signal.getsignal(number)
        monkeypatch.setattr(cli, "analyze", lambda *_, **__: signal.raise_signal(number))
        (tmp_path / "a.txt").write_text("One.")
        out.write_text("old")
        assert run("analyze", tmp_path / "a.txt", "-o", out) == status
        assert capsys.readouterr().err == "onrecord: interrupted; no file is left half-written.\n"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "in", "out.jsonl"]
        assert (out.read_text(), signal.getsignal(number)) == ("old", before)

    def test_interrupted(self, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "analyze", interrupted)
        (tmp_path / "a.txt").write_text("One.")
        out.write_text("old")
        assert run("analyze", tmp_path / "a.txt", "-o", out) == 130
        assert out.read_text() == "old"

    def test_written_to_a_reader_who_leaves_early(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        @contextmanager
        def closed(path: Path, *, overwrite: bool) -> Iterator[BytesIO]:
            yield BytesIO()
            raise BrokenPipeError

        monkeypatch.setattr(cli, "writing_whole", closed)
        (tmp_path / "a.txt").write_text("One.")
        assert run("analyze", tmp_path / "a.txt", "-o", "/dev/stdout") == 141
        assert capsys.readouterr() == ("", "")


def test_a_missing_model_is_one_error(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(engine: str) -> None:
        raise OnrecordError("no model")

    monkeypatch.setattr(cli, "load_tagger", missing)
    (tmp_path / "in/a.txt").write_text("One.")
    (tmp_path / "in/b.txt").write_text("Two.")
    assert run("analyze", tmp_path / "in", "-o", out) == 2
    assert capsys.readouterr().err == "onrecord: no model\n"


@pytest.mark.parametrize(
    "arguments", [[], ["analyze"], ["analyze", "a.txt"], ["analyze", "a.txt", "-o", "b", "--engine", "x"]]
)
def test_wrong_arguments(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2


@pytest.mark.parametrize("engine", ["default", "fast"])
@pytest.mark.parametrize(
    "text",
    [
        "Minutes\n\nThe hall has forty chairs.",
        "Bridge closed\n\n“We will mend it and we will not rest, said Jane Doe, the mayor.\n\nIt is shut.",
        "Bridge closed\n\n" + "The bridge fell down, the mayor said on Monday. " * 400,
        "x" * 20_000,
        "Bridge\ud800 closed\n\nIt\0 fell, said\u202e Jane Doe. 🙂 " + "á" * 50,
    ],
    ids=["no statement", "never closed", "one paragraph", "one word", "odd characters"],
)
def test_odd_texts_go_the_whole_way(tmp_path: Path, engine: str, text: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text}))
    assert run("analyze", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl", "--engine", engine) == 0
    (row,) = lines(tmp_path / "out.jsonl")
    for statement in row["statements"]:
        for start, end in (*statement["source"], *statement["cue"], *statement["content"]):
            assert 0 <= start < end <= len(text)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--version")
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"onrecord {__version__}\n"
