"""One report at a time in a folder, on one article, and nothing of a run left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from small_notebooks import small_notebook

from onrecord.corrections import Coder, Coding, corrections_file
from onrecord.export.manifest import read_manifest
from onrecord.pipeline import analyze
from onrecord.records import OnrecordError
from onrecord.report import own_notebooks, report
from onrecord.report.run_folder import run_folder

SAID = "Bridge shut\n\n“It was wrong,” Mark Toner said.\n"
SAVE = (
    "from onrecord import analyze, export, tables\nanalysis = analyze(ARTICLE, engine=ENGINE, actors=ACTORS)\n"
    "origin = export.provenance_of(analysis)\n"
    "export.save_table(tables.actors(analysis), f'{EXPORTS}/of', provenance=origin, overwrite=True)"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(SAID, encoding="utf-8")
    return path


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(small_notebook(SAVE), folder / "01_one.ipynb")
    return folder


def quietly(line: str) -> None:
    """No progress."""


def test_files_on_another_article_are_left_alone(tmp_path: Path, article: Path, notebooks: Path) -> None:
    other, out = tmp_path / "b.txt", tmp_path / "out"
    other.write_text("Hall open\n\nThe mayor said it was open.\n")
    report(article, out, engine="fast", notebooks=notebooks, say=quietly)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(OnrecordError, match=r"out holds files on another .*“Bridge shut”.*choose another"):
        report(other, out, engine="fast", notebooks=notebooks, say=quietly)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    report(article, out, engine="fast", notebooks=notebooks, say=quietly)
    assert {path.name for path in out.iterdir()} == set(before)


def test_the_article_and_the_actors_are_read_once(tmp_path: Path, article: Path, notebooks: Path) -> None:
    actors = tmp_path / "mine.csv"
    actors.write_text("name,side\nMark Toner,the podium\n")
    nbformat.write(small_notebook(SAVE), notebooks / "02_two.ipynb")

    def editing(line: str) -> None:
        article.write_text(SAID.replace("Toner", "Tuner"))
        actors.unlink(missing_ok=True)

    out = tmp_path / "out"
    _, failed = report(article, out, engine="fast", actors=actors, notebooks=notebooks, say=editing)
    assert failed == []
    assert len({entry["provenance"]["article_sha256"] for entry in read_manifest(out).values()}) == 1
    assert "Mark Toner,the podium" in (out / "of.csv").read_text(encoding="utf-8-sig")
    page = (out / "02_two.html").read_text(encoding="utf-8")
    assert "../a.txt" in page
    assert "../mine.csv" in page
    assert ".onrecord" not in page


@pytest.mark.parametrize("beside", [True, False], ids=["beside the article", "a file that is named"])
def test_the_corrections_are_read_once(tmp_path: Path, article: Path, notebooks: Path, beside: bool) -> None:
    file = corrections_file(article) if beside else tmp_path / "ours.jsonl"
    Coding(analyze(article, engine="fast", corrections=False), file, Coder("Ann Lee")).accept("S1")
    save = SAVE.replace("actors=ACTORS)", "actors=ACTORS, corrections=CORRECTIONS)")
    for name in ("01_one", "02_two"):
        nbformat.write(small_notebook(save), notebooks / f"{name}.ipynb")
    out, given = tmp_path / "out", True if beside else file

    def editing(line: str) -> None:
        file.unlink(missing_ok=True)

    _, failed = report(article, out, engine="fast", corrections=given, notebooks=notebooks, say=editing)
    assert failed == []
    assert {entry["provenance"]["coders"] for entry in read_manifest(out).values()} == {"Ann Lee"}
    page = (out / "02_two.html").read_text(encoding="utf-8")
    assert ("../ours.jsonl" in page) is not beside
    assert ".onrecord" not in page


def test_what_is_wrong_with_an_input_is_told_by_its_own_name(tmp_path: Path, article: Path, notebooks: Path) -> None:
    article.write_text("")
    with pytest.raises(OnrecordError) as told:
        report(article, tmp_path / "out", engine="fast", notebooks=notebooks, say=quietly)
    assert str(told.value).startswith(f"{article}: there is no text")
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with run_folder(tmp_path):
        with (
            pytest.raises(OnrecordError, match=r"another report is being written into .*: wait until"),
            run_folder(tmp_path),
        ):
            pass
        assert (tmp_path / ".onrecord-run").is_dir()
    with run_folder(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".onrecord-run" / "article").mkdir(parents=True)
    (tmp_path / ".onrecord-lock").touch()
    with run_folder(tmp_path) as workplace:
        assert list(workplace.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with (
        pytest.raises(OnrecordError, match=r"No space left.*up to 32 MB: free the disk"),
        run_folder(tmp_path),
    ):
        pytest.fail("the work began")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize(
    ("number", "status", "cell"),
    [(signal.SIGINT, 130, "import time\ntime.sleep(60)"), (signal.SIGTERM, 143, "while True:\n    pass")],
    ids=["Ctrl-C while it waits", "SIGTERM while it is busy"],
)
def test_a_signal_ends_a_report_with_one_line(
    tmp_path: Path, article: Path, number: int, status: int, cell: str
) -> None:
    (tmp_path / "books").mkdir()
    begun = tmp_path / "begun"
    code = f"import os, pathlib\npathlib.Path({str(begun)!r}).write_text(str(os.getpid()))\n{cell}"
    nbformat.write(small_notebook(code), tmp_path / "books" / "01_long.ipynb")
    arguments = [article, "-o", tmp_path / "out", "--engine", "fast", "--notebooks", tmp_path / "books"]
    command = [sys.executable, "-m", "onrecord.cli", "report", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        until = time.monotonic() + 120
        while not (begun.exists() and begun.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        program.send_signal(number)
        out, error = program.communicate(timeout=120)
    assert (program.returncode, out, error) == (status, "", "onrecord: interrupted; no file is left half-written.\n")
    assert not (tmp_path / "out").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_the_notebooks_are_the_packages_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "01_mine.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert own_notebooks() == Path(__file__).parents[2] / "notebooks"
    package = tmp_path / "site" / "lib" / "onrecord"
    with pytest.raises(OnrecordError, match="lacks its notebooks: install onrecord again"):
        own_notebooks(package)
    (package / "notebooks").mkdir(parents=True)
    assert own_notebooks(package) == package / "notebooks"
