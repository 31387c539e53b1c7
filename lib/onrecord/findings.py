"""The main findings of an article in sentences, computed from the same tables that are printed and drawn.

They say what the tagging found, never what is true, and name the statements (S1, S2 …) they count. They count certain
labels alone; uncertain ones, where the Analysis holds any, are named as such.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from onrecord import captions, tables
from onrecord.plain_english import NARRATOR, NO_ACTOR, capitalized, count_of, listed, shortened, unique
from onrecord.records import Analysis

#: Statements named one by one in a finding; of more, the first ones.
MAX_IDS = 6
#: Actors named one by one.
MAX_NAMES = 4
NOTHING = "No statement was found: nobody is quoted or reported here, or the tagging missed it."


def main(analysis: Analysis) -> list[str]:
    """The three findings to begin with: who speaks most, what draws most stances, who denies or refuses what."""
    if not analysis.statements:
        return [NOTHING]
    disputes = tables.disputes(analysis)
    sure = disputes[disputes["sure"]]
    relations = [relation for relation in ("denies", "refuses") if relation in set(sure["relation"])]
    rows = sure[sure["relation"].isin(relations[:1])]
    parties = unique([*rows["claim"], *rows["answer"]])
    return [
        *who_says_what(analysis)[1:2],
        _with_ids(
            captions.stance_matrix(tables.stance_matrix(analysis)).title,
            _about_leaders(tables.stance_by_target(tables.certain(analysis))),
        ),
        _with_ids(captions.dispute_board(disputes).title, " ".join(parties)),
    ]


def _about_leaders(targets: pd.DataFrame) -> str:
    """The ids behind the targets with most stances, as far as a title names them: no more than two."""
    drawn = targets["favor"] + targets["against"]
    lead = targets[drawn == drawn.max()]
    return " ".join(lead["ids"]) if len(lead) < 3 else ""


def about_article(analysis: Analysis) -> list[str]:
    """What was read: title, outlet and date (as far as the text tells them), its length, its furniture, warnings."""
    article, blocks = analysis.article, tables.blocks(analysis)
    furniture = int((blocks["kind"] == "furniture").sum())
    place = ", ".join(part for part in (article.outlet, article.byline, article.date) if part)
    words = int(tables.sentences(analysis)["words"].sum())
    paragraphs = int((blocks["paragraph"] > 0).sum())
    left_out = f"; {count_of(furniture, 'line')} of page furniture left out" if furniture else ""
    return [
        f"“{article.title or article.id}”" + (f" ({place})" if place else "") + ".",
        f"{count_of(words, 'word')} in {count_of(len(analysis.tokens.sentences), 'sentence')} and "
        f"{count_of(paragraphs, 'paragraph')}{left_out}.",
        *article.notes,
    ]


def reading(analysis: Analysis) -> list[str]:
    """How much of the article is other people's words, and how much of that is quoted."""
    sides = tables.words_by_side(tables.certain(analysis))
    told, own = sides[sides["side"] != NARRATOR], sides[sides["side"] == NARRATOR]
    words, quoted = int(told["words"].sum()), int(told["quoted_words"].sum())
    total = words + int(own["words"].sum())
    open_ones = sum(not quotation.closed for quotation in analysis.tokens.quotations)
    found = [NOTHING]
    if len(told):
        found = [
            f"{words / total:.0%} of the words ({words:,} of {total:,}) report what somebody says; "
            f"{quoted:,} of them stand in quotation marks.",
            _title(captions.words_by_side(tables.words_by_side(analysis)).title),
        ]
    if open_ones:
        found.append(f"{count_of(open_ones, 'quotation')} without a closing mark: read there by hand.")
    return found


def who_says_what(analysis: Analysis) -> list[str]:
    """How many actors make how many statements, who speaks most, who stays unnamed."""
    if not analysis.statements:
        return [NOTHING]
    sure = tables.certain(analysis)
    actors, doubted = tables.actors(sure), len(analysis.statements) - len(sure.statements)
    if actors.empty:
        return [f"{count_of(doubted, 'statement')}, none of them certain."]
    known = actors[actors["actor"] != NO_ACTOR]
    found = [
        _by_how_many(known, int(actors["statements"].sum() - known["statements"].sum()), doubted),
        *(_speaks_most(first) for _, first in known.head(1).iterrows()),
        _title(captions.acts_by_actor(tables.acts_by_actor(analysis)).title),
    ]
    unnamed = known[~known["named"]]
    if len(unnamed):
        total = int(unnamed["statements"].sum())
        count, come = count_of(total, "statement"), "comes" if total == 1 else "come"
        found.append(f"{count} {come} from sources without a name: {_names(list(unnamed['actor']), 3)}.")
    return found


def _by_how_many(known: pd.DataFrame, without: int, doubted: int) -> str:
    """How many statements by how many actors; those that give no source are nobody's."""
    told = [f"{count_of(int(known['statements'].sum()), 'statement')} by {count_of(len(known), 'actor')}"]
    told += [f"{count_of(without, 'statement') if known.empty else without} without a source"] if without else []
    return f"{', '.join(told[bool(without) and known.empty :])}{captions.and_uncertain(doubted)}."


def _speaks_most(first: pd.Series[Any]) -> str:
    return (
        f"{capitalized(first['actor'])} speaks most: {count_of(int(first['statements']), 'statement')}, "
        f"{count_of(int(first['words']), 'word')} ({_ids(first['ids'])})."
    )


def _names(names: list[str], most: int) -> str:
    """The names in a list; of more than ``most`` the first ones, and how many there are beside."""
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return listed([*(shortened(name, 60) for name in names[:most]), *more])


def where_they_stand(analysis: Analysis) -> list[str]:
    """How many stances there are, who holds most of them, and what draws most of them."""
    if not analysis.statements:
        return [NOTHING]
    stances = tables.stance_by_actor(analysis)
    silent = stances[(stances["favor"] == 0) & (stances["against"] == 0) & (stances["actor"] != NO_ACTOR)]
    found = [
        _title(captions.stance_by_actor(stances).title),
        _title(captions.stance_matrix(tables.stance_matrix(analysis)).title),
    ]
    targets = tables.stance_by_target(tables.certain(analysis))
    split = targets[(targets["favor"] > 0) & (targets["against"] > 0)]
    if len(split):
        found.append(f"Sources differ on {listed(list(split['target'][:3]))}: some are for, some against.")
    if len(silent):
        names = _names(list(silent["actor"]), 4)
        none = "No certain stance" if analysis.full else "No stance"
        found.append(f"{none} was found in what {names} {'says' if len(silent) == 1 else 'say'}.")
    return found


def claims_and_denials(analysis: Analysis) -> list[str]:
    """Who denies or refuses what, who will not comment, and to which accusations and demands no answer was found."""
    if not analysis.statements:
        return [NOTHING]
    disputes, open_ones = tables.disputes(analysis), tables.unanswered(analysis)
    sure = tables.statements(tables.certain(analysis))
    every = tables.statements(analysis)["act"].value_counts()
    found = [_title(captions.dispute_board(disputes).title)]
    found += [
        _by_actor(sure[sure["act"] == act], noun, int(every.get(act, 0)))
        for act, noun in (("denial", "denial"), ("refusal", "refusal"), ("no_comment", "refusal to comment"))
    ]
    if open_ones["sure"].any():
        ids = open_ones.loc[open_ones["sure"], "id"]
        count = count_of(len(ids), "accusation or demand", "accusations and demands")
        more = captions.and_uncertain(len(open_ones) - len(ids))
        found.append(f"No answer to {count}{more} was found in this article ({_ids(' '.join(ids))}).")
    return [finding for finding in found if finding]


def _by_actor(rows: pd.DataFrame, noun: str, every: int) -> str:
    """How many certain ones, by whom; ``every`` counts the uncertain ones too. Empty for none."""
    if not every:
        return ""
    plural = "refusals to comment" if noun == "refusal to comment" else ""
    if rows.empty:
        return f"{count_of(every, f'uncertain {noun}', plural and f'uncertain {plural}')}."
    count = count_of(len(rows), noun, plural) + captions.and_uncertain(every - len(rows))
    known = rows[rows["actor"] != NO_ACTOR]
    by = [f"by {_names(unique(known['actor']), MAX_NAMES)}"] if len(known) else []
    by += [f"{len(rows) - len(known)} without a source"] if len(known) < len(rows) else []
    return f"{', '.join([count, *by])} ({_ids(' '.join(rows['id']))})."


def _with_ids(title: str, ids: str) -> str:
    """The title as a sentence with the statements behind it, where there are any."""
    return f"{title} ({_ids(ids)})." if ids else _title(title)


def _title(title: str) -> str:
    return f"{title}."


def _ids(ids: str) -> str:
    """The ids of a cell, the first ones of many.

    >>> _ids("S1 S2 S3 S4 S5 S6 S7")
    'S1, S2, S3, S4, S5, S6 …'
    """
    every = ids.split()
    return ", ".join(every[:MAX_IDS]) + " …" * (len(every) > MAX_IDS)
