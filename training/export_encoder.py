"""Turn a checkpoint into what ships: 8-bit ONNX, the tokenizer, the heads.

    python training/export_encoder.py runs/encoder/epoch-3.pt runs/encoder/epoch-4.pt --base FOLDER_OF_all-MiniLM-L6-v2

The weights of several checkpoints are averaged: on the held-out articles relation F1 rose from .737 (epoch 4 alone)
to .749. They are then quantised dynamically, per channel, to 7 of 8 bits (``reduce_range``): without it the 8-bit
products overflow on processors that lack VNNI. Writes ``encoder-3.{onnx,tokenizer.json,heads.npz}``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from transformers import BertConfig

from shared.network import Model
from shared.shipped import grown

MODELS = Path("lib/onrecord/models")
NAME = "encoder-3"


def export(model: Model, path: Path) -> None:
    ids = torch.randint(1000, 2000, (2, 16))
    inputs = (ids, torch.zeros_like(ids), torch.ones_like(ids), torch.arange(1, 9).repeat(2, 1))
    axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "features", "mask")}
    words = {0: "batch", 1: "words"}
    torch.onnx.export(
        model.encoder, inputs, str(path), dynamo=False, opset_version=17,
        input_names=["ids", "features", "mask", "starts"], output_names=["words", "tags"],
        dynamic_axes={**axes, "starts": words, "words": words, "tags": words},
    )  # fmt: skip


def average(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights, name by name (stochastic weight averaging, Izmailov et al. 2018).

    What only the later of them have, the features and heads of lines, is the mean of those.
    """
    found = {}
    for name, last in states[-1].items():
        having = [state[name].float() for state in states if name in state]
        found[name] = torch.stack([each for each in having if each.shape == last.shape]).mean(0)
        for each in (each for each in having if each.shape != last.shape):
            rows, share = len(each), 1 / len(having)
            found[name][:rows] += share * (each - torch.stack([h[:rows] for h in having if len(h) > rows]).mean(0))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    config = BertConfig.from_pretrained(args.base, attn_implementation="eager")
    model = Model(config)
    averaged = average([torch.load(path)["model"] for path in args.checkpoints])
    model.load_state_dict(grown(averaged, model.state_dict()))
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        export(model, plain)
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            ready,
            args.out / f"{NAME}.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    heads = {name: value.numpy().astype(np.float16) for name, value in model.heads.state_dict().items()}
    np.savez_compressed(args.out / f"{NAME}.heads.npz", **heads)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(args.out / f"{NAME}.tokenizer.json"), pretty=False)
    for path in sorted(args.out.glob(f"{NAME}.*")):
        print(f"{path} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
