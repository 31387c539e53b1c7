"""What the charts of two sides say in words: who speaks about whom, who answers whom."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from onrecord.captions.caption import Caption
from onrecord.captions.counting import alt_text, and_uncertain, leaders, rows_of, statements_behind, unsure
from onrecord.plain_english import NO_ACTOR, capitalized, count_of, listed, shortened, unique
from onrecord.records import POLARITIES
from onrecord.tables import UNSURE_BELOW, Row

_SAID = {
    "contested": "denied",
    "refused": "refused",
    "corroborated": "from two sources",
    "unanswered": "with no answer found",
}


def network(table: pd.DataFrame) -> Caption:
    """Whom most actors speak about."""
    if table.empty:
        subtitle = "No statement that is left is about an actor."
        return Caption(
            ("Nobody speaks about anybody",), subtitle, "An empty chart: nobody is spoken about.", tells=False
        )
    told = [
        f"{row['actor']} about {row['about']}: {row['against']} against, {row['favor']} for, {row['neutral']} neither"
        for row in rows_of(table)
    ]
    subtitle = f"Who speaks about whom: against, for or neither; the thicker, the more of {statements_behind(table)}"
    doubted = unsure(table, *POLARITIES)
    note = f"Hollow: all uncertain (score below {UNSURE_BELOW}); {doubted} such stances in all." if doubted else ""
    return Caption(_about_titles(table), subtitle, alt_text("Network", told), note)


def _about_titles(table: pd.DataFrame) -> tuple[str, ...]:
    """Who is spoken about by most actors, and of those in most statements; nobody where more than two are level.

    What no source is given for counts for none of them.
    """
    sure = table[(table["statements"] > table["statements_unsure"]) & (table["actor"] != NO_ACTOR)]
    if sure.empty:
        return (f"Nobody is spoken about for certain{and_uncertain(len(table))}",)
    spoken = sure.assign(certain=sure["statements"] - sure["statements_unsure"]).groupby("about", sort=False)
    edges = spoken.agg(speakers=("actor", "nunique"), statements=("certain", "sum")).reset_index()
    edges["rank"] = edges["speakers"] * (edges["statements"].max() + 1) + edges["statements"]
    lead = rows_of(edges.sort_values("rank", ascending=False, kind="stable"))[0]
    by, tied = count_of(lead["speakers"], "actor"), int((edges["rank"] == edges["rank"].max()).sum()) > 1
    said = f"{'are' if tied else 'is'} spoken about most: in {count_of(lead['statements'], 'statement')} by {by}"
    doubted = int(
        table.loc[
            table["about"].isin(edges.loc[edges["rank"] == edges["rank"].max(), "about"]), "statements_unsure"
        ].sum()
    )
    more = and_uncertain(doubted)
    named = [f"{capitalized(who)} {said}{' each' * tied}{more}" for who in leaders(edges, "about", "rank")]
    return (*named, f"None of {count_of(len(edges), 'actor')} is spoken about by more than {by}")


def dispute_board(table: pd.DataFrame) -> Caption:
    """Who denies or refuses what whom put forward, and to how much no answer was found."""
    if table.empty:
        subtitle = "Nothing that is left is denied, refused or waiting for an answer."
        return Caption(("No disputes",), subtitle, "An empty board: no disputes.", tells=False)
    told = [
        f"{row['claim_actor']}: “{shortened(row['claim_words'], 90)}” – {_answer_in_words(row)}"
        for row in rows_of(table)
    ]
    subtitle = f"What is put forward, and what answers it in this article: {_by_state(table)}"
    note = "" if table["sure"].all() else f"A question mark: uncertain (score below {UNSURE_BELOW})."
    return Caption(_board_titles(table), subtitle, alt_text("Claims and answers", told), note)


def _by_state(table: pd.DataFrame) -> str:
    """The disputes by what became of them, the uncertain ones counted apart; an answered one needs a certain answer."""
    tells = table["sure"] & ((table["answer"] != "") | ~table["state"].isin(("contested", "refused")))
    certain = table[tells].groupby("dispute", sort=False)["state"].first()
    doubted = table["dispute"].nunique() - len(certain)
    return f"{_counted(certain)}{and_uncertain(doubted)}" if len(certain) else f"{doubted} uncertain"


def _counted(states: pd.Series[str]) -> str:
    counts = states.value_counts()
    return listed([f"{counts[state]} {word}" for state, word in _SAID.items() if state in counts.index])


def _board_titles(table: pd.DataFrame) -> tuple[str, ...]:
    sure, answers = table[table["sure"]], table[table["answer"] != ""]
    answered = sure[sure["answer"] != ""]
    doubted = len(set(answers["answer"]) - set(answered["answer"]))
    more = f" (and {count_of(doubted, 'uncertain answer')})" if doubted else ""
    if len(answered):
        return tuple(title + more for title in _answer_titles(answered))
    states = sure.groupby("dispute", sort=False)["state"].first()
    if states.empty:
        return (f"Nothing here is certain: {_counted(table.groupby('dispute', sort=False)['state'].first())}",)
    return (f"{capitalized(_counted(states))}, none denied or refused{' for certain' * bool(doubted)}{more}",)


def _answer_in_words(row: Row) -> str:
    if not row["answer"]:
        return "no answer found"
    return f"{row['answer_actor']} {row['relation']}: “{shortened(row['answer_words'], 90)}”"


def _answer_titles(table: pd.DataFrame) -> Iterable[str]:
    """The first kind of answer that occurs, with who gives it to whom; names that are too many are counted."""
    for relation, one, many in (("denies", "denies", "deny"), ("refuses", "refuses", "refuse")):
        pairs = table[table["relation"] == relation]
        who = unique(pairs["answer_actor"])
        whom = [name for name in unique(pairs["claim_actor"]) if name != NO_ACTOR]
        if not who:
            continue
        verb, says = one if len(who) == 1 else many, "says" if len(whom) == 1 else "say"
        if relation == "refuses":
            says = "asks" if len(whom) == 1 else "ask"
        for limit in (200, 28):
            answering = listed([shortened(name, limit) for name in who]) if len(who) < 3 else f"{len(who)} actors"
            answered = listed([shortened(name, limit) for name in whom]) if len(whom) < 3 else f"{len(whom)} others"
            what = f"what {answered} {says}" if whom else "what stands without a source"
            yield f"{capitalized(answering)} {verb} {what}"
        return
