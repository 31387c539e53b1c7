"""Fit the linker of an engine: which chunks belong together, and the probability of a whole statement.

    python training/train_linker.py POLNEAR_TRAIN.jsonl --engine default

Reads only the articles that the engine's own training held out (one in twenty, ``gold.held_out``): a tagger is too
sure of what it was trained on. Two logistic regressions over the pairs of chunks that it finds there, a third over
the statements that they make (its probability is the statement's score), and the threshold with the best relation
F1 on the same articles. Writes ``models/linker-<engine>.json`` and ``models/cue_words.json``.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from pathlib import Path

import numpy as np
from gold import held_out, lines_as_blocks, load_rows
from sklearn.linear_model import LogisticRegression

from onrecord.records import Article
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
from onrecord.statements.tagger import Chunk
from onrecord.text.words import Words

MODELS = Path("lib/onrecord/models")
#: A statement within another must be as sure as this. The CRF was never shown a content by itself, and invents there.
NESTED_PROBABILITY = {"default": 0.65, "fast": 0.8}


def indices(starts: np.ndarray, spans: list[list[int]]) -> set[int]:
    return {i for s, e in spans for i in range(np.searchsorted(starts, s), np.searchsorted(starts, e))}


def read(row: dict, tagger) -> dict:
    article = Article(row["text"], row["id"], blocks=tuple(lines_as_blocks(row["text"])))
    words = Words.of(article)
    starts = np.array([word.start for word in words.spans])
    isword = [any(map(str.isalnum, form)) for form in words.forms]
    gold = [
        {role: {i for i in indices(starts, a[role]) if isword[i]} for role in ("source", "cue", "content")}
        for a in row["attributions"]
    ]
    return {"words": words, "reading": tagger.read(words), "gold": gold, "isword": isword}


def owner(chunk: Chunk, gold: list[dict]) -> list[int]:
    """The gold attributions whose part of the same role shares words with the chunk, best first."""
    words = set(range(chunk.first, chunk.last))
    shares = [(len(words & g[chunk.role]), k) for k, g in enumerate(gold)]
    return [k for share, k in sorted(shares, key=lambda x: -x[0]) if share]


def pairs(item: dict, role: str) -> tuple[list[dict], list[int]]:
    reading, gold = item["reading"], item["gold"]
    layout = Layout(item["words"], reading.chunks)
    features, labels = [], []
    for cue in (c for c in reading.chunks if c.role == "cue"):
        for other in (c for c in reading.chunks if c.role == role):
            near = abs(cue.first - other.first) <= MAX_WORDS + 60
            if near and abs(layout.sentence(cue.first) - layout.sentence(other.first)) <= MAX_SENTENCES:
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


def best_threshold(probabilities: np.ndarray, labels: np.ndarray, gold: int) -> float:
    scored = []
    for threshold in np.arange(0, 0.7, 0.01):
        kept = probabilities >= threshold
        scored.append((2 * labels[kept].sum() / (kept.sum() + gold), threshold))
    best = max(scored)[0]
    flat = [t for f, t in scored if f >= best - 0.002]  # the middle of the plateau: the peak itself is noise
    print(f"relation F1 on the held-out articles {best:.4f} (without threshold {scored[0][0]:.4f})")
    return round(float(np.median(flat)), 3)


def cue_words(rows: list[dict]) -> list[str]:
    """Words that stand in a cue in at least one of five uses and five times in all."""
    seen, cues = collections.Counter(), collections.Counter()
    for row in rows:
        seen.update(w.lower() for w in re.findall(r"[^\W\d_]+", row["text"]))
        for a in row["attributions"]:
            cues.update(w.lower() for s, e in a["cue"] for w in re.findall(r"[^\W\d_]+", row["text"][s:e]))
    return sorted(w for w, n in cues.items() if n >= 5 and n / seen[w] >= 0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--engine", choices=("default", "fast"), default="default")
    args = parser.parse_args()
    rows = load_rows(args.polnear)
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
    raw = {name: {"weights": dict(m.weights), "bias": m.bias} for name, m in {**parts, "statement": statement}.items()}
    raw["thresholds"] = {"threshold": threshold, "nested": max(threshold, NESTED_PROBABILITY[args.engine])}
    out = MODELS / f"linker-{args.engine}.json"
    out.write_text(json.dumps(raw, indent=1), encoding="utf-8")
    print(out, raw["thresholds"], f"{len(items)} articles, {len(labels)} statements found")


if __name__ == "__main__":
    main()
