"""What "score from" means: statements, acts, stances and answers each by their own score."""

from __future__ import annotations

from dataclasses import replace

from onrecord.answers import pair_disputes
from onrecord.plain_english import count_of, listed
from onrecord.records import Analysis
from onrecord.tables import reaches
from onrecord.text import Words


def scored_from(analysis: Analysis, least: float) -> Analysis:
    """The analysis without the stances and answers whose own score is below ``least``; its disputes follow.

    Its statements stay: ``tables.filter_statements`` leaves out those whose own score, or whose act's, is too low.
    """
    if least <= 0:
        return analysis
    statements = tuple(
        replace(
            s,
            stances=tuple(stance for stance in s.stances if reaches(stance.score, least)),
            responds_to=tuple(answer for answer in s.responds_to if reaches(answer.score, least)),
        )
        for s in analysis.statements
    )
    words = Words(analysis.article, analysis.tokens)
    return replace(analysis, statements=statements, disputes=pair_disputes(words, statements))


def left_out(analysis: Analysis, least: float) -> str:
    """How many of each kind have a score below ``least``, in words; "" where there is nothing."""
    kept = [s for s in analysis.statements if reaches(min(s.score, s.act_score), least)]
    counts = {
        "statement": sum(not reaches(s.score, least) for s in analysis.statements),
        "act": sum(reaches(s.score, least) and not reaches(s.act_score, least) for s in analysis.statements),
        "stance": sum(not reaches(stance.score, least) for s in kept for stance in s.stances),
        "answer": sum(not reaches(answer.score, least) for s in kept for answer in s.responds_to),
    }
    return listed([count_of(count, kind) for kind, count in counts.items() if count])
