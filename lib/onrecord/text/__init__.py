"""The text as received: articles read, their lines told apart, sentences, words and quotations found.

In: files, or the text of an article. Out: ``Article``, ``Tokens`` and ``Words``, spans into the text as received.
It never changes a character, and never says who speaks.
"""

from onrecord.text.formats import MANY
from onrecord.text.input_files import (
    Entry,
    InputFile,
    article_files,
    looks_english,
    parse_article,
    read_articles,
    read_entries,
)
from onrecord.text.quotations import unclosed_quotations
from onrecord.text.tokens import split_sentences, split_words, tokenize
from onrecord.text.words import FUNCTION_WORDS, Parts, Words, stem

__all__ = [
    "FUNCTION_WORDS",
    "MANY",
    "Entry",
    "InputFile",
    "Parts",
    "Words",
    "article_files",
    "looks_english",
    "parse_article",
    "read_articles",
    "read_entries",
    "split_sentences",
    "split_words",
    "stem",
    "tokenize",
    "unclosed_quotations",
]
