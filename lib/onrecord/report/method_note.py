"""The method note: what read the article, what it learned from, how often it is wrong, what it cannot do."""

from __future__ import annotations

import pandas as pd

from onrecord.evaluation import WHERE, measured
from onrecord.export import Provenance
from onrecord.records import Analysis
from onrecord.report.document_parts import Part, Points, Table, Text
from onrecord.tables import UNSURE_BELOW

_STEPS = (
    "Sentences, words and quotation marks are found; page furniture (counters, captions, comments) is left out.",
    "A model marks who says what: source, cue and content of each statement, also within the content of another.",
    "Sources are joined to actors (“he”, “Toner”, “Spokesman Mark Toner”) and actors to sides.",
    "Each statement gets an act (claim, denial, accusation …) and its stances, for or against whom or what, from word "
    "lists and models; each label keeps the words it rests on.",
    "Denials, refusals, confirmations and refusals to comment are linked to the statements they answer.",
)
_LIMITS = (
    "Read the sentences behind a count before you print it. A small count can be all wrong.",
    "Statements without a verb of speech (beliefs, plans, “his declaration that”) are missed most often.",
    "“No answer found” means no more than that: it may have been missed, or stand elsewhere.",
    "Stances toward issues are the least certain of all: use them to find passages, not to count.",
    "The program has seen US political news of 2016. Other subjects, countries and years were not measured; other "
    "languages do not work. Irony is not understood.",
)
_MADE = (
    "The models that find statements learned from PolNeAR, articles marked by people (Newell, Margolin and Ruths, "
    "LREC 2018). Labels of acts, stances and answers were learned from, and are measured on, labels made by a large "
    "language model that read each article under a written scheme (docs/LABELS.md), not by people."
)


def method(analysis: Analysis, provenance: Provenance) -> tuple[Part, ...]:
    """Engine and model, the steps, how the labels were made, the measured scores, the limits."""
    checked = f"{provenance.checked} of {provenance.of} statements were checked by hand."
    doubt = (
        f"A score is the program’s own probability, 0 to 1, that a label is right; below {UNSURE_BELOW} the label is "
        "called uncertain: hatched in figures, with a question mark in tables, named so where a title counts it."
    )
    return (
        Text(
            f"onrecord {provenance.onrecord} read the article on {provenance.made} with the engine "
            f"“{analysis.engine}” (model {analysis.model or 'not named'}). "
            + (checked if provenance.checked else "Nobody has checked the labels by hand.")
        ),
        *_own_table(provenance),
        Points(_STEPS),
        Text(_MADE),
        *_scores(analysis.engine),
        Text(doubt),
        Points(_LIMITS),
        *(Text(f"Note on this article: {note}") for note in analysis.article.notes),
    )


def _own_table(provenance: Provenance) -> tuple[Part, ...]:
    """Where the analyst gave sides of their own: from which file."""
    if not provenance.actors:
        return ()
    told = f"the analyst’s own table of actors, {provenance.actors} (SHA-256 {provenance.actors_sha256[:12]}…)"
    return (Text(f"The sides of actors were taken from {told}, before what the article or the program’s list says."),)


def _scores(engine: str) -> tuple[Part, ...]:
    """The scores of the engine; none where it was not measured (labels from elsewhere)."""
    rows = measured(engine)
    if rows.empty:
        return ()
    intervals = zip(rows["low"], rows["high"], strict=True)
    frame = pd.DataFrame(
        {
            "measure": rows["words"],
            "gold items": rows["gold"].map("{:,}".format),
            "score": rows["score"].map("{:.2f}".format),
            "95% interval": ["" if pd.isna(low) else f"{low:.2f} to {high:.2f}" for low, high in intervals],
        }
    )
    return (Table(frame, "How good it is, 1 being perfect, on articles no model was trained on.", WHERE),)
