"""Who "I" is where nobody is quoted: the writer of an opinion piece or of a letter to the editor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.names import Mentions
from onrecord.records import Article, Block, Span, Spans

_HANDLE = re.compile(r"\s*(@\w+)\.?\s*$")
_BIO = re.compile(r"\s*(?:,|is|was|are|edits|writes|teaches|served|serves|covers|reports|hosts|directs)\b")
_HEADLINE = re.compile(r"\s*:")
#: A line that announces somebody's words, and one that tells of a post and ends there.
_DOCUMENT = re.compile(
    r"\b(?:statement|letter|message|text|diary|remarks|words|post|speech|testimony)\b[^.]{0,30}\b(?:of|by|from)\b",
    re.IGNORECASE,
)
_POSTED = re.compile(r"\b(?:tweeted|posted|wrote|writes|tweets|posts|blogged|texted)\b[^.]{0,30}[.:]?$", re.IGNORECASE)
_LONGEST = 120
_DASHES = frozenset("-–—―")
_LETTERS = 12
_LAST = 4
Writer = tuple[str, Spans]


def find_writer(article: Article, mentions: Mentions, place: int) -> Writer | None:
    """The writer of the words at ``place`` and the words that tell it; None where the article does not.

    In this order: in a dialogue the one who is asked, the line that announces them ("Full statement of Ruth
    Adler:"), the signature under a letter (a line that is a name alone, or an @handle), the byline, the note on the
    writer among the last paragraphs ("Jane Doe is a historian"), a headline that opens with a name and a colon.
    """
    after = article.blocks[bisect_right(article.blocks, place, key=lambda block: block.span.start) :]
    return (
        _interviewed(article, mentions, article.blocks[: len(article.blocks) - len(after)])
        or _announced(article, mentions, article.blocks[: len(article.blocks) - len(after)])
        or _signature(article, mentions, after[:_LETTERS])
        or _byline(article)
        or _note(article, mentions, after[-_LAST:])
        or _headline(article, mentions)
    )


def _interviewed(article: Article, mentions: Mentions, blocks: Sequence[Block]) -> Writer | None:
    """Who answers in a dialogue of paragraphs behind dashes: the person named last before it."""
    told = [block for block in blocks if block.is_text]
    if not told or article.text[told[-1].span.start] not in _DASHES:
        return None
    before = next((block for block in reversed(told) if article.text[block.span.start] not in _DASHES), None)
    named = [name for name in mentions.within((before.span,)) if name.entity.type == "person"] if before else []
    return (named[-1].entity.name, (named[-1].span,)) if named else None


def _announced(article: Article, mentions: Mentions, blocks: Sequence[Block]) -> Writer | None:
    """Whom the nearest line that announces words of somebody names: a statement of, a post by, "X has tweeted"."""
    for block in reversed(blocks[-_LETTERS:]):
        words = article.text[slice(*block.span)]
        if len(words) < _LONGEST and (_DOCUMENT.search(words) or _POSTED.search(words)):
            named = [name for name in mentions.within((block.span,)) if name.entity.type == "person"]
            return (named[-1].entity.name, (named[-1].span,)) if named else None
    return None


def _signature(article: Article, mentions: Mentions, blocks: Sequence[Block]) -> Writer | None:
    for block in blocks:
        start, end = block.span
        handle = _HANDLE.match(article.text, start, end)
        if handle:
            return handle.group(1), (Span(*handle.span(1)),)
        name = mentions.at(start)
        if name is not None and name.entity.type == "person" and " " in name.entity.name:
            rest = article.text[name.span.end : end].strip()
            is_last = block is blocks[-1] and rest.startswith(",") and len(rest.split()) < 6  # "Ruth Adler, Quay Road"
            if name.span.start == start and (rest in ("", ".") or is_last):
                return name.entity.name, (name.span,)
    return None


def _byline(article: Article) -> Writer | None:
    if not article.byline:
        return None
    return article.byline, tuple(block.span for block in article.blocks if block.kind == "byline")[:1]


def _note(article: Article, mentions: Mentions, blocks: Sequence[Block]) -> Writer | None:
    for block in reversed(blocks):
        name = mentions.at(block.span.start)
        if name is not None and name.entity.type == "person" and _BIO.match(article.text, name.span.end):
            return name.entity.name, (name.span,)
    return None


def _headline(article: Article, mentions: Mentions) -> Writer | None:
    for block in article.blocks:
        if block.kind == "headline":
            name = mentions.at(block.span.start)
            if name is not None and name.entity.type == "person" and _HEADLINE.match(article.text, name.span.end):
                return name.entity.name, (name.span,)
    return None
