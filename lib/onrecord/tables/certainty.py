"""Which labels are certain, and an Analysis that holds these alone: the one switch that hides the uncertain ones."""

from __future__ import annotations

from dataclasses import replace

from onrecord.answers import pair_disputes
from onrecord.records import Analysis, OnrecordError, Response, Stance, Statement
from onrecord.text import Words

#: Scores below this mark are shown as uncertain, hatched in charts, dotted in the reading view: such a label is
#: more likely wrong than right.
UNSURE_BELOW = 0.5
#: Scores are rounded to so many decimals before they are compared with a mark: as a reader sees them.
DECIMALS = 2
UNCERTAIN = ("shown", "hidden")


def reaches(score: float, least: float) -> bool:
    """Whether a score, as it is printed, is ``least`` or more: what is hatched is what "score from 0.50" leaves out.

    >>> reaches(0.4978, 0.5), reaches(0.494, 0.5)
    (True, False)
    """
    return round(score, DECIMALS) >= least


def is_sure(score: float) -> bool:
    """Whether a score reaches the mark below which a label is uncertain."""
    return reaches(score, UNSURE_BELOW)


def act_is_sure(statement: Statement) -> bool:
    """Whether both the statement and its act are certain."""
    return is_sure(min(statement.score, statement.act_score))


def stance_is_sure(statement: Statement, stance: Stance) -> bool:
    """Whether both the statement and the stance are certain."""
    return is_sure(min(statement.score, stance.score))


def certain(analysis: Analysis, uncertain: str = "hidden") -> Analysis:
    """The Analysis without its uncertain statements, acts, stances and answers; as it is for ``uncertain="shown"``.

    An uncertain act is empty (""), for the statement is there all the same. Disputes are paired anew from what is
    left; one that loses all its answers is left out, for it may be answered. Raises ``OnrecordError`` for another word
    than "shown" or "hidden".
    """
    if uncertain not in UNCERTAIN:
        raise OnrecordError(f"uncertain labels are {' or '.join(UNCERTAIN)}, not {uncertain!r}.")
    if uncertain == "shown" or analysis.full is not None:
        return analysis
    left = {statement.id for statement in analysis.statements if is_sure(statement.score)}
    statements = tuple(_certain(statement, left) for statement in analysis.statements if statement.id in left)
    maybe = may_be_answered(analysis)
    disputes = tuple(
        dispute
        for dispute in pair_disputes(Words(analysis.article, analysis.tokens), statements)
        if dispute.answers or maybe.isdisjoint(dispute.claims)
    )
    return replace(analysis, statements=statements, disputes=disputes, full=analysis)


def may_be_answered(analysis: Analysis) -> set[str]:
    """The ids of what is answered, however uncertainly, and of what belongs to a dispute that is."""
    full = analysis.full or analysis
    linked = {response.to for statement in full.statements for response in statement.responds_to if response.to}
    return linked.union(*(dispute.claims for dispute in full.disputes if dispute.answers))


def _certain(statement: Statement, left: set[str]) -> Statement:
    """The statement with its certain labels; ``left`` are the ids of those that are not left out."""
    sure = act_is_sure(statement)
    return replace(
        statement,
        nested_in=statement.nested_in if statement.nested_in in left else None,
        act=statement.act if sure else "",
        stances=tuple(stance for stance in statement.stances if stance_is_sure(statement, stance)),
        responds_to=tuple(r for r in statement.responds_to if sure and _is_left(r, left)),
    )


def _is_left(response: Response, left: set[str]) -> bool:
    return is_sure(response.score) and (response.to is None or response.to in left)
