"""Which statement answers which.

The links come from two models over ``link_features`` (``models/responses-1.json``, ``training/train_responses.py``):
the first lets all statements of the article, and none of them, compete for being what is answered; the second, a
logistic regression, looks at each among its rivals.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.answers.link_features import no_link_features, pair_features, second_look
from onrecord.answers.statement_facts import LEAD_IN, Facts, gather_facts, shared_words
from onrecord.models import read_json, sigmoid, softmax
from onrecord.records import RELATIONS, Reason, Response, Spans, Statement
from onrecord.text import FUNCTION_WORDS, Words

_ABOUT_WORDS = 12
_MAX_EVIDENCE = 4
#: Nothing answers what stands more statements away: the farthest of 3,239 links of the training articles are 52.
REACH = 150


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
        chances = [0.0] * len(others)
        for number, features in second_look(answer, others, first):
            chances[number] = sigmoid(_sum(self.second, features))
        return chances


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in features.items()])


@functools.cache
def load_links() -> LinkModel:
    """The model of the links."""
    raw = read_json("responses-1.json")
    return LinkModel(**raw)


def find_responses(
    words: Words, statements: Sequence[Statement], *, facts: Sequence[Facts] | None = None
) -> tuple[Statement, ...]:
    """The same statements, ``responds_to`` filled for denials, confirmations, refusals and no-comments.

    Where the article holds nothing that is answered, one ``Response`` with ``to=None`` says in words of the text what
    the answer is about. Each response is explained in ``because``. ``facts`` are those of ``gather_facts``, which
    is called where they are not given.

    Not handled: answers to statements of other articles.
    """
    facts = facts if facts is not None else gather_facts(words, statements)
    return tuple(_answer(words, each, facts) for each in facts)


def _answer(words: Words, answer: Facts, facts: Sequence[Facts]) -> Statement:
    statement = answer.statement
    relation = RELATIONS.get(statement.act)
    if relation is None:
        return replace(statement, responds_to=())
    others = may_answer(answer, facts)
    model = load_links()
    chances = model.chances(answer, others)
    threshold = model.thresholds[statement.act]
    linked = [(other, chance) for other, chance in zip(others, chances, strict=True) if chance >= threshold]
    if not linked:
        about, spans = describe_about(words, answer)
        response = Response(None, relation, about, 1.0, spans)
        reason = Reason("responds_to", spans, "nothing that it answers is a statement of this article")
        return replace(statement, responds_to=(response,), because=(*statement.because, reason))
    responses = tuple(
        Response(other.statement.id, relation, "", round(chance, 4), _evidence(words, answer, other))
        for other, chance in sorted(linked, key=lambda pair: pair[0].place)
    )
    reasons = tuple(_link_reason(words, answer, other, chance) for other, chance in linked)
    return replace(statement, responds_to=responses, because=(*statement.because, *reasons))


def may_answer(answer: Facts, facts: Sequence[Facts]) -> list[Facts]:
    """The statements within ``REACH`` but ``answer`` itself and the one that reports it, which it does not answer."""
    itself = (answer.statement.id, answer.statement.nested_in)
    near = (each for each in facts if abs(each.place - answer.place) <= REACH)
    return [each for each in near if each.statement.id not in itself]


def _evidence(words: Words, answer: Facts, other: Facts) -> Spans:
    """The words of both statements that they have in common; the cue of the answer where there are none."""
    shared = shared_words(answer, other)[:_MAX_EVIDENCE]
    if not shared:
        return answer.statement.cue
    return words.cover([i for word in shared for i in (*answer.words[word], *other.words[word])])


def _link_reason(words: Words, answer: Facts, other: Facts, chance: float) -> Reason:
    shared = shared_words(answer, other)[:_MAX_EVIDENCE]
    told = ", ".join(words.lower[answer.words[word][0]] for word in shared)
    what = f"shares {told}" if told else "stands near, with no word in common"
    return Reason("responds_to", _evidence(words, answer, other), f"{other.statement.id}: {what}; model {chance:.2f}")


def describe_about(words: Words, answer: Facts) -> tuple[str, Spans]:
    """A short paraphrase in words of the text of what ``answer`` is about, and where they stand."""
    content = words.touching(answer.statement.content)
    start = next((k for k, i in enumerate(content) if words.lower[i] not in LEAD_IN), 0)
    chosen = content[start : start + _ABOUT_WORDS]
    while chosen and words.lower[chosen[-1]] in FUNCTION_WORDS:
        chosen.pop()
    spans = words.cover(chosen)
    return " ".join(words.text[s:e].replace("\n", " ") for s, e in spans).strip(' ,.;:"“”'), spans
