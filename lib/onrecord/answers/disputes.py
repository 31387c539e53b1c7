"""What stands disputed, refused, corroborated or unanswered. Nothing here says what is true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.answers.statement_facts import LEAD_IN, Facts, closeness, gather_facts, same_actor, shared_words
from onrecord.records import Article, Dispute, Statement
from onrecord.text import FUNCTION_WORDS, Wording, plain_wording

PUT_FORWARD = ("claim", "accusation", "demand")
#: These put something forward where somebody denies or refuses it ("unfit": "she is fit").
WHERE_ANSWERED = ("evaluation", "commitment")
#: Two statements whose words are so close put the same proposition forward (chosen on training articles).
SAME_PROPOSITION = 0.5
_TOPIC_WORDS = 9


def pair_disputes(article: Article, statements: Sequence[Statement]) -> tuple[Dispute, ...]:
    """The disputes of an article, in the order of the text, with ids D1, D2 …

    A dispute gathers the claims, accusations and demands of one proposition (answered by one and the same statement,
    or nearly the same words) with all that denies or refuses them. An accusation that nobody answers is a dispute
    with state "unanswered" ("corroborated" where two sources put it forward); plain claims need an answer to be one.
    """
    if not statements:
        return ()
    wording = plain_wording(article)
    facts = gather_facts(wording, statements)
    groups = _group(facts)
    disputes = [d for group in groups if (d := _dispute(wording, group, facts))]
    return tuple(replace(dispute, id=f"D{number}") for number, dispute in enumerate(disputes, 1))


def _group(facts: Sequence[Facts]) -> list[list[Facts]]:
    """Statements that put the same proposition forward, in the order of the text; answers are no part of them."""
    ordered = sorted(facts, key=lambda each: each.place)
    forward = [each for each in ordered if _puts_forward(each, facts)]
    parent = {each.statement.id: each.statement.id for each in forward}

    def root(id: str) -> str:
        while parent[id] != id:
            id = parent[id]
        return id

    for each in facts:
        ids = [r.to for r in each.statement.responds_to if r.to in parent and r.relation in ("denies", "refuses")]
        for id in ids[1:]:
            parent[root(str(id))] = root(str(ids[0]))
    for k, one in enumerate(forward):
        for other in forward[k + 1 :]:
            if closeness(one, other) >= SAME_PROPOSITION:
                parent[root(other.statement.id)] = root(one.statement.id)
    groups: dict[str, list[Facts]] = {}
    for each in forward:
        groups.setdefault(root(each.statement.id), []).append(each)
    return sorted(groups.values(), key=lambda group: group[0].place)


def _puts_forward(each: Facts, facts: Sequence[Facts]) -> bool:
    act = each.statement.act
    return act in PUT_FORWARD or (
        act in WHERE_ANSWERED
        and any(
            r.to == each.statement.id and r.relation in ("denies", "refuses")
            for other in facts
            for r in other.statement.responds_to
        )
    )


def _dispute(wording: Wording, group: Sequence[Facts], facts: Sequence[Facts]) -> Dispute | None:
    by_id = {each.statement.id: each for each in group}
    ids = by_id.keys()
    answers = [
        (each, response.relation)
        for each in sorted(facts, key=lambda each: each.place)
        for response in each.statement.responds_to
        if response.to in ids
        and response.relation in ("denies", "refuses")
        and each.statement.id not in ids
        and not same_actor(each, by_id[response.to])
    ]
    if not answers and not any(each.statement.act == "accusation" for each in group):
        return None
    state = _state(group, {relation for _, relation in answers})
    names = tuple(dict.fromkeys(each.statement.id for each, _ in answers))
    return Dispute(
        "", _topic(wording, group, [each for each, _ in answers]), tuple(e.statement.id for e in group), names, state
    )


def _state(group: Sequence[Facts], relations: set[str]) -> str:
    if "denies" in relations:
        return "contested"
    if "refuses" in relations:
        return "refused"
    sources = {each.statement.actor for each in group if each.statement.actor and each.statement.nested_in is None}
    return "corroborated" if len(sources) > 1 else "unanswered"


def _topic(wording: Wording, group: Sequence[Facts], answers: Sequence[Facts]) -> str:
    """Words of the first claim that its answer shares, with what stands between them; else how it begins."""
    first = group[0]
    content = wording.within(first.statement.content)
    shared = {word for answer in answers for word in shared_words(answer, first)}
    places = sorted(k for k, i in enumerate(content) if any(i in first.words[word] for word in shared))
    start = places[0] if places else next((k for k, i in enumerate(content) if wording.lower[i] not in LEAD_IN), 0)
    words = content[start : start + _TOPIC_WORDS]
    while words and wording.lower[words[-1]] in FUNCTION_WORDS:
        words.pop()
    return " ".join(wording.text[s:e].replace("\n", " ") for s, e in wording.cover(words)) if words else ""
