"""Small texts that were read wrongly once, kind by kind, the whole way with the default engine.

Each row of ``cases/readings.csv`` says what must hold of its text, in a few words:

- ``who WORDS = ACTOR``      the innermost statement whose content holds the words is the actor's
- ``not WORDS = ACTOR``      no statement whose content holds the words is
- ``did ACT = ACTOR``        a statement of the actor has this act; ``notdid``: none has
- ``act WORDS = ACT``        the innermost statement with the words has this act
- ``stance ACTOR > TARGET = POLARITY, …``  what the actor's statements show toward the target is one of these, or none
- ``side ACTOR = SIDE, …``   the actor stands on one of these sides
- ``name NAME``              a source goes by just this name, and no other by one that ends alike
- ``answers WORDS > WORDS``  the first is linked to the second; ``answered ACTOR > WORDS``: an answer of the actor is
- ``noself``                 nobody answers himself
- ``absent WORDS``           no statement holds the words; ``nothing``: the text holds no statement
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import pytest
from casefiles import cases

from onrecord import Analysis, Statement, analyze
from onrecord.text import parse_article

_PLAIN = str.maketrans("’‘“”", "''\"\"")


@functools.cache
def read(text: str) -> Analysis:
    return analyze(parse_article(text))


def plain(words: str) -> str:
    return " ".join(words.translate(_PLAIN).lower().split())


def words_of(analysis: Analysis, statement: Statement) -> str:
    return plain(analysis.article.words_of(statement.content, " "))


def holding(analysis: Analysis, words: str) -> list[Statement]:
    """The statements whose content holds the words, the innermost first."""
    found = [each for each in analysis.statements if plain(words) in words_of(analysis, each)]
    return sorted(found, key=lambda each: len(words_of(analysis, each)))


def by(analysis: Analysis, actor: str) -> list[Statement]:
    return [each for each in analysis.statements if plain(actor) in plain(each.actor)]


def who(analysis: Analysis, rest: str) -> bool:
    words, actor = rest.split(" = ")
    return any(plain(actor) in plain(each.actor) for each in holding(analysis, words)[:1])


def act(analysis: Analysis, rest: str) -> bool:
    words, right = rest.split(" = ")
    return [each.act for each in holding(analysis, words)[:1]] == [right]


def did(analysis: Analysis, rest: str) -> bool:
    right, actor = rest.split(" = ")
    return right in {each.act for each in by(analysis, actor)}


def stance(analysis: Analysis, rest: str) -> bool:
    parties, right = rest.split(" = ")
    actor, target = parties.split(" > ")
    shown = {s.polarity for each in by(analysis, actor) for s in each.stances if plain(target) in plain(s.target)}
    return bool(by(analysis, actor)) and (shown or {"none"}) <= set(right.split(", "))


def side(analysis: Analysis, rest: str) -> bool:
    actor, right = rest.split(" = ")
    return bool(by(analysis, actor)) and {each.side for each in by(analysis, actor)} <= set(right.split(", "))


def name(analysis: Analysis, right: str) -> bool:
    alike = {each.actor for each in analysis.statements if right.split()[-1] in each.actor.split()}
    return alike == {right}


def links(analysis: Analysis, answers: list[Statement], words: str) -> bool:
    answered = {response.to for each in answers for response in each.responds_to}
    return any(each.id in answered for each in holding(analysis, words))


def answers_itself(analysis: Analysis) -> Iterator[str]:
    for each in analysis.statements:
        for response in each.responds_to:
            if response.to and each.actor and analysis.statement(response.to).actor == each.actor:
                yield each.id


CHECKS: dict[str, Callable[[Analysis, str], bool]] = {
    "who": who,
    "not": lambda analysis, rest: (
        not any(plain(rest.split(" = ")[1]) in plain(each.actor) for each in holding(analysis, rest.split(" = ")[0]))
    ),
    "did": did,
    "notdid": lambda analysis, rest: not did(analysis, rest),
    "act": act,
    "stance": stance,
    "side": side,
    "name": name,
    "answers": lambda analysis, rest: links(
        analysis, holding(analysis, rest.split(" > ")[0])[:1], rest.split(" > ")[1]
    ),
    "answered": lambda analysis, rest: links(analysis, by(analysis, rest.split(" > ")[0]), rest.split(" > ")[1]),
    "noself": lambda analysis, rest: not [*answers_itself(analysis)],
    "absent": lambda analysis, rest: not holding(analysis, rest),
    "nothing": lambda analysis, rest: not analysis.statements,
}


@pytest.mark.parametrize("case", cases("readings"))
def test_what_was_read_wrongly_once(case: dict[str, str]) -> None:
    analysis = read(case["text"].replace("\\n", "\n"))
    for check in case["check"].split(" & "):
        verb, _, rest = check.partition(" ")
        assert CHECKS[verb](analysis, rest), check
