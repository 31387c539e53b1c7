"""What the documents name is there: files, commands, columns, exported tables, and a card for every model."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from onrecord.cli.entry import main

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "lib" / "onrecord" / "models"
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
ALL = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(MODELS.glob("*.md")),
]
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
_CODE = re.compile(r"`([^`\n]+)`")
COMMANDS = re.findall(r"onrecord (analyze|report|inspect|evaluate (?:article|attribution|labels))([^\n`]*)", ALL)
_FOLDERS = ("benchmarks/", "data/", "docs/", "lexicon/", "lib/", "notebooks/", "onrecord/", "tests/", "training/")


def named_paths(text: str) -> set[str]:
    """Links, paths in code marks, and scripts in commands."""
    links = {match[1] for match in _LINK.finditer(text) if "://" not in match[1]}
    codes = {match[1] for match in _CODE.finditer(text) if match[1].startswith(_FOLDERS)}
    return links | codes | set(re.findall(r"(?<=python )(?:training|docs/scripts|benchmarks)/\w+\.py", text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path):
    places = (ROOT, ROOT / "lib", ROOT / "lib" / "onrecord", document.parent)
    named = named_paths(document.read_text(encoding="utf-8"))
    assert [name for name in sorted(named) if not any(is_there(place, name) for place in places)] == []


def is_there(place: Path, name: str) -> bool:
    return any(place.glob(name)) if "*" in name else (place / name).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_a_document_names_is_there(document: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^`?make ([a-z]+)|`make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


@pytest.mark.parametrize("command", sorted({command for command, _ in COMMANDS}))
def test_a_command_has_the_options_that_the_readme_shows(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    told = capsys.readouterr().out
    options = {option for name, rest in COMMANDS if name == command for option in re.findall(r"--[a-z]+", rest)}
    assert [option for option in sorted(options) if option not in told] == []


@pytest.mark.parametrize("script", sorted((ROOT / "docs" / "scripts").glob("write_*.py")), ids=lambda path: path.stem)
def test_what_is_written_by_a_script_is_what_it_writes_now(script: Path):
    """Scores, dictionary, front door, and the project's article: its corrections, and what the notebooks find in it."""
    pages = runpy.run_path(str(script))["pages"]()
    assert pages
    assert [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text] == [], (
        f"run: python docs/scripts/{script.name}"
    )


def test_the_picture_of_the_flow_is_that_of_the_code():
    drawn = runpy.run_path(str(ROOT / "docs" / "scripts" / "draw_flow.py"))
    words, arcs = words_and_arcs(drawn["draw"]().decode("utf-8"))
    assert len(words) > 20
    assert len(arcs) > 20
    kept = words_and_arcs((ROOT / "docs" / "flow.svg").read_text(encoding="utf-8"))
    assert kept == (words, arcs), "run: python docs/scripts/draw_flow.py"


def words_and_arcs(svg: str) -> tuple[list[str], list[str]]:
    """The texts of the picture, and the beginning and end of each of its curves, to the point."""
    curves = re.findall(r'd="M (\S+) (\S+) \nC [^"]*?(\S+) (\S+) ?\n"', svg)
    return re.findall(r">([^<>\n]+)</text>", svg), [
        " ".join(f"{float(part):.0f}" for part in curve) for curve in curves
    ]


def test_the_readme_can_be_read_at_a_sitting():
    assert len(README.encode("utf-8")) <= 12 * 1024


def test_every_table_that_the_notebooks_export_is_explained():
    sources = [
        "".join(cell["source"])
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    exported = {
        name
        for source in sources
        for line in source.splitlines()
        if line.startswith("data ")
        for name in re.findall(r'"(\d\d_\w+)":', line)
    }
    assert exported
    assert [name for name in sorted(exported) if f"{name}.csv" not in FILES] == []


def test_every_notebook_stands_in_the_readme():
    assert [
        path.name for path in (ROOT / "notebooks").glob("*.ipynb") if f"(notebooks/{path.name})" not in README
    ] == []


def test_every_model_has_a_card():
    cards = "".join(path.read_text(encoding="utf-8") for path in MODELS.glob("*.md"))
    assert [
        path.name
        for path in sorted(MODELS.iterdir())
        if path.is_file() and path.suffix not in (".md", ".py") and f"`{path.name}`" not in cards
    ] == []
