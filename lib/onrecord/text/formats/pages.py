"""Saved web pages: the article without menus, advertisements and comments (trafilatura)."""

from __future__ import annotations

import re

from onrecord.records import OnrecordError
from onrecord.text.formats.source import Draft, Drafts, Source, paragraphs_text

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


def read_page(source: Source) -> Drafts:
    """The article of a page, its headline first; title, date, outlet and byline as the page tells them.

    Raises ``OnrecordError`` where no article is found in it. Not handled: pages that a script fills only when they
    are shown (save them from the browser as "complete", or print them to PDF); articles over several pages.
    """
    import trafilatura
    from trafilatura.settings import Document

    raw = source.read()
    page = trafilatura.bare_extraction(
        raw,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document) or not (page.text or "").strip():
        raise OnrecordError(
            f"{source.place}: no article was found in this page. Is it a list of links, or a page that asks to log in? "
            "Save the article's own page, or its text as a .txt file."
        )
    title = page.title or ""
    paragraphs = (page.text or "").split("\n")
    if title and paragraphs[0].strip() != title.strip():
        paragraphs.insert(0, title)
    yield Draft(
        paragraphs_text(paragraphs),
        source.place,
        source.stem,
        title=title,
        date=page.date or "",
        outlet=_outlet(page.sitename or ""),
        byline=f"By {page.author.replace('; ', ', ')}" if page.author else "",
    )


def _outlet(name: str) -> str:
    """The name that the page gives its site; the bare address that stands in where it gives none is no outlet."""
    return "" if _DOMAIN.fullmatch(name.lower()) else name
