"""The program as the system runs it: other encodings, readers who leave, no trace in the user's home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.export.provenance import provenance_of
from onrecord.export.save import save_page
from onrecord.records import Analysis, Article, Tokens

ARTICLE = Path(__file__).parents[2] / "data" / "haqqani-2011" / "article.txt"


def test_the_same_article_gives_the_same_line_whatever_the_order_of_hashes(tmp_path: Path):
    outputs = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.jsonl"
        command = [
            sys.executable,
            "-m",
            "onrecord.cli",
            "analyze",
            str(ARTICLE),
            "-o",
            str(out),
            "--engine",
            "fast",
        ]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]


def test_a_pipe_of_another_encoding_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli", "analyze", "日本.txt", "-o", "out.jsonl"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert (run.returncode, run.stderr.decode("ascii").split(".")[0]) == (2, "onrecord: no such file: \\u65e5\\u672c")
    origin = provenance_of(Analysis(Article("", id="日本"), Tokens((), ()), (), engine="fast"))
    save_page("<html><head></head></html>", tmp_path / "page", alt="a page", provenance=origin)
    command = [sys.executable, "-m", "onrecord.cli", "inspect", "page.html"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"article: \\u65e5\\u672c" in run.stdout


def test_it_keeps_out_of_the_users_home(tmp_path: Path) -> None:
    origin = provenance_of(Analysis(Article("", id="a"), Tokens((), ()), (), engine="fast"))
    page = save_page("<html><head></head></html>", tmp_path / "out" / "page", alt="a page", provenance=origin)
    kept = ("PATH", "PYTHONPATH", "SYSTEMROOT")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | {"HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    subprocess.run([sys.executable, "-m", "onrecord.cli", "inspect", page], env=environment, check=True)
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the reader's leaving is told in other ways")
def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    origin = provenance_of(Analysis(Article("", id="a"), Tokens((), ()), (), engine="fast"))
    save_page("<html><head></head></html>", tmp_path / "page", alt="a page", provenance=origin)
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "onrecord.cli", "inspect", "page.html"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE) as program:
        os.close(reader)
        os.close(writer)
        _, error = program.communicate()
    assert (program.returncode, error.decode()) == (141, "")
