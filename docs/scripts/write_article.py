"""Write what the notebooks find in the project's own article into README.md, and what is wrong there into accuracy.md.

python docs/scripts/write_article.py
"""

from __future__ import annotations

import json

from blocks import ACCURACY, README, ROOT, Pages, filled, write
from onrecord import Analysis, analyze, corrections, evaluation, findings
from onrecord.plain_english import shortened

FOLDER = ROOT / "data" / "haqqani-2011"
HEAD = ("| statement | what is wrong | its words |", "| --- | --- | --- |")
#: Notebook → a finding of the project's own article, or what it shows where it is no finding.
SHOWN = {
    "00_start_here": "One screen: the findings, the article marked, where to go next",
    "05_explore_by_actor": "The desk: every filter at once; from each bar and row a click to its place in the text",
    "06_figures_for_a_report": "The same charts for a column, a page and a slide",
    "08_your_own_articles": "Files, folders and downloads of your own, one by one and together",
}


def found(analysis: Analysis) -> dict[str, str]:
    """A finding per notebook, as the notebook prints it."""
    machine = analysis.machine.statements
    checks = evaluation.statement_checks(gold := evaluation.read_gold_folder(FOLDER), machine)
    assert gold.text == analysis.article.text
    return SHOWN | {
        "01_reading_the_article": findings.reading(analysis)[0],
        "02_who_says_what": findings.who_says_what(analysis)[1],
        "03_where_they_stand": findings.where_they_stand(analysis)[1],
        "04_claims_and_denials": findings.claims_and_denials(analysis)[0],
        "07_put_it_right": corrections.what_was_decided(analysis)[0],
        "09_how_good_is_it": evaluation.quality(checks)[0],
    }


def notebooks(analysis: Analysis) -> str:
    """The table of the notebooks: what each asks, and what it finds."""
    lines = ["| notebook | question | in the project's own article |", "| --- | --- | --- |"]
    told = found(analysis)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        question = first.splitlines()[0].removeprefix("# ")
        lines.append(f"| [{path.stem}](notebooks/{path.name}) | {question} | {told[path.stem].rstrip('.')} |")
    return "\n".join(lines)


def errors(analysis: Analysis) -> str:
    """What is found and missed on the article, in sentences, then each statement that is not as in the gold."""
    gold = evaluation.read_gold_folder(FOLDER)
    checks = evaluation.statement_checks(gold, analysis.machine.statements)
    lines = [" ".join(evaluation.quality(checks)), "", *HEAD]
    lines += [
        f"| {name} | {wrong} | {shortened(' '.join(words.split()), 90)} |"
        for name, wrong, words in evaluation.article_errors(checks)
    ]
    return "\n".join(lines)


def pages() -> Pages:
    """README.md and docs/accuracy.md as they should be."""
    analysis = analyze(FOLDER / "article.txt")
    return {
        README: filled(README, {"notebooks": notebooks(analysis)}),
        ACCURACY: filled(ACCURACY, {"article": errors(analysis)}),
    }


if __name__ == "__main__":
    write(pages())
