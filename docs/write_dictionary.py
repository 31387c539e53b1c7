"""Write the data dictionary into README.md, so that it cannot drift from the tables.

python docs/write_dictionary.py
"""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.tables import data_dictionary

README = Path(__file__).parents[1] / "README.md"
#: The table → the exported files that hold it.
FILES = {
    "statements": ["02_statements", "04_answers", "05_statements"],
    "actors": ["02_actors"],
    "quotes_by_actor": ["02_quotes_by_actor"],
    "acts_by_actor": ["02_acts_by_actor", "06_acts"],
    "stances": ["03_stances"],
    "stance_by_actor": ["03_stance_by_actor", "06_stances"],
    "stance_matrix": ["03_stance_matrix"],
    "stance_by_target": ["03_targets"],
    "network": ["03_network"],
    "disputes": ["04_disputes", "06_disputes"],
    "unanswered": ["04_unanswered"],
    "sentences": ["01_sentences"],
    "quotations": ["01_quotations"],
    "timeline": ["01_timeline"],
    "words_by_side": ["01_words_by_side"],
    "checking": ["07_checking"],
    "estimates": ["07_estimates"],
    "scores": ["09_last_measured", "09_own_article", "09_by_quotation", "09_by_cue"],
    "reliability": ["09_reliability"],
    "confusion": ["09_acts"],
    "errors": ["09_errors"],
}
_BLOCK = re.compile(r"(<!-- dictionary:[^>]*-->\n).*?(<!-- /dictionary -->)", re.DOTALL)


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


def with_dictionary(readme: str) -> str:
    """``readme`` with the present dictionary in its place."""
    return _BLOCK.sub(lambda match: f"{match[1]}\n{dictionary()}\n\n{match[2]}", readme)


if __name__ == "__main__":
    README.write_text(with_dictionary(README.read_text(encoding="utf-8")), encoding="utf-8")
