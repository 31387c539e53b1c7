"""Whom a source is for or against, case by case; and that no span whatever breaks the step."""

from __future__ import annotations

import pytest
from casefiles import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from onrecord.actors.resolve import resolve_actors
from onrecord.labels.acts import tag_acts
from onrecord.labels.stances import tag_stances
from onrecord.names.mentions import find_mentions
from onrecord.records import POLARITIES, Article, Attribution, Block, Span, Stance
from onrecord.text.words import Words

TEXT = "“We won’t back Bo Wu,” Al Li said. She praised Peru, and they asked: why? …  Peru “may” act — or not."


def stances_of(words: Words, attributions: tuple[Attribution, ...]) -> tuple[Stance, ...]:
    mentions = find_mentions(words)
    actors = resolve_actors(words, attributions)
    (found,) = tag_stances(words, attributions, actors, tag_acts(words, attributions), mentions)
    return found


@pytest.mark.parametrize("case", cases("stances"))
def test_actor_stances(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["marked"])
    found = [s for s in stances_of(words, attributions) if s.target_type == "actor"]
    wanted = [(case["target"], case["polarity"])] if case["target"] else []
    assert [(s.target, s.polarity) for s in found] == wanted
    assert all(s.evidence for s in found)


def test_nobody_has_a_stance_on_himself() -> None:
    words, attributions = read_marked("<s>Al Li</s> <c>said</c> <t>critics of Al Li are wrong about him</t>.")
    assert "Al Li" not in {stance.target for stance in stances_of(words, attributions)}


spans = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=3).map(
    lambda pairs: tuple(sorted(Span(min(p), max(p)) for p in pairs))
)


@settings(max_examples=60, deadline=None)
@given(source=spans, cue=spans, content=spans)
def test_any_spans(source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> None:
    article = Article(TEXT, blocks=(Block(Span(0, len(TEXT)), "paragraph", 1),))
    found = stances_of(Words.of(article), (Attribution(source, cue, content),))
    assert len(found) <= 3
    for stance in found:
        assert stance.polarity in POLARITIES and stance.target_type in ("actor", "issue") and 0 <= stance.score <= 1
        assert all(0 <= s < e <= len(TEXT) for s, e in stance.evidence)
