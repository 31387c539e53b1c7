"""What coders decide, kept beside the article and laid over an engine's reading.

In: an ``Analysis`` as an engine made it, and a file of corrections. Out: an ``Analysis`` in which what was decided
stands, with the engine's own beside it (``checking``). It never changes a line of the file, and never guesses: what
has not exactly one place in the text is told and left out.
"""

from onrecord.corrections.coding import Coding
from onrecord.corrections.entries import LABELS, Coder, Entry
from onrecord.corrections.journal import Journal, append_entries, corrections_file, read_journal
from onrecord.corrections.matching import same_statement
from onrecord.corrections.overlay import lay_over
from onrecord.corrections.progress import what_was_decided
from onrecord.corrections.sampling import random_order, random_sample

__all__ = [
    "LABELS",
    "Coder",
    "Coding",
    "Entry",
    "Journal",
    "append_entries",
    "corrections_file",
    "lay_over",
    "random_order",
    "random_sample",
    "read_journal",
    "same_statement",
    "what_was_decided",
]
