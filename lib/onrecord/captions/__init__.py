"""What each chart says in words: the finding as its title, what is counted, and the picture for who cannot see it.

In: a table of ``onrecord.tables`` or of ``onrecord.evaluation``, as it is drawn. Out: a ``Caption``, so that titles of
charts and findings in sentences are one. It never draws, and never looks at an ``Analysis``.
"""

from onrecord.captions.article_captions import (
    acts_by_actor,
    paragraph_name,
    quotes_by_actor,
    stance_by_actor,
    stance_matrix,
    timeline,
    words_by_side,
)
from onrecord.captions.caption import Caption
from onrecord.captions.counting import and_uncertain, certain_part, rows_of, unsure_note
from onrecord.captions.estimate_captions import estimates, interval
from onrecord.captions.exchange_captions import dispute_board, network
from onrecord.captions.quality_captions import FEW, confusion, reliability, scores

__all__ = [
    "FEW",
    "Caption",
    "acts_by_actor",
    "and_uncertain",
    "certain_part",
    "confusion",
    "dispute_board",
    "estimates",
    "interval",
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
