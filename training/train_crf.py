"""Train the fast engine: a linear-chain CRF over the words of a paragraph.

    pip install -e '.[train]'
    python training/train_crf.py TRAIN.jsonl NEWS.jsonl --dev DEV.jsonl --out lib/onrecord/models/crf-1.npz

TRAIN.jsonl and DEV.jsonl are PolNeAR, NEWS.jsonl the news set, one article a line: {"id", "text", "attributions":
[{"source", "cue", "content"}]}, in the news set "statements". First the lexicon: clusters of words that stand in the
same company, and how often a word is part of a cue (for a training article counted in the others, so that the CRF
learns how far to trust it). Then the CRF, by python-crfsuite, sparse by an L1 penalty. Last the parameters as arrays,
which is all that reading needs.
About ten minutes on one core. The articles that ``gold.held_out`` names are left for calibration.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from onrecord.records import Article
from onrecord.statements.crf import Parameters, read_tags, save
from onrecord.statements.crf_features import CUE_LEVELS, Lexicon, Vocabulary, attributes_of, codes_of, normal
from onrecord.statements.decoding import TAGS
from onrecord.text.words import Words
from shared.gold import attributions_of, held_out, lines_as_blocks, load_rows, tags_of

FOLDS = 10
Row = tuple[Words, list[int]]


def prepare(row: dict[str, Any]) -> Row:
    """The words of the article and the tag of each."""
    words = Words.of(Article(row["text"], row["id"], blocks=tuple(lines_as_blocks(row["text"]))))
    return words, tags_of(words.spans, attributions_of(row))


def plain_words(row: Row) -> list[str]:
    return [normal(form) for form in row[0].forms]


# ---- the lexicon -------------------------------------------------------------------------------


def cluster_words(rows: list[Row], sizes: tuple[int, int], seed: int) -> list[dict[str, int]]:
    """Clusters (from 1) of the words seen three times or more, by the words beside them and their own endings.

    Positive pointwise mutual information with the word one and two places off, reduced to 64 dimensions.
    """
    texts = [plain_words(row) for row in rows]
    frequency = Counter(word for text in texts for word in text)
    vocabulary = [word for word, count in frequency.most_common() if count >= 3]
    number = {word: i for i, word in enumerate(vocabulary)}
    near, counts = min(1500, len(vocabulary)), Counter()
    for text in texts:
        ids = [number.get(word, -1) for word in text]
        for place, by in enumerate((-2, -1, 1, 2)):
            for i in range(max(0, -by), len(ids) - max(0, by)):
                if ids[i] >= 0 and 0 <= ids[i + by] < near:
                    counts[ids[i], place * near + ids[i + by]] += 1
    endings: dict[str, int] = {}
    for word in vocabulary:
        for ending in sorted({word[-2:], word[-3:], word[-4:]}) if word.isalpha() else ():
            column = 4 * near + endings.setdefault(ending, len(endings))
            counts[number[word], column] += min(20, frequency[word])
    places = np.array(list(counts)).T
    matrix = csr_matrix((list(counts.values()), (places[0], places[1])), dtype=np.float64)
    total, by_row, by_column = matrix.sum(), np.asarray(matrix.sum(1)).ravel(), np.asarray(matrix.sum(0)).ravel()
    entries = matrix.tocoo()
    weight = np.log(entries.data * total / (by_row[entries.row] * by_column[entries.col]))
    weight = csr_matrix((np.maximum(weight, 0), (entries.row, entries.col)), shape=matrix.shape)
    vectors = normalize(TruncatedSVD(64, random_state=seed).fit_transform(weight))
    return [
        {
            w: int(c) + 1
            for w, c in zip(
                vocabulary, MiniBatchKMeans(size, random_state=seed, n_init=1).fit_predict(vectors), strict=True
            )
        }
        for size in sizes
    ]


def cue_levels(
    counts: Counter[str], cues: Counter[str], cluster: Mapping[str, int], trust: float = 8.0
) -> dict[str, int]:
    """The level of each word that is ever part of a cue; a rare word leans on the rate of its cluster."""
    total, positive = Counter(), Counter()
    for word, count in counts.items():
        total[cluster.get(word, 0)] += count
        positive[cluster.get(word, 0)] += cues[word]
    levels = {}
    for word, count in counts.items():
        rate = positive[cluster.get(word, 0)] / max(1, total[cluster.get(word, 0)])
        level = int(np.searchsorted(CUE_LEVELS, (cues[word] + trust * rate) / (count + trust)))
        if level:
            levels[word] = level
    return levels


def lexicons(rows: list[Row], seed: int) -> list[Lexicon]:
    """One lexicon per fold, counted in the other folds, and last the one of all rows."""
    coarse, fine = cluster_words(rows, (100, 400), seed)
    counts, cues = [Counter() for _ in range(FOLDS)], [Counter() for _ in range(FOLDS)]
    for i, row in enumerate(rows):
        for word, tag in zip(plain_words(row), row[1], strict=True):
            counts[i % FOLDS][word] += 1
            cues[i % FOLDS][word] += TAGS[tag].endswith("cue")
    all_counts, all_cues = sum(counts, Counter()), sum(cues, Counter())
    made = [cue_levels(all_counts - counts[k], all_cues - cues[k], fine) for k in range(FOLDS)]
    return [Lexicon(levels, fine, coarse) for levels in [*made, cue_levels(all_counts, all_cues, fine)]]


# ---- the CRF -----------------------------------------------------------------------------------


def sequences(row: Row, vocabulary: Vocabulary) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The attributes and tags of each paragraph."""
    codes, layout = codes_of(row[0], vocabulary)
    names = list(vocabulary.words)
    cache: dict[tuple[str, int], list[str]] = {}
    columns = []
    for template, values in codes.items():
        column = []
        for code in values.tolist():
            if (template, code) not in cache:
                cache[template, code] = attributes_of(template, code, vocabulary, names)
            column.append(cache[template, code])
        columns.append(column)
    items = [[name for names in word for name in names] for word in zip(*columns, strict=True)]
    bounds = [*layout.block_starts.tolist(), len(items)]
    for low, high in itertools.pairwise(bounds):
        tags = [TAGS[tag] for tag in row[1][low:high]]
        if tags and tags[0].startswith("I"):
            tags[0] = "B" + tags[0][1:]
        yield items[low:high], tags


def fit(rows: list[Row], made: list[Lexicon], args: argparse.Namespace) -> dict[tuple[str, str], float]:
    """The weights of (attribute, tag), and of (tag, tag) under the names ``-> tag``."""
    trainer = pycrfsuite.Trainer(verbose=True)
    trainer.select("lbfgs")
    trainer.set_params({"c1": args.c1, "c2": args.c2, "max_iterations": args.iterations, "epsilon": 1e-6,
                        "feature.minfreq": args.minfreq, "feature.possible_transitions": True})  # fmt: skip
    vocabularies = [Vocabulary(lexicon) for lexicon in made]
    for i, row in enumerate(rows):
        for items, tags in sequences(row, vocabularies[i % FOLDS]):
            trainer.append(items, tags)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    moves = {(f"-> {a}", b): weight for (a, b), weight in info.transitions.items()}
    return {**info.state_features, **moves}


def parameters(weights: dict[tuple[str, str], float], lexicon: Lexicon, lean: float) -> Parameters:
    """The weights as arrays; what is too small to change a reading is dropped.

    Each word that is outside costs ``lean``: the linker, which sees whole statements, takes out what is too much.
    """
    column = {tag: i for i, tag in enumerate(TAGS)}
    moves = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    table: dict[str, np.ndarray] = {}
    for (name, tag), weight in weights.items():
        if name.startswith("-> "):
            moves[column[name[3:]], column[tag]] = weight
        elif abs(weight) >= 0.005:
            table.setdefault(name, np.zeros(len(TAGS), dtype=np.float32))[column[tag]] = weight
    for i, tag in enumerate(TAGS):  # an inside tag follows only its own begin or inside
        if tag.startswith("I"):
            moves[[k for k, other in enumerate(TAGS) if other[2:] != tag[2:] or other == "O"], i] = -50
    moves[:, 0] -= lean
    return Parameters(list(table), np.stack(list(table.values())), moves, lexicon)


def word_scores(rows: list[Row], model: Parameters) -> dict[str, float]:
    """F1 per role over words."""
    counts = np.zeros((len(TAGS), len(TAGS)))
    for words, gold in rows:
        for g, p in zip(gold, read_tags(words, model), strict=True):
            counts[g, p] += 1
    scores = {}
    for role in ("source", "cue", "content"):
        own = [i for i, tag in enumerate(TAGS) if tag.endswith(role)]
        right = counts[np.ix_(own, own)].sum()
        scores[role] = round(float(2 * right / (counts[own].sum() + counts[:, own].sum())), 4)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--dev", type=Path, required=True, help="measured on, never trained on")
    parser.add_argument("--out", type=Path, default=Path("lib/onrecord/models/crf-1.npz"))
    parser.add_argument("--c1", type=float, default=1.0)
    parser.add_argument("--c2", type=float, default=1.0)
    parser.add_argument("--iterations", type=int, default=55)
    parser.add_argument("--minfreq", type=int, default=4)
    parser.add_argument("--lean", type=float, default=0.4, help="cost of a word outside all statements")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="train on so many articles only, for a trial")
    args = parser.parse_args()
    started = time.time()
    rows = [
        prepare(row)
        for row in [r for path in args.train for r in load_rows(path) if not held_out(r["id"])][: args.limit]
    ]
    made = lexicons(rows, args.seed)
    print(f"{len(rows)} articles, lexicon after {time.time() - started:.0f} s", flush=True)
    model = parameters(fit(rows, made, args), made[-1], args.lean)
    save(model, args.out)
    entry = {
        "articles": len(rows),
        "seconds": round(time.time() - started),
        "attributes": len(model.attributes),
        "bytes": args.out.stat().st_size,
        "dev": word_scores([prepare(row) for row in load_rows(args.dev)], model),
    }
    print(json.dumps({**{k: v for k, v in vars(args).items() if isinstance(v, int | float)}, **entry}))


if __name__ == "__main__":
    main()
