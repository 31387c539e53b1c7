"""How the readings of a candidate are weighed: the words' model, the encoder's reading of words and that of a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from marked import read_marked

from onrecord.actors import resolve_actors
from onrecord.labels import stances
from onrecord.labels.acts import tag_acts
from onrecord.labels.stance_features import Candidate, read_setting
from onrecord.labels.stance_lines import Target
from onrecord.labels.stances import (
    Judged,
    Mix,
    evidence,
    kind_of,
    load_mix,
    log_inputs,
    mixed,
    network_chances,
    statement_targets,
    tag_stances,
    weigh_lines,
)
from onrecord.models import Floats
from onrecord.names import find_mentions
from onrecord.records import Span, Stance
from onrecord.statements import Line

NEUTRAL = "<s>Ann Roe</s> <c>said</c> <t>Bo Wu lives near the new bridge</t>."
#: Per word of the article: none, actor favor, actor against, issue favor, issue against.
NOTHING, FOR, AGAINST = (1.0, 0.0, 0.0, 0.0, 0.0), (0.02, 0.96, 0.01, 0.0, 0.0), (0.02, 0.01, 0.96, 0.0, 0.0)


def read(marked: str, row: Sequence[float] | None, *, name: str = "Wu") -> list[tuple[str, str, str]]:
    """The stances of the one statement where the encoder reads ``row`` at ``name`` and nothing elsewhere."""
    words, attributions = read_marked(marked)
    scores = None
    if row is not None:
        scores = [{i: row if words.forms[i] == name else NOTHING for i in range(len(words.forms))}]
    (found,) = tag_stances(
        words,
        attributions,
        resolve_actors(words, attributions),
        tag_acts(words, attributions),
        find_mentions(words),
        scores=scores,
    )
    return [(each.target, each.target_type, each.polarity) for each in found]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (FOR, [("Bo Wu", "actor", "favor")]),
        (AGAINST, [("Bo Wu", "actor", "against")]),
        (NOTHING, []),
    ],
)
def test_what_the_encoder_reads_at_a_name_decides(row: Sequence[float], wanted: list[tuple[str, str, str]]) -> None:
    assert read(NEUTRAL, row) == wanted


def test_what_the_encoder_reads_at_a_noun_is_a_stance_on_an_issue() -> None:
    against = (0.02, 0.0, 0.0, 0.01, 0.96)
    assert read(NEUTRAL, against, name="bridge") == [("the new bridge", "issue", "against")]


def test_the_chances_are_those_of_the_word_that_the_encoder_is_surest_of() -> None:
    candidate = Candidate("Bo Wu", ((3,), (7, 8)))
    scores = {3: (0.9, 0.05, 0.05, 0.0, 0.0), 7: (0.2, 0.1, 0.7, 0.0, 0.0), 8: (0.5, 0.4, 0.1, 0.3, 0.6)}
    seen = network_chances(candidate, "actor", scores)
    assert seen is not None
    assert seen == pytest.approx([0.2, 0.1, 0.7])
    issue = network_chances(candidate, "issue", scores)
    assert issue is not None
    assert issue == pytest.approx([0.1, 0.3, 0.6])
    assert issue.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("scores", [None, {}, {5: AGAINST}])
def test_where_the_encoder_read_none_of_its_words_there_are_no_chances(scores: dict[int, Sequence[float]]) -> None:
    assert network_chances(Candidate("Bo Wu", ((3,),)), "actor", scores) is None


def test_each_kind_of_target_has_its_own_weights() -> None:
    assert {"actor", "before", "described", "issue"} <= set(load_mix())
    assert all(isinstance(mix, Mix) and 0 < mix.threshold < 0.5 for mix in load_mix().values())
    inner = Candidate("Bo Wu", ((1,),))
    at = (Span(0, 5),)
    assert kind_of(Target("Bo Wu", at, inner)) == "actor"
    assert kind_of(Target("Bo Wu", at)) == "before"
    assert kind_of(Target("the council", at, None, True)) == "described"


def test_a_reading_without_weight_changes_nothing_and_none_is_ever_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    sure, unsure = np.array([0.0, 0.0, 1.0]), np.array([0.5, 0.3, 0.2])
    monkeypatch.setattr(stances, "load_mix", lambda: {"actor": Mix(1.0, 0.0, 0.0, (0.0, 0.0, 0.0), 0.3)})
    assert mixed(log_inputs(unsure, sure, sure), "actor") == pytest.approx(unsure)
    chances = mixed(log_inputs(sure, unsure, unsure), "actor")
    assert chances.sum() == pytest.approx(1.0)
    assert 0 < chances[0] < 0.01
    assert 0.99 < chances[2] < 1


class Reader:
    """Reads every line alike: the first of its targets with ``first``, the others as none."""

    def __init__(self, first: Sequence[float]) -> None:
        self.first, self.lines = first, list[Line]()

    def weigh_stances(self, lines: Sequence[Line]) -> list[Floats]:
        self.lines = list(lines)
        return [np.array([self.first, *[[0.98, 0.01, 0.01]] * (line.candidates - 1)]) for line in lines]


TWO = (
    "<s>Bo Wu</s> <c>spoke</c> <t>at noon</t>.\n<s>Ann Roe</s> <c>said</c> <t>the paper had it wrong</t>.\n"
    "<s>Ann Roe</s> <c>said</c> <t>Cy Ott lives here</t>."
)


def lined(first: Sequence[float]) -> tuple[tuple[tuple[Stance, ...], ...], Reader]:
    words, attributions = read_marked(TWO)
    reader = Reader(first)
    actors, acts = resolve_actors(words, attributions), tag_acts(words, attributions)
    return tag_stances(words, attributions, actors, acts, find_mentions(words), reader=reader), reader  # type: ignore[arg-type]


def test_whom_only_the_sentences_before_name_is_a_target_too() -> None:
    found, reader = lined([0.01, 0.01, 0.98])
    assert [(each.target, each.target_type, each.polarity) for each in found[1]] == [("Bo Wu", "actor", "against")]
    assert len(reader.lines) == 2  # the first statement has nobody to be for or against
    assert [each.target for each in lined([0.98, 0.01, 0.01])[0][1]] == []


def test_the_evidence_of_a_target_named_before_is_its_last_mention() -> None:
    words, _ = read_marked(TWO)
    ((stance,), _) = (lined([0.01, 0.01, 0.98])[0][1], None)
    assert [words.text[s:e] for s, e in stance.evidence] == ["Bo Wu"]


def test_lines_are_kept_with_their_statements() -> None:
    words, attributions = read_marked(TWO)
    mentions, actors = find_mentions(words), resolve_actors(words, attributions)
    parts = [words.parts(each) for each in attributions]
    targets = statement_targets(words, attributions, parts, actors, mentions)
    assert weigh_lines(words, attributions, actors, mentions, targets, None) == [(), (), ()]
    read = weigh_lines(words, attributions, actors, mentions, targets, Reader([0.2, 0.3, 0.5]))  # type: ignore[arg-type]
    assert [[target.name for target, _ in each] for each in read] == [[], ["Bo Wu", "the paper"], ["Bo Wu", "Cy Ott"]]
    assert [chances[1] for _, chances in read[2]] == [0.3, 0.01]


def judged(name: str, place: int, *chances: float) -> Judged:
    return Judged(Candidate(name, ((place,),)), np.array(chances), ())


def chosen(target_type: str, *every: Judged) -> list[tuple[str, str, float]]:
    words, attributions = read_marked(NEUTRAL)
    (actor,) = resolve_actors(words, attributions[:1])
    setting = read_setting(words, words.parts(attributions[0]), "claim", actor, ())
    return [(s.target, s.polarity, s.score) for s in stances._choose(words, setting, target_type, every, 0.4)]


def test_the_likeliest_targets_are_told_in_the_order_of_the_text() -> None:
    four = [judged("d", 5, 0.2, 0.7, 0.1), judged("c", 4, 0.5, 0.1, 0.4), judged("b", 3, 0.1, 0.2, 0.7)]
    assert chosen("actor", *four, judged("a", 2, 0.3, 0.3, 0.4)) == [
        ("a", "against", 0.4),
        ("b", "against", 0.7),
        ("d", "favor", 0.7),
    ]
    assert chosen("issue", *four) == [("b", "against", 0.7)]


def test_a_stance_is_told_from_its_threshold_on_scores_rounded() -> None:
    assert chosen("actor", judged("a", 2, 0.6, 0.4, 0.0)) == [("a", "favor", 0.4)]
    assert chosen("actor", judged("a", 2, 0.6004, 0.3, 0.0996)) == [("a", "favor", 0.3)]
    assert chosen("actor", judged("a", 2, 0.61, 0.39, 0.0)) == []
    assert chosen("actor", judged("a", 2, 0.5, 0.25, 0.25)) == [("a", "favor", 0.25)]


def test_scores_of_another_length_are_refused() -> None:
    words, attributions = read_marked(TWO)
    actors, acts = resolve_actors(words, attributions), tag_acts(words, attributions)
    with pytest.raises(ValueError):
        tag_stances(words, attributions, actors, acts, find_mentions(words), scores=[None])
    with pytest.raises(ValueError):
        tag_stances(words, attributions, actors[:1], acts, find_mentions(words))


def test_at_most_three_stances_are_told_actors_first() -> None:
    marked = "<s>Ann Roe</s> <c>said</c> <t>Bo Wu, Cy Ott, Di Paz and Ed Poe oppose the new bridge</t>."
    words, attributions = read_marked(marked)
    row = (0.0, 0.0, 0.5, 0.0, 0.5)
    scores = [dict.fromkeys(range(len(words.forms)), row)]
    actors, acts = resolve_actors(words, attributions), tag_acts(words, attributions)
    (found,) = tag_stances(words, attributions, actors, acts, find_mentions(words), scores=scores)
    assert [each.target_type for each in found] == ["actor"] * 3


class Weights:
    """What each feature speaks for, as a model's weights; its rows are the names themselves."""

    def find(self, names: Iterable[str]) -> list[str]:
        return list(names)

    def leaning(self, rows: list[str], polarity: str) -> list[float]:
        against = {"blamed": 2.0, "collapse": 1.0, "bridge": 0.5, "near": 0.4, "praised": -1.0}
        return [against[row] if polarity == "against" else -against[row] for row in rows]


@pytest.mark.parametrize(
    ("polarity", "shown"), [("against", ["Bo", "blamed", "collapse", "bridge"]), ("favor", ["Bo", "praised"])]
)
def test_evidence_is_the_mention_and_three_features_that_speak_for_it(polarity: str, shown: list[str]) -> None:
    words, _ = read_marked("Bo and blamed the collapse of bridge is near as praised")
    features = tuple((form, (i,)) for i, form in enumerate(words.forms) if len(form) > 3)
    all_of_it = (*features, ("blamed", ()))
    spans = evidence(words, Candidate("Bo", ((0,),)), all_of_it, polarity, Weights())  # type: ignore[arg-type]
    assert [words.text[s:e] for s, e in spans] == shown
