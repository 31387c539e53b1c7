"""How well statements are labelled: acts, hedges, actors, stances and response links, as tables.

Everything is counted end to end: a gold statement that was not found is a miss, a predicted one without gold a false
alarm. With given spans all are found, and the scores are of the labels alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from onrecord.evaluation.attribution import _f1, _prf
from onrecord.evaluation.gold import GoldArticle
from onrecord.evaluation.words import Words, compared, match_relaxed
from onrecord.records import ACTS, Stance, Statement

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
#: Words that do not tell one name or target from another: function words, titles (of the US news the gold is from).
_WEAK = frozenset(
    "the a an of in on for to and or by with at from his her its their this that mr mrs ms dr sen rep gov president "
    "senator secretary former us u.s s said campaign".split()
)
#: An act enters the macro average where the gold has at least so many statements of it.
LEAST_FOR_MACRO = 5
NOT_FOUND, INVENTED = "(not found)", "(not in gold)"
Key = tuple[str, str, str]


@dataclass(frozen=True)
class LabelComparison:
    """``statements``: a row per statement of either side, matched ones in one row; ``counts``: per article and
    measure how many are right, in the gold, predicted."""

    statements: pd.DataFrame
    counts: pd.DataFrame


def compare_labels(gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Statement]]) -> LabelComparison:
    """The labels of the predictions laid beside those of the gold."""
    rows: list[dict[str, object]] = []
    counts: list[tuple[str, str, int, int, int]] = []
    for article in gold:
        pairs = match_statements(article, predicted.get(article.id, ()))
        rows += [_row(article.id, g, p) for g, p in pairs]
        counts += [(article.id, name, *numbers) for name, numbers in _count(pairs).items()]
    names = ["article", "gold", "predicted", "act_gold", "act_predicted", "actor_gold", "actor_predicted",
             "named_gold", "named_predicted", "hedged_gold", "hedged_predicted", "score"]  # fmt: skip
    frame = pd.DataFrame(counts, columns=["article", "measure", "right", "gold", "predicted"])
    return LabelComparison(pd.DataFrame(rows, columns=names), frame)


Pair = tuple[Statement | None, Statement | None]


def match_statements(article: GoldArticle, predicted: Sequence[Statement]) -> list[Pair]:
    """(gold, predicted) for those whose contents match, (gold, None) for the missed, (None, predicted) for the rest."""
    words = Words.of(article.text)
    g, p = compared(words, article.statements), compared(words, predicted)
    matched = {id(g[i].statement): p[j].statement for i, j in match_relaxed(g, p).items()}
    used = {id(statement) for statement in matched.values()}
    pairs: list[Pair] = [(s, matched.get(id(s))) for s in article.statements]
    return pairs + [(None, s) for s in predicted if id(s) not in used]


def _row(article: str, gold: Statement | None, predicted: Statement | None) -> dict[str, object]:
    row: dict[str, object] = {"article": article, "score": predicted.score if predicted else None}
    for side, statement in (("gold", gold), ("predicted", predicted)):
        row[side] = statement.id if statement else None
        for name in ("act", "actor", "named", "hedged"):
            row[f"{name}_{side}"] = getattr(statement, name) if statement else None
    return row


def _count(pairs: Sequence[Pair]) -> dict[str, tuple[int, int, int]]:
    """Measure → (right, gold, predicted) for one article. An accuracy has as many predicted as gold."""
    both = [(g, p) for g, p in pairs if g and p]
    golds, guesses = [g for g, _ in pairs if g], [p for _, p in pairs if p]
    n = len(both)
    acted = [(g, p) for g, p in both if g.actor]
    right_acts = Counter(g.act for g, p in both if g.act == p.act)
    acts_gold, acts_predicted = Counter(s.act for s in golds), Counter(s.act for s in guesses)
    exact = sum(same_words(g.actor, p.actor) for g, p in acted)
    lenient = sum(same_words(g.actor, p.actor) or same_name(g.actor, p.actor) for g, p in acted)
    counts = {
        "statements": (n, len(golds), len(guesses)),
        "act accuracy": (sum(right_acts.values()), n, n),
        **{f"act {act}": (right_acts[act], acts_gold[act], acts_predicted[act]) for act in ACTS},
        "actor exact": (exact, len(acted), len(acted)),
        "actor lenient": (lenient, len(acted), len(acted)),
        "named accuracy": (sum(g.named == p.named for g, p in both), n, n),
        "hedged": (
            sum(g.hedged and p.hedged for g, p in both),
            sum(s.hedged for s in golds),
            sum(s.hedged for s in guesses),
        ),
    }
    return {**counts, **_count_stances(both, golds, guesses), **_count_links(both, golds, guesses)}


def _count_stances(
    both: Sequence[tuple[Statement, Statement]], golds: Sequence[Statement], guesses: Sequence[Statement]
) -> dict[str, tuple[int, int, int]]:
    right: Counter[str] = Counter()
    agreeing = 0
    for gold, predicted in both:
        for stance, other in match_stances(gold.stances, predicted.stances):
            agreeing += 1
            right[stance.target_type] += stance.polarity == other.polarity
    in_gold = Counter(stance.target_type for s in golds for stance in s.stances)
    found = Counter(stance.target_type for s in guesses for stance in s.stances)
    counts = {f"stance {kind}": (right[kind], in_gold[kind], found[kind]) for kind in ("actor", "issue")}
    counts["stance"] = (right.total(), in_gold["actor"] + in_gold["issue"], found["actor"] + found["issue"])
    counts["polarity accuracy"] = (right.total(), agreeing, agreeing)
    return counts


def match_stances(gold: Sequence[Stance], predicted: Sequence[Stance]) -> list[tuple[Stance, Stance]]:
    """One to one, in the order of the gold: same kind of target, a telling word in common, same polarity preferred."""
    left, pairs = list(predicted), []
    for stance in gold:
        fits = [o for o in left if o.target_type == stance.target_type and same_name(stance.target, o.target)]
        if fits:
            best = min(fits, key=lambda other: other.polarity != stance.polarity)
            left.remove(best)
            pairs.append((stance, best))
    return pairs


def _count_links(
    both: Sequence[tuple[Statement, Statement]], golds: Sequence[Statement], guesses: Sequence[Statement]
) -> dict[str, tuple[int, int, int]]:
    name = {gold.id: predicted.id for gold, predicted in both}
    wanted, found = _links(golds), _links(guesses)
    any_relation = {(answer, to) for answer, to, _ in found}
    right = sum((name.get(answer), name.get(to), relation) in found for answer, to, relation in wanted)
    right_any = sum((name.get(answer), name.get(to)) in any_relation for answer, to, _ in wanted)
    sizes = (len(wanted), len(found))
    return {"links": (right, *sizes), "links, any relation": (right_any, *sizes)}


def _links(statements: Iterable[Statement]) -> set[Key]:
    return {(s.id, r.to, r.relation) for s in statements for r in s.responds_to if r.to}


def telling_words(name: str) -> set[str]:
    """The words of a name but for function words and titles; all of them where nothing else is left."""
    words = {word.lower().replace("’s", "").replace("'s", "") for word in _WORD.findall(name)}
    return words - _WEAK or words


def same_name(first: str, second: str) -> bool:
    """Do the two names share a telling word?

    >>> same_name("Sen. Ann Lee", "Lee"), same_name("the council", "the mayor")
    (True, False)
    """
    return bool(telling_words(first) & telling_words(second))


def same_words(first: str, second: str) -> bool:
    """The same words, whatever the case, punctuation and articles.

    >>> same_words("The U.S. Senate", "US senate")
    True
    """
    return plain_words(first) == plain_words(second)


def plain_words(name: str) -> list[str]:
    """The words of a name in lower case, without punctuation and articles."""
    return [w for w in re.sub(r"[^\w ]", "", name.lower()).split() if w not in ("the", "a", "an")]


def label_scores(comparison: LabelComparison, *, draws: int = 500, seed: int = 7) -> pd.DataFrame:
    """Precision, recall and F1 (shares) per measure with the 95% interval of F1 over ``draws`` draws of articles.

    Rows: statements found, acts (accuracy among the found, macro F1, each act), actor exact and lenient (a telling
    word in common), named, hedged, stances by kind of target, polarity, links. An accuracy stands in all three
    columns; macro F1 is the mean over acts with ``LEAST_FOR_MACRO`` gold statements and has F1 only.
    """
    measures = list(dict.fromkeys(comparison.counts["measure"]))
    articles = list(dict.fromkeys(comparison.counts["article"]))
    flat = comparison.counts[["right", "gold", "predicted"]].to_numpy(dtype=float)
    cube = flat.reshape(len(articles), len(measures), 3)
    total = cube.sum(0)
    table = pd.DataFrame([_prf(*row) for row in total], index=pd.Index(measures, name="measure"))
    table.columns = pd.Index(["precision", "recall", "f1"])
    big = [i for i, m in enumerate(measures) if m in {f"act {a}" for a in ACTS} and total[i, 1] >= LEAST_FOR_MACRO]
    table[["low", "high"]] = np.nan
    table[["gold", "predicted"]] = total[:, 1:]
    macro = _f1(*total[big].T).mean() if big else 0.0
    table.loc["act macro"] = [np.nan, np.nan, macro, np.nan, np.nan, *total[measures.index("statements"), 1:]]
    table[["gold", "predicted"]] = table[["gold", "predicted"]].astype(int)
    if len(articles) >= 3 and draws:
        chosen = np.random.default_rng(seed).integers(0, len(articles), (draws, len(articles)))
        drawn = np.stack([cube[rows].sum(0) for rows in chosen])
        f1 = _f1(*np.moveaxis(drawn, 2, 0))
        f1 = np.column_stack([f1, f1[:, big].mean(1) if big else np.zeros(draws)])
        table[["low", "high"]] = np.quantile(f1, [0.025, 0.975], axis=0).T
    return table


def confusion(comparison: LabelComparison) -> pd.DataFrame:
    """Counts of gold acts (rows) by predicted acts (columns), in the order of the scheme, all acts shown.

    The last row holds what was predicted without gold, the last column what was not found.
    """
    frame = comparison.statements
    rows, columns = frame["act_gold"].fillna(INVENTED), frame["act_predicted"].fillna(NOT_FOUND)
    table = pd.crosstab(rows, columns).reindex(index=[*ACTS, INVENTED], columns=[*ACTS, NOT_FOUND], fill_value=0)
    return table.rename_axis(index="gold", columns="predicted")
