"""The file format: one article a line, offsets into the text as received. A contract (see README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.records import Analysis, OnrecordError, Reason, Response, Span, Spans, Stance, Statement

Json = dict[str, Any]


def to_json(analysis: Analysis) -> Json:
    """One line of the file format, ready for ``json.dumps``."""
    article = analysis.article
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "outlet": article.outlet,
        "byline": article.byline,
        "text": article.text,
        "engine": analysis.engine,
        "model": analysis.model,
        "actors": analysis.actors_file,
        "actors_sha256": analysis.actors_sha256,
        "notes": list(article.notes),
        "statements": [statement_to_json(statement) for statement in analysis.statements],
    }


def statement_to_json(statement: Statement) -> Json:
    """A statement with every field of the format; ``because`` maps a label to the words it rests on."""
    because: dict[str, list[list[int]]] = {}
    rules: dict[str, str] = {}
    for reason in statement.because:
        because.setdefault(reason.label, []).extend(_lists(reason.spans))
        rules[reason.label] = "; ".join(filter(None, [rules.get(reason.label), reason.rule]))
    return {
        "id": statement.id,
        "source": _lists(statement.source),
        "cue": _lists(statement.cue),
        "content": _lists(statement.content),
        "quote": statement.quote,
        "nested_in": statement.nested_in,
        "score": round(statement.score, 4),
        "actor": statement.actor,
        "actor_kind": statement.actor_kind,
        "named": statement.named,
        "side": statement.side,
        "described": _lists(statement.described),
        "act": statement.act,
        "act_score": round(statement.act_score, 4),
        "hedged": statement.hedged,
        "stance": [
            {"target": s.target, "target_type": s.target_type, "polarity": s.polarity, "score": round(s.score, 4),
             "evidence": _lists(s.evidence)}
            for s in statement.stances
        ],
        "responds_to": [_response_to_json(response) for response in statement.responds_to],
        "because": because,
        "rules": rules,
    }  # fmt: skip


def statements_from_json(rows: Iterable[Json]) -> tuple[Statement, ...]:
    """Statements from their rows; fields that a row lacks take the record's defaults.

    Raises ``KeyError`` where a row has no ``id`` or ``content``.
    """
    return tuple(_statement_from_json(row) for row in rows)


def read_statements(path: Path) -> dict[str, tuple[Statement, ...]]:
    """The statements of a file of this format, by the id of their article.

    Raises ``OnrecordError``, naming file and line, where the file cannot be read or is of another format.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(f"cannot read {path}: {error}. It should be a .jsonl file, UTF-8.") from error
    found: dict[str, tuple[Statement, ...]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
                found[str(row["id"])] = statements_from_json(row["statements"])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise OnrecordError(
                    f"{path}, line {number}: not in the file format ({type(error).__name__}: {error}). "
                    'Each line is an article: {"id": …, "statements": [{"id", "source", "cue", "content"}, …]}.'
                ) from error
    return found


def _statement_from_json(row: Json) -> Statement:
    simple = ("quote", "nested_in", "score", "actor", "actor_kind", "named", "side", "act", "act_score", "hedged")
    fields = {"quote": "indirect", **{name: row[name] for name in simple if name in row}}
    rules = row.get("rules", {})
    return Statement(
        id=row["id"],
        source=_spans(row.get("source")),
        cue=_spans(row.get("cue")),
        content=_spans(row["content"]),
        described=_spans(row.get("described")),
        stances=tuple(
            Stance(s["target"], s["target_type"], s["polarity"], s.get("score", 1.0), _spans(s.get("evidence")))
            for s in row.get("stance", ())
        ),
        responds_to=tuple(
            Response(r["to"], r["relation"], r.get("about") or "", r.get("score", 1.0), _spans(r.get("evidence")))
            for r in row.get("responds_to", ())
        ),
        because=tuple(
            Reason(label, _spans(spans), rules.get(label, "")) for label, spans in row.get("because", {}).items()
        ),
        **fields,
    )


def _response_to_json(response: Response) -> Json:
    row: Json = {"to": response.to, "relation": response.relation}
    if response.about:
        row["about"] = response.about
    return {**row, "score": round(response.score, 4), "evidence": _lists(response.evidence)}


def _lists(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _spans(pairs: Iterable[Iterable[int]] | None) -> Spans:
    return tuple(Span(*pair) for pair in pairs or ())
