"""Which statement answers which, and what stands disputed, refused, corroborated or unanswered.

The links come from two models over ``link_features`` (``models/responses-1.json``, ``training/train_responses.py``):
the first lets all statements of the article, and none of them, compete for being what is answered; the second, a
logistic regression, looks at each among its rivals.
Nothing here says what is true.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np

from onrecord.answers import UNTOLD, Facts, closeness, gather_facts, same_actor, shared_words
from onrecord.linear import sigmoid, softmax
from onrecord.link_features import no_link_features, pair_features, second_look
from onrecord.mentions import Mentions, find_mentions
from onrecord.records import RELATIONS, Article, Dispute, Reason, Response, Spans, Statement, Tokens
from onrecord.wording import FUNCTION_WORDS, Wording, plain_wording, read_wording

PUT_FORWARD = ("claim", "accusation", "demand")
#: These put something forward where somebody denies or refuses it ("unfit": "she is fit").
WHERE_ANSWERED = ("evaluation", "commitment")
#: Two statements whose words are so close put the same proposition forward (chosen on training articles).
SAME_PROPOSITION = 0.5
_ABOUT_WORDS = 12
_TOPIC_WORDS = 9
_MAX_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Coefficients by feature name, and the probability from which a link is made, by act.

    ``weights`` are those of a pair in the first pass, ``none`` those of "it answers nothing here".
    """

    weights: Mapping[str, float]
    none: Mapping[str, float]
    second: Mapping[str, float]
    thresholds: Mapping[str, float]

    def chances(self, answer: Facts, others: Sequence[Facts]) -> list[float]:
        """Per other statement the probability that ``answer`` answers it."""
        rivals = [_sum(self.weights, features) for features in pair_features(answer, others)]
        first = softmax(np.array([_sum(self.none, no_link_features(answer, others)), *rivals]))[1:].tolist()
        return [sigmoid(_sum(self.second, features)) for features in second_look(answer, others, first)]


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


@functools.cache
def load_links() -> LinkModel:
    """The model of the links."""
    raw = json.loads(files("onrecord").joinpath("models/responses-1.json").read_text(encoding="utf-8"))
    return LinkModel(**raw)


def find_responses(
    article: Article, tokens: Tokens, statements: Sequence[Statement], *, mentions: Mentions | None = None,
) -> tuple[Statement, ...]:  # fmt: skip
    """The same statements, ``responds_to`` filled for denials, confirmations, refusals and no-comments.

    Where the article holds nothing that is answered, one ``Response`` with ``to=None`` says in words of the text what
    the answer is about. Each response is explained in ``because``. ``mentions`` are those of ``find_mentions``, which
    is called where they are not given.

    Not handled: answers to statements of other articles.
    """
    wording = read_wording(article, tokens)
    facts = gather_facts(wording, statements, mentions or find_mentions(article, tokens))
    return tuple(_answer(wording, each, facts) for each in facts)


def _answer(wording: Wording, answer: Facts, facts: Sequence[Facts]) -> Statement:
    statement = answer.statement
    relation = RELATIONS.get(statement.act)
    if relation is None:
        return replace(statement, responds_to=())
    others = may_answer(answer, facts)
    model = load_links()
    chances = model.chances(answer, others)
    threshold = model.thresholds[statement.act]
    linked = [(other, chance) for other, chance in zip(others, chances, strict=True) if round(chance, 3) >= threshold]
    if not linked:
        about, spans = describe_about(wording, answer)
        response = Response(None, relation, about, 1.0, spans)
        reason = Reason("responds_to", spans, "nothing that it answers is a statement of this article")
        return replace(statement, responds_to=(response,), because=(*statement.because, reason))
    responses = tuple(
        Response(other.statement.id, relation, "", round(chance, 4), _evidence(wording, answer, other))
        for other, chance in sorted(linked, key=lambda pair: pair[0].place)
    )
    reasons = tuple(_link_reason(wording, answer, other, chance) for other, chance in linked)
    return replace(statement, responds_to=responses, because=(*statement.because, *reasons))


def may_answer(answer: Facts, facts: Sequence[Facts]) -> list[Facts]:
    """All statements but ``answer`` itself and the one that reports it, which it does not answer.

    Nobody answers himself, and a denial does not deny one of the same side.
    """
    statement, itself = answer.statement, (answer.statement.id, answer.statement.nested_in)
    others = [each for each in facts if each.statement.id not in itself and not same_actor(answer, each)]
    if statement.act != "denial" or statement.side in UNTOLD:
        return others
    return [each for each in others if each.statement.act != "denial" or each.statement.side != statement.side]


def _evidence(wording: Wording, answer: Facts, other: Facts) -> Spans:
    """The words of both statements that they have in common; the cue of the answer where there are none."""
    shared = shared_words(answer, other)[:_MAX_EVIDENCE]
    if not shared:
        return answer.statement.cue
    return wording.cover([i for word in shared for i in (*answer.words[word], *other.words[word])])


def _link_reason(wording: Wording, answer: Facts, other: Facts, chance: float) -> Reason:
    shared = shared_words(answer, other)[:_MAX_EVIDENCE]
    words = ", ".join(wording.lower[answer.words[word][0]] for word in shared)
    what = f"shares {words}" if words else "stands near, with no word in common"
    return Reason("responds_to", _evidence(wording, answer, other), f"{other.statement.id}: {what}; model {chance:.2f}")


_LEAD_IN = frozenset(
    "that to on about whether if of for any not n't would will has had have he she it they we i was is were are "
    "'' `` \" , . : discuss comment say answer know seen".split()
)


def describe_about(wording: Wording, answer: Facts) -> tuple[str, Spans]:
    """A short paraphrase in words of the text of what ``answer`` is about, and where they stand."""
    content = wording.within(answer.statement.content)
    start = next((k for k, i in enumerate(content) if wording.lower[i] not in _LEAD_IN), 0)
    words = content[start : start + _ABOUT_WORDS]
    while words and wording.lower[words[-1]] in FUNCTION_WORDS:
        words.pop()
    spans = wording.cover(words)
    return " ".join(wording.text[s:e].replace("\n", " ") for s, e in spans).strip(' ,.;:"“”'), spans


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
    start = places[0] if places else next((k for k, i in enumerate(content) if wording.lower[i] not in _LEAD_IN), 0)
    words = content[start : start + _TOPIC_WORDS]
    while words and wording.lower[words[-1]] in FUNCTION_WORDS:
        words.pop()
    return " ".join(wording.text[s:e].replace("\n", " ") for s, e in wording.cover(words)) if words else ""
