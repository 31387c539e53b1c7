"""The whole way on one screen: an article in, an Analysis out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from onrecord.actors import find_references, join_targets, resolve_actors
from onrecord.answers import find_responses, gather_facts, pair_disputes
from onrecord.corrections import corrections_file, lay_over, read_journal
from onrecord.labels import tag_acts, tag_stances
from onrecord.names import Mentions, OwnActors, find_mentions, read_actors
from onrecord.records import Analysis, Article, Attribution, OnrecordError, Span, Statement, Tokens
from onrecord.statements import LineReader, Reading, find_attributions, load_tagger, quote_type
from onrecord.text import Words, read_articles, tokenize, unclosed_quotations

#: No news article is longer; what is, is a dump or a book, and would keep an analyst waiting for minutes.
MAX_CHARACTERS = 100_000


def analyze(
    article: Article | str | Path,
    *,
    engine: str = "default",
    given: tuple[Statement, ...] | None = None,
    actors: OwnActors | str | Path | None = None,
    corrections: str | Path | bool = True,
) -> Analysis:
    """Who is on record with what in ``article``: a record, or the path of a text file with one article.

    ``engine`` is "default" (the encoder) or "fast" (the CRF). ``given`` brings spans (id, source, cue, content) of
    one's own, which are only labelled. ``actors`` is a table of one's own actors with their sides, or the path of one
    (``read_actors``). ``corrections`` is the path of a file of corrections; True takes the one beside the article's
    file where there is one (not over ``given`` spans), False shows the machine alone. Raises ``OnrecordError`` where
    a file cannot be read or holds more than one article, or the engine is unknown.

    >>> analysis = analyze("data/haqqani-2011/article.txt")  # doctest: +SKIP
    >>> [s.actor for s in analysis.statements if s.act == "denial"]  # doctest: +SKIP
    ['Pakistan', 'Rehman Malik']
    """
    own = actors if isinstance(actors, OwnActors) else read_actors(actors) if actors else OwnActors()
    article = _within_limit(article if isinstance(article, Article) else _read_one(Path(article)))
    tokens = tokenize(article.text, article.blocks)
    article = replace(article, notes=tuple(dict.fromkeys((*article.notes, *_quotation_notes(article, tokens)))))
    tagger = load_tagger(engine)
    words = Words(article, tokens)
    reading = tagger.read(words)
    if given is not None:
        attributions, ids = _as_attributions(words, given), [statement.id for statement in given]
    else:
        attributions = find_attributions(words, tagger, reading=reading)
        ids = [f"S{number}" for number in range(1, len(attributions) + 1)]
    mentions = find_mentions(words, own)
    reader = tagger if isinstance(tagger, LineReader) else None
    statements = _label(words, reading, mentions, attributions, ids, reader)
    facts = gather_facts(words, statements, mentions)
    statements = find_responses(words, statements, facts=facts)
    disputes = pair_disputes(words, statements, facts=facts)
    references = find_references(words, statements, mentions=mentions)
    machine = Analysis(
        article,
        tokens,
        statements,
        disputes,
        engine=tagger.name,
        model=tagger.model,
        actors_file=own.file,
        actors_sha256=own.sha256,
        same_as=own.same_as,
        references=references,
    )
    decisions = _corrections(article, corrections, beside=given is None)
    return lay_over(machine, read_journal(decisions)) if decisions else machine


def _corrections(article: Article, corrections: str | Path | bool, *, beside: bool) -> Path | None:
    """The file of corrections that was asked for, if there is one."""
    if not isinstance(corrections, bool):
        return Path(corrections)
    found = corrections_file(Path(article.file)) if corrections and beside and article.file else None
    return found if found and found.is_file() else None


def _within_limit(article: Article) -> Article:
    """The article, or with blocks up to ``MAX_CHARACTERS`` alone and a note that says what was left out."""
    if len(article.text) <= MAX_CHARACTERS:
        return article
    end = article.text.rfind(" ", MAX_CHARACTERS // 2, MAX_CHARACTERS)
    end = end if end > 0 else MAX_CHARACTERS
    kept = (block for block in article.blocks if block.span.start < end)
    blocks = tuple(replace(block, span=Span(block.span.start, min(block.span.end, end))) for block in kept)
    note = (
        f"Only the first {end:,} of {len(article.text):,} characters were analysed: this is longer than any article. "
        "Save each article as a file of its own, or as a line of a .jsonl file."
    )
    return replace(article, blocks=blocks, notes=(*article.notes, note))


def _quotation_notes(article: Article, tokens: Tokens) -> list[str]:
    return [
        f"A quotation is never closed and was read to the end of its paragraph: {article.text[start : start + 60]} …"
        for start in (quotation.span.start for quotation in unclosed_quotations(tokens))
    ]


def _read_one(path: Path) -> Article:
    articles = list(read_articles([path]))
    if len(articles) != 1:
        raise OnrecordError(f"{path} holds {len(articles)} articles, analyze() takes one: use onrecord analyze {path}")
    return articles[0]


def _as_attributions(words: Words, given: tuple[Statement, ...]) -> tuple[Attribution, ...]:
    place = {statement.id: index for index, statement in enumerate(given)}
    return tuple(
        Attribution(s.source, s.cue, s.content, quote_type(words, s.content), place.get(s.nested_in or ""))
        for s in given
    )


def _label(
    words: Words,
    reading: Reading,
    mentions: Mentions,
    attributions: tuple[Attribution, ...],
    names: list[str],
    reader: LineReader | None,
) -> tuple[Statement, ...]:
    judged = [reading.judge(words, each.source, each.cue, each.content) for each in attributions]
    actors = resolve_actors(words, attributions, mentions=mentions)
    acts = tag_acts(words, attributions, scores=[each.acts if each else None for each in judged])
    targets = [each.targets if each else None for each in judged]
    stances = tag_stances(words, attributions, actors, acts, mentions, scores=targets, reader=reader)
    return tuple(
        Statement(
            id=name,
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            quote=attribution.quote,
            nested_in=None if attribution.nested_in is None else names[attribution.nested_in],
            score=attribution.score * actor.score,
            actor=actor.name,
            actor_kind=actor.kind,
            named=actor.named,
            side=actor.side,
            described=actor.described,
            actor_score=actor.score,
            act=act.act,
            act_score=act.score,
            hedged=act.hedged,
            stances=join_targets(stance, actor, mentions),
            because=(*act.because, *actor.because),
        )
        for name, attribution, actor, act, stance in zip(names, attributions, actors, acts, stances, strict=True)
    )
