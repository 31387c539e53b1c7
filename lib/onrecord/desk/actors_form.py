"""The form that puts actors right: two that are one, and the side of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from onrecord.records import OnrecordError

_FIELD = {"width": "22rem"}


class ActorsForm(ipywidgets.VBox):  # type: ignore[misc]
    """An actor, whose other name it is or on which side it stands; ``change`` is called with the row to be written."""

    def __init__(self, change: Callable[..., None]) -> None:
        self.actor = ipywidgets.Dropdown(description="Actor", layout=_FIELD)
        self.same_as = ipywidgets.Dropdown(
            description="is the same as", style={"description_width": "auto"}, layout=_FIELD
        )
        self.side = ipywidgets.Combobox(description="or its side", style={"description_width": "auto"}, layout=_FIELD)
        self.button = ipywidgets.Button(
            description="Put right", tooltip="Write it into the table of own actors, read anew"
        )
        self.told = ipywidgets.HTML()
        self.told.add_class("onrecord-filter-told")
        self.button.on_click(lambda _: change())
        wrapping = {"flex_flow": "row wrap"}
        fields = [self.actor, self.same_as, self.side, self.button]
        super().__init__([ipywidgets.HBox(fields, layout=wrapping), self.told])

    def offer(self, actors: Sequence[str], targets: Sequence[str], sides: Sequence[str]) -> None:
        """Offers these to choose from, nothing chosen yet."""
        self.actor.options = [("choose …", ""), *((name, name) for name in dict.fromkeys((*actors, *targets)))]
        self.same_as.options = self.actor.options
        self.side.options, self.side.value = tuple(sides), ""

    @property
    def row(self) -> dict[str, str]:
        """Keywords of ``add_actor``. Raises ``OnrecordError`` where the form does not say one thing."""
        name, other, side = self.actor.value, self.same_as.value, " ".join(self.side.value.split())
        if not name or bool(other) == bool(side):
            raise OnrecordError("choose an actor, and either another actor whom it is or a side.")
        if name == other:
            raise OnrecordError("an actor is the same as itself already: choose two.")
        return {"name": name} | ({"same_as": other} if other else {"side": side})
