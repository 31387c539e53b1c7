"""Analysis → the tables that have a row per thing found: statements, stances, actors, disputes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from onrecord.plain_english import NO_ACTOR, printable, unique
from onrecord.records import Analysis, Article, Spans, Stance, Statement
from onrecord.tables.certainty import act_is_sure, is_sure, may_be_answered
from onrecord.tables.columns import Row, framed
from onrecord.tables.places import Places

#: A statement that answers a claim, how, and how sure that is; None where nobody answers.
Answer = tuple[Statement | None, str, float]


def statements(analysis: Analysis) -> pd.DataFrame:
    """A row per statement, in the order of the text, with every label and the words it rests on.

    Any slice of this table can be handed to the other tables as their ``rows``; only its ``id`` column counts.
    """
    places = Places(analysis)
    own = _own_words(places)
    return framed("statements", (_statement_row(analysis.article, places, s, own) for s in analysis.statements))


def chosen(analysis: Analysis, rows: pd.DataFrame | None) -> list[Statement]:
    """The statements of ``rows`` (a slice of ``statements``; all where it is None), in the order of the text."""
    if rows is None:
        return list(analysis.statements)
    ids = set(rows["id"])
    return [statement for statement in analysis.statements if statement.id in ids]


def stances(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per stance; a statement that takes none has one row with polarity ``none`` and no target."""
    places = Places(analysis)
    return framed(
        "stances",
        (
            _stance_row(analysis.article, places, statement, stance)
            for statement in chosen(analysis, rows)
            for stance in statement.stances or (None,)
        ),
    )


def actors(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per actor with the words the article uses for it; most statements first."""
    places = Places(analysis)
    own = _own_words(places)
    found = []
    for name, group in by_actor(chosen(analysis, rows)).items():
        found.append(
            {
                "actor": name,
                "side": group[0].side,
                "described_as": analysis.article.words_of(group[0].described, "; "),
                "actor_kind": group[0].actor_kind,
                "named": group[0].named,
                "statements": len(group),
                "statements_unsure": unsure_statements(group),
                "words": sum(own.get(s.id, 0) for s in group),
                "called": "; ".join(unique(analysis.article.words_of(s.source).rstrip(" ,") for s in group)),
                "first_paragraph": paragraph_of(places, group[0]),
                "ids": ids_of(group),
            }
        )
    return framed("actors", found)


def disputes(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per claim and answer of each dispute, both in the article's words; a claim nobody answers has one row.

    With ``rows``, the disputes in which one of these statements takes part, whole: a denial says little without
    what it denies.
    """
    places = Places(analysis)
    kept = {statement.id for statement in chosen(analysis, rows)}
    found = []
    for dispute in analysis.disputes:
        if kept.isdisjoint(dispute.claims + dispute.answers):
            continue
        for claim in dispute.claims:
            for answer, relation, score in _answers_to(analysis, claim, dispute.answers):
                put = analysis.statement(claim)
                row: Row = {"dispute": dispute.id, "state": dispute.state, "topic": dispute.topic}
                row |= _side_row(analysis, places, "claim", put) | _side_row(analysis, places, "answer", answer)
                row |= {"claim_act": put.act, "relation": relation, "score": score}
                found.append(row | {"sure": is_sure(score) and row["claim_sure"] and row["answer_sure"]})
    return framed("disputes", found)


def unanswered(analysis: Analysis, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """The accusations and demands to which no answer was found in the article, however uncertain one.

    A claim is left out here: most claims of an article call for no answer. What restates an answered charge is left
    out too. Answers outside the article are not seen.
    """
    places = Places(analysis)
    answered = may_be_answered(analysis)
    found = []
    for statement in chosen(analysis, rows):
        if statement.act in ("accusation", "demand") and statement.id not in answered:
            against = unique(s.target for s in statement.stances if s.polarity == "against")
            found.append(
                {
                    "id": statement.id,
                    "paragraph": paragraph_of(places, statement),
                    "actor": actor_name(statement),
                    "side": statement.side,
                    "act": statement.act,
                    "against": "; ".join(against),
                    "content_words": analysis.article.words_of(statement.content),
                    "act_score": statement.act_score,
                    "sure": act_is_sure(statement),
                }
            )
    return framed("unanswered", found)


def actor_name(statement: Statement) -> str:
    """The actor, or ``phrases.NO_ACTOR`` where the statement names no source."""
    return statement.actor or NO_ACTOR


def by_actor(found: list[Statement]) -> dict[str, list[Statement]]:
    """The statements of each actor; most statements first, then by name."""
    groups: dict[str, list[Statement]] = {}
    for statement in found:
        groups.setdefault(actor_name(statement), []).append(statement)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].casefold(), group[0])))


def unsure_statements(found: list[Statement]) -> int:
    """How many of the statements may be none, or stand in another mouth."""
    return sum(not is_sure(statement.score) for statement in found)


def ids_of(found: list[Statement]) -> str:
    return " ".join(statement.id for statement in found)


def paragraph_of(places: Places, statement: Statement) -> int:
    return places.paragraph(statement.content[0].start) if statement.content else 0


def stance_words(polarity: str, target: str) -> str:
    """A stance in the text form of the table; a ``;`` in a target becomes a comma, for it parts two stances."""
    return f"{polarity} {printable(' '.join(target.split()).replace(';', ','))}"


def parse_stances(text: str) -> list[tuple[str, str]]:
    """The polarities and targets of a ``stance`` cell.

    >>> parse_stances("against the plan; favor Pakistan")
    [('against', 'the plan'), ('favor', 'Pakistan')]
    """
    pairs = (part.partition(" ") for part in text.split("; ") if part)
    return [(polarity, target) for polarity, _, target in pairs]


def _own_words(places: Places) -> dict[str, int]:
    own: dict[str, int] = {}
    for _, owner in places.owned_words():
        own[owner] = own.get(owner, 0) + 1
    return own


def _statement_row(article: Article, places: Places, s: Statement, own: dict[str, int]) -> Row:
    return {
        "id": s.id,
        "paragraph": paragraph_of(places, s),
        "actor": actor_name(s),
        "side": s.side,
        "act": s.act,
        "stance": "; ".join(stance_words(stance.polarity, stance.target) for stance in s.stances),
        "hedged": s.hedged,
        "quote": s.quote,
        "source_words": article.words_of(s.source),
        "cue_words": article.words_of(s.cue),
        "content_words": article.words_of(s.content),
        "responds_to": "; ".join(f"{r.relation} {r.to}" if r.to else f"{r.relation}: {r.about}" for r in s.responds_to),
        "nested_in": s.nested_in or "",
        "actor_kind": s.actor_kind,
        "named": s.named,
        "words": own.get(s.id, 0),
        "act_score": s.act_score,
        "score": s.score,
        "evidence": "; ".join(unique(_evidence(article, s))),
        "rules": "; ".join(unique(f"{reason.label}: {reason.rule}" for reason in s.because if reason.rule)),
        "start": min((start for start, _ in s.content), default=0),
        "end": max((end for _, end in s.content), default=0),
    }


def _evidence(article: Article, statement: Statement) -> Iterator[str]:
    for reason in statement.because:
        if reason.spans:
            yield f"{reason.label}: {_quoted(article, reason.spans)}"
    for stance in statement.stances:
        if stance.evidence:
            yield f"{stance_words(stance.polarity, stance.target)}: {_quoted(article, stance.evidence)}"


def _quoted(article: Article, spans: Spans) -> str:
    return f"“{article.words_of(spans)}”"


def _stance_row(article: Article, places: Places, statement: Statement, stance: Stance | None) -> Row:
    return {
        "statement": statement.id,
        "paragraph": paragraph_of(places, statement),
        "actor": actor_name(statement),
        "side": statement.side,
        "polarity": stance.polarity if stance else "none",
        "target": stance.target if stance else "",
        "target_type": stance.target_type if stance else "",
        "score": stance.score if stance else statement.score,
        "evidence": article.words_of(stance.evidence) if stance else "",
        "content_words": article.words_of(statement.content),
    }


def _answers_to(analysis: Analysis, claim: str, answers: tuple[str, ...]) -> list[Answer]:
    """The answers to one claim; a single row without an answer where there are none."""
    linked: list[Answer] = [
        (answer, response.relation, response.score)
        for answer in map(analysis.statement, answers)
        for response in answer.responds_to
        if response.to == claim
    ]
    return linked or [(None, "", 1.0)]


def _side_row(analysis: Analysis, places: Places, role: str, statement: Statement | None) -> Row:
    return {
        role: statement.id if statement else "",
        f"{role}_actor": actor_name(statement) if statement else "",
        f"{role}_side": statement.side if statement else "",
        f"{role}_cue": analysis.article.words_of(statement.cue) if statement else "",
        f"{role}_words": analysis.article.words_of(statement.content) if statement else "",
        f"{role}_quote": statement.quote if statement else "",
        f"{role}_act_score": statement.act_score if statement else 1.0,
        f"{role}_sure": statement is None or act_is_sure(statement),
        f"{role}_paragraph": paragraph_of(places, statement) if statement else 0,
    }
