"""Counts over the statements of an article, or over any slice of them: what the charts draw.

Every function takes the Analysis and, as ``rows``, the statements to count (a slice of ``tables.statements``);
all of them where ``rows`` is None. So a filter set once flows into every table and chart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from onrecord.plain_english import NARRATOR, unique
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES, Analysis, Span, Stance, Statement
from onrecord.tables.columns import Row, framed
from onrecord.tables.places import Places
from onrecord.tables.statements import UNSURE_BELOW, actor_name, by_actor, chosen, ids_of

Held = tuple[Statement, Stance]


def stance_by_actor(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per actor the stances for and against, and the statements without one; most stances first."""
    found: list[Row] = []
    for actor, group in by_actor(chosen(analysis, rows)).items():
        held = [(s, stance) for s in group for stance in s.stances]
        found.append(
            {
                "actor": actor,
                "side": group[0].side,
                "statements": len(group),
                **_polarities(held),
                "none": sum(not s.stances for s in group),
                "ids": ids_of(group),
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
        unsure = Counter(s.act for s in group if s.act_score < UNSURE_BELOW)
        row: Row = {"actor": actor, "side": group[0].side, "statements": len(group), "ids": ids_of(group)}
        row |= {act: acts[act] for act in ACTS} | {f"{act}_unsure": unsure[act] for act in ACTS}
        found.append(row)
    return framed("acts_by_actor", found)


def quotes_by_actor(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per actor how many statements are quoted directly, in part, or told in the article's own words."""
    found: list[Row] = []
    for actor, group in by_actor(chosen(analysis, rows)).items():
        quotes = Counter(s.quote for s in group)
        unsure = Counter(s.quote for s in group if s.score < UNSURE_BELOW)
        row: Row = {"actor": actor, "side": group[0].side, "statements": len(group), "ids": ids_of(group)}
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
            "words": sum(words[s.id] for s in group),
            "quoted_words": sum(quoted[s.id] for s in group),
            "ids": ids_of(group),
        }
        for side, group in sides.items()
    ]
    found.sort(key=lambda row: (-row["words"], row["side"]))
    if found:
        own = {"side": NARRATOR, "actors": 0, "statements": 0, "words": words[""], "quoted_words": quoted[""]}
        found.append({**own, "ids": ""})
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
    """Who speaks about whom: a row per actor and the actor it speaks for, against, or merely of; most first.

    Whom a statement is about is told by its stances on actors, and by the names of the article's actors in its
    content ("Toner" does not find "Mark Toner": only full names are looked for).
    """
    kinds = (*POLARITIES, "neutral")
    names = {s.actor for s in analysis.statements if s.named and s.actor}
    edges: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in chosen(analysis, rows):
        taken = [stance for stance in statement.stances if stance.target_type == "actor"]
        for target, polarity in dict.fromkeys((stance.target, stance.polarity) for stance in taken):
            edges[actor_name(statement), target][polarity].append(statement.id)
            same = [stance.score for stance in taken if (stance.target, stance.polarity) == (target, polarity)]
            if max(same) < UNSURE_BELOW:
                edges[actor_name(statement), target][f"{polarity}_unsure"].append(statement.id)
        about = {stance.target for stance in taken} | {statement.actor}
        for name in sorted(_named_in(analysis, statement, names) - about):
            edges[actor_name(statement), name]["neutral"].append(statement.id)
    order = sorted(edges.items(), key=lambda e: (-sum(len(e[1][kind]) for kind in kinds), e[0]))
    return framed(
        "network",
        (
            {
                "actor": actor,
                "about": about,
                **{kind: len(found.get(kind, ())) for kind in (*kinds, "favor_unsure", "against_unsure")},
                "statements": len(set().union(*found.values())),
                "ids": " ".join(s.id for s in analysis.statements if any(s.id in ids for ids in found.values())),
            }
            for (actor, about), found in order
        ),
    )


def _held(found: Iterable[Statement]) -> list[Held]:
    return [(statement, stance) for statement in found for stance in statement.stances]


def _polarities(held: Iterable[Held]) -> dict[str, int]:
    stances = [stance for _, stance in held]
    counts = Counter(stance.polarity for stance in stances)
    unsure = Counter(stance.polarity for stance in stances if stance.score < UNSURE_BELOW)
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
        "words": words,
        "share": words / max(total, 1),
        "acts": "; ".join(unique(s.act for s in group)),
        "unsure": sum(s.act_score < UNSURE_BELOW for s in group),
        "ids": ids_of(group),
    }


def _named_in(analysis: Analysis, statement: Statement, names: Iterable[str]) -> set[str]:
    """The names that stand in the content as whole words; a leading "the" is no part of the name."""
    content = f" {_spaced(analysis.article.words_of(statement.content))} "
    return {name for name in names if f" {_spaced(name.removeprefix('the '))} " in content}


def _spaced(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())
