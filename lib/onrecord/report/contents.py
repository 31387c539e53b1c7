"""Analysis → the report on one article: findings, figures, tables, quotes with their place, method, provenance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pandas as pd

from onrecord import charts, findings, tables
from onrecord.captions import paragraph_name, rows_of
from onrecord.charts import Chart
from onrecord.export import Provenance
from onrecord.plain_english import act_name, capitalized, count_of, listed, polarity_name, side_name
from onrecord.records import DISPUTE_STATES, RELATIONS, Analysis
from onrecord.report.document_parts import Document, Figure, Part, Points, Quote, Section, Table, Text
from onrecord.report.method_note import method
from onrecord.tables import UNSURE_BELOW, Row, is_sure, parse_stances

_ACTS = {relation: act for act, relation in RELATIONS.items()}
_WARNING = (
    "The labels in this report were given by a program. A label says what a source does, never whether it is true; "
    "a good part of the labels is wrong (how many, is measured under “How was this made?”). Read the sentences "
    "behind a number before you print it, above all where it is small: each statement carries its place, "
    "S for the statement and ¶ for the paragraph."
)


def report_document(analysis: Analysis, provenance: Provenance) -> Document:
    """The report on all statements of ``analysis``; a section with nothing to show says so in a line, and an article
    without statements has findings, method and provenance only.

    The same analysis and provenance give the same report.
    """
    article = analysis.article
    place = ", ".join(part for part in (article.outlet, article.byline, article.date) if part)
    title = f"Who is on record with what: {article.title or article.id}"
    sections = (
        Section("What was found?", _findings(analysis)),
        *(_shown(analysis, _Drawing(analysis, provenance)) if analysis.statements else ()),
        Section("How was this made?", method(analysis, provenance)),
        Section("Where does this come from?", _provenance(provenance)),
    )
    return Document(title, place, sections, provenance)


def _shown(analysis: Analysis, draw: _Drawing) -> tuple[Section, ...]:
    """What there is to show of an article with statements."""
    return (
        Section("Who speaks, and how much?", _speakers(analysis, draw)),
        Section("What do they do with their words?", _acts(analysis, draw)),
        Section("Where do they stand?", _stances(analysis, draw)),
        Section("What is claimed, and who denies it?", _disputes(analysis, draw)),
        Section("To what was no answer found?", _unanswered(analysis)),
        Section("What do they say in their own words?", _own_words(analysis)),
        Section("Which statements are there?", _statements(analysis, draw)),
    )


class _Drawing:
    """Figures and tables of one report: numbered in order, each with the report's source line."""

    def __init__(self, analysis: Analysis, provenance: Provenance) -> None:
        self.analysis, self.source = analysis, provenance.source_line()
        self.figures = self.tables = 0

    def figure(self, chart: Callable[..., Chart], table: pd.DataFrame, shows: str) -> Part:
        """The chart of the table, with what it ``shows`` as caption; where it tells no more than its title, that."""
        drawn = chart(table, source=self.source)
        if not drawn.caption.tells:
            return Text(f"{drawn.caption.title}.")
        self.figures += 1
        return Figure(drawn, f"Figure {self.figures}. {shows}.")

    def table(self, frame: pd.DataFrame, caption: str) -> tuple[Part, ...]:
        """The table; nothing where it is empty, for the figure beside it says so already."""
        if frame.empty:
            return ()
        self.tables += 1
        return (Table(frame, f"Table {self.tables}. {caption}", self.source),)


def _findings(analysis: Analysis) -> tuple[Part, ...]:
    about = (findings.who_says_what, findings.where_they_stand, findings.claims_and_denials)
    found = [sentence for finder in about for sentence in finder(analysis)]
    read = [*findings.about_article(analysis)[1:], *findings.reading(analysis)[:1]]
    if not analysis.statements:
        return Points((findings.NOTHING,)), Text(" ".join(read))
    return Points(tuple(dict.fromkeys(found))), Text(_WARNING, strong=True), Text(" ".join(read))


def _speakers(analysis: Analysis, draw: _Drawing) -> tuple[Part, ...]:
    actors = tables.actors(analysis)
    shown = pd.DataFrame(
        {
            "actor": actors["actor"],
            "who that is": actors["described_as"],
            "side": actors["side"].map(side_name),
            "kind": actors["actor_kind"],
            "statements": actors["statements"],
            "words": actors["words"],
            "where": actors["ids"].str.replace(" ", ", "),
        }
    )
    return (
        draw.figure(charts.words_by_side, tables.words_by_side(analysis), "Words of each side"),
        draw.figure(charts.timeline, tables.timeline(analysis), "Who holds the floor, paragraph by paragraph"),
        *draw.table(shown, "Who makes how many statements, in how many words."),
    )


def _acts(analysis: Analysis, draw: _Drawing) -> tuple[Part, ...]:
    return (draw.figure(charts.acts_by_actor, tables.acts_by_actor(analysis), "Acts by actor"),)


def _stances(analysis: Analysis, draw: _Drawing) -> tuple[Part, ...]:
    targets = tables.stance_by_target(analysis)
    shown = targets[["target", "against", "favor", "actors"]].rename(columns={"favor": "for", "actors": "by"})
    return (
        draw.figure(charts.stance_by_actor, tables.stance_by_actor(analysis), "Stances by actor"),
        draw.figure(charts.stance_matrix, tables.stance_matrix(analysis), "Stances by actor and target"),
        draw.figure(charts.network, tables.network(analysis), "Who speaks about whom"),
        *draw.table(shown.assign(where=targets["ids"].str.replace(" ", ", ")), "Stances by target."),
    )


def _disputes(analysis: Analysis, draw: _Drawing) -> tuple[Part, ...]:
    """The board, then the words: each answered dispute's claims and answers; those without have a section to follow."""
    disputes = tables.disputes(analysis)
    parts: list[Part] = [draw.figure(charts.dispute_board, disputes, "Claims and answers")]
    groups = [rows_of(rows) for _, rows in disputes[disputes["state"] != "unanswered"].groupby("dispute", sort=False)]
    for rows in sorted(groups, key=lambda rows: DISPUTE_STATES.index(rows[0]["state"])):
        claims = {row["claim"]: row for row in rows}
        answers = {row["answer"]: row for row in rows if row["answer"]}
        told = {id: f"{act_name(row['claim_act'])}, {row['state']}" for id, row in claims.items()}
        told |= {id: _answering(rows, id) for id in answers}
        parts += [_quote(analysis, id, capitalized(role)) for id, role in told.items()]
    return tuple(parts)


def _answering(rows: list[Row], answer: str) -> str:
    """What the statement ``answer`` does to the claims of a dispute: "denial, denies S10 and S19 (uncertain)"."""
    mine = [row for row in rows if row["answer"] == answer]
    to = listed([row["claim"] + " (uncertain)" * (not is_sure(row["score"])) for row in mine])
    return f"{act_name(_ACTS[mine[0]['relation']])}, {mine[0]['relation']} {to}"


def _quote(analysis: Analysis, id: str, role: str) -> Quote:
    """A statement as it is quoted: in its own words where they stand in quotation marks, else the article's sentences.

    What is reported is a fragment without them ("that it aides militants").
    """
    row = rows_of(tables.statements(analysis).query("id == @id"))[0]
    statement = analysis.statement(id)
    sentences = tuple(
        sentence.span
        for sentence in analysis.tokens.sentences
        if any(start < sentence.span.end and sentence.span.start < end for start, end in statement.content)
    )
    words = row["content_words"] if statement.quote == "direct" else analysis.article.words_of(sentences, " ")
    return Quote(words, row["actor"], id, paragraph_name(row["paragraph"]), role)


def _unanswered(analysis: Analysis) -> tuple[Part, ...]:
    found = rows_of(tables.unanswered(analysis))
    if not found:
        return (Text("An answer was found to every accusation and demand, or there is none."),)
    note = "Accusations and demands to which no answer was found here. It may stand elsewhere, or have been missed."
    roles = {
        row["id"]: _doubted(row["act"], row["act_score"]) + (f", against {row['against']}" if row["against"] else "")
        for row in found
    }
    return (Text(note), *(_quote(analysis, id, role) for id, role in roles.items()))


def _own_words(analysis: Analysis) -> tuple[Part, ...]:
    """Every statement quoted in full or in part, by actor; most statements first."""
    found = tables.statements(analysis)
    quoted = found[found["quote"] != "indirect"]
    order = list(tables.actors(analysis)["actor"])
    rows = sorted(rows_of(quoted), key=lambda row: order.index(row["actor"]))
    count = count_of(len(rows), "statement")
    return (
        Text(f"{count} of {len(found):,} quoted in full or in part; … marks words left out."),
        *(_quote(analysis, row["id"], _doubted(row["act"], row["act_score"])) for row in rows),
    )


def _statements(analysis: Analysis, draw: _Drawing) -> tuple[Part, ...]:
    rows = rows_of(tables.statements(analysis))
    shown = pd.DataFrame(
        [
            {
                "id": row["id"],
                "¶": paragraph_name(row["paragraph"]).lstrip("¶"),
                "actor": row["actor"],
                "act": _doubted(row["act"], row["act_score"]).lower(),
                "stance": "; ".join(f"{polarity_name(pole)} {target}" for pole, target in parse_stances(row["stance"])),
                "words": row["content_words"],
            }
            for row in rows
        ]
    )
    caption = f"All statements, in the order of the text. A question mark: score below {UNSURE_BELOW}."
    return draw.table(shown, caption)


def _doubted(act: str, score: float) -> str:
    """The act with a question mark where it is uncertain: "Denial?"."""
    return capitalized(act_name(act)) + "?" * (not is_sure(score))


def _provenance(provenance: Provenance) -> tuple[Part, ...]:
    fields = {name.replace("_", " "): str(value) for name, value in asdict(provenance).items() if value != ""}
    frame = pd.DataFrame({"field": list(fields), "value": list(fields.values())})
    return (Table(frame, "What this report was made from.", provenance.source_line()),)
