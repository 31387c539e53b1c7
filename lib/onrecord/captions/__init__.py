"""What each chart says in words: the finding as its title, what is counted, and the picture for who cannot see it.

In: a table of ``onrecord.tables`` or of ``onrecord.evaluation``, as it is drawn. Out: a ``Caption``, so that titles of
charts and findings in sentences are one. It never draws, and never looks at an ``Analysis``.
"""

from onrecord.captions.article_captions import (
    acts_by_actor,
    dispute_board,
    network,
    paragraph_name,
    quotes_by_actor,
    rows_of,
    stance_by_actor,
    stance_matrix,
    timeline,
    unsure_note,
    words_by_side,
)
from onrecord.captions.caption import Caption
from onrecord.captions.quality_captions import FEW, confusion, reliability, scores

__all__ = [
    "FEW",
    "Caption",
    "acts_by_actor",
    "confusion",
    "dispute_board",
    "network",
    "paragraph_name",
    "quotes_by_actor",
    "reliability",
    "rows_of",
    "scores",
    "stance_by_actor",
    "stance_matrix",
    "timeline",
    "unsure_note",
    "words_by_side",
]
