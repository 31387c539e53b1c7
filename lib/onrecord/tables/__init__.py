"""Analysis → DataFrames: what was found, a row each, and what is counted of it.

In: an ``Analysis``; counts also take ``rows``, a slice of ``statements``. Out: DataFrames with fixed columns, of no
rows too (``COLUMNS`` is the data dictionary). The cells hold plain text: whoever shows them escapes them.
It never labels, draws or writes a file.
"""

from onrecord.tables.certainty import UNCERTAIN, UNSURE_BELOW, certain, is_sure, reaches
from onrecord.tables.checks import checks
from onrecord.tables.columns import COLUMNS, Row, data_dictionary, framed
from onrecord.tables.filters import describe_filter, filter_statements, target_choices
from onrecord.tables.machine_and_coders import beside_machine, checking
from onrecord.tables.places import Places
from onrecord.tables.statements import actors, disputes, parse_stances, stances, statements, unanswered
from onrecord.tables.summaries import (
    acts_by_actor,
    network,
    quotes_by_actor,
    stance_by_actor,
    stance_by_target,
    stance_matrix,
    timeline,
    words_by_side,
)
from onrecord.tables.text import blocks, quotations, sentences, words

__all__ = [
    "COLUMNS",
    "UNCERTAIN",
    "UNSURE_BELOW",
    "Places",
    "Row",
    "actors",
    "acts_by_actor",
    "beside_machine",
    "blocks",
    "certain",
    "checking",
    "checks",
    "data_dictionary",
    "describe_filter",
    "disputes",
    "filter_statements",
    "framed",
    "is_sure",
    "network",
    "parse_stances",
    "quotations",
    "quotes_by_actor",
    "reaches",
    "sentences",
    "stance_by_actor",
    "stance_by_target",
    "stance_matrix",
    "stances",
    "statements",
    "target_choices",
    "timeline",
    "unanswered",
    "words",
    "words_by_side",
]
