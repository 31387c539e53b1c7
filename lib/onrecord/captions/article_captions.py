"""What each chart says in words: the finding as title, what is counted, and the picture for those who cannot see it.

All of it is computed from the table that is drawn, so that no filter leaves a stale claim behind. Titles come as
a few wordings of one finding, the fullest first; the chart prints the first that fits its size. They speak of what
sources say, never of what is true.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.plain_english import NARRATOR, act_name, capitalized, count_of, listed, shortened, side_name, unique
from onrecord.records import ACTS, QUOTE_TYPES
from onrecord.tables import UNSURE_BELOW, Row

#: Rows told one by one in an alt text; the rest is counted.
ALT_ROWS = 12
NOTHING = Caption(
    ("No statements to show",),
    "Nothing is counted: none was found, or the filter leaves none.",
    "An empty chart: no statements.",
)


def stance_by_actor(table: pd.DataFrame) -> Caption:
    """How many stances go which way, and who takes most of the more frequent kind."""
    if table.empty:
        return NOTHING
    favor, against, statements = _sums(table, "favor", "against", "statements")
    counted = f"{count_of(favor + against, 'stance')} in {count_of(statements, 'statement')}"
    unsure = sum(_sums(table, "favor_unsure", "against_unsure"))
    told = [
        f"{row['actor']}: {row['against']} against, {row['favor']} for, {row['none']} without a stance"
        for row in rows_of(table)
    ]
    subtitle = f"Stances against and for others, by actor: {counted}"
    return Caption(_stance_titles(table, favor, against, statements), subtitle, _alt("Bars", told), unsure_note(unsure))


def _stance_titles(table: pd.DataFrame, favor: int, against: int, statements: int) -> tuple[str, ...]:
    if favor + against == 0:
        return (f"No stance in {count_of(statements, 'statement')}",)
    if len(table) == 1:
        actor = str(table["actor"].iloc[0])
        return tuple(f"{capitalized(name)}: {against} against, {favor} for" for name in (actor, shortened(actor, 30)))
    column, word = ("against", "against") if against >= favor else ("favor", "for")
    counts = (
        f"{count_of(against, 'stance')} against, {favor} for"
        if against >= favor
        else f"{count_of(favor, 'stance')} for, {against} against"
    )
    return (
        *(f"{counts}; {who}" for who in _shares(table, column, f"of the {max(favor, against)} {word}", "by")),
        counts,
    )


def stance_matrix(table: pd.DataFrame) -> Caption:
    """Which target draws the most stances."""
    if table.empty:
        subtitle = "No statement that is left takes a stance."
        return Caption(("No stances to show",), subtitle, "An empty chart: no stances.")
    sums = table.groupby("target", sort=False)[["favor", "against"]].sum().reset_index()
    sums["all"] = sums["favor"] + sums["against"]
    total, actors = int(sums["all"].sum()), int(table["actor"].nunique())
    lead = rows_of(sums[sums["all"] == sums["all"].max()])[0]
    tied = int((sums["all"] == lead["all"]).sum()) > 1
    split = f"{lead['all']} each" if tied else f"{lead['against'] or 'none'} against, {lead['favor'] or 'none'} for"
    titles = [
        f"{capitalized(who)} draw{'s' * (not tied)} the most stances: {split}"
        for who in _leaders(sums, "target", "all")
    ]
    told = [
        f"{row['actor']} on {row['target']}: {row['against']} against, {row['favor']} for" for row in rows_of(table)
    ]
    plain = f"{count_of(actors, 'actor')} take{'s' * (actors == 1)} stances on {count_of(len(sums), 'target')}"
    subtitle = f"Stances against (−) and for (+) each target, by actor: {count_of(total, 'stance')}"
    return Caption(
        (*titles, plain),
        subtitle,
        _alt("Matrix", told),
        unsure_note(sum(_sums(table, "favor_unsure", "against_unsure"))),
    )


def acts_by_actor(table: pd.DataFrame) -> Caption:
    """Who accuses and who denies; where nobody does, which act is most frequent."""
    if table.empty:
        return NOTHING
    statements = count_of(_sum(table, "statements"), "statement")
    counts = {act: int(table[act].sum()) for act in ACTS}
    loud = [act for act in ("accusation", "denial") if counts[act]]
    top = max(ACTS, key=lambda act: counts[act])
    plain = f"{counts[top]} of {statements} {_are(counts[top])} {act_name(top, counts[top])}"
    titles = ["; ".join(_by_whom(table, act) for act in loud)] if len(table) > 1 else []
    titles.append(f"{listed([count_of(counts[act], act) for act in loud])} in {statements}" if loud else plain)
    told = [
        f"{row['actor']}: {listed([f'{row[act]} {act_name(act, row[act])}' for act in ACTS if row[act]])}"
        for row in rows_of(table)
    ]
    subtitle = f"What the actors do with what they say: {statements}"
    unsure = sum(_sums(table, *(f"{act}_unsure" for act in ACTS)))
    return Caption(tuple(filter(None, titles)), subtitle, _alt("Bars", told), unsure_note(unsure))


def _by_whom(table: pd.DataFrame, act: str) -> str:
    """ "4 accusations, most by Michael Mullen", as far as few enough actors share them to be named."""
    counts = count_of(int(table[act].sum()), act)
    names = [str(name) for name in table.loc[table[act] > 0, "actor"]]
    if len(names) < 3:
        return f"{counts} by {listed(names)}"
    return ", ".join([counts, *_shares(table, act, "of them", "by")])


def quotes_by_actor(table: pd.DataFrame) -> Caption:
    """How much is quoted word for word, and of whom."""
    if table.empty:
        return NOTHING
    statements, direct, mixed = _sums(table, "statements", "direct", "mixed")
    quoted = direct + mixed
    plain = f"{quoted} of {count_of(statements, 'statement')} {_are(quoted)} quoted in full or in part"
    shares = _shares(table.assign(quoted=table["direct"] + table["mixed"]), "quoted", "of them", "from")
    titles = [f"{plain}, {who}" for who in shares] if len(table) > 1 and quoted > 1 else []
    told = [
        f"{row['actor']}: {row['direct']} direct, {row['mixed']} mixed, {row['indirect']} indirect"
        for row in rows_of(table)
    ]
    subtitle = f"In quotation marks (direct), in part (mixed) or not at all (indirect): {_statements(table)}"
    unsure = sum(_sums(table, *(f"{quote}_unsure" for quote in QUOTE_TYPES)))
    return Caption((*titles, plain), subtitle, _alt("Bars", told), unsure_note(unsure))


def words_by_side(table: pd.DataFrame) -> Caption:
    """Which side is given most words."""
    sides = rows_of(table[table["side"] != NARRATOR])
    if not sides:
        return NOTHING
    first = f"{'Most' if len(sides) > 1 else 'All'} reported words come from {_sources(sides[0])}"
    titles = [f"{first}, then {_sources(sides[1])}"] if len(sides) > 1 else []
    short = f"Most words: {shortened(side_name(sides[0]['side']), 40)} ({sides[0]['words']:,})"
    told = [f"{side_name(row['side'])}: {row['words']} words, {row['quoted_words']} quoted" for row in rows_of(table)]
    statements = count_of(_sum(table, "statements"), "statement")
    subtitle = f"Words reported of each side, in quotation marks (strong) or not (faint): {statements}"
    return Caption((*titles, first, short), subtitle, _alt("Bars", told))


def timeline(table: pd.DataFrame) -> Caption:
    """Who holds the floor in most paragraphs."""
    turns = table[table["actor"] != NARRATOR]
    if turns.empty:
        return NOTHING
    body = turns[turns["paragraph"] > 0]  # the headline is none
    paragraphs = int(table.loc[table["paragraph"] > 0, "paragraph"].nunique())
    counts = body.groupby("actor", sort=False)["paragraph"].nunique().reset_index(name="turns")
    where = f"in {_most(counts, 'turns')} of {count_of(paragraphs, 'paragraph')}"
    leaders = _leaders(counts, "actor", "turns")
    titles = [f"{capitalized(who)} speak{'s' * (' and ' not in who)} {where}" for who in leaders]
    if len(counts) > 1 and leaders:
        titles.insert(0, f"{titles[0]}, more than anybody else")
    plain = f"{count_of(int(turns['actor'].nunique()), 'actor')} in {count_of(paragraphs, 'paragraph')}"
    told = [
        f"{actor}: {listed([paragraph_name(number) for number in group['paragraph']])}"
        for actor, group in turns.groupby("actor", sort=False)
    ]
    subtitle = f"Share of each paragraph’s words by source, from the headline (H) down: {_statements(turns)}"
    loud = turns[turns["acts"].str.contains("accusation|denial") & (turns["unsure"] == turns["statements"])]
    note = "Hatched: uncertain whether this is an accusation or a denial." if len(loud) else ""
    return Caption((*titles, plain), subtitle, _alt("Timeline, paragraphs per actor", told), note)


def network(table: pd.DataFrame) -> Caption:
    """Whom most actors speak about."""
    if table.empty:
        subtitle = "No statement that is left is about an actor."
        return Caption(("Nobody speaks about anybody",), subtitle, "An empty chart: nobody is spoken about.")
    speakers = int(table["actor"].nunique())
    edges = table.groupby("about", sort=False)["actor"].nunique().reset_index(name="speakers")
    most = int(edges["speakers"].max())
    tied = int((edges["speakers"] == most).sum()) > 1
    titles = [
        f"{capitalized(who)} {'are' if tied else 'is'} spoken about most: by {count_of(most, 'actor')}{' each' * tied}"
        for who in _leaders(edges, "about", "speakers")
    ]
    plain = f"{count_of(speakers, 'actor')} speak{'s' * (speakers == 1)} about {len(edges)} others"
    told = [
        f"{row['actor']} about {row['about']}: {row['against']} against, {row['favor']} for, {row['neutral']} neither"
        for row in rows_of(table)
    ]
    subtitle = f"Who speaks about whom: against, for or neither; the thicker, the more of {_statements(table)}"
    unsure = sum(_sums(table, "favor_unsure", "against_unsure"))
    note = f"Hollow: all uncertain (score below {UNSURE_BELOW}); {unsure} such stances in all." if unsure else ""
    return Caption((*titles, plain), subtitle, _alt("Network", told), note)


def dispute_board(table: pd.DataFrame) -> Caption:
    """Who denies or refuses what whom put forward, and how much stands unanswered."""
    if table.empty:
        subtitle = "Nothing that is left is denied, refused or waiting for an answer."
        return Caption(("No disputes",), subtitle, "An empty board: no disputes.")
    states = table.groupby("dispute", sort=False)["state"].first().value_counts()
    said = {"contested": "denied", "refused": "refused", "corroborated": "from two sources", "unanswered": "unanswered"}
    plain = listed([f"{states[state]} {word}" for state, word in said.items() if state in states.index])
    told = [
        f"{row['claim_actor']}: “{shortened(row['claim_words'], 90)}” – {_answer_in_words(row)}"
        for row in rows_of(table)
    ]
    subtitle = f"What is put forward, and what answers it in this article: {plain}"
    doubts = table[["score", "claim_act_score", "answer_act_score"]].min(axis=1) < UNSURE_BELOW
    note = f"A question mark: uncertain (score below {UNSURE_BELOW})." if doubts.any() else ""
    title = plain if {"contested", "refused"} & set(states.index) else f"{plain}, none denied or refused"
    return Caption((*_answer_titles(table), capitalized(title)), subtitle, _alt("Claims and answers", told), note)


def _answer_in_words(row: Row) -> str:
    if not row["answer"]:
        return "no answer"
    return f"{row['answer_actor']} {row['relation']}: “{shortened(row['answer_words'], 90)}”"


def _answer_titles(table: pd.DataFrame) -> Iterable[str]:
    """The first kind of answer that occurs, with who gives it to whom; names that are too many are counted."""
    for relation, one, many in (("denies", "denies", "deny"), ("refuses", "refuses", "refuse")):
        pairs = table[table["relation"] == relation]
        who, whom = unique(pairs["answer_actor"]), unique(pairs["claim_actor"])
        if not who:
            continue
        verb, says = one if len(who) == 1 else many, "says" if len(whom) == 1 else "say"
        if relation == "refuses":
            says = "asks" if len(whom) == 1 else "ask"
        for limit in (200, 28):
            answering = listed([shortened(name, limit) for name in who]) if len(who) < 3 else f"{len(who)} actors"
            answered = listed([shortened(name, limit) for name in whom]) if len(whom) < 3 else f"{len(whom)} others"
            yield f"{capitalized(answering)} {verb} what {answered} {says}"
        return


def unsure_note(count: int) -> str:
    """What hatching means, where anything is hatched."""
    return f"Hatched: {count} of them uncertain (score below {UNSURE_BELOW})." if count else ""


def paragraph_name(number: int) -> str:
    """``¶4``, or ``H`` for the headline."""
    return f"¶{number}" if number else "H"


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, a mapping each; column by column, which takes a tenth of the time of ``to_dict``."""
    names = [str(name) for name in table.columns]
    columns = [table.iloc[:, number].tolist() for number in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _statements(table: pd.DataFrame) -> str:
    """How many statements stand behind the rows, each counted once."""
    return count_of(len(set(" ".join(table["ids"]).split())), "statement")


def _sums(table: pd.DataFrame, *columns: str) -> list[int]:
    return [_sum(table, column) for column in columns]


def _sum(table: pd.DataFrame, column: str) -> int:
    return int(table[column].sum())


def _most(table: pd.DataFrame, column: str) -> int:
    return 0 if table.empty else int(table[column].max())


def _leaders(table: pd.DataFrame, name: str, column: str) -> list[str]:
    """Who has most, if it can be said: nothing where more than two share the lead or all have nothing."""
    most = _most(table, column)
    names = [str(value) for value in table.loc[table[column] == most, name]]
    if most == 0 or len(names) > 2:
        return []
    return [listed(names)]


def _shares(table: pd.DataFrame, column: str, of: str, word: str) -> list[str]:
    """What those with most have together: "8 of the 13 against by Mark Toner and Michael Mullen"."""
    return [
        f"{int(table.loc[table[column] == table[column].max(), column].sum())} {of} {word} {who}"
        for who in _leaders(table, "actor", column)
    ]


def _sources(row: Row) -> str:
    """A side and its words: "Pakistan (27)"."""
    side = "sources of unknown side" if row["side"] == "unknown" else row["side"]
    return f"{side} ({row['words']:,})"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _alt(kind: str, told: list[str]) -> str:
    rest = f" And {len(told) - ALT_ROWS} more." if len(told) > ALT_ROWS else ""
    return f"{kind}. {'; '.join(told[:ALT_ROWS])}.{rest}"
