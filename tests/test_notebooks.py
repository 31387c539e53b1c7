"""Every notebook keeps the house rules and runs from a clean kernel, in order, to files on disk."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from small_notebooks import small_notebook

from onrecord.export.manifest import read_manifest
from onrecord.export.read_back import inspect_file
from onrecord.records import OnrecordError
from onrecord.report.run_notebooks import NotebookError, report, run_notebook, set_parameters, write_page

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "data" / "haqqani-2011" / "article.txt"
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_LINES = 15
#: A longer line is cut off in JupyterLab on a screen of 1280 pixels.
MAX_WIDTH = 100
#: The one notebook that compares with gold: no article to filter, more to name.
QUALITY = "09_how_good_is_it"
#: The one where labels are put right: its widget is the editor.
EDITOR = "07_put_it_right"
#: What stands before the pages of the notebooks.
REPORT = ("index.html", "report.html", "report.docx")
MIN_MARKDOWN = 0.8

#: The first one only shows the article and where to go: no chart, no widget, no table of its own.
START = "00_start_here"
#: What those save whose figures others have saved.
SAVED = {START: {".html"}, "05_explore_by_actor": {".xlsx"}, "08_your_own_articles": {".csv"}}

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_the_series_is_numbered_in_meaningful_names():
    assert len({path.stem[:2] for path in PATHS}) == len(PATHS)
    assert all(re.fullmatch(r"\d\d(_[a-z]+)+", path.stem) for path in PATHS)


@each
def test_it_opens_with_a_question_then_parameters_then_imports(path: Path):
    notebook = nbformat.read(path, as_version=4)
    title = notebook.cells[0].source.splitlines()[0]
    assert title.startswith("# ")
    assert title.endswith("?")
    parameters, imports = cells(path, "code")[:2]
    assert parameters.metadata.tags == ["parameters"]
    more = {QUALITY: ["GOLD", "POLNEAR", "LABELS"], EDITOR: ["CODER", "ORDER", "SEED"]}.get(path.stem, [])
    assert re.findall(r"^([A-Z]+) = ", parameters.source, re.MULTILINE) == [
        "ARTICLE",
        "ACTORS",
        "CORRECTIONS",
        "ENGINE",
        *(["UNCERTAIN"] if path.stem not in (QUALITY, EDITOR) else []),
        "EXPORTS",
        *more,
    ]
    assert all(line.startswith(("from ", "import ")) for line in imports.source.splitlines() if line)
    later = "\n".join(cell.source for cell in cells(path, "code")[2:])
    assert not re.search(r"^(from|import) ", later, re.MULTILINE)


@each
def test_its_cells_are_short_and_explained(path: Path):
    code, markdown = cells(path, "code"), cells(path, "markdown")
    assert max(len(cell.source.splitlines()) for cell in code) <= MAX_LINES
    assert max(len(line) for cell in code for line in cell.source.splitlines()) <= MAX_WIDTH
    assert len(markdown) >= MIN_MARKDOWN * len(code)
    nodes = [node for cell in code for node in ast.walk(ast.parse(cell.source))]
    assert not [node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert all(cell.source.strip() for cell in code + markdown)


@each
def test_headings_are_questions_or_warnings(path: Path):
    headings = [line for cell in cells(path, "markdown") for line in cell.source.splitlines() if line.startswith("## ")]
    plain = [heading for heading in headings if not heading.endswith("?")]
    assert all(heading.startswith(("## Before", "## Saved for the report")) for heading in plain)


@each
def test_a_warning_stands_before_denials_and_accusations_are_counted(path: Path):
    notebook = nbformat.read(path, as_version=4)
    counts = [n for n, cell in enumerate(notebook.cells) if re.search(r"acts_by_actor\(|\"denial\"", cell.source)]
    warnings = [n for n, cell in enumerate(notebook.cells) if cell.source.startswith("## Before")]
    assert not counts or (warnings and warnings[0] < counts[0])


@each
def test_the_widget_is_one_line_below_the_static_chart_and_saving_comes_last(path: Path):
    code = cells(path, "code")
    assert code[-1].source.endswith("show.paths(saved)")
    if path.stem == START:
        return
    widgets = [n for n, cell in enumerate(code) if re.match(r"desk\.(filter_by_actor|explore)\(|box$", cell.source)]
    assert len(widgets) == (path.stem != QUALITY)
    assert all(len(code[widget].source.splitlines()) == 1 for widget in widgets)
    assert all(any("charts." in cell.source for cell in code[:widget]) for widget in widgets)
    assert "save_all(" not in "".join(cell.source for cell in code[:-2])


@each
def test_it_runs_from_a_clean_kernel_and_saves_what_it_prints(path: Path, tmp_path: Path):
    notebook = run_notebook(path, article=ARTICLE, exports=tmp_path / "exports")
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []
    shown = "".join(output.get("data", {}).get("text/html", "") for output in outputs)
    assert ('<img src="data:image/png' in shown) == (path.stem != START)
    widgets = sum("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)
    assert widgets == (path.stem not in (START, QUALITY))
    lines = outputs[-1].text.splitlines()  # what a file tells of itself may name another within a line
    printed = [Path(line).name for line in lines if "/" in line and " " not in line]
    listed = read_manifest(tmp_path / "exports")
    assert set(listed) == set(printed)
    suffixes = {Path(name).suffix for name in listed}
    assert suffixes == SAVED[path.stem] if path.stem in SAVED else suffixes >= {".png", ".svg", ".pdf", ".csv"}
    assert all(inspect_file(tmp_path / "exports" / name)["changed"] is False for name in listed)

    page = write_page(notebook, tmp_path / path.stem, inspect_origin(tmp_path / "exports"))
    assert_self_contained(page)
    text = page.read_text(encoding="utf-8")
    assert text.count("a filter box stands here") + text.count("the editor stands here") == widgets
    assert ".ipynb" not in text


def test_a_text_that_ends_in_a_mark_of_old_editors_goes_through_the_first_notebook(tmp_path: Path):
    article = tmp_path / "a.txt"
    article.write_text("Bridge\x01shut\n\n“It was wrong,” Ada Brandt said.\n\nIt will be mended.\n\ncomments\x1a")
    run_notebook(ROOT / "notebooks" / "01_reading_the_article.ipynb", article=article, exports=tmp_path, engine="fast")


def saved_figures(path: Path) -> dict[str, tuple[str, str]]:
    """The names of the figures that a notebook saves, with the chart and the size that each is drawn as."""
    source = "\n".join(cell.source for cell in cells(path, "code"))
    drawn = dict(re.findall(r"(?m)^ *(\w+) = charts\.(\w+\(.*\))$", source))
    sizes = {name: re.search(r"size=\"?(\w+)", call) for name, call in drawn.items()}
    names = re.findall(r'f?"(\d\d_[\w{}]+)": (\w+)', source)
    return {
        name: (drawn[chart].split("(")[0], size[1] if (size := sizes[chart]) else "medium")
        for name, chart in names
        if chart in drawn
    }


def test_the_series_saves_each_figure_once():
    every = [(name, *figure) for path in PATHS[:-1] for name, figure in saved_figures(path).items()]
    names, figures = [name for name, *_ in every], [tuple(figure) for _, *figure in every]
    assert sum(size == "medium" for _, size in figures) == 9
    assert len(set(names)) == len(names)
    assert len(set(figures)) == len(figures)
    sized = [name.rpartition("_") for name, _, size in every if size != "medium"]
    assert {end for *_, end in sized} == {"column", "slide", "{end}"}
    assert {stem for stem, *_ in sized} <= set(names)


def inspect_origin(folder: Path):
    from onrecord.export.provenance import Provenance

    name = next(iter(read_manifest(folder)))
    return Provenance(**inspect_file(folder / name)["provenance"])


def test_the_index_links_pages_figures_and_tables(tmp_path: Path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    save = [
        "from onrecord import charts, tables\nfrom onrecord.export.save import save_all",
        "from onrecord.pipeline import analyze\nfrom onrecord.export.provenance import provenance_of",
        "analysis = analyze(ARTICLE, engine=ENGINE)\ntable = tables.acts_by_actor(analysis)\n"
        "chart = charts.acts_by_actor(table, source='')\n"
        "save_all(EXPORTS, figures={'acts': chart}, tables={'acts': table}, provenance=provenance_of(analysis))",
    ]
    nbformat.write(small_notebook(*save), folder / "01_one.ipynb")
    saved, failed = report(ARTICLE, tmp_path / "out", engine="fast", notebooks=folder, say=lambda line: None)
    assert failed == []
    assert [path.name for path in saved] == [
        *REPORT,
        "01_one.html",
        "acts.csv",
        "acts.pdf",
        "acts.png",
        "acts.svg",
    ]
    text = saved[0].read_text(encoding="utf-8")
    assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) == {path.name for path in saved[1:]}
    assert 'alt="Bars' in text
    assert inspect_file(saved[0])["provenance"]["engine"] == "fast"


def test_the_report_takes_a_table_of_ones_own_actors(tmp_path: Path):
    folder, table = tmp_path / "notebooks", tmp_path / "mine.csv"
    folder.mkdir()
    table.write_text("name,side\nMark Toner,the podium\n", encoding="utf-8")
    save = (
        "from onrecord import analyze, tables\nfrom onrecord.export import save_table\n"
        "from onrecord.export import provenance_of\nanalysis = analyze(ARTICLE, engine=ENGINE, actors=ACTORS)\n"
        "save_table(tables.actors(analysis), f'{EXPORTS}/of', provenance=provenance_of(analysis))"
    )
    nbformat.write(small_notebook(save), folder / "01_one.ipynb")
    out = tmp_path / "out"
    saved, failed = report(ARTICLE, out, engine="fast", actors=table, notebooks=folder, say=lambda line: None)
    assert failed == []
    assert "Mark Toner,the podium" in (out / "of.csv").read_text(encoding="utf-8-sig")
    assert [path.name for path in saved if inspect_file(path)["provenance"]["actors"] != "mine.csv"] == []
    assert "sides from mine.csv" in (out / "report.html").read_text(encoding="utf-8")


def test_uncertain_labels_are_hidden_in_the_whole_report(tmp_path: Path):
    folder, out = tmp_path / "notebooks", tmp_path / "out"
    folder.mkdir()
    save = (
        "from onrecord import analyze, findings, tables\nfrom onrecord.export import provenance_of, save_table\n"
        "analysis = tables.certain(analyze(ARTICLE, engine=ENGINE), UNCERTAIN)\nprint(findings.main(analysis))\n"
        "save_table(tables.stances(analysis), f'{EXPORTS}/of', provenance=provenance_of(analysis))"
    )
    notebook = small_notebook(save)
    notebook.cells[1].source += '\nUNCERTAIN = ""'
    nbformat.write(notebook, folder / "01_one.ipynb")
    saved, failed = report(ARTICLE, out, engine="fast", uncertain="hidden", notebooks=folder, say=lambda line: None)
    assert failed == []
    assert [path.name for path in saved if "certain" not in inspect_file(path)["provenance"]["filter"]] == []
    assert "uncertain)" not in (out / "report.html").read_text(encoding="utf-8")


def test_the_whole_set_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1317081600")  # midnight may fall between the two
    folder, out = tmp_path / "notebooks", tmp_path / "out"
    folder.mkdir()
    nbformat.write(small_notebook("print(ARTICLE)"), folder / "01_one.ipynb")
    sets = []
    for _ in range(2):
        report(ARTICLE, out, engine="fast", notebooks=folder, say=lambda line: None)
        sets.append({path.name: path.read_bytes() for path in out.iterdir()})
        shutil.rmtree(out)
    assert set(sets[0]) == {*REPORT, "01_one.html", "manifest.json"}
    assert [name for name in sets[0] if sets[0][name] != sets[1].get(name)] == []


def assert_self_contained(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    loaded = re.findall(r"""(?:\ssrc|<link[^>]*\shref)=["']([^"']*)|url\(["']?([^"')]*)|@import""", text)
    assert [found for found in loaded if not "".join(found).startswith("data:")] == [], "loads something"


def test_a_notebook_that_fails_is_told_with_its_cell_and_the_others_run(tmp_path: Path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(small_notebook("1 + 1", "# a comment\n1 / 0"), folder / "01_bad.ipynb")
    nbformat.write(small_notebook("print(ARTICLE)"), folder / "02_good.ipynb")
    said: list[str] = []
    saved, failed = report(ARTICLE, tmp_path / "out", engine="fast", notebooks=folder, say=said.append)
    assert failed == ["01_bad.ipynb, cell 4 (# a comment): ZeroDivisionError: division by zero"]
    assert [path.name for path in saved] == [*REPORT, "02_good.html"]
    assert said[0].startswith("[1/2] 01_bad: FAILED")
    assert said[1].startswith("[2/2] 02_good: ")
    assert "article.txt" in saved[3].read_text(encoding="utf-8")
    assert_self_contained(saved[0])
    assert_self_contained(saved[1])


def test_a_page_changed_by_hand_is_kept(tmp_path: Path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(small_notebook("1"), folder / "01_only.ipynb")
    report(ARTICLE, tmp_path / "out", engine="fast", notebooks=folder, say=lambda line: None)
    (tmp_path / "out" / "01_only.html").write_text("my notes", encoding="utf-8")
    saved, _ = report(ARTICLE, tmp_path / "out", engine="fast", notebooks=folder, say=lambda line: None)
    assert [path.name for path in saved] == [*REPORT, "01_only-2.html"]
    assert (tmp_path / "out" / "01_only.html").read_text(encoding="utf-8") == "my notes"


def test_a_folder_without_notebooks_and_an_article_without_text_are_told(tmp_path: Path):
    with pytest.raises(OnrecordError, match="holds no notebooks"):
        report(ARTICLE, tmp_path / "out", engine="fast", notebooks=tmp_path)
    with pytest.raises(OnrecordError):
        report(tmp_path / "none.txt", tmp_path / "out", engine="fast", notebooks=ROOT / "notebooks")


def test_a_place_that_cannot_be_written_is_told_before_any_notebook_runs(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    said: list[str] = []
    with pytest.raises(OnrecordError, match="Choose another place"):
        report(ARTICLE, tmp_path / "file", engine="fast", notebooks=ROOT / "notebooks", say=said.append)
    assert said == []


def test_parameters_are_set_in_their_cell_only():
    notebook = small_notebook("ENGINE = 'mine'")
    set_parameters(notebook, ENGINE="fast", ARTICLE="it's\\here.txt")
    assert (
        notebook.cells[1].source
        == 'ARTICLE = "it\'s\\\\here.txt"\nACTORS = ""\nCORRECTIONS = True\nENGINE = \'fast\'\nEXPORTS = ""'
    )
    assert notebook.cells[2].source == "ENGINE = 'mine'"
    with pytest.raises(OnrecordError, match="does not set COLOUR"):
        set_parameters(notebook, COLOUR="red")
    with pytest.raises(OnrecordError, match="no cell tagged"):
        set_parameters(nbformat.v4.new_notebook(), ENGINE="fast")


def test_a_notebook_whose_kernel_dies_is_told(tmp_path: Path):
    nbformat.write(small_notebook("import os\nos._exit(1)"), tmp_path / "01_dies.ipynb")
    with pytest.raises(NotebookError, match="01_dies"):
        run_notebook(tmp_path / "01_dies.ipynb", article=ARTICLE, exports=tmp_path)


def test_a_kernel_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    nbformat.write(small_notebook("1"), tmp_path / "01_one.ipynb")
    with pytest.raises(NotebookError, match=r"01_one.*Kernel died"):
        run_notebook(tmp_path / "01_one.ipynb", article=ARTICLE, exports=tmp_path)
