"""Whether the tables of an article hold together: what else would have to be asserted after every step."""

from __future__ import annotations

import pandas as pd

from onrecord.plain_english import NARRATOR
from onrecord.records import Analysis
from onrecord.tables.columns import framed
from onrecord.tables.statements import actors, stances, statements
from onrecord.tables.summaries import acts_by_actor, quotes_by_actor, words_by_side
from onrecord.tables.text import blocks, quotations, sentences, words


def checks(analysis: Analysis) -> pd.DataFrame:
    """A row per check and whether it holds; one that does not is a fault of the program."""
    rows, text = statements(analysis), analysis.article.text
    ids, sides = set(rows["id"]), words_by_side(analysis)
    by_actor = [" ".join(table(analysis)["ids"]).split() for table in (actors, acts_by_actor, quotes_by_actor)]
    cut = [
        " ".join(text[start:end].split()) == told
        for frame, column in ((blocks, "text"), (sentences, "text"), (quotations, "text"), (words, "word"))
        for start, end, told in frame(analysis)[["start", "end", column]].itertuples(index=False)
    ]
    held = {
        "Cut out of the text at its place, each line, sentence, word and quotation gives its words back": all(cut),
        "Each statement has a number of its own and lies within the text": bool(
            rows["id"].is_unique and rows["end"].le(len(text)).all()
        ),
        "By actor, each statement is counted once": all(sorted(each) == sorted(ids) for each in by_actor),
        "Each statement is in the table of stances": set(stances(analysis)["statement"]) == ids,
        "By side, the words are those of the statements": int(rows["words"].sum())
        == int(sides.loc[sides["side"] != NARRATOR, "words"].sum()),
    }
    return framed("checks", ({"check": check, "holds": holds} for check, holds in held.items()))
