"""The data dictionary: every column of every table, its type and what it means.

The tables are built from it, so that a table of no rows has the same columns and types as any other, and the
exported dictionary cannot drift from the exported files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from onrecord.plain_english import printable
from onrecord.records import ACTS

#: A row of a table before it is one: a value per column.
Row = dict[str, Any]
#: A column: its type (str, int, float or bool) and what it holds.
Column = tuple[type, str]

_UNSURE: Column = (int, "those of statements whose own score is below the mark")
_IDS: Column = (str, "ids of the statements that were counted, with a space between two")
_ACTOR: Column = (str, "who the source is, by the fullest name the article gives")
_SIDE: Column = (str, "the party, country or camp the actor belongs to; unknown where nothing tells")

COLUMNS: dict[str, dict[str, Column]] = {
    "statements": {
        "id": (str, "S1, S2 …, in the order of the text"),
        "paragraph": (int, "number of the paragraph in which the content begins; 0 is the headline"),
        "actor": _ACTOR,
        "side": _SIDE,
        "act": (
            str,
            "what the source does with the content: " + ", ".join(ACTS) + "; empty where uncertain and hidden",
        ),
        "stance": (str, "whom or what the source is for or against: 'favor X; against Y'; empty for none"),
        "hedged": (bool, "whether the proposition is marked as less than certain"),
        "quote": (str, "direct (all in quotation marks), mixed (in part) or indirect (none)"),
        "source_words": (str, "the words of the article that name the source; empty where it names none"),
        "cue_words": (str, "the words that link source and content"),
        "content_words": (str, "what was said; … marks a gap"),
        "responds_to": (str, "which statements it answers, and how: 'denies S10; declines: the question'"),
        "nested_in": (str, "id of the statement whose content reports this one"),
        "actor_kind": (str, "named, role, group, unnamed, document or narrator"),
        "named": (bool, "whether the actor has a proper name"),
        "words": (int, "words of the content, without those of statements nested in it"),
        "act_score": (float, "probability, 0 to 1, that the act is right"),
        "score": (float, "probability, 0 to 1, that this is a statement and has this source"),
        "evidence": (str, "the words each label rests on"),
        "rules": (str, "the rule, or what the model saw, behind each label"),
        "start": (int, "first character of the content in the text as received"),
        "end": (int, "character after the last one of the content"),
    },
    "stances": {
        "statement": (str, "id of the statement"),
        "paragraph": (int, "number of the paragraph in which the content begins; 0 is the headline"),
        "actor": _ACTOR,
        "side": _SIDE,
        "polarity": (str, "favor, against, or none: a statement without a stance has one row, with none"),
        "target": (str, "whom or what the source is for or against; empty for none"),
        "target_type": (str, "actor or issue; empty for none"),
        "score": (float, "probability, 0 to 1, that the stance is right"),
        "evidence": (str, "the words the stance rests on"),
        "content_words": (str, "what was said; … marks a gap"),
    },
    "actors": {
        "actor": _ACTOR,
        "side": _SIDE,
        "described_as": (str, "the article's own words beside the name for who this is; empty for none"),
        "actor_kind": (str, "named, role, group, unnamed, document or narrator"),
        "named": (bool, "whether the actor has a proper name"),
        "statements": (int, "number of statements"),
        "statements_unsure": _UNSURE,
        "words": (int, "words of their contents, those of nested statements left out"),
        "called": (str, "the words the article uses for the actor, with ; between two"),
        "first_paragraph": (int, "paragraph of the first statement"),
        "ids": _IDS,
    },
    "stance_by_actor": {
        "actor": _ACTOR,
        "side": _SIDE,
        "statements": (int, "number of statements"),
        "statements_unsure": _UNSURE,
        "favor": (int, "stances for somebody or something; a statement may hold up to three stances"),
        "against": (int, "stances against somebody or something"),
        "none": (int, "statements without a stance"),
        "none_unsure": (int, "those of none whose own score is below the mark"),
        "favor_unsure": (int, "those of favor whose score is below the mark"),
        "against_unsure": (int, "those of against whose score is below the mark"),
        "ids": _IDS,
    },
    "stance_by_target": {
        "target": (str, "whom or what the stances are about"),
        "target_type": (str, "actor or issue"),
        "favor": (int, "stances for it"),
        "against": (int, "stances against it"),
        "favor_unsure": (int, "those of favor whose score is below the mark"),
        "against_unsure": (int, "those of against whose score is below the mark"),
        "actors": (str, "who holds them, with ; between two"),
        "ids": _IDS,
    },
    "stance_matrix": {
        "actor": _ACTOR,
        "side": _SIDE,
        "target": (str, "whom or what the stances are about"),
        "target_type": (str, "actor or issue"),
        "favor": (int, "stances of this actor for this target"),
        "against": (int, "stances of this actor against this target"),
        "favor_unsure": (int, "those of favor whose score is below the mark"),
        "against_unsure": (int, "those of against whose score is below the mark"),
        "ids": _IDS,
    },
    "acts_by_actor": {
        "actor": _ACTOR,
        "side": _SIDE,
        "statements": (int, "number of statements"),
        "statements_unsure": _UNSURE,
        **{act: (int, f"statements whose act is {act}") for act in ACTS},
        **{f"{act}_unsure": (int, f"those of {act} whose act score is below the mark") for act in ACTS},
        "ids": _IDS,
    },
    "quotes_by_actor": {
        "actor": _ACTOR,
        "side": _SIDE,
        "statements": (int, "number of statements"),
        "statements_unsure": _UNSURE,
        "direct": (int, "statements wholly in quotation marks"),
        "mixed": (int, "statements in part in quotation marks"),
        "indirect": (int, "statements without quotation marks"),
        "direct_unsure": (int, "those of direct whose own score is below the mark"),
        "mixed_unsure": (int, "those of mixed whose own score is below the mark"),
        "indirect_unsure": (int, "those of indirect whose own score is below the mark"),
        "ids": _IDS,
    },
    "words_by_side": {
        "side": (str, "the side whose words they are; 'the article itself' for words of no statement"),
        "actors": (int, "number of actors on this side"),
        "statements": (int, "number of statements"),
        "statements_unsure": _UNSURE,
        "words": (int, "words of the contents, each counted once, for the innermost statement that holds it"),
        "words_unsure": (int, "those of words that stand in statements whose own score is below the mark"),
        "quoted_words": (int, "those of words that stand in quotation marks"),
        "share": (float, "words as a share, 0 to 1, of all words of the article"),
        "ids": _IDS,
    },
    "timeline": {
        "paragraph": (int, "number of the paragraph; 0 is the headline"),
        "actor": (str, "who holds the floor; 'the article itself' for words of no statement"),
        "side": _SIDE,
        "statements": (int, "statements of the actor with words in this paragraph"),
        "statements_unsure": _UNSURE,
        "words": (int, "words, each counted once, for the innermost statement that holds it"),
        "share": (float, "words as a share, 0 to 1, of the paragraph's words"),
        "acts": (str, "the acts of these statements, with ; between two"),
        "acts_unsure": (str, "those of acts that are uncertain in every statement that has them, with ; between two"),
        "ids": _IDS,
    },
    "network": {
        "actor": _ACTOR,
        "about": (
            str,
            "whom the statements are about: a target of a stance, or somebody whom the content names or means",
        ),
        "favor": (int, "stances for it"),
        "against": (int, "stances against it"),
        "neutral": (int, "statements that speak of it and take no stance on it"),
        "favor_unsure": (int, "those of favor whose score is below the mark"),
        "against_unsure": (int, "those of against whose score is below the mark"),
        "neutral_unsure": (int, "those of neutral whose own score is below the mark"),
        "statements": (int, "number of statements about it"),
        "statements_unsure": (int, "those of statements of which nothing here is certain"),
        "ids": _IDS,
    },
    "disputes": {
        "dispute": (str, "id of the dispute"),
        "state": (str, "contested (denied), refused, corroborated (two sources, no answer) or unanswered"),
        "topic": (str, "what it is about"),
        "claim": (str, "id of the statement that puts it forward"),
        "claim_actor": (str, "who puts it forward"),
        "claim_side": (str, "the side of that actor"),
        "claim_act": (str, "claim, accusation or demand"),
        "claim_act_score": (float, "probability, 0 to 1, that this act is right"),
        "claim_sure": (bool, "whether that statement and its act are certain"),
        "claim_cue": (str, "the words that link its source and content"),
        "claim_words": (str, "what is put forward, in the article's words"),
        "claim_quote": (str, "direct, mixed or indirect"),
        "claim_paragraph": (int, "paragraph in which it begins"),
        "answer": (str, "id of the statement that answers; empty where none does"),
        "answer_actor": (str, "who answers"),
        "answer_side": (str, "the side of that actor"),
        "relation": (str, "denies, refuses, confirms or declines; empty where none answers"),
        "answer_act_score": (float, "probability, 0 to 1, that the act of the answer is right; 1 where none answers"),
        "answer_sure": (bool, "whether that statement and its act are certain; true where none answers"),
        "answer_cue": (str, "the words that link its source and content"),
        "answer_words": (str, "the answer, in the article's words"),
        "answer_quote": (str, "direct, mixed or indirect"),
        "answer_paragraph": (int, "paragraph in which the answer begins; 0 where none answers"),
        "score": (float, "probability, 0 to 1, that the answer is one to this claim; 1 where none answers"),
        "sure": (bool, "whether claim, answer and the link between them are all certain"),
    },
    "unanswered": {
        "id": (str, "id of the statement"),
        "paragraph": (int, "number of the paragraph in which the content begins; 0 is the headline"),
        "actor": _ACTOR,
        "side": _SIDE,
        "act": (str, "accusation or demand: what calls for an answer"),
        "against": (str, "whom it is against, with ; between two"),
        "content_words": (str, "what was said; … marks a gap"),
        "act_score": (float, "probability, 0 to 1, that the act is right"),
        "sure": (bool, "whether the statement and its act are certain"),
    },
    "blocks": {
        "number": (int, "place in the article, from 1"),
        "kind": (str, "headline, byline, label, paragraph or furniture (not analysed)"),
        "paragraph": (int, "number of the paragraph; 0 where it has none"),
        "start": (int, "first character in the text as received"),
        "end": (int, "character after the last one"),
        "text": (str, "the words"),
    },
    "sentences": {
        "number": (int, "place in the article, from 1"),
        "paragraph": (int, "number of the paragraph; 0 is the headline"),
        "words": (int, "number of words, marks not counted"),
        "quoted": (bool, "whether a quotation begins or runs in it"),
        "start": (int, "first character in the text as received"),
        "end": (int, "character after the last one"),
        "text": (str, "the sentence"),
    },
    "checks": {
        "check": (str, "what has to hold of the tables of an article"),
        "holds": (bool, "whether it does"),
    },
    "scores": {
        "measure": (str, "what is measured, or the kind of statement it is measured on"),
        "score": (float, "F1, or the share that is right, 0 to 1"),
        "low": (float, "lower end of the 95% interval; empty where there are too few articles"),
        "high": (float, "upper end of the 95% interval"),
        "items": (int, "how many items of the gold it was measured on"),
    },
    "reliability": {
        "from": (float, "lower end of the bin of scores"),
        "statements": (int, "statements found whose score lies in the bin"),
        "mean_score": (float, "their mean score; empty for none"),
        "right": (float, "share of them that is in the gold with this source; empty for none"),
        "low": (float, "lower end of the 95% interval of right"),
        "high": (float, "upper end of the 95% interval of right"),
    },
    "confusion": {
        "gold": (str, "the act in the gold; '(not in gold)' for statements that were invented"),
        **{act: (int, f"how many of them were read as {act}") for act in ACTS},
        "not_found": (int, "how many of them were not found"),
    },
    "errors": {
        "article": (str, "id of the article"),
        "error": (str, "missed, invented or wrong source"),
        "quote": (str, "direct, mixed or indirect"),
        "cue_kind": (str, "speech verb, other verb, noun, according to, punctuation or none"),
        "source_gold": (str, "the source in the gold; empty for invented ones"),
        "source_found": (str, "the source that was found; empty for missed ones"),
        "cue": (str, "the words that link source and content"),
        "content_gold": (str, "the content in the gold; empty for invented ones"),
        "content_found": (str, "the content that was found; empty for missed ones"),
        "score": (float, "score of what was found; empty for missed ones"),
        "context": (str, "the sentences it stands in"),
    },
    "words": {
        "number": (int, "place in the article, from 1, marks counted"),
        "sentence": (int, "number of the sentence"),
        "paragraph": (int, "number of the paragraph; 0 is the headline"),
        "word": (str, "the word or mark, as NLTK's word tokenizer splits it"),
        "role": (str, "source, cue or content, as the innermost statement has it; empty for words of none"),
        "statement": (str, "id of that statement"),
        "start": (int, "first character in the text as received"),
        "end": (int, "character after the last one"),
    },
    "quotations": {
        "number": (int, "place in the article, from 1"),
        "paragraph": (int, "number of the paragraph; 0 is the headline"),
        "level": (int, "1 in double marks, 2 a quotation within one"),
        "closed": (bool, "whether its closing mark was found"),
        "words": (int, "number of words, marks not counted"),
        "ids": (str, "ids of the statements with content in it; empty for scare quotes and titles"),
        "start": (int, "first character, the mark included"),
        "end": (int, "character after the closing mark"),
        "text": (str, "the quotation, marks included"),
    },
}

_DTYPES = {str: "str", int: "int64", float: "float64", bool: "bool"}


def framed(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows as table ``name``: its columns in their order and types, also where there are no rows.

    Text is made printable. Raises ``KeyError`` where a row lacks a column.
    """
    columns = COLUMNS[name]
    kept = list(rows)
    return pd.DataFrame(
        {
            column: pd.Series([_cell(row[column]) for row in kept], dtype=_DTYPES[kind])
            for column, (kind, _) in columns.items()
        }
    )


def _cell(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def data_dictionary(*names: str) -> pd.DataFrame:
    """Every column of the tables ``names`` (all where none is given): table, column, type, meaning."""
    rows = [
        (name, column, kind.__name__, meaning)
        for name in names or COLUMNS
        for column, (kind, meaning) in COLUMNS[name].items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "meaning"], dtype="str")
