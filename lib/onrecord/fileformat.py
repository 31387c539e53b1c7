"""The file format: one article a line, offsets into the text as received. A contract (see docs/formats.md).

Offsets count characters of the input text; a byte order mark that opens a file is none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.files import read_plain
from onrecord.records import Analysis, OnrecordError, Reason, Response, Span, Spans, Stance, Statement

Json = dict[str, Any]
#: How the name of a file of corrections ends; it is no article though it lies beside one.
CORRECTIONS_SUFFIX = ".corrections.jsonl"


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
        **_checking_to_json(analysis),
        "statements": [statement_to_json(statement) for statement in analysis.statements],
    }


def _checking_to_json(analysis: Analysis) -> Json:
    """What coders decided over the engine's reading; nothing where nobody has."""
    checking = analysis.checking
    if checking is None:
        return {}
    told = {"corrections": checking.file, "corrections_sha256": checking.sha256, "coders": list(checking.coders)}
    return {**told, "orphaned": list(checking.orphaned)}


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
        "actor_score": round(statement.actor_score, 4),
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
        "decided": list(statement.decided),
        "corrected": list(statement.corrected),
    }  # fmt: skip


def statements_from_json(rows: Iterable[Json]) -> tuple[Statement, ...]:
    """Statements from their rows; fields that a row lacks take the record's defaults.

    Raises ``KeyError`` where a row has no ``id`` or ``content``.
    """
    return tuple(_statement_from_json(row) for row in rows)


def read_statements(path: Path) -> dict[str, tuple[Statement, ...]]:
    """The statements of a file of this format, by the id of their article.

    Raises ``OnrecordError``, naming file, line and field, where the file cannot be read or is of another format, an id
    is none or used twice, a span is none, a content is empty, or a nesting names no other statement or goes in a ring.
    Not checked: whether the spans lie within the text, which only who has the text can tell.
    """
    try:
        lines = read_plain(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise OnrecordError(f"cannot read {path}: {error}. It should be a .jsonl file, UTF-8.") from error
    found: dict[str, tuple[Statement, ...]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"{path}, line {number}"
            id, statements = _read_line(place, line)
            if id in found:
                raise OnrecordError(f"{place}: the article {id!r} was given before. Give each article one line.")
            found[id] = statements
    return found


def _read_line(place: str, line: str) -> tuple[str, tuple[Statement, ...]]:
    try:
        row = json.loads(line)
        id, rows = row["id"], row["statements"]
        if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
            raise OnrecordError(f"{place}: the article's id is {json.dumps(id)}, no text.")
        _check_statements(place, rows)
        return str(id), statements_from_json(rows)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OnrecordError(
            f"{place}: not in the file format ({type(error).__name__}: {error}). "
            'Each line is an article: {"id": …, "statements": [{"id", "source", "cue", "content"}, …]}.'
        ) from error


def _check_statements(place: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raises ``OnrecordError``, naming ``place``, statement and field, for the first thing that cannot be.

    Raises ``KeyError``, ``TypeError`` or ``AttributeError`` where a row is no object or lacks ``id`` or ``content``.
    """
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        id = row["id"]
        if not isinstance(id, str) or not id.strip():
            raise OnrecordError(f'{place}, statement {number}: its "id" is {_told(id)}. Write a text, as "S{number}".')
        if id in seen:
            raise OnrecordError(f'{place}, statement {number}: the "id" {_told(id)} is used twice. Give each its own.')
        seen.add(id)
        for field in ("source", "cue", "content"):
            _check_spans(f"{place}, statement {id}", field, row["content"] if field == "content" else row.get(field))
        if not row["content"]:
            raise OnrecordError(
                f'{place}, statement {id}: its "content" is empty. Write [[start, end]], or leave out the statement.'
            )
    _check_nesting(place, {row["id"]: row.get("nested_in") for row in rows})


def _check_spans(place: str, field: str, spans: Any) -> None:
    before = 0
    for span in spans if isinstance(spans, list) else [] if spans is None else [spans]:
        is_pair = isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span)
        if not is_pair or not before <= span[0] < span[1]:
            raise OnrecordError(
                f'{place}: its "{field}" holds {_told(span)}. A span is [start, end]: two whole numbers, the end after '
                "the start, counted in characters from 0; several stand in order and share no character."
            )
        before = span[1]


def _check_nesting(place: str, outer: Mapping[str, object]) -> None:
    """Each statement lies in none or in one that is there, and none, by however many steps, in itself."""
    free: set[str] = set()
    for id, step in outer.items():
        way = {id}
        while step is not None:
            if not isinstance(step, str) or step not in outer:
                raise OnrecordError(
                    f'{place}, statement {id}: its "nested_in" is {_told(step)}, no id of a statement of this article.'
                )
            if step in free:
                break
            if step in way:
                raise OnrecordError(f'{place}, statement {id}: its "nested_in" leads back to itself.')
            way.add(step)
            step = outer[step]
        free |= way


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]


def _statement_from_json(row: Json) -> Statement:
    simple = (
        "quote",
        "nested_in",
        "score",
        "actor",
        "actor_kind",
        "named",
        "side",
        "actor_score",
        "act",
        "act_score",
        "hedged",
    )
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
        decided=tuple(row.get("decided", ())),
        corrected=tuple(row.get("corrected", ())),
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
