"""The tables of a corpus: every column, its type in DuckDB and Parquet, and what it holds."""

from __future__ import annotations

#: Goes up when a column changes its name, its type or its meaning; a folder says which one it was written in.
VERSION = 1

#: A column: its type and what it holds.
Column = tuple[str, str]

_ARTICLE: Column = ("VARCHAR", "id of the article")
_ACTOR: Column = ("VARCHAR", "who the source is, by the fullest name the article gives")
_SIDE: Column = ("VARCHAR", "the party, country or camp the actor belongs to; unknown where nothing tells")

TABLES: dict[str, dict[str, Column]] = {
    "texts": {
        "id": _ARTICLE,
        "title": ("VARCHAR", "as the file gives it, else the headline"),
        "date": ("VARCHAR", "2011-09-26, or null"),
        "outlet": ("VARCHAR", "the paper, agency or site; empty where nothing tells"),
        "byline": ("VARCHAR", "who wrote it"),
        "dateline": ("VARCHAR", "place, day and agency that open the story"),
        "english": ("BOOLEAN", "whether it is in English; what is not is passed over"),
        "text": ("VARCHAR", "the text that is analysed, and that offsets count"),
        "sha256": ("VARCHAR", "of the text"),
        "notes": ("VARCHAR[]", "what may make the analysis worse"),
        "problem": ("VARCHAR", "why it could not be read, or null"),
        "place": ("VARCHAR", "file, and row or number in it"),
        "file": ("INTEGER", "number of the file among the inputs, from 0"),
        "entry": ("INTEGER", "number of the article in its file, from 0"),
    },
    "analysed": {
        "id": _ARTICLE,
        "statements": ("INTEGER", "how many were found; null where the article was passed over or not analysed"),
        "problem": ("VARCHAR", "why it could not be analysed, or null"),
    },
    "statements": {
        "article": _ARTICLE,
        "id": ("VARCHAR", "S1, S2 …, in the order of the article"),
        "actor": _ACTOR,
        "actor_kind": ("VARCHAR", "named, role, group, unnamed, document or narrator"),
        "named": ("BOOLEAN", "whether the actor has a proper name"),
        "side": _SIDE,
        "act": ("VARCHAR", "what the source does with the content (docs/LABELS.md)"),
        "act_score": ("DOUBLE", "probability, 0 to 1, that the act is right"),
        "hedged": ("BOOLEAN", "whether the proposition is marked as less than certain"),
        "quote": ("VARCHAR", "direct, mixed or indirect"),
        "score": ("DOUBLE", "probability that this is a statement and has this source"),
        "source_words": ("VARCHAR", "the words that name the source"),
        "cue_words": ("VARCHAR", "the words that link source and content"),
        "content_words": ("VARCHAR", "what was said; … marks a gap"),
        "start": ("INTEGER", "first character of the content in the text"),
        "end": ("INTEGER", "character after its last one"),
        "record": ("VARCHAR", "the whole statement as JSON, in the file format (docs/formats.md)"),
    },
    "stances": {
        "article": _ARTICLE,
        "statement": ("VARCHAR", "id of the statement"),
        "actor": _ACTOR,
        "side": _SIDE,
        "polarity": ("VARCHAR", "favor or against"),
        "target": ("VARCHAR", "whom or what"),
        "target_type": ("VARCHAR", "actor or issue"),
        "score": ("DOUBLE", "probability, 0 to 1"),
        "evidence": ("VARCHAR", "the words that show it"),
    },
    "responses": {
        "article": _ARTICLE,
        "statement": ("VARCHAR", "id of the statement that answers"),
        "actor": _ACTOR,
        "relation": ("VARCHAR", "denies, confirms, refuses or declines"),
        "to": ("VARCHAR", "id of the statement that is answered, or null"),
        "about": ("VARCHAR", "what is answered, where no statement of the article is"),
        "score": ("DOUBLE", "probability, 0 to 1"),
    },
}
#: The tables that a reading of the texts makes, beside them.
READING = ("analysed", "statements", "stances", "responses")
