"""What a learned model reads of a statement: rules that fired, and words by their place.

Each feature keeps the words it came from, so that a decision can point to them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from onrecord.labels.act_rules import OWN_PRONOUNS, RuleHit, across_hits, decide, own_subject, rule_hits
from onrecord.text import Parts, Words

Feature = tuple[str, tuple[int, ...]]

_FIRST_WORDS, _LAST_WORDS, _BAG = 5, 2, 60
_MODALS = frozenset("will wo would should must can could may might shall 'll ought need needs".split())
_MARKS = frozenset("? ! : `` '' \" '".split())


def act_features(words: Words, parts: Parts, hits: Sequence[RuleHit]) -> dict[str, float]:
    """The rules that fired, as numbers for a learned combination: strongest hit per label, what they decide."""
    found: dict[str, float] = {}
    for hit in hits:
        found[f"rule {hit.label}"] = max(found.get(f"rule {hit.label}", 0.0), float(hit.strength))
    found[f"rules say {decide(hits)[0]}"] = 1.0
    found["own subject"] = float(own_subject(words, parts) is not None)
    return found


def all_hits(words: Words, parts: Parts) -> list[RuleHit]:
    """Every rule on acts that fires: in the cue, in the content, across both."""
    return [*rule_hits(words, parts), *across_hits(words, parts)]


def word_features(words: Words, parts: Parts, hits: Sequence[RuleHit]) -> list[Feature]:
    """All features of the stand-alone model, each once: rules, cue, content, source and what stands around."""
    features: dict[str, tuple[int, ...]] = {}
    for name, places in (
        *_rule_features(hits),
        *_cue_features(words, parts),
        *_content_features(words, parts),
        *_source_features(words, parts),
        *_context_features(words, parts),
    ):
        features.setdefault(name, places)
    return list(features.items())


def hedge_features(words: Words, parts: Parts, hedges: Sequence[RuleHit]) -> list[Feature]:
    """The features of the model for ``hedged``: the words of doubt, by place and neighbours, and the cue."""
    features: dict[str, tuple[int, ...]] = {}
    low = words.lower
    for hit in hedges:
        features[f"h:{hit.label}:{hit.strength}"] = hit.words
        features[f"h:{hit.name}"] = hit.words
        after = low[hit.words[-1] + 1] if hit.words[-1] + 1 < len(low) else "-"
        before = low[hit.words[0] - 1] if hit.words[0] else "-"
        features[f"h>{low[hit.words[0]]} {after}"] = hit.words
        features[f"h<{before} {low[hit.words[0]]}"] = hit.words
        if hit.words[0] in parts.content:
            place = parts.content.index(hit.words[0])
            features[f"h@{low[hit.words[0]]}:{_bucket(place)}"] = hit.words
            features[f"h/{hit.label}:{_bucket(len(parts.content) - place)}"] = hit.words
    for name, places in (*_cue_features(words, parts), *_source_features(words, parts)):
        features.setdefault(name, places)
    for i in parts.content[:_BAG]:
        features.setdefault("w:" + words.stems[i], (i,))
    for k, i in enumerate(parts.content[:3]):
        features.setdefault(f"f{k}:{low[i]}", (i,))
    features[f"n:{_bucket(len(parts.content))}"] = ()
    features["quoted:" + (_quoted(words, parts) if parts.content else "no")] = ()
    return list(features.items())


def _rule_features(hits: Sequence[RuleHit]) -> Iterable[Feature]:
    for hit in hits:
        yield f"r:{hit.name}", hit.words
        yield f"R:{hit.label}:{hit.strength}", hit.words
    yield f"D:{decide(hits)[0]}", ()


def _cue_features(words: Words, parts: Parts) -> Iterable[Feature]:
    low = words.lower
    yield "cue=" + " ".join(low[i] for i in parts.cue), parts.cue
    for i in parts.cue:
        yield "c:" + low[i], (i,)
        yield "cs:" + words.stems[i], (i,)
    for i, j in zip(parts.cue, parts.cue[1:], strict=False):
        yield f"c2:{low[i]} {low[j]}", (i, j)
    head = low[parts.cue[-1]] if parts.cue else "-"
    for k, i in enumerate(parts.content[:3]):
        yield f"c+{k}:{head} {low[i]}", (*parts.cue[-1:], i)


def _content_features(words: Words, parts: Parts) -> Iterable[Feature]:
    low, content = words.lower, parts.content
    for k, i in enumerate(content[:_FIRST_WORDS]):
        yield f"f{k}:{low[i]}", (i,)
        yield f"f:{low[i]}", (i,)
    for k, i in enumerate(content[: -_LAST_WORDS - 1 : -1]):
        yield f"l{k}:{low[i]}", (i,)
    yield "f2:" + " ".join(low[i] for i in content[:2]), content[:2]
    yield "f3:" + " ".join(low[i] for i in content[:3]), content[:3]
    bag = content[:_BAG]
    for i in bag:
        yield "w:" + words.stems[i], (i,)
    for i, j in itertools.pairwise(bag):
        yield f"b:{low[i]} {low[j]}", (i, j)
    for i, j, k in zip(bag[:20], bag[1:20], bag[2:20], strict=False):
        yield f"t:{low[i]} {low[j]} {low[k]}", (i, j, k)
    for i in bag:
        if low[i] in _MARKS:
            yield "m:" + low[i], ()
        elif low[i] in _MODALS:
            subject = own_subject(words, parts) is not None
            yield f"modal:{low[i]}:{subject}", (i,)
    yield f"n:{_bucket(len(content))}", ()
    yield f"pieces:{sum(j != i + 1 for i, j in itertools.pairwise(content))}", ()


def _source_features(words: Words, parts: Parts) -> Iterable[Feature]:
    low = words.lower
    if not parts.source:
        yield "s:none", ()
        return
    yield "sl:" + low[parts.source[-1]], (parts.source[-1],)
    yield "sf:" + low[parts.source[0]], (parts.source[0],)
    for i in parts.source:
        yield "s:" + words.stems[i], (i,)
    if low[parts.source[0]] in OWN_PRONOUNS:
        yield "s:pronoun", ()
    if parts.content:
        yield f"before:{parts.source[0] < parts.content[0]}", ()


def _context_features(words: Words, parts: Parts) -> Iterable[Feature]:
    """Words beside the cue and before the statement, and whether the content stands in quotation marks."""
    low = words.lower
    taken = {*parts.source, *parts.cue, *parts.content}
    if parts.cue:
        for step in (-2, -1, 1, 2):
            i = parts.cue[0 if step < 0 else -1] + step
            if 0 <= i < len(low) and i not in taken:
                yield f"x{step}:{low[i]}", (i,)
        at = words.sentence_of[parts.cue[0]]
        for i in range(max(0, parts.cue[0] - 40), min(len(low), parts.cue[-1] + 40)):
            if i not in taken and words.sentence_of[i] == at:
                yield "xs:" + words.stems[i], (i,)
    if parts.content:
        first = min(taken)
        for i in range(max(0, first - 25), first):
            yield "p:" + words.stems[i], (i,)
        yield "quoted:" + _quoted(words, parts), ()


def _quoted(words: Words, parts: Parts) -> str:
    marks = sum(words.lower[i] in ("``", "''", '"') for i in parts.content)
    if not marks:
        return "no"
    return "whole" if words.lower[parts.content[0]] in ("``", "''", '"') else "part"


def _bucket(n: int) -> int:
    return min(7, n.bit_length())
