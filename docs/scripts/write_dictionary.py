"""Write the data dictionary into docs/files.md, so that it cannot drift from the tables.

python docs/scripts/write_dictionary.py
"""

from __future__ import annotations

from blocks import FILES as PAGE
from blocks import Pages, filled, write
from onrecord.tables import data_dictionary

#: The table → the exported files that hold it.
FILES = {
    "statements": ["02_statements", "04_answers"],
    "actors": ["02_actors"],
    "quotes_by_actor": ["02_quotes_by_actor"],
    "acts_by_actor": ["02_acts_by_actor"],
    "stances": ["03_stances"],
    "stance_by_actor": ["03_stance_by_actor"],
    "stance_matrix": ["03_stance_matrix"],
    "stance_by_target": ["03_targets"],
    "network": ["03_network"],
    "disputes": ["04_disputes"],
    "unanswered": ["04_unanswered"],
    "sentences": ["01_sentences"],
    "quotations": ["01_quotations"],
    "timeline": ["01_timeline"],
    "words_by_side": ["01_words_by_side"],
    "checking": ["07_checking"],
    "estimates": ["07_estimates"],
    "scores": ["07_right", "09_last_measured", "09_own_article", "09_by_quotation", "09_by_cue"],
    "reliability": ["09_reliability"],
    "confusion": ["09_acts"],
    "errors": ["09_errors"],
}


def dictionary() -> str:
    """The Markdown between the marks: a table per exported file, folded in."""
    rows = data_dictionary()
    parts = []
    for table, files in FILES.items():
        names = ", ".join(f"<code>{file}.csv</code>" for file in files)
        columns = rows[rows["table"] == table]
        lines = [f"| `{row.column}` | {row.type} | {row.meaning} |" for row in columns.itertuples()]
        head = f"<details><summary>{names}</summary>\n\n| column | type | meaning |\n| --- | --- | --- |"
        parts.append("\n".join([head, *lines, "", "</details>"]))
    return "\n\n".join(parts)


def pages() -> Pages:
    """docs/files.md as it should be."""
    return {PAGE: filled(PAGE, {"dictionary": dictionary()})}


if __name__ == "__main__":
    write(pages())
