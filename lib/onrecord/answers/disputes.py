"""What stands disputed, refused, corroborated or unanswered. Nothing here says what is true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from onrecord.answers.statement_facts import LEAD_IN, Facts, closeness, gather_facts, same_actor, shared_words
from onrecord.records import Dispute, Statement
from onrecord.text import FUNCTION_WORDS, Words

PUT_FORWARD = ("claim", "accusation", "demand")
#: These put something forward where somebody denies or refuses it ("unfit": "she is fit").
WHERE_ANSWERED = ("evaluation", "commitment")
#: Two statements whose words are so close put the same proposition forward (chosen on training articles).
SAME_PROPOSITION = 0.5
#: Two accusations by one actor in the same paragraph or the next that name somebody in common or are so close are one
#: charge and its restatement: of 29 such pairs with an answer in the training articles 22 share one (76%), of all
#: pairs of accusations by one actor with an answer 70 of 157 (45%).
SAME_CHARGE = 0.05
_TOPIC_WORDS = 9
_ANSWERING = ("denies", "refuses")
#: Per id of a statement those that deny or refuse it, by their ids, with the relation.
Answered = Mapping[str, Mapping[str, tuple[Facts, str]]]


def pair_disputes(
    words: Words, statements: Sequence[Statement], *, facts: Sequence[Facts] | None = None
) -> tuple[Dispute, ...]:
    """The disputes of an article, in the order of the text, with ids D1, D2 …

    A dispute gathers the claims, accusations and demands of one proposition (answered by one and the same statement,
    nearly the same words, or a charge that its source restates) with all that denies or refuses them. An accusation
    that nobody answers is a dispute with state "unanswered" ("corroborated" where two sources put it forward); plain
    claims need an answer to be one. ``facts`` are those of ``gather_facts`` for the same statements, in their order.
    """
    facts = facts if facts is not None else gather_facts(words, statements)
    facts = [replace(each, statement=statement) for each, statement in zip(facts, statements, strict=True)]
    answered = _answered(facts)
    disputes = [d for group in _group(facts, answered) if (d := _dispute(words, group, answered))]
    return tuple(replace(dispute, id=f"D{number}") for number, dispute in enumerate(disputes, 1))


def _answered(facts: Sequence[Facts]) -> Answered:
    found: defaultdict[str, dict[str, tuple[Facts, str]]] = defaultdict(dict)
    for each in facts:
        for response in each.statement.responds_to:
            if response.to is not None and response.relation in _ANSWERING:
                found[response.to][each.statement.id] = each, response.relation
    return found


def _group(facts: Sequence[Facts], answered: Answered) -> list[list[Facts]]:
    """Statements that put the same proposition forward, in the order of the text; answers are no part of them."""
    ordered = sorted(facts, key=lambda each: each.place)
    forward = [each for each in ordered if _puts_forward(each.statement, answered)]
    parent = {each.statement.id: each.statement.id for each in forward}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = id = parent[parent[id]]
        return id

    for each in facts:
        ids = [r.to for r in each.statement.responds_to if r.to in parent and r.relation in _ANSWERING]
        for id in ids[1:]:
            parent[root(str(id))] = root(str(ids[0]))
    for one, other in (*_same_words(forward), *_same_charge(forward, answered)):
        parent[root(other.statement.id)] = root(one.statement.id)
    groups: dict[str, list[Facts]] = {}
    for each in forward:
        groups.setdefault(root(each.statement.id), []).append(each)
    return sorted(groups.values(), key=lambda group: group[0].place)


def _puts_forward(statement: Statement, answered: Answered) -> bool:
    return statement.act in PUT_FORWARD or (statement.act in WHERE_ANSWERED and statement.id in answered)


def _same_words(forward: Sequence[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """The pairs of statements as close as ``SAME_PROPOSITION``; of many with the same words each with the first alone.

    Two so close have one of the words in common that weigh most in the first: only those are compared (prefix
    filtering: Bayardo, Ma and Srikant 2007).
    """
    firsts: dict[frozenset[str], Facts] = {}
    by_word: defaultdict[str, list[Facts]] = defaultdict(list)
    for other in forward:
        first = firsts.setdefault(frozenset(other.vector), other)
        if first is not other:
            yield first, other
            continue
        near = {one.place: one for word in other.vector for one in by_word.get(word, ())}
        yield from ((one, other) for one in near.values() if closeness(one, other) >= SAME_PROPOSITION)
        for word in _heaviest(other.vector):
            by_word[word].append(other)


def _heaviest(vector: Mapping[str, float]) -> Iterator[str]:
    """The words of a vector of length 1 without which nothing can be as close to it as ``SAME_PROPOSITION``."""
    rest = 1.0
    for word, weight in sorted(vector.items(), key=lambda item: -item[1]):
        if math.sqrt(max(rest, 0.0)) < SAME_PROPOSITION - 1e-6:
            return
        yield word
        rest -= weight**2


def _same_charge(forward: Sequence[Facts], answered: Answered) -> Iterator[tuple[Facts, Facts]]:
    """The accusations that their source restates near by, unless each has answers of its own."""
    near: defaultdict[int, list[Facts]] = defaultdict(list)
    for each in forward:
        if each.statement.act == "accusation":
            near[each.paragraph].append(each)
    for number, here in near.items():
        for one, other in (*combinations(here, 2), *((a, b) for a in here for b in near.get(number + 1, ()))):
            if same_actor(one, other) and (one.named & other.named or closeness(one, other) >= SAME_CHARGE):
                answers = [answered.get(each.statement.id, {}).keys() for each in (one, other)]
                if not all(answers) or answers[0] & answers[1]:
                    yield one, other


def _dispute(words: Words, group: Sequence[Facts], answered: Answered) -> Dispute | None:
    ids = {each.statement.id for each in group}
    found = [
        (answer, relation)
        for each in group
        for answer, relation in answered.get(each.statement.id, {}).values()
        if answer.statement.id not in ids and not same_actor(answer, each)
    ]
    answers = sorted(found, key=lambda pair: pair[0].place)
    if not answers and not any(each.statement.act == "accusation" for each in group):
        return None
    state = _state(group, {relation for _, relation in answers})
    names = tuple(dict.fromkeys(each.statement.id for each, _ in answers))
    return Dispute(
        "", _topic(words, group, [each for each, _ in answers]), tuple(e.statement.id for e in group), names, state
    )


def _state(group: Sequence[Facts], relations: set[str]) -> str:
    if "denies" in relations:
        return "contested"
    if "refuses" in relations:
        return "refused"
    sources = {each.statement.actor for each in group if each.statement.actor and each.statement.nested_in is None}
    return "corroborated" if len(sources) > 1 else "unanswered"


def _topic(words: Words, group: Sequence[Facts], answers: Sequence[Facts]) -> str:
    """Words of the first claim that its answer shares, with what stands between them; else how it begins."""
    first = group[0]
    content = words.touching(first.statement.content)
    shared = {word for answer in answers for word in shared_words(answer, first)}
    places = sorted(k for k, i in enumerate(content) if any(i in first.words[word] for word in shared))
    start = places[0] if places else next((k for k, i in enumerate(content) if words.lower[i] not in LEAD_IN), 0)
    chosen = content[start : start + _TOPIC_WORDS]
    while chosen and words.lower[chosen[-1]] in FUNCTION_WORDS:
        chosen.pop()
    return " ".join(words.text[s:e].replace("\n", " ") for s, e in words.cover(chosen))
