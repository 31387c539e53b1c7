"""What the analyst's own table of actors says of those who are no names of the article: their side, who they are."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from onrecord.names import OWN, PARTY_PEOPLE, Mentions, OwnActors
from onrecord.records import Actor, Reason, Stance
from onrecord.text import split_words

#: What stands between the names of several sources.
_JOINED = re.compile(r", (?:and )?| and ")


def by_own_table(actors: Sequence[Actor], mentions: Mentions, *, named: Container[int]) -> tuple[Actor, ...]:
    """The actors as the table has them; those whose places are in ``named`` are entities, which have it already."""
    return tuple(
        actor if number in named else _with_main_name(_with_own_side(actor, mentions.own), mentions)
        for number, actor in enumerate(actors)
    )


def join_targets(stances: Sequence[Stance], actor: Actor, mentions: Mentions) -> tuple[Stance, ...]:
    """The stances of ``actor``, each target under the one name that the table has for it; none towards the actor."""
    found: dict[tuple[str, str], Stance] = {}
    for stance in stances:
        name = mentions.own.main_name(stance.target)
        if name != stance.target:
            entity = mentions.called(name)
            stance = (
                replace(stance, target=entity.name, target_type="actor") if entity else replace(stance, target=name)
            )
        if stance.target != actor.name:
            found.setdefault((stance.target, stance.polarity), stance)
    return tuple(found.values())


def _with_own_side(actor: Actor, own: OwnActors) -> Actor:
    """A description ("harbour officials") or several joined with the side that the analyst's table gives them all."""
    parts = [[part[s:e] for s, e in split_words(part)] for part in _JOINED.split(actor.name)]
    sides = {own.side_in(part) for part in parts}
    if len(sides) > 1 or "" in sides:
        return actor
    kept = tuple(reason for reason in actor.because if reason.label != "side")
    return replace(actor, side=sides.pop(), because=(*kept, Reason("side", (), OWN)))


def _with_main_name(actor: Actor, mentions: Mentions) -> Actor:
    """A description under the name of the actor that the table calls the same, on that one's side where it has one."""
    name = mentions.own.main_name(actor.name)
    if name == actor.name:
        return actor
    actor = replace(actor, because=(*actor.because, Reason("actor", (), OWN)))
    entity = mentions.called(name)
    if entity is None:
        return _with_own_side(replace(actor, name=name), mentions.own)
    named = entity.type != "group" or entity.name in PARTY_PEOPLE
    return replace(actor, name=entity.name, kind="named" if named else "group", named=named, side=entity.side)
