"""Measure both engines and write the scores where they are told: models/scores*.csv, README.md and docs/accuracy.md.

python docs/scripts/write_scores.py
    the tables, from models/scores*.csv
python docs/scripts/write_scores.py POLNEAR_DEV.jsonl LABELS_DEV.jsonl NEWS_DEV.jsonl
    measure anew first (some minutes)
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from blocks import ACCURACY, README, ROOT, Pages, filled, write
from onrecord.evaluation import attribution_scores, compare, compare_labels, label_scores, read_gold
from onrecord.evaluation.command import find_statements, label_statements
from onrecord.evaluation.last_scores import measured
from onrecord.statements.engines import ENGINES

SCORES = ROOT / "lib" / "onrecord" / "models" / "scores.csv"
SCORES_NEWS = SCORES.with_name("scores-news.csv")
#: What is told, in this order: the measure as the evaluation names it, and its words.
STATEMENTS = {
    "relation": "statements, F1: content (half its words) and source right",
    "content relaxed": "contents, F1, half the words right",
    "content strict": "contents, F1, all words right",
}
LABELS = {
    "act accuracy": "acts, share right",
    "act macro": "acts, mean F1 of the ten",
    "act accusation": "accusation, F1",
    "act denial": "denial, F1",
    "act refusal": "refusal, F1",
    "act no_comment": "no comment, F1",
    "act demand": "demand, F1",
    "hedged": "hedged, F1",
    "actor lenient": "actor, a telling word of the name right",
    "actor exact": "actor, the name exactly",
    "named accuracy": "named or not, share right",
    "stance actor": "stances toward actors, F1",
    "stance issue": "stances toward issues, F1",
    "polarity accuracy": "polarity, where the target is right",
    "links": "answers linked to the right statement, F1",
}
#: Of these the rows of the small table in README.md, eight at most.
FIRST = (
    "relation",
    "content strict",
    "act accuracy",
    "act denial",
    "actor lenient",
    "stance actor",
    "polarity accuracy",
    "links",
)


def measure(polnear: Path, labels: Path) -> pd.DataFrame:
    """The scores of both engines: statements on ``polnear``, labels on the given spans of ``labels``."""
    rows = []
    for engine in ENGINES:
        gold = read_gold(polnear)
        found = attribution_scores(compare(gold, find_statements(gold, engine)))
        rows.append(_told(found, STATEMENTS, engine, "statements"))
        gold = read_gold(labels)
        labelled = label_scores(compare_labels(gold, label_statements(gold, engine, given=True)))
        rows.append(_told(labelled, LABELS, engine, "labels"))
    return pd.concat(rows, ignore_index=True)


def _told(scores: pd.DataFrame, words: dict[str, str], engine: str, task: str) -> pd.DataFrame:
    table = scores.loc[list(words)].reset_index().rename(columns={"f1": "score"})
    table = table.assign(engine=engine, task=task, words=list(words.values()))
    order = ["engine", "task", "measure", "words", "gold", "precision", "recall", "score", "low", "high"]
    return table[order].round(4)


def scores_table(table: pd.DataFrame) -> str:
    """All scores of one corpus: a row per measure, a column per engine; precision and recall of the first."""
    lines = ["| measure | gold items | default | fast |", "| --- | ---: | ---: | ---: |"]
    for _, rows in table.groupby(["task", "measure"], sort=False):
        lines.append(f"| {rows['words'].iloc[0]} | {_cells(rows)} |")
        if rows["measure"].iloc[0] == "relation":
            both = zip(rows["precision"], rows["recall"], strict=True)
            parts = (f"{_short(precision)}, {_short(recall)}" for precision, recall in both)
            lines.append(f"| … precision, recall | {rows['gold'].iloc[0]:,} | {' | '.join(parts)} |")
    return "\n".join(lines)


def first_scores(corpora: dict[str, pd.DataFrame]) -> str:
    """The scores of ``FIRST``, a row per measure; for each corpus, by its name, the gold items and both engines."""
    heads = " | ".join(f"{name}: gold items | default | fast" for name in corpora)
    lines = [f"| measure | {heads} |", f"| --- |{' ---: | ---: | ---: |' * len(corpora)}"]
    for measure in FIRST:
        found = [table[table["measure"] == measure] for table in corpora.values()]
        lines.append(f"| {found[0]['words'].iloc[0]} | {' | '.join(map(_cells, found))} |")
    return "\n".join(lines)


def _cells(rows: pd.DataFrame) -> str:
    """The gold items of one measure and the score of each engine."""
    return " | ".join([f"{rows['gold'].iloc[0]:,}", *map(_short, rows["score"])])


def _short(score: float) -> str:
    """Three digits without the zero: ".730"."""
    return f"{score:.3f}".removeprefix("0")


def pages() -> Pages:
    """README.md and docs/accuracy.md with the present scores in their place."""
    home, news = measured(), pd.read_csv(SCORES_NEWS)
    return {
        README: filled(README, {"scores": first_scores({"campaign 2016": home, "other news": news})}),
        ACCURACY: filled(ACCURACY, {"scores": scores_table(home), "scores on news": scores_table(news)}),
    }


if __name__ == "__main__":
    if len(sys.argv) == 4:
        home, labels, news = map(Path, sys.argv[1:])
        measure(home, labels).to_csv(SCORES, index=False, lineterminator="\n")
        measure(news, news).to_csv(SCORES_NEWS, index=False, lineterminator="\n")
    write(pages())
