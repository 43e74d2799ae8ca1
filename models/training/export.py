"""Writing a network as the files that pressx ships: ONNX with 8-bit weights, the tokenizer, and JSON."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from pressx.ner import FILES, FORMAT
from training.attention import fuse_attention
from training.fitting import BEGIN, END, SPAN
from training.network import HEADS, Tagger
from training.projection import LAYERS


class Exported(nn.Module):
    """The network for windows that aren't padded."""

    def __init__(self, network: Tagger) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: torch.Tensor, shapes: torch.Tensor, gaps: torch.Tensor) -> torch.Tensor:
        """Return the scores of tags."""
        scores: torch.Tensor = self.network(pieces, shapes, gaps)
        return scores


def export(network: Tagger, tokenizer: Path, name: str, output: Path, whole: Path | None = None) -> None:
    """Write the model called `name` to the folder `output`; `whole` also keeps it unquantised, to compare."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.onnx"
        inputs = (torch.ones(1, 24, dtype=torch.long),) * 3
        names = ["pieces", "shapes", "gaps"]
        torch.onnx.export(
            Exported(network.eval()), inputs, str(path), input_names=names, output_names=["scores"],
            dynamic_axes={name: {1: "length"} for name in (*names, "scores")}, opset_version=17, dynamo=False,
        )  # fmt: skip
        if whole:
            shutil.copy(path, whole)
        quantize_dynamic(
            path, output / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    model = onnx.load(output / "model.onnx")
    fuse_attention(model, HEADS)
    model.doc_string = model.producer_name = ""
    onnx.save(model, output / "model.onnx")
    write_tokenizer(tokenizer, output / "tokenizer.json")
    config = {
        "format": FORMAT,
        "name": name,
        "layers": LAYERS,
        "frame": [BEGIN, END],
        "window": SPAN + 2,
    }
    write_json(config, output / "config.json")
    checksums = {file: hashlib.sha256((output / file).read_bytes()).hexdigest() for file in FILES}
    write_json(checksums, output / "checksums.json")


def write_tokenizer(published: Path, output: Path) -> None:
    """Copy the encoder's tokenizer without its cutting and filling up to a fixed length."""
    tokenizer = json.loads(published.read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    output.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_json(content: object, path: Path) -> None:
    """Write JSON as a person would want to read it."""
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
