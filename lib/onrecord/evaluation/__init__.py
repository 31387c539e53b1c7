"""How good the reading is: scores against gold, with intervals, errors to read and scores to trust (or not).

In: gold (a file, or an article's folder) and the statements predicted for it. Out: DataFrames of scores, of errors and
of each statement checked, and the paragraphs that ``onrecord evaluate`` prints.
It never changes a label, and never learns from the gold that it measures on.
"""

from onrecord.evaluation.against_coders import evaluate_corrections, machine_was_right
from onrecord.evaluation.article import article_errors, statement_checks
from onrecord.evaluation.attribution import (
    Comparison,
    agreement,
    attribution_scores,
    attribution_scores_by,
    compare,
    reliability,
    source_accuracy,
)
from onrecord.evaluation.codings import as_gold, coder_agreement, coder_differences, codings_of
from onrecord.evaluation.command import (
    evaluate_article,
    evaluate_attribution,
    evaluate_labels,
    find_statements,
    label_statements,
)
from onrecord.evaluation.errors import errors
from onrecord.evaluation.estimates import estimate_count, estimated_counts, told
from onrecord.evaluation.gold import GoldArticle, read_gold, read_gold_folder
from onrecord.evaluation.labels import LabelComparison, compare_labels, confusion, label_scores
from onrecord.evaluation.last_scores import WHERE, measured
from onrecord.evaluation.quality_tables import (
    act_confusion,
    article_rows,
    expected_right,
    gold_at,
    gold_provenance,
    measured_provenance,
    measured_rows,
    quality,
    readable,
    recall_by,
)

__all__ = [
    "WHERE",
    "Comparison",
    "GoldArticle",
    "LabelComparison",
    "act_confusion",
    "agreement",
    "article_errors",
    "article_rows",
    "as_gold",
    "attribution_scores",
    "attribution_scores_by",
    "coder_agreement",
    "coder_differences",
    "codings_of",
    "compare",
    "compare_labels",
    "confusion",
    "errors",
    "estimate_count",
    "estimated_counts",
    "evaluate_article",
    "evaluate_attribution",
    "evaluate_corrections",
    "evaluate_labels",
    "expected_right",
    "find_statements",
    "gold_at",
    "gold_provenance",
    "label_scores",
    "label_statements",
    "machine_was_right",
    "measured",
    "measured_provenance",
    "measured_rows",
    "quality",
    "read_gold",
    "read_gold_folder",
    "readable",
    "recall_by",
    "reliability",
    "source_accuracy",
    "statement_checks",
    "told",
]
