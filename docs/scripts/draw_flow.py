"""Draw the rooms of the package in the order of the flow, and what each builds on, from the code's own imports.

python docs/scripts/draw_flow.py        writes docs/flow.svg

The order is that of the contract in pyproject.toml. An arc leads from a room to one that imports it. Of the imports
only those are drawn that no way around tells (the transitive reduction), so that the picture shows the flow.
"""

from __future__ import annotations

import importlib
import io
import textwrap
import tomllib
from pathlib import Path

import grimp
import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path as Line

from onrecord import style

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "flow.svg"
#: Inches: from one room to the next, the room's name, the longest arc, the whole width.
ROW, NAME, ARC, WIDTH = 0.4, 1.25, 2.4, 9.8
#: What an Analysis is made by, and what is made of it.
MIDDLE = "pipeline"


def rooms() -> list[str]:
    """The rooms and the modules beside them, what is used before what uses it."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in config["contracts"] if contract["type"] == "layers")
    return [room.strip() for layer in reversed(layers) for room in layer.split("|")]


def imports() -> dict[str, set[str]]:
    """Room → the others that it imports."""
    graph = grimp.build_graph("onrecord", cache_dir=None)
    found: dict[str, set[str]] = {room: set() for room in rooms()}
    for module in graph.modules - {"onrecord"}:
        room = module.split(".")[1]
        used = (other.split(".")[1] for other in graph.find_modules_directly_imported_by(module) if "." in other)
        found[room].update(other for other in used if other != room)
    return found


def reachable(used: dict[str, set[str]], room: str) -> set[str]:
    """All that ``room`` builds on, at any remove."""
    return used[room].union(*(reachable(used, other) for other in used[room]))


def reduced(used: dict[str, set[str]]) -> dict[str, set[str]]:
    """The same without what a way around tells too."""
    behind = {room: reachable(used, room) for room in used}
    return {
        room: {other for other in others if not any(other in behind[way] for way in others - {other})}
        for room, others in used.items()
    }


def purpose(room: str) -> str:
    """The first sentence of the room's docstring."""
    text = " ".join((importlib.import_module(f"onrecord.{room}").__doc__ or "").split("\n\n")[0].split())
    return text.split(". ")[0].rstrip(".").replace("``", "")


def draw() -> bytes:
    """The picture as SVG; the same code gives the same bytes."""
    order, used = rooms(), reduced(imports())
    height = ROW * (len(order) + 1)
    figure = Figure(figsize=(WIDTH, height), facecolor="#FFFFFF")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    at = {room: ROW * (number + 1) for number, room in enumerate(order)}
    for room, others in used.items():
        for other in sorted(others):
            axes.add_patch(_arc(at[other], at[room], ARC / (len(order) - 1) / ROW))
    for room, y in at.items():
        strong = room == MIDDLE
        axes.text(
            ARC + 0.1, y, room, va="center", weight="bold", fontsize=10, color=style.AGAINST if strong else style.INK
        )
        words = textwrap.fill(purpose(room), 92)
        axes.text(ARC + 0.1 + NAME, y, words, va="center", fontsize=8, color=style.INK, linespacing=1.2)
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none", "font.family": style.FONT}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _arc(start: float, end: float, scale: float) -> FancyArrowPatch:
    """Half an ellipse to the left of the names, the wider the farther apart the two are."""
    far = ARC - max(0.18, (end - start) * scale)
    control = ARC + (far - ARC) * 4 / 3  # a cubic curve reaches three quarters of the way to its control points
    curve = Line([(ARC, start), (control, start), (control, end), (ARC, end)], [Line.MOVETO, *[Line.CURVE4] * 3])
    return FancyArrowPatch(path=curve, arrowstyle="-|>", mutation_scale=8, color=style.SOFT_INK, linewidth=0.8)


if __name__ == "__main__":
    TARGET.write_bytes(draw())
    print(TARGET)
