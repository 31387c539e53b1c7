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
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(MODELS.glob("*.md")),
]
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
_CODE = re.compile(r"`([^`\n]+)`")
COMMANDS = re.findall(r"onrecord (analyze|report|inspect|evaluate (?:article|attribution|labels))([^\n`]*)", README)
_FOLDERS = ("benchmarks/", "data/", "docs/", "lexicon/", "lib/", "notebooks/", "onrecord/", "tests/", "training/")


def named_paths(text: str) -> set[str]:
    """Links, paths in code marks, and scripts in commands."""
    links = {match[1] for match in _LINK.finditer(text) if "://" not in match[1]}
    codes = {match[1] for match in _CODE.finditer(text) if match[1].startswith(_FOLDERS)}
    return links | codes | set(re.findall(r"(?<=python )(?:training|docs|benchmarks)/\w+\.py", text))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path):
    places = (ROOT, ROOT / "lib", ROOT / "lib" / "onrecord", document.parent)
    named = named_paths(document.read_text(encoding="utf-8"))
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


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


def test_the_dictionary_in_the_readme_is_that_of_the_tables():
    script = runpy.run_path(str(ROOT / "docs" / "write_dictionary.py"))
    assert script["with_dictionary"](README) == README, "run: python docs/write_dictionary.py"


def test_the_scores_in_the_readme_are_those_measured_last():
    script = runpy.run_path(str(ROOT / "docs" / "write_scores.py"))
    assert script["with_scores"](README) == README, "run: python docs/write_scores.py POLNEAR_DEV LABELS_DEV"


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
    assert [name for name in sorted(exported) if f"{name}.csv" not in README] == []


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
