"""A written model read back as a network, to go on learning from: its 8-bit weights times their scales."""

from pathlib import Path

import onnx
import torch
from onnx import ModelProto, numpy_helper

from training.examples import SIZES
from training.network import Tagger

PRODUCT = "/MatMul_quant"  # how the node of a linear layer is called that onnxruntime quantised
ROOT = "network."  # what `export` put before the names of parameters


def restore(path: Path) -> Tagger:
    """Return the network that the file `model.onnx` of a model holds; raises KeyError when it lacks a weight."""
    network = Tagger(sum(SIZES))
    weights = read_weights(onnx.load(path))
    network.load_state_dict({name: weights[name] for name in network.state_dict()})
    return network


def read_weights(model: ModelProto) -> dict[str, torch.Tensor]:
    """Return the weights by the names of the network's parameters, quantised ones as the numbers they stand for.

    torch keeps a linear layer as (out, in), ONNX multiplies by (in, out), each column with a scale of its own.
    """
    constants = {constant.name: torch.tensor(numpy_helper.to_array(constant)) for constant in model.graph.initializer}
    weights = {name.removeprefix(ROOT): value for name, value in constants.items() if name.startswith(ROOT)}
    for name in [name for name in weights if name.endswith("_quantized")]:
        table = name.removesuffix("_quantized")
        zero = weights[f"{table}_zero_point"].float()
        weights[table] = (weights[name].float() - zero) * weights[f"{table}_scale"]
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            stored = node.input[1].removesuffix("_quantized")
            layer = node.name.removesuffix(PRODUCT).strip("/").replace("/", ".").removeprefix(ROOT)
            weights[f"{layer}.weight"] = (constants[node.input[1]].float() * constants[f"{stored}_scale"]).T
    return weights
