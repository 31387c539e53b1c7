"""Counts over the statements of an article, or over any slice of them: what the charts draw.

Every function takes the Analysis and, as ``rows``, the statements to count (a slice of ``tables.statements``);
all of them where ``rows`` is None. So a filter set once flows into every table and chart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from onrecord.plain_english import NARRATOR, unique
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES, Analysis, Span, Stance, Statement
from onrecord.tables.certainty import act_is_sure, is_sure, stance_is_sure
from onrecord.tables.columns import Row, framed
from onrecord.tables.places import Places
from onrecord.tables.statements import actor_name, by_actor, chosen, ids_of, unsure_statements

Held = tuple[Statement, Stance]
#: How one speaks of somebody.
KINDS = (*POLARITIES, "neutral")


def stance_by_actor(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per actor the stances for and against, and the statements without one; most stances first."""
    found: list[Row] = []
    for actor, group in by_actor(chosen(analysis, rows)).items():
        held = [(s, stance) for s in group for stance in s.stances]
        found.append(
            {
                **_of_actor(actor, group),
                **_polarities(held),
                "none": sum(not s.stances for s in group),
                "none_unsure": sum(not s.stances and not is_sure(s.score) for s in group),
            }
        )
    found.sort(key=lambda row: -(row["favor"] + row["against"]))  # stable: then by statements and name
    return framed("stance_by_actor", found)


def stance_by_target(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per target the stances for and against it, and who holds them; most stances first."""
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for pair in _held(chosen(analysis, rows)):
        groups[pair[1].target, pair[1].target_type].append(pair)
    return framed(
        "stance_by_target",
        (
            {
                "target": target,
                "target_type": kind,
                **_polarities(held),
                "actors": "; ".join(unique(actor_name(s) for s, _ in held)),
                "ids": " ".join(unique(s.id for s, _ in held)),
            }
            for (target, kind), held in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0][0].casefold()))
        ),
    )


def stance_matrix(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per actor and target that meet in a stance; actors and targets with most stances first.

    Long on purpose: ``.pivot(index="actor", columns="target", values="against")`` makes a wide one.
    """
    cells: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for statement, stance in _held(chosen(analysis, rows)):
        cells[actor_name(statement), stance.target, stance.target_type].append((statement, stance))
    actors, targets = Counter[str](), Counter[str]()
    for (actor, target, _), held in cells.items():
        actors[actor] += len(held)
        targets[target] += len(held)
    order = sorted(cells, key=lambda c: (-actors[c[0]], c[0].casefold(), -targets[c[1]], c[1].casefold(), c[2]))
    return framed(
        "stance_matrix",
        (
            {
                "actor": actor,
                "side": cells[actor, target, kind][0][0].side,
                "target": target,
                "target_type": kind,
                **_polarities(cells[actor, target, kind]),
                "ids": " ".join(unique(s.id for s, _ in cells[actor, target, kind])),
            }
            for actor, target, kind in order
        ),
    )


def acts_by_actor(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per actor how often each act, and how many of these the tagger is unsure of; most statements first."""
    found: list[Row] = []
    for actor, group in by_actor(chosen(analysis, rows)).items():
        acts = Counter(s.act for s in group)
        unsure = Counter(s.act for s in group if not act_is_sure(s))
        row = _of_actor(actor, group)
        row |= {act: acts[act] for act in ACTS} | {f"{act}_unsure": unsure[act] for act in ACTS}
        found.append(row)
    return framed("acts_by_actor", found)


def quotes_by_actor(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per actor how many statements are quoted directly, in part, or told in the article's own words."""
    found: list[Row] = []
    for actor, group in by_actor(chosen(analysis, rows)).items():
        quotes = Counter(s.quote for s in group)
        unsure = Counter(s.quote for s in group if not is_sure(s.score))
        row = _of_actor(actor, group)
        found.append(row | {q: quotes[q] for q in QUOTE_TYPES} | {f"{q}_unsure": unsure[q] for q in QUOTE_TYPES})
    return framed("quotes_by_actor", found)


def words_by_side(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per side the words reported of it, as a count and as a share of the article; the article's own words too."""
    places = Places(analysis)
    sides: dict[str, list[Statement]] = defaultdict(list)
    for statement in chosen(analysis, rows):
        sides[statement.side].append(statement)
    words, quoted, total = _words_and_quoted(places)
    found: list[Row] = [
        {
            "side": side,
            "actors": len({actor_name(s) for s in group}),
            "statements": len(group),
            "statements_unsure": unsure_statements(group),
            "words": sum(words[s.id] for s in group),
            "words_unsure": sum(words[s.id] for s in group if not is_sure(s.score)),
            "quoted_words": sum(quoted[s.id] for s in group),
            "ids": ids_of(group),
        }
        for side, group in sides.items()
    ]
    found.sort(key=lambda row: (-row["words"], row["side"]))
    if found:
        none = {"actors": 0, "statements": 0, "statements_unsure": 0, "words_unsure": 0, "ids": ""}
        found.append({"side": NARRATOR, **none, "words": words[""], "quoted_words": quoted[""]})
    return framed("words_by_side", ({**row, "share": row["words"] / max(total, 1)} for row in found))


def timeline(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per paragraph and actor the words and acts; a row for the article itself in every paragraph.

    Words of statements that ``rows`` leaves out are counted for nobody.
    """
    places = Places(analysis)
    by_id = {statement.id: statement for statement in chosen(analysis, rows)}
    totals: Counter[int] = Counter()
    held: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for index, owner in places.owned_words():
        paragraph = places.paragraph(places.starts[index])
        totals[paragraph] += 1
        actor = actor_name(by_id[owner]) if owner in by_id else "" if owner else NARRATOR
        held[paragraph, NARRATOR] += Counter()
        held[paragraph, actor][owner] += 1
    return framed(
        "timeline",
        (
            _turn(paragraph, actor, [by_id[i] for i in counts if i in by_id], counts.total(), totals[paragraph])
            for (paragraph, actor), counts in sorted(held.items())
            if actor
        ),
    )


def network(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Who speaks about whom: a row per actor and whom it speaks for, against, or merely of; most statements first.

    Whom a statement is about is told by its stances on actors, and by every place in its content that means somebody
    (``Analysis.references``: names in any form, pronouns that are resolved, sources of statements within it).
    """
    edges: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
    for statement in chosen(analysis, rows):
        for about, spoken in _spoken_of(analysis, statement):
            edges[actor_name(statement), about].append(spoken)
    found = (
        {
            "actor": actor,
            "about": about,
            **_kinds(spoken),
            "statements": len(unique(each.id for each in spoken)),
            "statements_unsure": len({each.id for each in spoken} - {each.id for each in spoken if each.meant}),
            "ids": " ".join(unique(each.id for each in spoken)),
        }
        for (actor, about), spoken in edges.items()
    )
    return framed("network", sorted(found, key=lambda row: (-row["statements"], row["actor"], row["about"])))


class Spoken(NamedTuple):
    """How statement ``id`` speaks of somebody: favor, against or neutral, whether that is certain.

    ``meant``: whether it is certain that it speaks of them at all, which words may show where the stance is uncertain.
    """

    id: str
    kind: str
    sure: bool
    meant: bool


def _spoken_of(analysis: Analysis, statement: Statement) -> list[tuple[str, Spoken]]:
    """Whom a statement speaks of, by bare names, and how; its own actor is left out but for a stance."""
    named = {
        _bare(name)
        for (start, end), name in analysis.references
        if any(first <= start and end <= last for first, last in statement.content)
    }
    taken: dict[tuple[str, str], bool] = {}
    for stance in statement.stances:
        if stance.target_type == "actor":
            key = _bare(stance.target), stance.polarity
            taken[key] = taken.get(key, False) or stance_is_sure(statement, stance)
    heard = is_sure(statement.score)
    found = [
        (to, Spoken(statement.id, kind, sure, sure or (heard and to in named))) for (to, kind), sure in taken.items()
    ]
    neutral = sorted(named - {target for target, _ in taken} - {_bare(statement.actor)})
    return [*found, *((to, Spoken(statement.id, "neutral", heard, heard)) for to in neutral)]


def _bare(name: str) -> str:
    """A name without its article: "the Haqqani network" in one label is "Haqqani network" in another."""
    return name.removeprefix("the ")


def _kinds(spoken: Iterable[Spoken]) -> dict[str, int]:
    counts = Counter(each.kind for each in spoken)
    unsure = Counter(each.kind for each in spoken if not each.sure)
    return {kind: counts[kind] for kind in KINDS} | {f"{kind}_unsure": unsure[kind] for kind in KINDS}


def _of_actor(actor: str, group: list[Statement]) -> Row:
    """What every table by actor says first."""
    counts = {"statements": len(group), "statements_unsure": unsure_statements(group)}
    return {"actor": actor, "side": group[0].side, **counts, "ids": ids_of(group)}


def _held(found: Iterable[Statement]) -> list[Held]:
    return [(statement, stance) for statement in found for stance in statement.stances]


def _polarities(held: Iterable[Held]) -> dict[str, int]:
    pairs = list(held)
    counts = Counter(stance.polarity for _, stance in pairs)
    unsure = Counter(stance.polarity for statement, stance in pairs if not stance_is_sure(statement, stance))
    return {kind: counts[kind] for kind in POLARITIES} | {f"{kind}_unsure": unsure[kind] for kind in POLARITIES}


def _words_and_quoted(places: Places) -> tuple[Counter[str], Counter[str], int]:
    """Words per statement id ("" for none), those of them in quotation marks, and the number of all words."""
    inside = {
        index for q in places.analysis.tokens.quotations if q.level == 1 for index in places.within(Span(*q.span))
    }
    words: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for index, owner in places.owned_words():
        words[owner] += 1
        quoted[owner] += index in inside
    return words, quoted, words.total()


def _turn(paragraph: int, actor: str, group: list[Statement], words: int, total: int) -> Row:
    return {
        "paragraph": paragraph,
        "actor": actor,
        "side": group[0].side if group else "",
        "statements": len(group),
        "statements_unsure": unsure_statements(group),
        "words": words,
        "share": words / max(total, 1),
        "acts": "; ".join(unique(s.act for s in group)),
        "acts_unsure": "; ".join(sorted({s.act for s in group} - {s.act for s in group if act_is_sure(s)})),
        "ids": ids_of(group),
    }
