"""One list of versions: requirements.txt, environment.yml and pyproject.toml say the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = [
    line
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINS: dict[str, Requirement] = {canonicalize_name(Requirement(line).name): Requirement(line) for line in LINES[:-1]}


def declared() -> dict[str, Requirement]:
    project = PROJECT["project"]
    needs = [Requirement(text) for text in [*project["dependencies"], *project["optional-dependencies"]["test"]]]
    return {canonicalize_name(need.name): need for need in needs}


def test_the_project_itself_is_the_last_line_of_the_requirements():
    assert LINES[-1] == "-e ."


def test_every_requirement_is_pinned_to_one_version():
    assert [line for line in LINES[:-1] if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9.]*", line)] == []


def test_the_pins_are_what_pyproject_declares_and_lie_in_its_ranges():
    assert sorted(PINS) == sorted(declared())
    for name, need in declared().items():
        (pin,) = PINS[name].specifier
        assert need.specifier.contains(pin.version), f"{need} does not admit the pinned {pin.version}"


def test_conda_takes_everything_but_python_from_the_requirements():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    entries = re.findall(r"^\s+- (?!conda-forge)(.+)$", text, re.MULTILINE)
    assert [entry.split("=")[0] for entry in entries] == ["python", "pip", "pip:", "-r requirements.txt"]


def test_the_wheel_carries_every_file_of_the_package():
    package = ROOT / "lib" / "onrecord"
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["onrecord"]
    carried = {path for pattern in patterns for path in package.glob(pattern)}
    files = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path for path in files if path.suffix != ".py"} == {path for path in carried if path.is_file()}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_plain_make_lists_every_target():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    listed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    assert targets == set(re.findall(r"make ([a-z]+)(?: {2,}|\n)", listed))


def test_the_wheel_carries_the_notebooks_and_the_article_beside_them(tmp_path: Path):
    build = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(tmp_path / "wheel")]
    project = tmp_path / "project"  # setuptools leaves files of its own where it builds
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(".*", "*.onnx", "*.egg-info", "exports", "tests"))
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    package = tmp_path / "wheel" / "onrecord"
    for place in ("notebooks", "data/haqqani-2011"):
        files = {path.name: path.read_bytes() for path in (ROOT / place).iterdir() if path.is_file()}
        assert {path.name: path.read_bytes() for path in (package / place).iterdir()} == files


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_prints_what_it_says_and_not_how_it_says_it():
    listed = subprocess.run(["make", "-C", ROOT, "help"], capture_output=True, text=True, check=True).stdout
    assert "echo" not in listed
    assert "make report ACTORS=my.csv" in listed


@pytest.mark.skipif(shutil.which("make") is None or getattr(os, "geteuid", lambda: 1)() != 0, reason="needs root")
def test_make_lab_as_root_says_what_to_do():
    made = subprocess.run(["make", "-C", ROOT, "lab"], capture_output=True, text=True)
    assert made.returncode == 2
    assert "make lab LAB_ARGS=--allow-root" in made.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "widgets" not in notebook["metadata"]
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["source"] for cell in code if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.parametrize(("name", "opening"), [("README.md", "# onrecord"), ("LICENSE", "MIT License")])
def test_the_first_line_says_what_it_is(name: str, opening: str):
    assert (ROOT / name).read_text(encoding="utf-8").splitlines()[0].startswith(opening)


def test_the_front_door_opens_quickly():
    """What draws, what reads with a network and what makes tables is loaded when it is needed, not on import."""
    code = "import sys, onrecord; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "onrecord" in loaded
    assert not {"matplotlib", "onnxruntime", "pandas", "ipywidgets"} & set(loaded)
