"""Words → statements: which words are source, cue and content, which belong together, what is nested in what.

In: ``Words``. Out: ``Attribution`` records with a probability each, and what the tagger saw.
It never says who a source is or what a statement does.
"""

from onrecord.statements.attributions import find_attributions
from onrecord.statements.engines import ENGINES, load_tagger
from onrecord.statements.nesting import Contents
from onrecord.statements.quote_types import quote_type
from onrecord.statements.tagger import Judgement, Reading, Tagger

__all__ = ["ENGINES", "Contents", "Judgement", "Reading", "Tagger", "find_attributions", "load_tagger", "quote_type"]
