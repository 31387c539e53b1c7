"""DataFrame → figure: each chart draws the table of the same name, ``chart(table, source=…, size="medium")``.

In: a table of ``onrecord.tables`` or ``onrecord.evaluation`` and the words of its source line (``dispute_board`` draws
``tables.disputes``). Out: a ``Chart``, its title computed from the table, so that a filter never leaves a stale claim,
with its alt text (``chart.alt``) and the places in it that lead to statements.
It never counts, never looks at an ``Analysis`` and never writes a file.
"""

from onrecord.charts.bars import stance_by_actor, words_by_side
from onrecord.charts.canvas import Chart, Spot
from onrecord.charts.columns import acts_by_actor, quotes_by_actor
from onrecord.charts.dispute_board import dispute_board
from onrecord.charts.estimates import estimates
from onrecord.charts.finish import finish
from onrecord.charts.lettering import text_width
from onrecord.charts.matrix import stance_matrix
from onrecord.charts.network import network
from onrecord.charts.quality import confusion, reliability, scores
from onrecord.charts.timeline import timeline

__all__ = [
    "Chart",
    "Spot",
    "acts_by_actor",
    "confusion",
    "dispute_board",
    "estimates",
    "finish",
    "network",
    "quotes_by_actor",
    "reliability",
    "scores",
    "stance_by_actor",
    "stance_matrix",
    "text_width",
    "timeline",
    "words_by_side",
]
