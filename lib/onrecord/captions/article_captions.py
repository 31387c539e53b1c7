"""What each chart says in words: the finding as title, what is counted, and the picture for those who cannot see it.

All of it is computed from the table that is drawn, so that no filter leaves a stale claim behind. Titles come as
a few wordings of one finding, the fullest first; the chart prints the first that fits its size. They count certain
labels alone and name the others as uncertain; they speak of what sources say, never of what is true.
"""

from __future__ import annotations

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.captions.counting import (
    NOTHING,
    alt_text,
    and_uncertain,
    certain_part,
    is_or_are,
    leaders,
    most,
    rows_of,
    shares,
    statements_behind,
    statements_in,
    sums,
    unsure,
    unsure_note,
)
from onrecord.plain_english import NARRATOR, NO_ACTOR, act_name, capitalized, count_of, listed, shortened, side_name
from onrecord.records import ACTS, POLARITIES, QUOTE_TYPES
from onrecord.tables import UNSURE_BELOW

UNKNOWN_SIDE = "unknown"


def stance_by_actor(table: pd.DataFrame) -> Caption:
    """How many stances go which way, and who takes most of the more frequent kind."""
    if table.empty:
        return NOTHING
    total, statements = sum(sums(table, *POLARITIES)), statements_in(table)
    if not total:
        return Caption((f"No stance in {statements}",), "", "An empty chart: no stances.", tells=False)
    told = [
        f"{row['actor']}: {row['against']} against, {row['favor']} for, {row['none']} without a stance"
        for row in rows_of(table)
    ]
    subtitle = f"Stances against and for others, by actor: {count_of(total, 'stance')} in {statements}"
    doubted = unsure(table, *POLARITIES)
    return Caption(
        _stance_titles(certain_part(table), and_uncertain(doubted)),
        subtitle,
        alt_text("Bars", told),
        unsure_note(doubted),
    )


def _stance_titles(part: pd.DataFrame, more: str) -> tuple[str, ...]:
    """Titles from what is certain; ``more`` names the rest."""
    favor, against = sums(part, "favor", "against")
    if favor + against == 0:
        return (f"No certain stance in {statements_in(part)}{more}",)
    if len(part) == 1:
        actor = str(part["actor"].iloc[0])
        names = (actor, shortened(actor, 30))
        return tuple(f"{capitalized(name)}: {against} against, {favor} for{more}" for name in names)
    column, word = ("against", "against") if against >= favor else ("favor", "for")
    counts = (
        f"{count_of(against, 'stance')} against, {favor} for"
        if against >= favor
        else f"{count_of(favor, 'stance')} for, {against} against"
    ) + more
    whose = shares(part, column, word, "by")
    return (*(f"{counts}; {who}" for who in whose), counts)


def stance_matrix(table: pd.DataFrame) -> Caption:
    """Which target draws the most stances."""
    if table.empty:
        subtitle = "No statement that is left takes a stance."
        return Caption(("No stances to show",), subtitle, "An empty chart: no stances.", tells=False)
    told = [
        f"{row['actor']} on {row['target']}: {row['against']} against, {row['favor']} for" for row in rows_of(table)
    ]
    total, doubted = count_of(sum(sums(table, *POLARITIES)), "stance"), unsure(table, *POLARITIES)
    titles = tuple(title + and_uncertain(doubted) for title in _target_titles(certain_part(table)))
    subtitle = f"Stances against (−) and for (+) each target, by actor: {total}"
    return Caption(titles, subtitle, alt_text("Matrix", told), unsure_note(doubted))


def _target_titles(table: pd.DataFrame) -> tuple[str, ...]:
    if table.empty:
        return ("No stance is certain",)
    drawn = table.groupby("target", sort=False)[[*POLARITIES]].sum().reset_index()
    drawn["all"] = drawn["favor"] + drawn["against"]
    lead = rows_of(drawn[drawn["all"] == drawn["all"].max()])[0]
    tied = int((drawn["all"] == lead["all"]).sum()) > 1
    split = f"{lead['all']} each" if tied else f"{lead['against'] or 'none'} against, {lead['favor'] or 'none'} for"
    draw = "draw the most stances" if tied else "draws the most stances" if len(drawn) > 1 else "draws all stances"
    titles = [f"{capitalized(who)} {draw}: {split}" for who in leaders(drawn, "target", "all")]
    more = count_of(lead["all"], "stance")
    plain = f"None of {count_of(len(drawn), 'target')} draws more than {more}" if tied and not titles else ""
    return (*titles, plain) if plain else tuple(titles)


def acts_by_actor(table: pd.DataFrame) -> Caption:
    """Who accuses and who denies; where nobody does, which act is most frequent."""
    if table.empty:
        return NOTHING
    told = [
        f"{row['actor']}: {listed([f'{row[act]} {act_name(act, row[act])}' for act in ACTS if row[act]])}"
        for row in rows_of(table)
    ]
    subtitle = f"What the actors do with what they say: {statements_in(table)}"
    return Caption(_act_titles(table), subtitle, alt_text("Bars", told), unsure_note(unsure(table, *ACTS)))


def _act_titles(table: pd.DataFrame) -> tuple[str, ...]:
    part = certain_part(table)
    counts = dict(zip(ACTS, sums(part, *ACTS), strict=True))
    loud = [act for act in ("accusation", "denial") if table[act].sum()]
    if any(counts[act] for act in loud):
        by_whom = ["; ".join(_by_whom(table, part, act) for act in loud)] if len(part) > 1 else []
        return (*by_whom, f"{listed([_counted(table, part, act) for act in loud])} in {statements_in(part)}")
    top = max(ACTS, key=lambda act: counts[act])
    if not counts[top]:
        return (f"No act is certain in {statements_in(part)}{and_uncertain(unsure(table, *ACTS))}",)
    plain = f"{counts[top]} of {statements_in(part)} {is_or_are(counts[top])} {act_name(top, counts[top])}"
    return (plain + and_uncertain(unsure(table, top)),)


def _counted(table: pd.DataFrame, part: pd.DataFrame, act: str) -> str:
    """ "2 denials (and 1 uncertain)"; where none is certain, "1 uncertain denial"."""
    sure, doubted = int(part[act].sum()), unsure(table, act)
    return count_of(sure, act) + and_uncertain(doubted) if sure else count_of(doubted, f"uncertain {act}")


def _by_whom(table: pd.DataFrame, part: pd.DataFrame, act: str) -> str:
    """ "4 accusations, 2 of them by Michael Mullen", as far as few enough actors share them to be named."""
    counts = _counted(table, part, act)
    names = [str(name) for name in part.loc[part[act] > 0, "actor"]]
    if len(names) < 3:
        if not names or NO_ACTOR in names:
            return counts
        return f"{count_of(int(part[act].sum()), act)} by {listed(names)}{and_uncertain(unsure(table, act))}"
    return ", ".join([counts, *shares(part, act, "", "by")])


def quotes_by_actor(table: pd.DataFrame) -> Caption:
    """How much is quoted word for word, and of whom."""
    if table.empty:
        return NOTHING
    part = certain_part(table)
    direct, mixed = sums(part, "direct", "mixed")
    quoted, doubted = direct + mixed, unsure(table, "statements")
    plain = f"{quoted or 'None'} of {statements_in(part)} {is_or_are(quoted or 1)} quoted in full or in part"
    who = shares(part.assign(quoted=part["direct"] + part["mixed"]), "quoted", "", "from")
    titles = [f"{plain}, {each}" for each in who] if len(part) > 1 and quoted > 1 else []
    told = [
        f"{row['actor']}: {row['direct']} direct, {row['mixed']} mixed, {row['indirect']} indirect"
        for row in rows_of(table)
    ]
    subtitle = f"In quotation marks (direct), in part (mixed) or not at all (indirect): {statements_behind(table)}"
    note = unsure_note(unsure(table, *QUOTE_TYPES))
    return Caption(
        tuple(title + and_uncertain(doubted) for title in (*titles, plain)), subtitle, alt_text("Bars", told), note
    )


def words_by_side(table: pd.DataFrame) -> Caption:
    """Which side is given most words; where no side is known there is nothing to compare."""
    sides = rows_of(
        certain_part(table[table["side"] != NARRATOR]).sort_values(["words", "side"], ascending=[False, True])
    )
    if not sides:
        return NOTHING
    known = [row for row in sides if row["side"] != UNKNOWN_SIDE]
    told = [f"{side_name(row['side'])}: {row['words']} words, {row['quoted_words']} quoted" for row in rows_of(table)]
    statements = statements_in(table)
    own = "and the article’s own (outline)"
    subtitle = f"Words reported of each side, in quotation marks (strong) or not (faint), {own}: {statements}"
    if not known:
        words = f"all {sides[0]['words']:,} words reported"
        return Caption((f"No side is known of {words}",), subtitle, alt_text("Bars", told), tells=False)
    doubted = unsure(table, "words")
    note = (
        f"Hatched: {count_of(doubted, 'word')} of uncertain statements (score below {UNSURE_BELOW})." if doubted else ""
    )
    return Caption(_side_titles(known, sides), subtitle, alt_text("Bars", told), note)


def _side_titles(known: list[dict[str, object]], sides: list[dict[str, object]]) -> tuple[str, ...]:
    first = f"{'Most' if len(sides) > 1 else 'All'} reported words come from {_words(sides[0])}"
    titles = [f"{first}, then {_words(sides[1])}"] if len(sides) > 1 else []
    short = f"Most words: {shortened(side_name(str(sides[0]['side'])), 40)} ({sides[0]['words']:,})"
    if sides[0] is not known[0]:  # that most words are of no known side is no finding
        first = f"Of the known sides, {_words(known[0])} is given most words"
        titles = [f"{first}; {sides[0]['words']:,} come from sources of unknown side"]
        short = f"Known side: {shortened(str(known[0]['side']), 40)} ({known[0]['words']:,})"
    return (*titles, first, short)


def _words(row: dict[str, object]) -> str:
    """A side and its words: "Pakistan (27)"."""
    side = "sources of unknown side" if row["side"] == UNKNOWN_SIDE else row["side"]
    return f"{side} ({row['words']:,})"


def timeline(table: pd.DataFrame) -> Caption:
    """Who holds the floor in most paragraphs."""
    turns = table[table["actor"] != NARRATOR]
    if turns.empty:
        return NOTHING
    told = [
        f"{actor}: {listed([paragraph_name(number) for number in group['paragraph']])}"
        for actor, group in turns.groupby("actor", sort=False)
    ]
    subtitle = f"Share of each paragraph’s words by source, from the headline (H) down: {statements_behind(turns)}"
    loud = turns["acts_unsure"].str.contains("accusation|denial")
    note = "Hatched: uncertain whether this is an accusation or a denial." if loud.any() else ""
    return Caption(_floor_titles(table, turns), subtitle, alt_text("Timeline, paragraphs per actor", told), note)


def _floor_titles(table: pd.DataFrame, turns: pd.DataFrame) -> tuple[str, ...]:
    heard = turns[(turns["statements"] > turns["statements_unsure"]) & (turns["paragraph"] > 0)]  # the headline is none
    paragraphs = count_of(int(table.loc[table["paragraph"] > 0, "paragraph"].nunique()), "paragraph")
    counts = heard.groupby("actor", sort=False)["paragraph"].nunique().reset_index(name="turns")
    lead = most(counts, "turns")
    first = leaders(counts, "actor", "turns")
    titles = [f"{capitalized(who)} speak{'s' * (' and ' not in who)} in {lead} of {paragraphs}" for who in first]
    if len(counts) > 1 and titles:
        return (f"{titles[0]}, more than anybody else", *titles)
    return (*titles, f"Nobody speaks in more than {lead} of {paragraphs}") if lead else (f"Nobody in {paragraphs}",)


def paragraph_name(number: int) -> str:
    """``¶4``, or ``H`` for the headline."""
    return f"¶{number}" if number else "H"
