"""What a worker does: the texts of one shard in, what was found in them out."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event

from onrecord.corpus.store import Row, Store, load_texts, save_results
from onrecord.fileformat import statement_to_json
from onrecord.names import OwnActors
from onrecord.pipeline import analyze
from onrecord.records import Analysis, Article, OnrecordError
from onrecord.text import parse_article

#: Set when the run is to end; a worker gets it when it starts.
_stop: Event | None = None


class Stopped(Exception):
    """The run was ended between two articles of a shard."""


@dataclass
class _Found:
    """The rows of a shard's tables, growing."""

    analysed: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    stances: list[Row] = field(default_factory=list)
    responses: list[Row] = field(default_factory=list)


def start_worker(stop: Event) -> None:
    """Makes this process a worker: Ctrl-C is the parent's affair, and no worker outlives its parent."""
    global _stop  # the one thing a worker is told apart from its shards
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def analyse_shard(store: Store, number: int, engine: str, own: OwnActors | None) -> int:
    """Analyses the texts of a shard and writes what was found; how many articles it has.

    Raises ``Stopped`` where the run ends before the shard does: then nothing of it is written.
    """
    found = _Found()
    for row in load_texts(store, number):
        if _stop is not None and _stop.is_set():
            raise Stopped
        found.analysed.append(_analyse(row, found, lambda article: analyze(article, engine=engine, actors=own)))
    save_results(store, number, vars(found))
    return len(found.analysed)


def _analyse(row: Row, found: _Found, read: Callable[[Article], Analysis]) -> Row:
    """The row of an article in ``analysed``; its statements go to the other tables."""
    if row["problem"] or not row["english"]:
        return {"id": row["id"], "statements": None, "problem": row["problem"]}
    try:
        analysis = read(article_of(row))
    except OnrecordError as error:
        return {"id": row["id"], "statements": None, "problem": str(error)}
    except Exception as error:  # a fault of ours in one article must not lose the others
        problem = f"could not be analysed ({type(error).__name__}: {error}). Please report this."
        return {"id": row["id"], "statements": None, "problem": problem}
    found.statements += _statement_rows(analysis)
    found.stances += _stance_rows(analysis)
    found.responses += _response_rows(analysis)
    return {"id": row["id"], "statements": len(analysis.statements), "problem": None}


def article_of(row: Row) -> Article:
    """The article of a row of ``texts``, its lines told apart."""
    return parse_article(
        row["text"], id=row["id"], title=row["title"], date=row["date"], outlet=row["outlet"], byline=row["byline"]
    )


def _statement_rows(analysis: Analysis) -> Iterator[Row]:
    words = analysis.article.words_of
    for s in analysis.statements:
        yield {
            "article": analysis.article.id,
            "id": s.id,
            "actor": s.actor,
            "actor_kind": s.actor_kind,
            "named": s.named,
            "side": s.side,
            "act": s.act,
            "act_score": round(s.act_score, 4),
            "hedged": s.hedged,
            "quote": s.quote,
            "score": round(s.score, 4),
            "source_words": words(s.source),
            "cue_words": words(s.cue),
            "content_words": words(s.content),
            "start": min((start for start, _ in s.content), default=0),
            "end": max((end for _, end in s.content), default=0),
            "record": json.dumps(statement_to_json(s), ensure_ascii=False),
        }


def _stance_rows(analysis: Analysis) -> Iterator[Row]:
    for s in analysis.statements:
        for stance in s.stances:
            yield {
                "article": analysis.article.id,
                "statement": s.id,
                "actor": s.actor,
                "side": s.side,
                "polarity": stance.polarity,
                "target": stance.target,
                "target_type": stance.target_type,
                "score": round(stance.score, 4),
                "evidence": analysis.article.words_of(stance.evidence),
            }


def _response_rows(analysis: Analysis) -> Iterator[Row]:
    for s in analysis.statements:
        for response in s.responds_to:
            yield {
                "article": analysis.article.id,
                "statement": s.id,
                "actor": s.actor,
                "relation": response.relation,
                "to": response.to,
                "about": response.about,
                "score": round(response.score, 4),
            }
