"""Every notebook run on one article: figures, tables and an HTML copy of each notebook that needs no network."""

from __future__ import annotations

import asyncio
import atexit
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from onrecord import style
from onrecord.export import GOLD, Provenance, provenance_of, read_manifest, save_page
from onrecord.pipeline import analyze
from onrecord.records import OnrecordError
from onrecord.report.index_page import index_html
from onrecord.report.run_folder import kept_inputs, refuse_another_article, run_folder
from onrecord.report.save_report import save_report
from onrecord.tables import certain

PARAMETERS = "parameters"
#: The notebooks of the series, in order.
SERIES = "[0-9][0-9]_*.ipynb"
#: Seconds that one cell may take.
CELL_LIMIT = 600
#: JupyterLab's look without the scripts that nbconvert's template loads from elsewhere.
_TEMPLATE = """{% extends 'lab/index.html.j2' %}
{% block html_head_js_requirejs %}{% endblock %}
{% block jupyter_widgets %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
"""
#: The template's numbers of cells are too pale to be read by all.
_PROMPTS = f".jp-InputPrompt, .jp-OutputPrompt {{ color: {style.SOFT_INK} !important; opacity: 1 !important; }}"
#: A widget cannot run on a page: its line of text is shown in its place.
_SHOWN = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain"]


def report(
    article: Path,
    output: Path,
    *,
    engine: str = "default",
    actors: Path | None = None,
    uncertain: str = "shown",
    notebooks: Path,
    say: Callable[[str], None] | None = None,
) -> tuple[list[Path], list[str]]:
    """Runs ``notebooks`` in order on ``article``: the files written to ``output``, and what failed, in words.

    ``actors`` is the file of a table of one's own actors. Both files are read once: what becomes of them while the
    notebooks run changes nothing. ``uncertain`` labels are "shown", named as such, or "hidden". A line of progress per
    notebook goes to ``say`` (standard error where none is given). A notebook that fails is reported with the cell and
    left out of the pages, the others run. Raises ``OnrecordError`` where the article cannot be read or a file not be
    written, where ``output`` holds files on another article, and where another report is being written there: all of it
    before the first notebook runs.
    """
    paths = sorted(notebooks.glob(SERIES))
    if not paths:
        raise OnrecordError(f"{notebooks} holds no notebooks (01_….ipynb). Name their folder with --notebooks.")
    with run_folder(output) as workplace, kept_inputs(workplace, article, actors) as (text, sides):
        # What is wrong with them is told once, and first.
        analysis = certain(analyze(text, engine=engine, actors=sides), uncertain)
        origin = provenance_of(analysis)
        refuse_another_article(output, origin)
        pages, failed = [], []
        for number, path in enumerate(paths, 1):
            started = time.monotonic()
            try:
                notebook = run_notebook(
                    path, article=text, exports=output, engine=engine, actors=sides, uncertain=uncertain
                )
                _name_inputs(notebook, path, article, actors)
                pages.append(write_page(notebook, output / path.stem, origin))
                outcome = f"{time.monotonic() - started:.0f} s"
            except NotebookError as error:
                failed.append(str(error))
                outcome = f"FAILED: {error}"
            (say or _say)(f"[{number}/{len(paths)}] {path.stem}: {outcome}")
        documents = save_report(analysis, output / "report", provenance=origin, overwrite=True)
        index = write_index(output, documents, pages, origin)
        return [index, *documents, *pages, *_exports(output, origin)], failed


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _name_inputs(notebook: NotebookNode, path: Path, article: Path, actors: Path | None) -> None:
    """Shows the analyst's own files as the notebook's parameters, not the copies that it was run on."""
    folder = path.resolve().parent
    own = _seen_from(folder, actors) if actors else ""
    set_parameters(notebook, ARTICLE=_seen_from(folder, article), ACTORS=own)


def _exports(output: Path, origin: Provenance) -> dict[Path, str]:
    """The figures and tables in ``output`` and its manifest that are of this article or of gold: their alt texts."""
    return {
        output / name: str(entry.get("alt", ""))
        for name, entry in read_manifest(output).items()
        if not name.endswith((".html", ".docx")) and (output / name).is_file() and _belongs(entry, origin)
    }


def _belongs(entry: dict[str, Any], origin: Provenance) -> bool:
    told = entry.get("provenance", {})
    return bool(told.get("article_sha256") == origin.article_sha256 or told.get("filter") == GOLD)


class NotebookError(OnrecordError):
    """A notebook that did not run to its end: which cell, and why."""


def run_notebook(
    path: Path,
    *,
    article: Path,
    exports: Path,
    engine: str = "default",
    actors: Path | None = None,
    uncertain: str = "shown",
) -> NotebookNode:
    """The notebook with its outputs, run from a clean kernel in its own folder with these parameters.

    Raises ``NotebookError`` naming the first cell that fails. The file itself stays as it is.
    """
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    folder = path.resolve().parent
    set_parameters(
        notebook,
        ARTICLE=_seen_from(folder, article),
        ACTORS=_seen_from(folder, actors) if actors else "",
        ENGINE=engine,
        EXPORTS=_seen_from(folder, exports),
    )
    if "UNCERTAIN = " in _parameters(notebook).source:  # a comparison with gold has no such choice
        set_parameters(notebook, UNCERTAIN=uncertain)
    client = NotebookClient(
        notebook,
        timeout=CELL_LIMIT,
        shutdown_kernel="immediate",  # nothing is lost with it, and an interrupted cell would not listen
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        config=Config(KernelManager={"transport_encryption": "auto"}),
    )
    try:
        _execute(client)
    except (CellExecutionError, CellTimeoutError, RuntimeError) as error:  # RuntimeError: the kernel died
        raise NotebookError(_told(path, notebook, error)) from error
    return notebook


def _execute(client: NotebookClient) -> None:
    """Runs the notebook in a thread of its own, so that a signal ends the program as it does elsewhere.

    In the main thread nbclient takes Ctrl-C and SIGTERM for itself, and what it raises then depends on the moment.
    """
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner, ThreadPoolExecutor(max_workers=1) as pool:
        loop = runner.get_loop()
        task = loop.create_task(_run(client))
        running = pool.submit(loop.run_until_complete, task)
        try:
            while not wait([running], timeout=1).done:  # Windows lets no signal into a wait without an end
                continue
        except BaseException:
            loop.call_soon_threadsafe(task.cancel)  # which shuts the kernel down
            raise
    running.result()


async def _run(client: NotebookClient) -> None:
    """Runs the notebook; whenever that ends, no kernel is left, nor nbclient's own farewell to one."""
    try:
        await client.async_execute()
    finally:
        if client.km is not None:  # it ended while the kernel was starting
            await client._async_cleanup_kernel()
        atexit.unregister(client._cleanup_kernel)


def set_parameters(notebook: NotebookNode, **values: str) -> None:
    """Gives the names assigned in the cell tagged ``parameters`` new values, in place.

    Raises ``OnrecordError`` where no cell has the tag, or the cell does not assign one of the names.
    """
    cell = _parameters(notebook)
    for name, value in values.items():
        lines = cell.source.splitlines()
        if not any(line.startswith(f"{name} = ") for line in lines):
            raise OnrecordError(f"the cell tagged {PARAMETERS!r} does not set {name}.")
        cell.source = "\n".join(f"{name} = {value!r}" if line.startswith(f"{name} = ") else line for line in lines)


def _parameters(notebook: NotebookNode) -> NotebookNode:
    tagged = [cell for cell in notebook.cells if PARAMETERS in cell.metadata.get("tags", [])]
    if not tagged:
        raise OnrecordError(f"the notebook has no cell tagged {PARAMETERS!r}.")
    cell: NotebookNode = tagged[0]
    return cell


def _seen_from(folder: Path, path: Path) -> str:
    """``path`` relative to ``folder``, so that no page tells where on a disk it was made; absolute across drives."""
    try:
        return Path(os.path.relpath(path.resolve(), folder)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _told(path: Path, notebook: NotebookNode, error: Exception) -> str:
    """Notebook, number and first line of the cell, and the error's last line."""
    failed = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, 1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]
    lines = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().splitlines() or [type(error).__name__]
    if not failed:
        return f"{path.name}: {lines[-1]}"
    number, cell = failed[0]
    first = next(iter(cell.source.splitlines()), "")
    return f"{path.name}, cell {number} ({first}): {lines[-1]}"


def write_page(notebook: NotebookNode, stem: Path, origin: Provenance) -> Path:
    """The notebook as one HTML file that loads nothing from anywhere."""
    exporter = HTMLExporter(raw_template=_TEMPLATE, config=Config(NbConvertBase={"display_data_priority": _SHOWN}))
    notebook.metadata.pop("widgets", None)
    notebook.metadata["title"] = title = _title(notebook) or stem.name
    body, _ = exporter.from_notebook_node(notebook)
    body = body.replace("</head>", f"<style>{_PROMPTS}</style></head>", 1)
    body = re.sub(r'href="(\d\d_\w+)\.ipynb"', r'href="\1.html"', body)  # notebooks lead to notebooks, pages to pages
    return save_page(body, stem, alt=title, provenance=origin, overwrite=True)


def _title(notebook: NotebookNode) -> str:
    """The first heading of the notebook."""
    first = notebook.cells[0].source if notebook.cells else ""
    found = re.search(r"(?m)^# (.+)$", first)
    return found.group(1).strip() if found else ""


def write_index(output: Path, documents: Sequence[Path], pages: Sequence[Path], origin: Provenance) -> Path:
    """The page that links to the report, the pages, figures and tables of ``output``."""
    titles = read_manifest(output)
    named = {page.name: str(titles[page.name]["alt"]) for page in pages}
    files = {path.name: alt for path, alt in _exports(output, origin).items()}
    html = index_html(origin, [path.name for path in documents], named, files)
    return save_page(html, output / "index", alt="All files of the report", provenance=origin, overwrite=True)
