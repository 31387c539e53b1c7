"""Write docs/front-door.md: what notebooks and scripts of one's own import, from the code's own docstrings.

python docs/scripts/write_front_door.py
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import onrecord
from blocks import ROOT, Pages, write

PAGE = ROOT / "docs" / "front-door.md"
#: The rooms behind the front door, in the order in which one comes to them.
ROOMS = (
    "tables",
    "charts",
    "findings",
    "show",
    "reading",
    "desk",
    "corrections",
    "editor",
    "export",
    "report",
    "evaluation",
)


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public names of a module with what they are: those of ``__all__``, else its own functions and classes."""
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__ and callable(value)
    ]
    for name in sorted(names, key=str.lower):
        yield name, getattr(module, name)


def row(name: str, value: object) -> str:
    """A line of the table: how it is called, and the first sentence of its docstring."""
    if not (inspect.isfunction(value) or inspect.isclass(value)):
        return f"| `{name}` | a constant; see its comment in the code |"
    call = f"{name}({', '.join(_arguments(value))})" if inspect.isfunction(value) else name
    return f"| `{call}` | {_cell(_first(inspect.getdoc(value) or ''))} |"


def _arguments(function: object) -> Iterator[str]:
    """The names of the arguments; those with a default, which may be left out, as ``name=…``; ``*`` before keywords."""
    assert callable(function)
    parameters = inspect.signature(function).parameters.values()
    starred = False
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        name = f"*{each.name}" if each.kind is each.VAR_POSITIONAL else each.name
        yield name if each.default is each.empty else f"{name}=…"


def _first(docstring: str) -> str:
    text = " ".join(docstring.split("\n\n")[0].split())
    return text if text.endswith(".") else f"{text}."


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


def section(title: str, about: str, module: ModuleType) -> str:
    rows = [row(name, value) for name, value in public(module)]
    return "\n".join([f"## {title}", "", about, "", "| name | what it gives |", "| --- | --- |", *rows, ""])


def pages() -> Pages:
    """docs/front-door.md as it should be."""
    rooms = [importlib.import_module(f"onrecord.{name}") for name in ROOMS]
    parts = [section("onrecord", "`from onrecord import analyze, read_articles, …`", onrecord)]
    parts += [section(name, _cell((room.__doc__ or "").strip()), room) for name, room in zip(ROOMS, rooms, strict=True)]
    head = (
        "# The front door\n\n"
        "What notebooks and scripts of your own import: records and readers from `onrecord` itself, and the rooms "
        f"`{'`, `'.join(ROOMS)}`, as in `from onrecord import analyze, charts, tables`. Written by "
        "`docs/scripts/write_front_door.py` from the docstrings; `help(tables.filter_statements)` prints one whole.\n\n"
        "`import onrecord` takes about four times as long as the `import numpy` within it (.37 s and .09 s on a quiet "
        'core, by `python -X importtime -c "import onrecord"`), two thirds of it for NLTK. Charts, tables, widgets and '
        "the network are loaded when they are first needed.\n"
    )
    return {PAGE: "\n".join([head, *parts])}


if __name__ == "__main__":
    write(pages())
