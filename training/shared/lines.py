"""The lines of stances and answers that the encoder is trained on beside its windows (``encoder_lines``)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.actors import resolve_actors
from onrecord.answers.links import may_answer
from onrecord.answers.statement_facts import Facts, closeness, gather_facts
from onrecord.fileformat import statements_from_json
from onrecord.labels.stance_lines import stance_line, stance_targets
from onrecord.labels.stances import LABELS, statement_targets
from onrecord.names import Mentions, find_mentions, name_words
from onrecord.records import RELATIONS, Actor
from onrecord.statements.encoder_lines import (
    ANSWER,
    ANSWERED,
    CANDIDATE,
    MOST_CANDIDATES,
    Line,
    Part,
    Pieces,
    pieces_of,
)
from shared.examples import IGNORE
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled

#: How many pieces are read of an answer, and of each statement that it could answer.
ANSWER_PIECES, OTHER_PIECES = 48, 26


@dataclass
class LineExample:
    """A line with a label per candidate: an index of ``LABELS`` for stances, 1 or 0 for answers, or ``IGNORE``."""

    line: Line
    labels: list[int]


def labels_of(names: list[str], wanted: list[dict]) -> list[int]:
    """Per candidate the gold polarity of the target that it names best; one that names it worse than another counts
    for nothing."""
    found = [0] * len(names)
    for gold in wanted:
        words = name_words(gold["target"])
        shared = [len(words & name_words(name)) / (1 + 0.1 * len(name_words(name))) for name in names]
        best = max(shared, default=0.0)
        for k, share in enumerate(shared):
            if share and not found[k]:
                found[k] = LABELS.index(gold["polarity"]) if share == best else IGNORE
    return found


def stance_lines(each: Labelled, mentions: Mentions, actors: list[Actor]) -> Iterable[LineExample]:
    """A line per statement that has a candidate; the source is the gold's where it has one."""
    words = each.words
    read = [words.parts(attribution) for attribution in each.attributions]
    targets = statement_targets(words, each.attributions, read, actors, mentions)
    for attribution, actor, found, gold in zip(each.attributions, actors, targets, each.gold, strict=True):
        if not attribution.content:
            continue
        known = Actor(gold["actor"], actor.kind, actor.named) if gold.get("actor") else actor
        chosen = stance_targets(words, attribution, known, mentions, found["actor"], found["issue"])
        wanted = [s for s in gold["stance"] if s["target_type"] == "actor"]
        if chosen:
            labels = labels_of([target.name for target in chosen], wanted)
            yield LineExample(stance_line(words, attribution, known, chosen), labels)


def answer_line(answer: Sequence[str], others: Sequence[Sequence[str]], place: int) -> Line:
    """The line of an answer and the statements it could answer, each (source, cue, content), in the order of the text.

    ``place`` is how many of ``others`` stand before it.
    """
    parts = [_statement(each, CANDIDATE + k, OTHER_PIECES) for k, each in enumerate(others)]
    parts.insert(place, _statement(answer, ANSWER, ANSWER_PIECES))
    return Line(ANSWERED, tuple(parts), len(others))


def _statement(each: Sequence[str], feature: int, limit: int) -> Part:
    return Part(((" ".join(part for part in each if part), feature),), limit)


def line_of(text: str, answer: Facts, others: Sequence[Facts]) -> Line:
    """The line of ``answer`` and ``others``, which stand in the order of the text."""
    place = sum(other.place < answer.place for other in others)
    return answer_line(told(text, answer), [told(text, other) for other in others], place)


def told(text: str, facts: Facts) -> tuple[str, str, str]:
    """Source, cue and content as a line shows them."""
    said = [" ".join(text[s:e] for s, e in spans) for spans in (facts.statement.cue, facts.statement.content)]
    return facts.statement.actor, said[0], said[1]


def answer_lines(each: Labelled, mentions: Mentions, actors: list[Actor], rng: random.Random) -> Iterable[LineExample]:
    """A line per answer: all that it answers and, of the others, the nearest in words and place and some at random."""
    if not any(row["act"] in RELATIONS for row in each.gold):
        return
    told = zip(statements_from_json(each.gold), actors, strict=True)
    statements = [replace(gold, actor=gold.actor or actor.name) for gold, actor in told]
    facts = gather_facts(each.words, statements, mentions)
    for answer in facts:
        if answer.statement.act not in RELATIONS:
            continue
        wanted = {response.to for response in answer.statement.responds_to}
        others = may_answer(answer, facts)
        right = [o for o in others if o.statement.id in wanted][:6]
        rest = [o for o in others if o.statement.id not in wanted]
        close = sorted(rest, key=lambda o: -closeness(answer, o))[:3]
        near = sorted(rest, key=lambda o: abs(answer.place - o.place))[:3]
        drawn = rng.sample(rest, min(2, len(rest)))
        pool = {o.place: o for o in [*right, *close, *near, *drawn][:MOST_CANDIDATES]}
        chosen = [pool[place] for place in sorted(pool)]
        if chosen:
            yield LineExample(line_of(each.words.text, answer, chosen), [int(o.statement.id in wanted) for o in chosen])


def read_lines(paths: list[Path], seed: int) -> dict[str, list[LineExample]]:
    """All lines of the articles that are not held out, by kind."""
    rng = random.Random(seed)
    found: dict[str, list[LineExample]] = {"stance": [], "answer": []}
    for path in paths:
        for each in read_labelled(path):
            if held_out(each.words.article.id):
                continue
            mentions = find_mentions(each.words)
            actors = list(resolve_actors(each.words, each.attributions, mentions=mentions))
            found["stance"] += stance_lines(each, mentions, actors)
            found["answer"] += answer_lines(each, mentions, actors, rng)
    return found


@dataclass
class Lines:
    """Lines of one kind, cut to pieces, with their labels."""

    kind: str
    pieces: list[Pieces]
    labels: list[list[int]]


def cut_lines(kind: str, examples: list[LineExample], tokenizer: Tokenizer) -> Lines:
    encode = lambda texts: [each.ids for each in tokenizer.encode_batch(texts, add_special_tokens=False)]  # noqa: E731
    return Lines(kind, pieces_of([each.line for each in examples], encode), [each.labels for each in examples])


def line_batches(lines: Lines, rng: random.Random, size: int, share: float):
    """Batches of ``size`` lines of like length; of the stance lines in which all labels are "none" only a ``share``."""
    keep = [i for i, labels in enumerate(lines.labels) if lines.kind == "answer" or any(labels) or rng.random() < share]
    rng.shuffle(keep)
    pools = [
        sorted(keep[k : k + 40 * size], key=lambda i: len(lines.pieces[i].ids)) for k in range(0, len(keep), 40 * size)
    ]
    return [(lines, pool[j : j + size]) for pool in pools for j in range(0, len(pool), size)]
