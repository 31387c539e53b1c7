"""How good the reading is: scores against gold, with intervals, errors to read and scores to trust (or not)."""

from onrecord.evaluation.article import statement_checks
from onrecord.evaluation.attribution import (
    Comparison,
    agreement,
    attribution_scores,
    attribution_scores_by,
    compare,
    reliability,
    source_accuracy,
)
from onrecord.evaluation.errors import errors
from onrecord.evaluation.gold import GoldArticle, read_gold, read_gold_folder
from onrecord.evaluation.labels import LabelComparison, compare_labels, confusion, label_scores

__all__ = [
    "Comparison",
    "GoldArticle",
    "LabelComparison",
    "agreement",
    "attribution_scores",
    "attribution_scores_by",
    "compare",
    "compare_labels",
    "confusion",
    "errors",
    "label_scores",
    "read_gold",
    "read_gold_folder",
    "reliability",
    "source_accuracy",
    "statement_checks",
]
