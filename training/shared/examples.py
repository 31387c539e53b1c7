"""The articles as the encoder is trained on them: word pieces with features, tags, links and labels, in windows."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer

from onrecord.records import ACTS, Article, Attribution, Span
from onrecord.statements.encoder_lines import CLS, SEP
from onrecord.statements.encoder_windows import MAX_PIECES_PER_WORD, SPECIAL_FEATURE, Window, windows, word_features
from onrecord.statements.nesting import contents_as_words
from onrecord.statements.tagger import ROLES
from onrecord.text.words import Words
from shared.gold import attributions_of, lines_as_blocks, nested_of, tags_of

#: The label of what nothing is to be learned from.
IGNORE = -100
UNKNOWN = 100
FUNCTION_WORDS = set("the a an of in on for to and or by with at from his her its their this that".split())
PRONOUNS = set("he him his she her hers they them their theirs it its".split())


@dataclass
class Example:
    """One article: its words, their pieces, features and gold, by word index."""

    id: str
    words: Words
    pieces: list[list[int]]
    features: list[int]
    tags: list[int]
    links: list[tuple[int, list[int], list[int]]] = field(default_factory=list)  # cue word, source, content
    statements: list[dict] = field(default_factory=list)


def prepare(row: dict, tokenizer: Tokenizer, labelled: dict | None) -> Example:
    """The article as it is read first; its statements where ``labelled`` is a row of the same text."""
    text = row["text"]
    words = Words.of(Article(text, row["id"], blocks=tuple(lines_as_blocks(text))))
    example = blank(words, tokenizer)
    outers = attributions_of(row)
    example.tags = tags_of(words.spans, outers)
    for gold in outers:
        source, cue, content = (words.beginning_in(gold[role] or ()) for role in ROLES)
        if cue:
            example.links.append((cue[0], source, content))
    if labelled and labelled["text"] == text:
        example.statements = [prepare_statement(words, gold) for gold in labelled["statements"]]
    return example


def blank(words: Words, tokenizer: Tokenizer) -> Example:
    """The article, or parts of it, without gold."""
    encoded = tokenizer.encode_batch(words.forms, add_special_tokens=False)
    pieces = [each.ids[:MAX_PIECES_PER_WORD] or [UNKNOWN] for each in encoded]
    return Example(words.article.id, words, pieces, word_features(words), [0] * len(pieces))


def prepare_all(row: dict, tokenizer: Tokenizer) -> list[Example]:
    """The article as it is read first, and its contents as they are read again."""
    first = prepare(row, tokenizer, row)
    return [first, *prepare_contents(row, first.words, tokenizer)]


def prepare_contents(row: dict, words: Words, tokenizer: Tokenizer) -> list[Example]:
    """The contents as texts of their own, as the second and third reading see them, with the statements within."""
    found: list[Example] = []
    outers = attributions_of(row)
    while outers:
        spans = [[tuple(Span(*pair) for pair in each[role]) for role in ROLES] for each in outers]
        contents = contents_as_words(words, [Attribution(*each) for each in spans], 0)
        if contents.spans:
            example = blank(contents, tokenizer)
            places: list[dict[int, int]] = [{} for _ in outers]
            for i, (number, word) in enumerate(zip(contents.block_of, contents.spans, strict=True)):
                places[number][word.start] = i
            for place, outer in zip(places, outers, strict=True):
                for gold in nested_of(row, outer):
                    mark_nested(example, place, gold)
            found.append(example)
        outers = [gold for outer in outers for gold in nested_of(row, outer)]
    return found


def mark_nested(example: Example, place: dict[int, int], gold: dict) -> None:
    """Tags and links of a statement within a content; ``place`` holds the content's words by their first character."""
    parts = {}
    for role, name in enumerate(ROLES):
        parts[name] = []
        for start, end in gold[name]:
            inside = sorted(i for first, i in place.items() if start <= first < end)
            parts[name] += inside
            for k, i in enumerate(inside):
                example.tags[i] = 1 + 2 * role + (k > 0)
    if parts["cue"]:
        example.links.append((parts["cue"][0], parts["source"], parts["content"]))


def prepare_statement(words: Words, gold: dict) -> dict:
    parts = {role: words.beginning_in(gold[role]) for role in ROLES}
    within = sorted({*parts["cue"], *parts["content"]})
    return {**parts, "act": ACTS.index(gold["act"]), "hedged": float(gold["hedged"]), "within": within,
            "targets": target_labels(words.forms, within, gold["stance"])}  # fmt: skip


def target_labels(words: Sequence[str], within: list[int], stances: list[dict]) -> list[int]:
    """A label per word of ``within``: part of a target, none, or unknown (a pronoun that may be the target)."""
    labels = dict.fromkeys(within, 0)
    missing = []
    for stance in stances:
        names = {w.lower() for w in re.findall(r"\w[\w.\-]*", stance["target"])} - FUNCTION_WORDS
        label = 1 + 2 * (stance["target_type"] == "issue") + (stance["polarity"] == "against")
        hits = [i for i in within if words[i].lower() in names]
        if stance["target_type"] == "actor" and not hits:
            missing.append(label)
        for i in hits:
            labels[i] = label if not labels[i] or label < labels[i] else labels[i]
    if missing:
        guess = missing[0] if len(missing) == 1 else IGNORE
        labels.update({i: guess for i in within if words[i].lower() in PRONOUNS and not labels[i]})
    return [labels[i] for i in within]


def window_arrays(example: Example, window: Window) -> tuple[list[int], list[int], list[int]]:
    """Ids, features and, per word, the position of its first piece."""
    ids, features, starts = [CLS], [SPECIAL_FEATURE], []
    for word in range(window.first, window.last):
        if word in window.breaks and word > window.first:
            ids.append(SEP)
            features.append(SPECIAL_FEATURE)
        starts.append(len(ids))
        ids.extend(example.pieces[word])
        features.extend([example.features[word]] * len(example.pieces[word]))
    return [*ids, SEP], [*features, SPECIAL_FEATURE], starts


def collate(batch: list[tuple[Example, Window]]):
    arrays = [window_arrays(*item) for item in batch]
    length, words = max(len(a[0]) for a in arrays), max(len(a[2]) for a in arrays)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.full((len(batch), length), SPECIAL_FEATURE)
    mask = torch.zeros(len(batch), length, dtype=torch.long)
    starts = torch.zeros(len(batch), words, dtype=torch.long)
    for row, (a, f, s) in enumerate(arrays):
        ids[row, : len(a)] = torch.tensor(a)
        features[row, : len(f)] = torch.tensor(f)
        mask[row, : len(a)] = 1
        starts[row, : len(s)] = torch.tensor(s)
    return ids, features, mask, starts


def batches(examples: list[Example], rng: random.Random | None, size: int):
    """Windows sorted by length within a pool, so that little is padded, in random order."""
    items = []
    for example in examples:
        counts = [len(p) for p in example.pieces]
        skip = rng.randrange(0, 150) if rng else 0
        items += [(example, w) for w in windows(example.words.tokens, counts, skip=skip)]
    if rng:
        rng.shuffle(items)
    length = lambda item: sum(len(p) for p in item[0].pieces[item[1].first : item[1].last])  # noqa: E731
    pools = [sorted(items[i : i + 50 * size], key=length) for i in range(0, len(items), 50 * size)]
    result = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    if rng:
        rng.shuffle(result)
    return result


def drawn(examples: list[Example], home: int, share: float, seed: int) -> list[Example]:
    """All examples but the first ``home``, and of those the share that this epoch reads."""
    chosen = random.Random(seed).sample(range(home), round(share * home))
    return [examples[i] for i in sorted(chosen)] + examples[home:]
