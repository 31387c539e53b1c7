"""Read the shipped 8-bit network and its heads back into the network they came from, to train it further."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn


def load_shipped(model: nn.Module, path: Path) -> None:
    """Set all weights of ``model`` (network.Model) from ``<path>.onnx`` and ``<path>.heads.npz``, in place.

    The 8-bit weights are turned back to numbers; what rounding took off is lost. Word F1 and acts on dev stayed within
    .003 of those that were logged before the export.
    """
    encoder = encoder_weights(onnx.load(f"{path}.onnx").graph)
    name = "feature.weight"
    encoder[name] = grown({name: encoder[name]}, model.encoder.state_dict())[name]
    missing, unexpected = model.encoder.load_state_dict(encoder, strict=False)
    if unexpected or [each for each in missing if "position_ids" not in each and "token_type_ids" not in each]:
        raise SystemExit(f"{path}.onnx does not fit the network: {missing} missing, {unexpected} unknown")
    with np.load(f"{path}.heads.npz") as heads:
        kept = {key: torch.tensor(heads[key].astype(np.float32)) for key in heads.files}
        model.heads.load_state_dict(grown(kept, model.heads.state_dict()))


def grown(state: dict[str, torch.Tensor], present: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """``state``, and of ``present`` what it lacks: features and heads that an older network does not have."""
    found = {**present, **state}
    for name, value in state.items():
        if value.shape != present[name].shape:
            found[name] = torch.cat([value, present[name][len(value) :]])
    return found


def encoder_weights(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """Weights by the names they have in PyTorch; a matrix takes its name from the bias that is added to its product."""
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    users: dict[str, onnx.NodeProto] = {}
    for node in graph.node:
        for each in node.input:
            users.setdefault(each, node)
    found = {name: torch.tensor(array) for name, array in arrays.items() if name.endswith((".weight", ".bias"))}
    for node in graph.node:
        stored = next((each for each in node.input if each in arrays and each.endswith("_quantized")), None)
        if stored and node.op_type == "Gather":
            name = stored.removesuffix("_quantized")
            found[name] = torch.tensor(_numbers(arrays, stored))
        elif stored and node.op_type == "MatMulInteger":
            found[f"{_module(node, users, arrays)}.weight"] = torch.tensor(_numbers(arrays, stored).T.copy())
    return found


def _numbers(arrays: dict[str, np.ndarray], stored: str) -> np.ndarray:
    stem = stored.removesuffix("_quantized")
    zero, scale = arrays[f"{stem}_zero_point"], arrays[f"{stem}_scale"]
    return ((arrays[stored].astype(np.float32) - zero.astype(np.float32)) * scale).astype(np.float32)


def _module(node: onnx.NodeProto, users: dict[str, onnx.NodeProto], arrays: dict[str, np.ndarray]) -> str:
    while node.op_type != "Add":
        node = users[node.output[0]]
    return next(each for each in node.input if each in arrays).removesuffix(".bias")
