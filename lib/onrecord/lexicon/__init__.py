"""Word lists as data: one entry a line of a .csv file, with where it comes from, and the code that reads them.

In: nothing but the lists themselves. Out: rows, patterns ready to be searched, look-ups of names and nouns.
It never looks at an article; who adds a word edits a .csv file and no code.
"""

from onrecord.lexicon.name_lists import FORMS_OF_ADDRESS, lists
from onrecord.lexicon.patterns import Pattern, Rule, RuleBook, read_rows, read_rules
from onrecord.lexicon.verbs import headline_verbs, phrase_ending_verbs, reporting_words

__all__ = [
    "FORMS_OF_ADDRESS",
    "Pattern",
    "Rule",
    "RuleBook",
    "headline_verbs",
    "lists",
    "phrase_ending_verbs",
    "read_rows",
    "read_rules",
    "reporting_words",
]
