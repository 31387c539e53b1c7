"""One article against its gold, statement by statement: what was found, what is right about it, what was invented."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

import pandas as pd

from onrecord.evaluation.gold import GoldArticle
from onrecord.evaluation.labels import match_stances, match_statements, same_name, same_words
from onrecord.evaluation.words import Words
from onrecord.plain_english import act_name, count_of
from onrecord.records import Article, Statement

COLUMNS = (
    "gold", "found_as", "source_right", "actor_right", "act_gold", "act_found", "stances_gold", "stances_right",
    "stances_found", "links_gold", "links_right", "links_found", "source", "cue", "content",
)  # fmt: skip


def statement_checks(gold: GoldArticle, predicted: Sequence[Statement]) -> pd.DataFrame:
    """A row per gold statement, then one per invented statement (``gold`` is missing there).

    Found is a content that shares half its words. ``source_right``: the source shares a word, or both have none;
    ``actor_right``: the same words, or a telling word in common; stances are right with target and polarity; links
    with the statement they answer and the relation.
    """
    words = Words.of(gold.text)
    article = Article(gold.text, gold.id)
    pairs = match_statements(gold, predicted)
    names = {g.id: p.id for g, p in pairs if g and p}
    rows = [_row(article, words, g, p, names) for g, p in pairs]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(
    article: Article, words: Words, gold: Statement | None, found: Statement | None, names: dict[str, str]
) -> dict[str, object]:
    shown = gold or found
    assert shown is not None
    row: dict[str, object] = {
        "gold": gold.id if gold else None,
        "found_as": found.id if found else None,
        "act_gold": gold.act if gold else None,
        "act_found": found.act if found else None,
        "source": article.words_of(shown.source),
        "cue": article.words_of(shown.cue),
        "content": article.words_of(shown.content),
        "stances_gold": len(gold.stances) if gold else 0,
        "stances_found": len(found.stances) if found else 0,
        "stances_right": 0,
        "links_gold": sum(r.to is not None for r in gold.responds_to) if gold else 0,
        "links_found": sum(r.to is not None for r in found.responds_to) if found else 0,
        "links_right": 0,
    }
    if gold and found:
        answers = {(r.to, r.relation) for r in found.responds_to if r.to}
        stances = match_stances(gold.stances, found.stances)
        row |= {
            "source_right": _same_source(words, gold, found),
            "actor_right": same_words(gold.actor, found.actor) or same_name(gold.actor, found.actor),
            "stances_right": sum(a.polarity == b.polarity for a, b in stances),
            "links_right": sum((names.get(r.to or ""), r.relation) in answers for r in gold.responds_to if r.to),
        }
    return row


def article_errors(checks: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Per statement that is missed, invented or mislabelled: its id, what is wrong in words, its source, cue, content.

    Ids are those of the gold; of an invented statement the one that it was found as.
    """
    for row in checks.to_dict("records"):
        problems = _problems(row)
        if problems:
            name = row["gold"] if isinstance(row["gold"], str) else row["found_as"]
            yield str(name), "; ".join(problems), " ".join(str(row[part]) for part in ("source", "cue", "content"))


def _problems(row: Mapping[Hashable, object]) -> list[str]:
    if not isinstance(row["gold"], str):
        return ["invented"]
    if not isinstance(row["found_as"], str):
        return ["missed"]
    wrong = [f"another {name}" for name in ("source", "actor") if not row[f"{name}_right"]]
    if row["act_gold"] != row["act_found"]:
        wrong.append(f"{act_name(str(row['act_gold']))} read as {act_name(str(row['act_found']))}")
    for name, one, many in (("stances", "stance", "stances"), ("links", "link", "links")):
        right, of, told = (row[f"{name}_{part}"] for part in ("right", "gold", "found"))
        if not right == of == told:
            wrong.append(f"{right} of {count_of(int(str(of)), one, many)} right, {told} told")
    return wrong


def _same_source(words: Words, gold: Statement, found: Statement) -> bool:
    first, second = set(words.within(gold.source)), set(words.within(found.source))
    return bool(first & second) if first else not second


def article_summary(checks: pd.DataFrame) -> pd.DataFrame:
    """Measure → right, of: how many gold statements were found, with the right source, actor and act, stances, links;
    and how many statements were invented (``right`` is their number there, ``of`` all that were predicted)."""
    gold, found = checks[checks["gold"].notna()], checks[checks["gold"].notna() & checks["found_as"].notna()]
    invented = checks["gold"].isna()
    rows = {
        "found": (len(found), len(gold)),
        "source right": (int((found["source_right"] == True).sum()), len(gold)),  # noqa: E712 - may be missing
        "actor right": (int((found["actor_right"] == True).sum()), len(gold)),  # noqa: E712
        "act right": (int((found["act_gold"] == found["act_found"]).sum()), len(gold)),
        "stances right": (int(checks["stances_right"].sum()), int(checks["stances_gold"].sum())),
        "stances found": (int(checks["stances_right"].sum()), int(checks["stances_found"].sum())),
        "links right": (int(checks["links_right"].sum()), int(checks["links_gold"].sum())),
        "links found": (int(checks["links_right"].sum()), int(checks["links_found"].sum())),
        "invented": (int(invented.sum()), int(checks["found_as"].notna().sum())),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["right", "of"]).rename_axis("measure")
