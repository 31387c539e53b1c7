"""What is known of a statement, a line each: the card that a reader sees on hover, on focus and on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape as escape_html

from onrecord.plain_english import act_name, capitalized, listed, polarity_name, printable, shortened, side_name
from onrecord.records import Analysis, Article, Spans, Statement
from onrecord.tables import is_sure

#: Characters for each part of a rule; the table of statements has all of it.
_RULE_ROOM = 56


def card_lines(analysis: Analysis, statement: Statement) -> str:
    """All that is known of a statement, a line each, with the words it rests on."""
    return "".join(
        f"<span><b>{escape(label)}</b> {escape(words)}</span>" for label, words in _facts(analysis, statement) if words
    )


def _facts(analysis: Analysis, s: Statement) -> Iterator[tuple[str, str]]:
    article = analysis.article
    kind = "named" if s.named else "not named"
    yield f"{s.id} · {capitalized(act_name(s.act))}", _sure(s.act_score) + ("; hedged" if s.hedged else "")
    yield "Actor:", f"{s.actor or 'no source given'} ({kind}, {side_name(s.side)})"
    yield "Source:", _quoted(article, s.source)
    yield "Cue:", _quoted(article, s.cue)
    for stance in s.stances:
        resting = f", rests on {_quoted(article, stance.evidence)}" if stance.evidence else ""
        yield "Stance:", f"{polarity_name(stance.polarity)} {stance.target} ({_sure(stance.score)}{resting})"
    for reason in s.because:
        resting = f"rests on {_quoted(article, reason.spans)}" if reason.spans else ""
        yield f"{capitalized(reason.label.replace('_', ' '))}:", "; ".join(filter(None, [resting, _brief(reason.rule)]))
    answers = [f"{r.relation} {r.to or r.about}" for r in s.responds_to]
    yield "Answers:", "; ".join(answers)
    answered = [other.id for other in analysis.statements if any(r.to == s.id for r in other.responds_to)]
    yield "Answered by:", listed(answered)
    yield "Reported in:", s.nested_in or ""
    yield "Found with score:", f"{s.score:.2f}"


def _brief(rule: str) -> str:
    """The rule, its parts so short that a reader gets to the end: a list of words may fill half a card otherwise.

    >>> _brief("denial: cue: ~deny|~dispute|~refute; model 0.97")
    'denial: cue: ~deny|~dispute|~refute; model 0.97'
    """
    return "; ".join(shortened(part, _RULE_ROOM) for part in rule.split("; "))


def _sure(score: float) -> str:
    return f"score {score:.2f}" + (", uncertain" if not is_sure(score) else "")


def _quoted(article: Article, spans: Spans) -> str:
    return f"“{article.words_of(spans)}”" if spans else ""


def escape(text: str) -> str:
    """The text for HTML, in an attribute too; characters that no file can hold replaced."""
    return escape_html(printable(text))


def link_to(place: str, id: str, key: str) -> str:
    """The address of a statement's mark (``stmt``) or row (``row``) on the page, for an attribute.

    With a ``key`` the page is JupyterLab, which scrolls to the places that it can find by their address, but leaves
    them unmarked (no ``:target``). It does not find an encoded one, which the browser decodes, scrolls to and marks.

    >>> link_to("stmt", "S7", ""), link_to("stmt", "S7", "nb-")
    ('#stmt-S7', '#nb%2Dstmt%2DS7')
    """
    address = f"{key}{place}-{escape(id)}"
    return "#" + (address.replace("-", "%2D") if key else address)


def group_of(ids: Sequence[str]) -> str:
    """The name of a group of statements that one place of a chart shows, the same for the chart and the text.

    >>> group_of(["S1", "S4"]) == group_of(("S1", "S4")) != group_of(["S1"])
    True
    """
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:10]
