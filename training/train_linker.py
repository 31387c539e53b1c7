"""Fit the linker of an engine: which chunks belong together, and the probability of a whole statement.

    python training/train_linker.py POLNEAR_TRAIN.jsonl NEWS_TRAIN.jsonl --engine default

Reads only the articles that the engine's own training held out (one in twenty, ``gold.held_out``): a tagger is too
sure of what it was trained on. Two logistic regressions over the pairs of chunks that it finds there, a third over
the statements that they make (its probability is the statement's score), and the threshold with the best relation
F1 on the same articles. A fourth, with a threshold of its own, over the statements within contents: on the news set
alone, for PolNeAR marks none. Writes ``models/linker-<engine>.json`` and ``models/cue_words.json``.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.records import Article, Attribution
from onrecord.statements import attributions as steps
from onrecord.statements.engines import load_tagger
from onrecord.statements.linker import (
    MAX_SENTENCES,
    MAX_WORDS,
    Layout,
    LinkerModel,
    Logistic,
    link_chunks,
    pair_features,
)
from onrecord.statements.nesting import contents_as_words, ended, is_nested, voices
from onrecord.statements.tagger import ROLES, Chunk, Tagger
from onrecord.text.words import Words
from shared.gold import attributions_of, held_out, lines_as_blocks, load_rows

MODELS = Path("lib/onrecord/models")
#: Of PolNeAR's relation F1 on the held-out articles so much may go for statements within statements: it marks none, so
#: each that is found counts there as invented.
MAX_LOSS = 0.012


def read(row: dict, tagger: Tagger) -> dict:
    words = Words.of(Article(row["text"], row["id"], blocks=tuple(lines_as_blocks(row["text"]))))
    isword = [any(map(str.isalnum, form)) for form in words.forms]
    parts = lambda a: {r: {i for i in words.beginning_in(a[r]) if isword[i]} for r in ROLES}  # noqa: E731
    outer = attributions_of(row)
    return {
        "words": words,
        "reading": tagger.read(words),
        "isword": isword,
        "gold": [parts(a) for a in outer],
        "inner": [parts(a) for a in row.get("statements", ()) if a not in outer],
        "marked": "statements" in row,
    }


def owner(chunk: Chunk, gold: list[dict]) -> list[int]:
    """The gold attributions whose part of the same role shares words with the chunk, best first."""
    words = set(range(chunk.first, chunk.last))
    shares = [(len(words & g[chunk.role]), k) for k, g in enumerate(gold)]
    return [k for share, k in sorted(shares, key=lambda x: -x[0]) if share]


def pairs(item: dict, role: str) -> tuple[list[dict], list[int]]:
    reading, gold = item["reading"], item["gold"]
    layout, sentence_of = Layout(item["words"], reading.chunks), item["words"].sentence_of
    features, labels = [], []
    for cue in (c for c in reading.chunks if c.role == "cue"):
        for other in (c for c in reading.chunks if c.role == role):
            near = abs(cue.first - other.first) <= MAX_WORDS + 60
            if near and abs(sentence_of[cue.first] - sentence_of[other.first]) <= MAX_SENTENCES:
                cues, others = owner(cue, gold), owner(other, gold)
                if not cues or not others:
                    continue  # nothing can be learned from chunks that are in no statement
                features.append(pair_features(layout, cue, other, reading.affinity(cue, other)))
                labels.append(int(cues[0] in (others if role == "source" else others[:1])))
    return features, labels


def fit(features: list[dict], labels: list[int], strength: float = 1.0) -> Logistic:
    names = sorted({name for row in features for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in features])
    scale = matrix.std(0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix / scale, labels)
    weights = {name: round(float(w), 5) for name, w in zip(names, model.coef_[0] / scale, strict=True) if abs(w) > 1e-6}
    return Logistic(weights, round(float(model.intercept_[0]), 5))


def outcomes(item: dict, model: LinkerModel) -> tuple[list[dict], list[int], int]:
    """Features of each statement found, whether a gold one matches it with the right source, and how many gold."""
    features, labels, used = [], [], set()
    for link in link_chunks(item["reading"], item["words"], model):
        content = {i for c in link.contents for i in range(c.first, c.last) if item["isword"][i]}
        source = set(range(link.source.first, link.source.last)) if link.source else set()
        right = 0
        for k, gold in enumerate(item["gold"]):
            union = len(content | gold["content"])
            if k not in used and union and len(content & gold["content"]) / union >= 0.5:
                used.add(k)
                right = int(bool(source & gold["source"]) if gold["source"] else not source)
                break
        features.append(dict(link.features))
        labels.append(right)
    return features, labels, len(item["gold"])


def nested(item: dict, model: LinkerModel, tagger: Tagger) -> tuple[list[dict], list[int], int]:
    """Features of each statement found within those found, whether a gold one matches it, and how many gold."""
    words = item["words"]
    found = [a for _, a in steps._linked(item["reading"], words, model)]
    quotations = {q.span.start: q.span for q in words.tokens.quotations if q.level > 1 and q.closed}
    features, labels, used, first = [], [], set(), 0
    for _ in range(steps.MAX_DEPTH - 1):
        contents = contents_as_words(words, found, first)
        first = len(found)
        if not contents.spans:
            break
        for link in link_chunks(tagger.read(contents), contents, model.inside()):
            inner = ended(steps._attribution(link, contents), quotations)
            if not is_nested(contents, inner, found[contents.block_of[link.cue.first]]):
                continue
            features.append({**link.features, **voices(contents, inner)})
            labels.append(int(matched(item, inner, used)))
            found.append(inner)
    return features, labels, len(item["inner"])


def matched(item: dict, inner: Attribution, used: set[int]) -> bool:
    content, source = (
        {i for i in item["words"].beginning_in(spans) if item["isword"][i]} for spans in (inner.content, inner.source)
    )
    for k, gold in enumerate(item["inner"]):
        union = content | gold["content"]
        if k not in used and union and len(content & gold["content"]) / len(union) >= 0.5:
            right = bool(source & gold["source"]) if gold["source"] else not source
            if right:
                used.add(k)
            return right
    return False


def least_nested(collected: list, level: dict[str, tuple[int, int, int]], within: Logistic) -> float:
    """The least probability of a nested statement: the best F1 on news at no more than ``MAX_LOSS`` of PolNeAR's."""
    chances = {
        home: [(sigmoid(within.log_odds(f)), label) for marked, (features, labels, _) in collected
               for f, label in zip(features, labels, strict=True) if marked != home]
        for home in (True, False)
    }  # fmt: skip
    inner = sum(gold for marked, (_, _, gold) in collected if marked)
    (right, pred, gold), (home_right, home_pred, home_gold) = level["news"], level["home"]
    scored = []
    for threshold in np.arange(0.3, 0.9, 0.02):
        kept = [label for chance, label in chances[False] if chance >= threshold]
        lost = sum(chance >= threshold for chance, _ in chances[True])
        f1 = 2 * (right + sum(kept)) / (pred + len(kept) + gold + inner)
        home = 2 * home_right / (home_pred + lost + home_gold)
        scored.append((home >= 2 * home_right / (home_pred + home_gold) - MAX_LOSS, f1, threshold))
        print(f"  nested from {threshold:.2f}: {sum(kept)} of {len(kept)} right, {inner} in the gold; "
              f"news F1 {f1:.4f}, home F1 {home:.4f} ({lost} found there)")  # fmt: skip
    return round(float(max(scored)[2]), 3)


def sigmoid(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def best_threshold(probabilities: np.ndarray, labels: np.ndarray, gold: int) -> float:
    scored = []
    for threshold in np.arange(0, 0.7, 0.01):
        kept = probabilities >= threshold
        scored.append((2 * labels[kept].sum() / (kept.sum() + gold), threshold))
    best = max(scored)[0]
    flat = [t for f, t in scored if f >= best - 0.002]  # the peak itself is noise; a weak statement shows its score
    print(f"relation F1 on the held-out articles {best:.4f} (without threshold {scored[0][0]:.4f})")
    return round(float(min(flat)), 3)


def f1_of(collected: list, statement: Logistic, threshold: float) -> tuple[float, tuple[int, int, int]]:
    """Relation F1, and (right, found, gold)."""
    kept = [label for features, labels, _ in collected for f, label in zip(features, labels, strict=True)
            if sigmoid(statement.log_odds(f)) >= threshold]  # fmt: skip
    gold = sum(c[2] for c in collected)
    return 2 * sum(kept) / (len(kept) + gold), (sum(kept), len(kept), gold)


def cue_words(rows: list[dict]) -> list[str]:
    """Words that stand in a cue in at least three of twenty uses and five times in all."""
    seen, cues = collections.Counter(), collections.Counter()
    for row in rows:
        seen.update(w.lower() for w in re.findall(r"[^\W\d_]+", row["text"]))
        for a in row["attributions" if "attributions" in row else "statements"]:
            cues.update(w.lower() for s, e in a["cue"] for w in re.findall(r"[^\W\d_]+", row["text"][s:e]))
    return sorted(w for w, n in cues.items() if n >= 5 and n / seen[w] >= 0.15)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--engine", choices=("default", "fast"), default="default")
    args = parser.parse_args()
    rows = [row for path in args.corpora for row in load_rows(path)]
    (MODELS / "cue_words.json").write_text(json.dumps(cue_words(rows)), encoding="utf-8")
    tagger = load_tagger(args.engine)
    items = [read(row, tagger) for row in rows if held_out(row["id"])]
    parts = {}
    for role in ("source", "content"):
        features, labels = zip(*(pairs(item, role) for item in items), strict=True)
        parts[role] = fit([f for rows in features for f in rows], [label for rows in labels for label in rows])
    model = LinkerModel(**parts, statement=Logistic({}, 0.0))
    collected = [outcomes(item, model) for item in items]
    features = [f for c in collected for f in c[0]]
    labels = np.array([label for c in collected for label in c[1]])
    statement = fit(features, list(labels), 0.3)
    probabilities = np.array([1 / (1 + np.exp(-statement.log_odds(f))) for f in features])
    threshold = best_threshold(probabilities, labels, sum(c[2] for c in collected))
    for name, marked in (("home", False), ("news", True)):
        kept = [c for c, item in zip(collected, items, strict=True) if item["marked"] == marked]
        print(name, "relation F1, outer statements", round(f1_of(kept, statement, threshold)[0], 4))
    model = LinkerModel(**parts, statement=statement, threshold=threshold, within=statement)
    inner = [(item["marked"], nested(item, model, tagger)) for item in items]
    news = [(f, label) for marked, (features, labels, _) in inner if marked
            for f, label in zip(features, labels, strict=True)]  # fmt: skip
    within = fit([f for f, _ in news], [label for _, label in news], 0.1)
    level = {name: f1_of([c for c, item in zip(collected, items, strict=True) if item["marked"] == marked],
                         statement, threshold)[1] for name, marked in (("home", False), ("news", True))}  # fmt: skip
    least = least_nested(inner, level, within)
    raw = {
        name: {"weights": dict(m.weights), "bias": m.bias}
        for name, m in {**parts, "statement": statement, "within": within}.items()
    }
    raw["thresholds"] = {"threshold": threshold, "nested": least}
    out = MODELS / f"linker-{args.engine}.json"
    out.write_text(json.dumps(raw, indent=1), encoding="utf-8")
    print(out, raw["thresholds"], f"{len(items)} articles, {len(labels)} statements found")


if __name__ == "__main__":
    main()
