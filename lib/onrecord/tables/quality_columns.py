"""The data dictionary of what is measured: the program against gold and checked samples, coders against each other."""

from __future__ import annotations

from onrecord.records import ACTS

#: A column: its type (str, int, float or bool) and what it holds.
Column = tuple[type, str]

QUALITY_COLUMNS: dict[str, dict[str, Column]] = {
    "scores": {
        "measure": (str, "what is measured, or the kind of statement it is measured on"),
        "score": (float, "F1, or the share that is right, 0 to 1"),
        "low": (float, "lower end of the 95% interval; empty where there are too few articles"),
        "high": (float, "upper end of the 95% interval"),
        "items": (int, "how many items of the gold it was measured on"),
    },
    "estimates": {
        "count": (str, "what is counted"),
        "machine": (int, "how many the program counts among the statements that it has found"),
        "estimate": (float, "how many a full check of them would count, as the checked sample has it"),
        "low": (float, "lower end of the 95% interval of estimate"),
        "high": (float, "upper end of the 95% interval of estimate"),
        "checked": (int, "statements in the random sample that were checked"),
        "of": (int, "statements that the program has found"),
    },
    "agreement": {
        "label": (str, "the label; statements and content are about what was found"),
        "alpha": (float, "Krippendorff's alpha over the statements that codings share; empty where nothing varies"),
        "kappa": (float, "Cohen's kappa, the mean of all pairs; empty where nothing varies"),
        "f1": (float, "F1 of two codings, the mean of all pairs; for statements and content alone"),
        "units": (int, "statements that at least two codings have"),
    },
    "differences": {
        "id": (str, "id of the statement in the first coding that has it"),
        "label": (str, "the label on which they differ; statement where one of them lacks it"),
        "said": (str, "what each coding says, with ; between two"),
        "content_words": (str, "what was said; … marks a gap"),
    },
    "reliability": {
        "from": (float, "lower end of the bin of scores"),
        "statements": (int, "statements found whose score lies in the bin"),
        "mean_score": (float, "their mean score; empty for none"),
        "right": (float, "share of them that is in the gold with this source; empty for none"),
        "low": (float, "lower end of the 95% interval of right"),
        "high": (float, "upper end of the 95% interval of right"),
    },
    "confusion": {
        "gold": (str, "the act in the gold; '(not in gold)' for statements that were invented"),
        **{act: (int, f"how many of them were read as {act}") for act in ACTS},
        "not_found": (int, "how many of them were not found"),
    },
    "errors": {
        "article": (str, "id of the article"),
        "error": (str, "missed, invented or wrong source"),
        "quote": (str, "direct, mixed or indirect"),
        "cue_kind": (str, "speech verb, other verb, noun, according to, punctuation or none"),
        "source_gold": (str, "the source in the gold; empty for invented ones"),
        "source_found": (str, "the source that was found; empty for missed ones"),
        "cue": (str, "the words that link source and content"),
        "content_gold": (str, "the content in the gold; empty for invented ones"),
        "content_found": (str, "the content that was found; empty for missed ones"),
        "score": (float, "score of what was found; empty for missed ones"),
        "context": (str, "the sentences it stands in"),
    },
}
