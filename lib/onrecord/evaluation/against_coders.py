"""How often the machine was right where coders have checked it: on an analyst's own material."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from onrecord.evaluation.quality_tables import shares
from onrecord.pipeline import analyze
from onrecord.plain_english import count_of
from onrecord.records import Analysis, OnrecordError
from onrecord.tables import checking
from onrecord.text import read_articles

#: The rows in their order: statements, then the labels of table ``checking`` in words.
_FOUND = {"right": "statements found that are some", "missed": "statements there are that were found"}
_LABELS = {
    "source": "sources", "cue": "cues", "content": "contents", "actor": "actors", "named": "named or unnamed",
    "side": "sides", "act": "acts", "hedged": "hedges", "stance": "all stances of a statement",
    "responds_to": "all answers of a statement",
}  # fmt: skip


def machine_was_right(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Table ``scores``: how often the machine was right on what coders have checked, with Wilson's interval.

    Of the statements found and checked the share that is no invention; of those that stand the share that was found;
    of each label that was decided the share that stands as the machine gave it. ``analyses`` have their corrections
    laid over; what nobody decided is in no row. Where the checked statements were not drawn by chance (the random
    queue) the shares hold for them alone: the queue of doubtful ones shows what is more often wrong.
    """
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for analysis in analyses:
        rows = checking(analysis)
        labels = rows[rows["decided"] & (rows["label"] != "statement")]
        kept = labels["id"].nunique()
        ends = Counter(rows.loc[rows["label"] == "statement", "checked"])
        for name, against in (("right", ends["rejected"]), ("missed", ends["added"])):
            right[_FOUND[name]] += kept
            of[_FOUND[name]] += kept + against
        for label, group in labels.groupby("label"):
            right[_LABELS[str(label)]] += int((~group["changed"].astype(bool)).sum())
            of[_LABELS[str(label)]] += len(group)
    return shares({name: (right[name], of[name]) for name in (*_FOUND.values(), *_LABELS.values()) if of[name]})


def evaluate_corrections(inputs: Sequence[Path], *, engine: str) -> Iterator[str]:
    """How often the machine was right on the articles of ``inputs`` that have corrections, as paragraphs of text.

    Raises ``OnrecordError`` where no article has any.
    """
    articles = list(read_articles(inputs))
    analyses = [analyze(article, engine=engine) for article in articles]
    checked = [analysis for analysis in analyses if analysis.checking and analysis.checking.coders]
    if not checked:
        raise OnrecordError(
            f"{', '.join(map(str, inputs))}: no article has corrections beside it; notebook 07 makes them"
        )
    coders = sorted({coder for analysis in checked for coder in analysis.checking.coders})  # type: ignore[union-attr]
    yield f"{engine}: {len(checked)} of {count_of(len(articles), 'article')} with corrections, by {', '.join(coders)}"
    frame = machine_was_right(checked).set_index("measure")
    yield f"How often the machine was right, with the 95% interval\n{frame.to_string(float_format='{:.3f}'.format)}"
