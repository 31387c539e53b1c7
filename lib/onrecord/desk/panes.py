"""The widget part of a filter box: chart, text and table side by side, linked by clicks and keys in the browser.

Text and table of statements are sent once; a filter then only says which statements are lit. So the text keeps its
place, and nothing flickers.
"""

from __future__ import annotations

import functools
from importlib.resources import files

import anywidget
import traitlets

from onrecord.reading import PANES_SHEET


@functools.cache
def _script() -> str:
    return files("onrecord").joinpath("desk/panes.js").read_text(encoding="utf-8")


class Panes(anywidget.AnyWidget):
    """Three panes of HTML (an empty one is not shown): ``lit`` are the ids that pass, ``chosen`` those picked.

    ``room`` is how wide a chart can be, in pixels: what the browser tells; 0 until then.
    """

    chart = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    table = traitlets.Unicode().tag(sync=True)
    lit = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    room = traitlets.Int().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(_esm=_script(), _css=PANES_SHEET, **traits)
