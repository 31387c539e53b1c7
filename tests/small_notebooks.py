"""Notebooks of a few cells, to run in place of the project's own."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode


def small_notebook(*code: str) -> NotebookNode:
    """A notebook with a heading, the cell of parameters, and these cells."""
    new_cell = nbformat.v4.new_code_cell
    parameters = new_cell('ARTICLE = ""\nACTORS = ""\nENGINE = ""\nEXPORTS = ""', metadata={"tags": ["parameters"]})
    markdown = nbformat.v4.new_markdown_cell("# Does it run?")
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=[markdown, parameters, *map(new_cell, code)])
    return notebook
