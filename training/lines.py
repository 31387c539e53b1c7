"""The lines of stances and answers that the encoder is trained on beside its windows (``onrecord.lines``)."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gold import held_out
from labelled import Labelled, read_labelled
from train_whose import right_choices

from onrecord import whose
from onrecord.actors import Resolver, resolve_actors
from onrecord.answers import closeness, gather_facts, name_words
from onrecord.disputes import line_of, may_answer
from onrecord.fileformat import statements_from_json
from onrecord.lines import MOST_CANDIDATES, Line, stance_line, stance_targets
from onrecord.mentions import Mentions, find_mentions
from onrecord.records import RELATIONS, Actor
from onrecord.stance import LABELS, statement_targets
from onrecord.wording import Wording, read_wording

IGNORE = -100


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


def stance_lines(each: Labelled, wording: Wording, mentions: Mentions, actors: list[Actor]) -> Iterable[LineExample]:
    """A line per statement that has a candidate; the source is the gold's where it has one."""
    targets = statement_targets(each.article, each.tokens, wording, each.attributions, actors, mentions)
    for attribution, actor, found, gold in zip(each.attributions, actors, targets, each.gold, strict=True):
        if not attribution.content:
            continue
        known = Actor(gold["actor"], actor.kind, actor.named) if gold.get("actor") else actor
        chosen = stance_targets(wording, each.tokens, attribution, known, mentions, found["actor"], found["issue"])
        wanted = [s for s in gold["stance"] if s["target_type"] == "actor"]
        if chosen:
            labels = labels_of([target.name for target in chosen], wanted)
            yield LineExample(stance_line(each.article.text, each.tokens, attribution, known, chosen), labels)


def whose_lines(each: Labelled, mentions: Mentions) -> Iterable[LineExample]:
    """A line per statement whose source names nobody: the likeliest candidates by the features, and the right one."""
    resolver = Resolver(each.article, each.tokens, each.attributions, mentions)
    around = resolver.surroundings()
    for place in around.statements():
        choices, gold = around.choices(place), each.gold[place.number]
        right = set(right_choices(tuple(choices), gold))
        if not right or len(choices) < 2:
            continue
        chosen = whose.likeliest([whose.log_odds(choice.features, place.kind) for choice in choices])
        if right.isdisjoint(chosen):
            chosen = sorted([*chosen[:-1], min(right)])
        line = whose.line_of(each.article.text, place, [choices[i] for i in chosen])
        yield LineExample(line, [int(i in right) for i in chosen])


def answer_lines(each: Labelled, wording: Wording, mentions: Mentions, actors: list[Actor], rng: random.Random):
    """A line per answer: all that it answers and, of the others, the nearest in words and place and some at random."""
    if not any(row["act"] in RELATIONS for row in each.gold):
        return
    told = zip(statements_from_json(each.gold), actors, strict=True)
    statements = [replace(gold, actor=gold.actor or actor.name) for gold, actor in told]
    facts = gather_facts(wording, statements, mentions)
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
            yield LineExample(
                line_of(each.article.text, answer, chosen), [int(o.statement.id in wanted) for o in chosen]
            )


def read_lines(paths: list[Path], seed: int) -> dict[str, list[LineExample]]:
    """All lines of the articles that are not held out, by kind."""
    rng = random.Random(seed)
    found: dict[str, list[LineExample]] = {"stance": [], "answer": [], "whose": []}
    for path in paths:
        for each in read_labelled(path):
            if held_out(each.article.id):
                continue
            wording, mentions = read_wording(each.article, each.tokens), find_mentions(each.article, each.tokens)
            actors = list(resolve_actors(each.article, each.tokens, each.attributions, mentions=mentions))
            found["stance"] += stance_lines(each, wording, mentions, actors)
            found["whose"] += whose_lines(each, mentions)
            found["answer"] += answer_lines(each, wording, mentions, actors, rng)
    return found
