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
from onrecord.names import Mentions, find_mentions
from onrecord.records import RELATIONS, Article, Reason, Response, Spans, Statement, Tokens
from onrecord.text import FUNCTION_WORDS, Wording, read_wording

_ABOUT_WORDS = 12
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
    raw = read_json("responses-1.json")
    return LinkModel(**raw)


def find_responses(
    article: Article, tokens: Tokens, statements: Sequence[Statement], *, mentions: Mentions | None = None
) -> tuple[Statement, ...]:
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
    linked = [(other, chance) for other, chance in zip(others, chances, strict=True) if chance >= threshold]
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
    """All statements but ``answer`` itself and the one that reports it, which it does not answer."""
    itself = (answer.statement.id, answer.statement.nested_in)
    return [each for each in facts if each.statement.id not in itself]


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


def describe_about(wording: Wording, answer: Facts) -> tuple[str, Spans]:
    """A short paraphrase in words of the text of what ``answer`` is about, and where they stand."""
    content = wording.within(answer.statement.content)
    start = next((k for k, i in enumerate(content) if wording.lower[i] not in LEAD_IN), 0)
    words = content[start : start + _ABOUT_WORDS]
    while words and wording.lower[words[-1]] in FUNCTION_WORDS:
        words.pop()
    spans = wording.cover(words)
    return " ".join(wording.text[s:e].replace("\n", " ") for s, e in spans).strip(' ,.;:"“”'), spans
