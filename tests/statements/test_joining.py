"""What a tagger marks becomes statements: joined, read again within themselves, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from onrecord.records import Attribution
from onrecord.statements import attributions as joining
from onrecord.statements.attributions import find_attributions
from onrecord.statements.linker import load_linker
from onrecord.statements.tagger import Chunk, Judgement
from onrecord.text import Words, parse_article

ROLE_OF = {"s": "source", "c": "cue", "t": "content"}
MAY = "the paper said the mayor said the clerk said the guard said the bridge is closed since the flood in May"


@dataclass
class Marked:
    """What a tagger saw: chunks, and nothing that tells them apart."""

    chunks: list[Chunk]

    def affinity(self, cue: Chunk, other: Chunk) -> float:
        return 4.0

    def judge(self, *_: object) -> Judgement | None:
        return None


class Saying:
    """A tagger that reads "X said Y" and no more: the first "said" of each sentence that it is shown."""

    name, model = "default", "said"

    def __init__(self) -> None:
        self.read_texts: list[int] = []

    def read(self, words: Words) -> Marked:
        self.read_texts.append(len(words.forms))
        edges = [0, *(i for i in range(1, len(words.forms)) if words.sentence_of[i] != words.sentence_of[i - 1])]
        return Marked(
            [c for first, end in pairwise([*edges, len(words.forms)]) for c in self._sentence(words, first, end)]
        )

    def _sentence(self, words: Words, first: int, end: int) -> Iterable[Chunk]:
        said = next((i for i in range(first, end) if words.lower[i] == "said"), None)
        last = end - (words.forms[end - 1] == ".")
        if said is not None and said + 1 < last:
            if said > first:
                yield Chunk("source", first, said, 0.999)
            yield Chunk("cue", said, said + 1, 0.999)
            yield Chunk("content", said + 1, last, 0.999)


def ask(monkeypatch: pytest.MonkeyPatch, *, nested: float = 0.0) -> None:
    """The shipped coefficients, with thresholds that let all through but for ``nested``."""
    model = replace(load_linker("default"), threshold=0.0, nested=nested, least_source=-99.0, least_content=-99.0)
    monkeypatch.setattr(joining, "load_linker", lambda name: model)


@pytest.fixture(autouse=True)
def everything_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(monkeypatch)


def read(text: str, tagger: Saying | None = None) -> tuple[Words, tuple[Attribution, ...]]:
    words = Words.of(parse_article(text))
    return words, find_attributions(words, tagger or Saying())


def told(words: Words, found: Iterable[Attribution]) -> list[tuple[str, str, int | None]]:
    text = words.text
    return [
        (" ".join(text[s:e] for s, e in a.source), " ".join(text[s:e] for s, e in a.content)[:20], a.nested_in)
        for a in found
    ]


def test_contents_are_read_again_twice_and_no_deeper() -> None:
    words, found = read(f"{MAY[0].upper()}{MAY[1:]}.")
    assert told(words, found) == [
        ("The paper", "the mayor said the c", None),
        ("the mayor", "the clerk said the g", 0),
        ("the clerk", "the guard said the b", 1),
    ]


def test_where_nothing_can_be_nested_nothing_is_read_again() -> None:
    tagger = Saying()
    read("The mayor said the bridge is closed.", tagger)
    assert len(tagger.read_texts) == 1


def test_a_reading_that_is_given_is_used() -> None:
    words, tagger = Words.of(parse_article("The mayor said the bridge is closed.")), Saying()
    reading = tagger.read(words)
    tagger.read_texts.clear()
    assert len(find_attributions(words, tagger, reading=reading)) == 1
    assert tagger.read_texts == []


def test_a_statement_without_a_source_has_none() -> None:
    words, found = read("Said the bridge is closed.")
    assert told(words, found) == [("", "the bridge is closed", None)]
    assert found[0].source == ()


@pytest.mark.parametrize("content", ["“ ”", "…", "— “…”"])
def test_marks_alone_are_no_content(content: str) -> None:
    assert read(f"The mayor said {content} .")[1] == ()


def test_each_has_its_kind_of_quotation_and_a_score() -> None:
    _, found = read("The mayor said the bridge is closed. The clerk said “the bridge is open now” .")
    assert [each.quote for each in found] == ["indirect", "direct"]
    assert all(0 < each.score <= 1 for each in found)


@pytest.mark.parametrize(("nested", "found"), [(1.0, 1), (0.0, 2)])
def test_a_nested_statement_must_be_as_sure_as_the_engine_asks(
    nested: float, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, nested=nested)
    assert len(read("The paper said the mayor said the bridge is closed.")[1]) == found


def test_order_is_that_of_contents_the_outer_one_first() -> None:
    words, found = read(
        "The clerk said it rained. The paper said the mayor said the bridge is closed. The guard said it is old."
    )
    assert [(source, outer) for source, _, outer in told(words, found)] == [
        ("The clerk", None),
        ("The paper", None),
        ("the mayor", 1),
        ("The guard", None),
    ]
