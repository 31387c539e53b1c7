"""Analysis → the article as it reads, with its statements marked: one piece of HTML without script.

Everything that comes from the article is escaped. Each statement has a mark with the id ``stmt-S7`` and, where a
``statement_table`` stands on the same page, a row with the id ``row-S7``: a link scrolls to it and lights it up.
Hover or focus of a statement's label shows all of its labels. ``key`` goes before all ids, for a page that holds
more than one reading view.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from onrecord import style, tables
from onrecord.plain_english import act_name, count_of, polarity_name, unique
from onrecord.reading.cards import card_lines, escape, group_of, link_to
from onrecord.reading.style_sheet import CHOSEN, style_sheet
from onrecord.records import Analysis, Article, Block, Span, Statement
from onrecord.tables import Places, is_sure, parse_stances

#: So many paragraphs at the end open their cards upwards, for there is no room below.
UPWARD = 3
#: Keeps a notebook from setting "$5 million … $6 million" as a formula.
NO_MATH = "tex2jax_ignore mathjax_ignore"

#: What ground and underline mean; the labels say it in words, too.
_KEY = (
    '<p class="onr-key"><span class="onr-cue">cue</span> <span class="onr-source">source</span> '
    '<span class="onr-said onr-against">against (−)</span> <span class="onr-said onr-favor">for (+)</span> '
    '<span class="onr-said onr-both">both</span> <span class="onr-said onr-none">no stance</span> '
    '<span class="onr-said onr-accusation onr-none">accusation</span> '
    '<span class="onr-said onr-denial onr-none">denial</span> '
    '<span class="onr-said onr-refusal onr-none">refusal, no comment</span> '
    '<span class="onr-said onr-unsure onr-none">uncertain?</span> '
    "A label shows its statement’s card on hover and focus.</p>"
)


@dataclass(frozen=True, slots=True)
class Layer:
    """A span of a statement in one role; ``order`` says what lies outside what, ``first`` marks the id's place."""

    span: Span
    order: int
    role: str
    statement: Statement
    first: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How marks are written: what leads their ids, which statements are lit, where their labels lead (stmt, row).

    ``groups`` are statements that a chart on the page leads to together, the first of them by its id.
    """

    key: str
    lit: frozenset[str]
    leads_to: str
    groups: tuple[tuple[str, ...], ...] = ()

    def off(self, statement: Statement) -> str:
        return "" if statement.id in self.lit else " onr-off"

    def anchors(self, statement: Statement) -> str:
        """The places that lead to a group of which the statement is the first."""
        names = (group_of(ids) for ids in self.groups if ids[0] == statement.id)
        return "".join(f'<span class="onr-group" id="{self.key}stmts-{name}"></span>' for name in names)

    def member(self, statement: Statement) -> str:
        """The groups of the statement, as an attribute of its marks."""
        names = " ".join(group_of(ids) for ids in self.groups if statement.id in ids)
        return f' data-groups="{names}"' if names else ""

    def rules(self) -> str:
        """The style that marks all of a group where a link has led to it."""
        names = map(group_of, self.groups)
        chosen = (f'.onr-text:has(#{self.key}stmts-{name}:target) [data-groups~="{name}"]' for name in names)
        return f"{', '.join(chosen)} {{ {CHOSEN} }}" if self.groups else ""


def reading_view(
    analysis: Analysis,
    statements: pd.DataFrame | Iterable[str] | None = None,
    *,
    standalone: bool = False,
    with_table: bool = False,
    groups: Iterable[tuple[str, ...]] = (),
    key: str = "",
) -> str:
    """The article in HTML, its statements marked by act and stance; a whole page with its table for ``standalone``.

    ``statements`` (ids, or a slice of ``tables.statements``) are lit, all others stay quiet; all are lit where it
    is None. ``with_table`` says that a ``statement_table`` stands on the same page, for the labels to lead to.
    ``groups`` are ids that a chart on the page leads to together (``linked.spot_groups``).
    Spans that cross each other are cut into pieces that nest.
    """
    lit = _ids(analysis, statements)
    look = Look(key, frozenset(lit), "row" if with_table or standalone else "stmt", tuple(groups))
    layers = _layers(analysis)
    blocks = analysis.article.blocks or (Block(Span(0, len(analysis.article.text)), "paragraph"),)
    upward = {id(block) for block in [b for b in blocks if b.is_text][-UPWARD:]} if len(blocks) > 2 * UPWARD else set()
    body = "\n".join(_block(analysis, block, layers, look, up=id(block) in upward) for block in blocks)
    notices = "".join(f'<p class="onr-notice">{escape(note)}</p>' for note in analysis.article.notes)
    notes = "".join(f"<div>{card_lines(analysis, s)}</div>" for s in analysis.statements if s.id in lit)
    view = (
        f'<div class="onr onr-reading {NO_MATH}"><style>{style_sheet()}{look.rules()}</style>{notices}{_KEY}'
        f'<article class="onr-text" aria-label="{escape(_title(analysis.article))}, with its statements marked">'
        f'\n{body}\n</article><div class="onr-notes" aria-hidden="true">{notes}</div></div>'
    )
    if not standalone:
        return view
    rows = tables.statements(analysis)
    return _page(_title(analysis.article), view + statement_table(rows[rows["id"].isin(lit)], key=key))


def statement_table(frame: pd.DataFrame, *, key: str = "") -> str:
    """The statements as an HTML table: each row can be linked to, and its id links to its place in the text."""
    columns = {"paragraph": "¶", "actor": "actor", "act": "act", "stance": "stance", "content_words": "words"}
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("id", *columns.values()))
    rows = "".join(_table_row(row, columns, key) for row in frame.to_dict("records"))
    caption = f"<caption>{count_of(len(frame), 'statement')}</caption>"
    table = f'<table class="onr-table">{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="onr {NO_MATH}"><style>{style_sheet()}</style>{table}</div>'


def _table_row(row: Mapping[Hashable, object], columns: Iterable[str], key: str) -> str:
    id = escape(str(row["id"]))
    cells = "".join(f'<td class="onr-col-{column}">{escape(_cell(column, row[column]))}</td>' for column in columns)
    head = f'<th scope="row"><a href="{link_to("stmt", str(row["id"]), key)}">{id}</a></th>'
    return f'<tr id="{key}row-{id}" data-statement="{id}">{head}{cells}</tr>'


def _cell(column: str, value: object) -> str:
    if column == "act":
        return act_name(str(value))
    if column == "stance":
        return "; ".join(f"{polarity_name(polarity)} {target}" for polarity, target in parse_stances(str(value)))
    return str(value)


def _ids(analysis: Analysis, statements: pd.DataFrame | Iterable[str] | None) -> set[str]:
    if statements is None:
        return {statement.id for statement in analysis.statements}
    return set(statements["id"]) if isinstance(statements, pd.DataFrame) else set(statements)


def _layers(analysis: Analysis) -> list[Layer]:
    """Contents from the outermost inwards, then sources and cues, which lie inside of all contents."""
    layers: list[Layer] = []
    ordered = Places(analysis).outermost_first()
    for order, statement in enumerate(ordered):
        first = min((span.start for span in statement.content), default=0)
        layers += [Layer(span, order, "said", statement, span.start == first) for span in statement.content]
        for role, spans in (("source", statement.source), ("cue", statement.cue)):
            layers += [Layer(span, len(ordered) + order, role, statement) for span in spans]
    return sorted((layer for layer in layers if layer.span.start < layer.span.end), key=lambda layer: layer.order)


def _block(analysis: Analysis, block: Block, layers: Sequence[Layer], look: Look, *, up: bool) -> str:
    """One block: heading or paragraph with its number, its text with marks."""
    here = [layer for layer in layers if layer.span.start < block.span.end and block.span.start < layer.span.end]
    text = "".join(_marked(analysis, block.span, here, look))
    element = "h2" if block.kind == "headline" else "p"
    number = f'<span class="onr-number" aria-hidden="true">{block.number}</span>' if block.number else ""
    return f'<{element} class="onr-block onr-{escape(block.kind)}{" onr-up" * up}">{number}{text}</{element}>'


def _marked(analysis: Analysis, span: Span, layers: Sequence[Layer], look: Look) -> Iterator[str]:
    """The text of ``span`` with its layers opened and closed so that they nest; a crossing one is cut in two."""
    cuts = {span.start, span.end}
    for layer in layers:
        cuts |= {place for place in layer.span if span.start < place < span.end}
    places = sorted(cuts)
    opened: list[Layer] = []
    for start, end in pairwise(places):
        wanted = [layer for layer in layers if layer.span.start <= start < layer.span.end]
        kept = next((i for i, (a, b) in enumerate(zip(opened, wanted, strict=False)) if a is not b), None)
        kept = min(len(opened), len(wanted)) if kept is None else kept
        yield "".join("</span>" if layer.role != "said" else "</mark>" for layer in reversed(opened[kept:]))
        yield "".join(_opening(analysis, layer, start, look) for layer in wanted[kept:])
        yield escape(analysis.article.text[start:end])
        opened = wanted
    yield "".join("</span>" if layer.role != "said" else "</mark>" for layer in reversed(opened))


def _opening(analysis: Analysis, layer: Layer, start: int, look: Look) -> str:
    """The opening tag of a layer; at its beginning a content has its label and its card."""
    statement = layer.statement
    id = escape(statement.id)
    if layer.role != "said":
        return f'<span class="onr-{layer.role}{look.off(statement)}" data-of="{id}">'
    opens = start == layer.span.start
    place = f' id="{look.key}stmt-{id}"' if layer.first and opens else ""
    classes = f"{_classes(statement)}{look.off(statement)}"
    mark = f'<mark class="{classes}" data-statement="{id}"{look.member(statement)}{place}>'
    if not opens:
        return mark
    card = f' id="{look.key}card-{id}"' if layer.first else ""
    lines = f'<span class="onr-card" role="tooltip"{card}>{card_lines(analysis, statement)}</span>'
    anchors = look.anchors(statement) if layer.first else ""
    return mark + anchors + _tag(statement, look, first=layer.first) + lines


def _classes(statement: Statement) -> str:
    polarities = unique(stance.polarity for stance in statement.stances)
    stance = "both" if len(polarities) > 1 else "".join(polarities) or "none"
    unsure = " onr-unsure" * (not is_sure(statement.act_score))
    return f"onr-said onr-{escape(statement.act)} onr-{escape(stance)}{unsure}"


def _tag(statement: Statement, look: Look, *, first: bool) -> str:
    """The label at the beginning of a content: id, act, signs of its stances; a question mark for doubt."""
    id, act = escape(statement.id), escape(statement.act)
    unsure = not is_sure(statement.act_score)
    if not first:
        to = link_to("stmt", statement.id, look.key)
        return f'<a class="onr-tag onr-tag-{act}" href="{to}" aria-label="{id} goes on">{id} …</a>'
    signs = "".join(
        f' <span class="onr-{name}">{sign}</span>'
        for polarity, name, sign in (("against", "minus", "−"), ("favor", "plus", "+"))
        if any(stance.polarity == polarity for stance in statement.stances)
    )
    shape = f"onr-tag onr-tag-{act}" + " onr-tag-unsure" * unsure
    return (
        f'<a class="{shape}" href="{link_to(look.leads_to, statement.id, look.key)}" '
        f'aria-describedby="{look.key}card-{id}">'
        f"{id} {escape(act_name(statement.act))}{'?' * unsure}{signs}</a>"
    )


def _title(article: Article) -> str:
    return article.title or article.id


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: statements marked</title>"
        f"<style>body {{ margin: 0; }} @media screen and (prefers-color-scheme: dark) "
        f"{{ body {{ background: {style.DARK_PAGE}; }} }}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )
