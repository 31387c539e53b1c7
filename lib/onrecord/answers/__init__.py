"""Which statement answers which, and what stands disputed, refused, corroborated or unanswered.

In: the labelled statements of one article. Out: the same statements with ``responds_to``, and ``Dispute`` records.
It never says what is true, and never looks at another article.
"""

from onrecord.answers.disputes import pair_disputes
from onrecord.answers.links import find_responses
from onrecord.answers.statement_facts import Facts, gather_facts

__all__ = ["Facts", "find_responses", "gather_facts", "pair_disputes"]
