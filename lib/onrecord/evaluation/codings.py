"""Several codings of one article side by side: engines, people, files in the project's format. Agreement, differences.

Units are the statements that codings share, never text that nobody coded: that would make any two agree. Actors and
targets are the same whatever their case, punctuation, spaces and articles; so are contents that differ in these alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pandas as pd
from nltk.metrics.agreement import AnnotationTask

from onrecord.corrections import LABELS, Journal, lay_over, same_statement
from onrecord.evaluation.labels import plain_words
from onrecord.fileformat import statement_to_json
from onrecord.records import Analysis, Article, Spans, Statement
from onrecord.tables import framed

Coding = Sequence[Statement]
Codings = Mapping[str, Coding]
#: Each label as a value that two coders share or do not.
_VALUES: dict[str, Callable[[Statement], object]] = {
    "act": lambda s: s.act,
    "hedged": lambda s: s.hedged,
    "actor": lambda s: " ".join(plain_words(s.actor)),
    "named": lambda s: s.named,
    "stance": lambda s: tuple(sorted(f"{t.polarity} {' '.join(plain_words(t.target))}" for t in s.stances)),
    "answers": lambda s: tuple(sorted({r.relation for r in s.responds_to})),
}


def codings_of(machine: Analysis, journal: Journal) -> dict[str, Coding]:
    """What each coder of a file of corrections made of the article: the statements that they accepted whole."""
    names = dict.fromkeys(entry.coder.name for entry in journal.about(machine.article).entries)
    found: dict[str, Coding] = {}
    for name in names:
        own = replace(journal, entries=tuple(entry for entry in journal.entries if entry.coder.name == name))
        found[name] = [s for s in lay_over(machine, own).statements if set(s.decided) == set(LABELS)]
    return found


def coder_agreement(article: Article, codings: Codings) -> pd.DataFrame:
    """A row per label: Krippendorff's alpha and Cohen's kappa (mean of all pairs), nominal, over shared statements.

    The rows ``statements`` and ``content`` hold F1 of each pair, averaged: statements that both have, and those whose
    contents are the same words. Alpha and kappa are empty where all coders give one and the same value throughout
    (then there is nothing to agree on by chance) or share no statement.
    """
    units = shared_statements(codings)
    rows = []
    for label, value in _VALUES.items():
        data = [(name, number, value(s)) for number, unit in enumerate(units) for name, s in unit.items()]
        rows.append({"label": label, "alpha": _alpha(data), "kappa": _kappa(data), "f1": None, "units": len(units)})
    pairs = list(combinations(codings.values(), 2))
    for label, is_same in (("statements", _is_found), ("content", _same_content(article))):
        f1 = [_f1(one, other, is_same) for one, other in pairs]
        mean = sum(f1) / len(f1) if f1 else None
        rows.append({"label": label, "alpha": None, "kappa": None, "f1": mean, "units": len(units)})
    return framed("agreement", rows)


def coder_differences(article: Article, codings: Codings) -> pd.DataFrame:
    """A row per label of a shared statement on which codings differ, and per statement that one of them lacks."""
    rows = []
    for unit in shared_statements(codings, least=1):
        first = next(iter(unit.values()))
        about = {"content_words": article.words_of(first.content), "id": first.id}
        lacking = [name for name in codings if name not in unit]
        if lacking:
            said = "; ".join(f"{name}: {'missing' if name in lacking else 'found'}" for name in codings)
            rows.append({**about, "label": "statement", "said": said})
        for label, value in _VALUES.items():
            if len({value(s) for s in unit.values()}) > 1:
                said = "; ".join(f"{name}: {_shown(value(s))}" for name, s in unit.items())
                rows.append({**about, "label": label, "said": said})
    return framed("differences", rows)


def shared_statements(codings: Codings, *, least: int = 2) -> list[dict[str, Statement]]:
    """The statements that at least so many codings have, each by the name of the coding, in the order of the text."""
    units: list[dict[str, Statement]] = []
    for name, coding in codings.items():
        for statement in coding:
            open_units = [unit for unit in units if name not in unit]
            found = same_statement(statement, [next(iter(unit.values())) for unit in open_units], exact=False)
            unit = next((u for u in open_units if next(iter(u.values())) is found), None)
            if unit is None:
                units.append({name: statement})
            else:
                unit[name] = statement
    kept = [unit for unit in units if len(unit) >= least]
    return sorted(kept, key=lambda unit: next(iter(unit.values())).content[0].start)


def as_gold(analysis: Analysis) -> str:
    """The reading as a line of gold for ``onrecord evaluate labels``: only statements that are checked whole."""
    statements = [statement_to_json(s) for s in analysis.statements if set(s.decided) == set(LABELS)]
    row = {"id": analysis.article.id, "text": analysis.article.text, "statements": statements}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _alpha(data: list[tuple[str, int, object]]) -> float | None:
    if len({value for _, _, value in data}) < 2:
        return None
    return float(AnnotationTask(data).alpha())


def _kappa(data: list[tuple[str, int, object]]) -> float | None:
    """Cohen's kappa of each pair of coders over the statements that both have, averaged."""
    said: dict[str, dict[int, object]] = {}
    for name, unit, value in data:
        said.setdefault(name, {})[unit] = value
    found = []
    for (one, first), (other, second) in combinations(said.items(), 2):
        shared = first.keys() & second.keys()
        if len({coding[unit] for coding in (first, second) for unit in shared}) > 1:
            task = AnnotationTask(
                [(name, u, coding[u]) for name, coding in ((one, first), (other, second)) for u in shared]
            )
            found.append(float(task.kappa()))
    return sum(found) / len(found) if found else None


def _f1(one: Coding, other: Coding, is_same: Callable[[Statement, Statement], bool]) -> float:
    pairs = shared_statements({"one": one, "other": other})
    both = sum(is_same(pair["one"], pair["other"]) for pair in pairs)
    return 2 * both / (len(one) + len(other)) if one or other else 1.0


def _is_found(one: Statement, other: Statement) -> bool:
    return True


def _same_content(article: Article) -> Callable[[Statement, Statement], bool]:
    def words(spans: Spans) -> Iterable[str]:
        return plain_words(article.words_of(spans, " "))

    return lambda one, other: words(one.content) == words(other.content)


def _shown(value: object) -> str:
    return " and ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
