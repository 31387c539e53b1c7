"""Source → actor: whom the words of a source mean, pronouns and descriptions resolved ("he" is Mark Toner).

In: the attributions of an article and its ``Mentions``. Out: an ``Actor`` per attribution, with the reason;
a ``Reference`` for every place that means somebody with a name.
It never finds a statement and never says what one does.
"""

from onrecord.actors.antecedents import Antecedents
from onrecord.actors.own_table import join_targets
from onrecord.actors.references import find_references
from onrecord.actors.resolve import resolve_actors

__all__ = ["Antecedents", "find_references", "join_targets", "resolve_actors"]
