"""What a chart says in words: titles from the fullest to the shortest, what is counted, and its alt text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart says in words. ``titles`` tell one finding, the fullest first: the first that fits is printed.

    ``tells`` is False where a picture would add nothing to the title: then none is drawn, and reports leave it out.
    """

    titles: tuple[str, ...]
    subtitle: str
    alt: str
    note: str = ""
    tells: bool = True

    @property
    def title(self) -> str:
        return self.titles[0]
