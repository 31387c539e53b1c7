"""Who is meant where in the text: every name in every form, every source, "he" and "she" where they are resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.actors.antecedents import Antecedents
from onrecord.names import Mentions, find_mentions
from onrecord.records import Actor, Reference, Span, Statement
from onrecord.text import Words

#: "It" and "they" are left out: within a content they mean things ("safe havens … against them", "it is under review")
#: about as often as somebody.
_PRONOUNS = frozenset("he him his himself she her hers herself".split())


def find_references(
    words: Words, statements: Sequence[Statement], *, mentions: Mentions | None = None
) -> tuple[Reference, ...]:
    """Every place that means somebody with a name or a source, in the order of the text: "Toner", "Mr. Toner", "he".

    ``statements`` have their actors: a source means its actor. Pronouns are looked up within contents alone.
    ``mentions`` are those of ``find_mentions``, which is called where they are not given. Places ("Kabul") are nobody.
    Not handled: "it", "they", "we", descriptions ("the minister") that are no source.
    """
    mentions = mentions or find_mentions(words)
    antecedents = Antecedents(words, mentions)
    by_name = {entity.name: entity for entity in mentions.entities}
    found = {Reference(m.span, m.entity.name) for m in mentions.names if m.entity.type != "place"}
    for each in statements:
        if each.source and each.actor:
            actor = Actor(each.actor, each.actor_kind, each.named, each.side)
            antecedents.add_source(each.source, actor, by_name.get(each.actor))
            found.add(Reference(each.source[0], each.actor))
    found.update(_pronouns(words, antecedents, [span for each in statements for span in each.content]))
    return tuple(sorted(found))


def _pronouns(words: Words, antecedents: Antecedents, contents: Sequence[Span]) -> Iterator[Reference]:
    """The pronouns within ``contents`` that take up a name."""
    for index in dict.fromkeys(words.beginning_in(contents)):
        word, span = words.forms[index].lower(), words.spans[index]
        entity = antecedents.third(word, span.start)[0] if word in _PRONOUNS else None
        if entity is not None and entity.type != "place":
            yield Reference(Span(*span), entity.name)
