"""Machine and coders side by side: label by label, and any table of counts beside what the machine alone gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from onrecord.records import Analysis, Article, Statement
from onrecord.tables.certainty import certain
from onrecord.tables.columns import Row, framed
from onrecord.tables.places import Places
from onrecord.tables.statements import actor_name, paragraph_of, stance_words

#: Each label as text, in the order of the card.
_LABELS: dict[str, Callable[[Article, Statement], str]] = {
    "source": lambda article, s: article.words_of(s.source),
    "cue": lambda article, s: article.words_of(s.cue),
    "content": lambda article, s: article.words_of(s.content),
    "actor": lambda article, s: actor_name(s),
    "named": lambda article, s: "yes" if s.named else "no",
    "side": lambda article, s: s.side,
    "act": lambda article, s: s.act,
    "hedged": lambda article, s: "yes" if s.hedged else "no",
    "stance": lambda article, s: "; ".join(sorted(stance_words(t.polarity, t.target) for t in s.stances)),
    "responds_to": lambda article, s: "; ".join(sorted(f"{r.relation} {r.to or r.about}" for r in s.responds_to)),
}


def checking(analysis: Analysis, *, changed_only: bool = False) -> pd.DataFrame:
    """A row per label of each statement that a coder decided on: what the machine says beside what stands.

    A statement that was rejected or added has one row. With ``changed_only``, the rows in which the two differ.
    Without corrections the table has no rows; uncertain labels are always in it (``tables.certain`` hides none).
    """
    rows = list(_rows(analysis.full or analysis)) if analysis.checking else []
    return framed("checking", [row for row in rows if row["changed"] or not changed_only])


def _rows(analysis: Analysis) -> Iterator[Row]:
    article, places = analysis.article, Places(analysis)
    machine = {statement.id: statement for statement in analysis.machine.statements}
    for s in analysis.statements:
        why = {reason.label: reason.rule for reason in s.because if reason.label in s.corrected}
        if s.id not in machine:
            yield _row(article, places, s, "statement", "", "added", decided=True)
        elif s.decided or s.corrected:
            for label, words in _LABELS.items():
                said = (words(article, machine[s.id]), words(article, s))
                yield _row(article, places, s, label, *said, decided=label in s.decided, why=why.get(label, ""))
    standing = {statement.id for statement in analysis.statements}
    for s in machine.values():
        if s.id not in standing:
            yield _row(article, places, s, "statement", "found", "rejected", decided=True)


def _row(
    article: Article,
    places: Places,
    s: Statement,
    label: str,
    machine: str,
    checked: str,
    *,
    decided: bool,
    why: str = "",
) -> Row:
    return {
        "id": s.id,
        "paragraph": paragraph_of(places, s),
        "label": label,
        "machine": machine,
        "checked": checked,
        "changed": machine != checked,
        "decided": decided,
        "why": why,
        "content_words": article.words_of(s.content),
    }


def beside_machine(table: Callable[[Analysis], pd.DataFrame], analysis: Analysis) -> pd.DataFrame:
    """A table of counts (``tables.stance_by_actor`` …) with each number beside the one that the machine alone gives.

    Rows are matched by their text (actor, target); the machine's numbers stand in columns that end in ``_machine``.
    A row that only one of the two has counts 0 in the other. Without corrections both are the same.
    """
    machine = certain(analysis.machine) if analysis.full else analysis.machine
    mine, theirs = table(analysis), table(machine)
    numbers = [str(name) for name in mine if pd.api.types.is_numeric_dtype(mine[name])]
    keys = [name for name in ("actor", "about", "target", "paragraph") if name in mine] or [str(mine.columns[0])]
    numbers = [name for name in numbers if name not in keys]
    counted, alone = (frame.groupby(keys, sort=False, as_index=False)[numbers].sum() for frame in (mine, theirs))
    both = counted.merge(alone, on=keys, how="outer", suffixes=("", "_machine"), sort=False)
    columns = [name for number in numbers for name in (number, f"{number}_machine")]
    for name in columns:
        both[name] = both[name].fillna(0).astype(mine[name.removesuffix("_machine")].dtype)
    return both[[*keys, *columns]]
