"""Train the model of the links between an answer and what it answers (models/responses-1.json).

    pip install -e '.[train]'
    python training/train_responses.py --labels LABELS.jsonl NEWS.jsonl --out lib/onrecord/models

Features of ``onrecord.answers.link_features``. First a conditional logit: all other statements of the article, and
"none of them", compete for being what an answer answers (where it answers several, each is right in part). Then a
logistic regression over pairs (answer, other statement) that sees the probabilities of the first for all pairs of an
answer, made by models that did not see the article. Actors, names and sides are those that the library finds; acts are
the labels'. One article in twenty is kept out of the shipped fit; the threshold is chosen there, with the acts that the
default engine finds. Two minutes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord.actors import resolve_actors
from onrecord.answers.link_features import no_link_features, pair_features, second_look
from onrecord.answers.links import LinkModel, may_answer
from onrecord.answers.statement_facts import Facts, gather_facts
from onrecord.fileformat import statements_from_json
from onrecord.names import Mentions, find_mentions
from onrecord.pipeline import analyze
from onrecord.records import RELATIONS, Statement
from shared.gold import held_out
from shared.labelled import Labelled, read_labelled
from train_acts import fold

C = 0.3
#: Strength of the penalty on the weights of the first pass.
PENALTY = 3.0
#: A feature of the first pass counts where it is seen so often.
LEAST_SEEN = 10
FOLDS = 5
#: Differences of F1 that are chance: its standard error over the folds is about as large.
NEARLY = 0.01
Array = NDArray[Any]
Weights = dict[str, float]


@dataclass(frozen=True)
class Question:
    """One answer: what it may answer, which of these it does, and the fold of its article."""

    answer: Facts
    others: list[Facts]
    linked: list[bool]
    fold: int


def statements_of(each: Labelled, mentions: Mentions) -> list[Statement]:
    """The labelled statements with the actors that the library finds, as at run time; stances are left out."""
    actors = resolve_actors(each.words, each.attributions, mentions=mentions)
    return [
        replace(gold, actor=a.name, actor_kind=a.kind, named=a.named, side=a.side, stances=())
        for gold, a in zip(statements_from_json(each.gold), actors, strict=True)
    ]


def read_questions(labelled: Iterable[Labelled]) -> list[Question]:
    found = []
    for each in labelled:
        if not any(row["act"] in RELATIONS for row in each.gold):
            continue
        mentions = find_mentions(each.words)
        facts = gather_facts(each.words, statements_of(each, mentions), mentions)
        for answer in facts:
            if answer.statement.act in RELATIONS:
                gold = {response.to for response in answer.statement.responds_to}
                others = may_answer(answer, facts)
                linked = [other.statement.id in gold for other in others]
                found.append(Question(answer, others, linked, fold(each.words.article.id)))
    return found


@dataclass(frozen=True)
class Contest:
    """Answers as contests: features of "none" [answers, f], of the rivals [pairs, g], rivals per answer, right ones."""

    none: csr_matrix
    rivals: csr_matrix
    sizes: Array
    linked: Array

    def only(self, chosen: Array) -> Contest:
        pairs = np.repeat(chosen, self.sizes)
        return Contest(self.none[chosen], self.rivals[pairs], self.sizes[chosen], self.linked[pairs])

    @property
    def owner(self) -> Array:
        """Per pair the number of its answer."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def chances(self, weights: Array) -> tuple[Array, Array]:
        """(probability of "none" per answer, probability per pair); ``weights`` of none and rivals in one row."""
        none, rivals = self.none @ weights[: self.none.shape[1]], self.rivals @ weights[self.none.shape[1] :]
        top = none.copy()
        np.maximum.at(top, self.owner, rivals)
        none, rivals = np.exp(none - top), np.exp(rivals - top[self.owner])
        total = none + np.bincount(self.owner, rivals, len(none))
        return none / total, rivals / total[self.owner]

    def fit(self) -> Array:
        """The weights of greatest likelihood, with the penalty."""
        count = np.bincount(self.owner, self.linked, len(self.sizes))
        wanted, unlinked = self.linked / np.maximum(count, 1)[self.owner], (count == 0).astype(float)

        def loss(weights: Array) -> tuple[float, Array]:
            none, rivals = self.chances(weights)
            logs = unlinked @ np.log(np.maximum(none, 1e-30)) + wanted @ np.log(np.maximum(rivals, 1e-30))
            slope = np.r_[self.none.T @ (none - unlinked), self.rivals.T @ (rivals - wanted)]
            return PENALTY / 2 * weights @ weights - logs, slope + PENALTY * weights

        start = np.zeros(self.none.shape[1] + self.rivals.shape[1])
        return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def table_of(features: list[dict[str, float]]) -> tuple[csr_matrix, list[str]]:
    """(rows by features, their names) of the features seen at least ``LEAST_SEEN`` times."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(features)
    kept = np.flatnonzero(np.bincount(table.indices, minlength=table.shape[1]) >= LEAST_SEEN)
    return table[:, kept], vectorizer.get_feature_names_out()[kept].tolist()


def fit_first(questions: list[Question]) -> tuple[Array, Weights, Weights]:
    """(probability per pair by models of the other folds, weights of the pairs, weights of "none")."""
    none, none_names = table_of([no_link_features(q.answer, q.others) for q in questions])
    rivals, names = table_of([row for q in questions for row in pair_features(q.answer, q.others)])
    linked = np.array([linked for q in questions for linked in q.linked], dtype=float)
    contest = Contest(none, rivals, np.array([len(q.others) for q in questions]), linked)
    folds = np.array([q.fold for q in questions])
    chances = np.zeros(len(linked))
    for k in range(FOLDS):
        held = folds % FOLDS == k
        chances[np.repeat(held, contest.sizes)] = contest.only(held).chances(contest.only(~held).fit())[1]
    weights = contest.only(folds > 0).fit()
    return chances, _named(names, weights[len(none_names) :]), _named(none_names, weights[: len(none_names)])


def _named(names: Iterable[str], weights: Array) -> Weights:
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def fit_second(features: list[dict[str, float]], y: Array, folds: Array) -> tuple[Array, Weights]:
    """(probabilities by models of the other folds, weights fitted on all articles but those with fold 0)."""
    table = DictVectorizer()
    x = table.fit_transform(features)
    new = lambda: LogisticRegression(C=C, max_iter=1000, fit_intercept=False)  # noqa: E731
    chances = np.zeros(len(y))
    for k in range(FOLDS):
        held = folds % FOLDS == k
        chances[held] = new().fit(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    model = new().fit(x[folds > 0], y[folds > 0])
    return chances, _named(table.get_feature_names_out(), model.coef_[0])


def best_threshold(chances: Array, gold: Array, links: int) -> tuple[float, float]:
    """(threshold, F1): the middle one of the thresholds whose F1 is within ``NEARLY`` of the best.

    ``links`` counts all links, also those that no pair can reach. The lowest of them would hang on a chance bump of a
    curve that is flat over half its length.
    """
    order = np.argsort(-chances)
    hits = np.cumsum(gold[order])
    f1 = 2 * hits / (np.arange(1, len(gold) + 1) + links)
    middle = int(np.median(np.flatnonzero(f1 >= f1.max() - NEARLY)))
    return float(chances[order][middle]), float(f1[middle])


def own_threshold(labelled: Iterable[Labelled], model: LinkModel) -> tuple[float, float]:
    """(threshold, F1) on the held-out articles with the acts that the default engine finds, on the labels' spans.

    A denial that is none links what nobody answers: the threshold that is best with the labels' acts is too low.
    """
    chances, right, links = [], [], 0
    for each in labelled:
        if not held_out(each.words.article.id):
            continue
        given = statements_from_json(each.gold)
        gold = {(g.id, r.to, r.relation) for g in given for r in g.responds_to if r.to is not None}
        links += len(gold)
        statements = analyze(each.words.article, given=given).statements
        facts = gather_facts(each.words, statements, find_mentions(each.words))
        for answer in facts:
            relation = RELATIONS.get(answer.statement.act)
            others = may_answer(answer, facts) if relation else []
            chances += model.chances(answer, others) if others else []
            right += [(answer.statement.id, other.statement.id, relation) in gold for other in others]
    return best_threshold(np.array(chances), np.array(right), links)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    questions = read_questions(read_labelled(*args.labels))
    sizes = [len(q.others) for q in questions]
    y = np.array([linked for q in questions for linked in q.linked])
    folds = np.repeat([q.fold for q in questions], sizes)
    act = np.repeat([q.answer.statement.act for q in questions], sizes)
    links = dict.fromkeys(RELATIONS, 0)
    for q in questions:
        links[q.answer.statement.act] += sum(r.to is not None for r in q.answer.statement.responds_to)
    first, weights, none = fit_first(questions)
    parts = np.split(first, np.cumsum(sizes)[:-1])
    looks = zip(np.cumsum(sizes) - sizes, questions, parts, strict=True)
    looked = [(k + i, row) for k, q, part in looks for i, row in second_look(q.answer, q.others, part.tolist())]
    kept, rows = np.array([k for k, _ in looked]), [row for _, row in looked]
    chances = np.zeros(len(y))
    chances[kept], second = fit_second(rows, y[kept], folds[kept])
    total = sum(links.values())
    print(f"answers {len(questions)}, pairs {len(y)}, links {total}; with gold acts, five folds:")
    print("  first pass: F1 {1:.3f} at {0:.3f}".format(*best_threshold(first, y, total)))
    overall, f1 = best_threshold(chances, y, total)
    print(f"  second pass: F1 {f1:.3f} at {overall:.3f}")
    for each in RELATIONS:
        of = act == each
        threshold, f1 = best_threshold(chances[of], y[of], links[each])
        print(f"  {each}: F1 {f1:.3f} at {threshold:.3f} (links {links[each]})")
    own, f1 = own_threshold(read_labelled(*args.labels), LinkModel(weights, none, second, {}))
    print(f"  with the engine's own acts, held out: F1 {f1:.3f} at {own:.3f}")
    thresholds = {each: round(own, 2) for each in RELATIONS}
    text = json.dumps(
        {"thresholds": thresholds, "weights": weights, "none": none, "second": second},
        indent=1,
        sort_keys=True,
    )
    (args.out / "responses-1.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
