"""Invented articles of any number of actors, with every label, long names and signs that need escaping."""

from __future__ import annotations

import functools
import random

from onrecord.records import (
    ACTS,
    POLARITIES,
    QUOTE_TYPES,
    RELATIONS,
    Analysis,
    Article,
    Block,
    Dispute,
    Response,
    Span,
    Stance,
    Statement,
)
from onrecord.tokens import tokenize

_NAMES = (
    "Al Li",
    "the spokesperson for the Permanent Secretariat of the Intergovernmental Commission on Fisheries",
    "Bartholomew Wolfeschlegelsteinhausenbergerdorff",
    "O’Neill & <Sons>",
    "senior officials",
)
_TARGETS = ("the plan", "the Ministry of Foreign Affairs and International Development Cooperation", "$5 billion", "Oz")
_SIDES = ("United States", "unknown", "the Intergovernmental Commission on Fisheries")


@functools.cache
def invented_analysis(actors: int, *, seed: int = 1) -> Analysis:
    """An article in which each of ``actors`` makes one to three statements, always the same for the same numbers."""
    chance = random.Random(seed)
    text, blocks = "Invented headline", [Block(Span(0, 17), "headline", 0)]
    found: list[Statement] = []
    for number in range(actors):
        name = _NAMES[number % 5] + (f" {number}" if number >= 5 else "")
        for _ in range(chance.randint(1, 3)):
            start = len(text) + 1
            text += f"\n{name} said plan {len(found)} for $3 million & <more> holds. The narrator “goes on” here."
            blocks.append(Block(Span(start, len(text)), "paragraph", len(blocks)))
            found.append(_statement(chance, f"S{len(found) + 1}", start, name, found))
    article = Article(text, id="invented", title="Invented headline", outlet="The Paper", blocks=tuple(blocks))
    return Analysis(article, tokenize(text, blocks), tuple(found), _disputes(found), engine="invented")


def _statement(chance: random.Random, id: str, start: int, name: str, earlier: list[Statement]) -> Statement:
    after = start + len(name)
    act = chance.choice(ACTS)
    answers = act in RELATIONS and earlier
    return Statement(
        id=id,
        source=(Span(start, after),),
        cue=(Span(after + 1, after + 5),),
        content=(Span(after + 6, after + 6 + len(f"plan {len(earlier)} for $3 million & <more> holds")),),
        quote=chance.choice(QUOTE_TYPES),
        actor=name,
        actor_kind="named",
        named=True,
        side=chance.choice(_SIDES),
        act=act,
        act_score=chance.choice([0.4, 0.9]),
        stances=tuple(
            Stance(target, chance.choice(["actor", "issue"]), chance.choice(POLARITIES), chance.choice([0.4, 0.9]))
            for target in chance.sample(_TARGETS, chance.randint(0, 2))
        ),
        responds_to=(Response(chance.choice(earlier).id, RELATIONS[act]),) if answers else (),
    )


def _disputes(found: list[Statement]) -> tuple[Dispute, ...]:
    answered = [(s.responds_to[0].to, s) for s in found if s.act in ("denial", "refusal") and s.responds_to]
    states = {"denial": "contested", "refusal": "refused"}
    pairs: list[tuple[tuple[str, ...], tuple[str, ...], str]]
    pairs = [((str(to),), (s.id,), states[s.act]) for to, s in answered]
    pairs += [((s.id,), (), "unanswered") for s in found if s.act == "accusation"]
    return tuple(Dispute(f"D{n}", "a topic", *pair) for n, pair in enumerate(pairs, 1))
