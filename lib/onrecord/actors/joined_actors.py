"""Actors whom the analyst's own table calls the same become one, as sources and as targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.names import OwnActors
from onrecord.records import Actor, Stance


def join_actors(actors: Sequence[Actor], own: OwnActors) -> tuple[Actor, ...]:
    """The actors, those with another name under the one that ``own`` says, and on that one's side."""
    sides = {actor.name: actor.side for actor in actors if own.main_name(actor.name) == actor.name}
    joined = []
    for actor in actors:
        name = own.main_name(actor.name)
        same = name == actor.name
        joined.append(actor if same else replace(actor, name=name, side=sides.get(name, actor.side)))
    return tuple(joined)


def join_targets(stances: Sequence[Stance], actor: Actor, own: OwnActors) -> tuple[Stance, ...]:
    """The stances of a statement of ``actor``, each target under its one name; none towards the actor itself."""
    found: dict[tuple[str, str], Stance] = {}
    for stance in stances:
        name = own.main_name(stance.target)
        if name == stance.target:
            found.setdefault((name, stance.polarity), stance)
        elif name != actor.name:
            found.setdefault((name, stance.polarity), replace(stance, target=name))
    return tuple(found.values())
