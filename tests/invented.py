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
from onrecord.text.tokens import tokenize

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


_SPEAKERS = (
    ("Mayor Ana Ruiz", "she"),
    ("Tom Bell, who heads the builders’ union,", "he"),
    ("the Ministry of Transport", "it"),
    ("Petra Wolfeschlegelsteinhausenbergerdorff, a lawyer for the contractor,", "she"),
    ("two officials who asked not to be named", "they"),
    ("O’Neill & Sons", "it"),
    ("Senator Li Wei", "he"),
    ("the Intergovernmental Commission on Inland Waterways", "it"),
)
_SAYINGS = (
    "{0} said on {1} that the bridge over the Lim had been inspected twice.",
    "“We never skipped an inspection,” {0} said. “The papers are there for all to see.”",
    "{0} accused the contractor of using cheap steel.",
    "{0} denied that any money had changed hands.",
    "“The plan is a gift to speculators,” {0} told reporters on {1}, and {2} called on the council to vote it down.",
    "{0} promised to rebuild the northern ramp by spring.",
    "{0} declined to comment on the inquiry.",
    "According to {0}, the repair will cost $40 million.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def long_article() -> str:
    """An invented article in which somebody speaks in each of 56 paragraphs, as plain text for an engine to read."""
    paragraphs = []
    for number in range(56):
        name, pronoun = _SPEAKERS[(number * 3 + number // 8) % len(_SPEAKERS)]
        words = _SAYINGS[number % len(_SAYINGS)].format(name, _DAYS[number % len(_DAYS)], pronoun)
        paragraphs.append(words[0].upper() + words[1:])
    return "\n\n".join(["Who Knew What About the Bridge Over the Lim", *paragraphs]) + "\n"


#: An invented article in which nobody says anything.
QUIET_ARTICLE = """The Bridge Over the Lim

The bridge is 340 metres long and stands on nine piers. It was opened in 1931.

Nine trains cross it every day. In winter the river freezes below it.
"""
