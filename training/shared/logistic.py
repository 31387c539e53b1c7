"""The logistic regression over named features that judges an actor: whether it has a name, whether it is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord.actors.candidate_features import Features

Example = tuple[Features, bool]


def fit(data: Sequence[Example], *, least: int, strength: float) -> dict[str, float]:
    """Feature → weight, "" for the constant; weights that round to nothing are left out.

    A feature that is other than nought in fewer than ``least`` examples is left out. The penalty on each squared weight
    is the weaker the greater ``strength`` is.
    """
    counts = Counter(name for features, _ in data for name, value in features.items() if value)
    kept = {name for name, count in counts.items() if count >= least}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{n: v for n, v in features.items() if n in kept} for features, _ in data])
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, [told for _, told in data])
    found = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    table = {name: round(float(value), 3) for name, value in found.items() if abs(value) >= 0.01}
    return {"": round(float(model.intercept_[0]), 3), **dict(sorted(table.items()))}


def odds_of(features: Features, table: dict[str, float]) -> float:
    """The log-odds that the weights give one example."""
    return table[""] + sum(table.get(name, 0.0) * value for name, value in features.items())
