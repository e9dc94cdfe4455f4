"""Write a network as the files the program ships: two ONNX graphs, a tokenizer, settings, hashes.

The tagger's matrices and embeddings become 8-bit integers, a scale for each output or row; what is
multiplied with them is scaled as it comes (dynamic quantisation). The small reader stays as it is:
in integers it is no faster, and half a point worse.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from quotes.extraction.learned.model import READER, SETTINGS, TAGGER, TOKENIZER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotes.training.network import Network

_OPSET = 17


class _Tagger(nn.Module):
    """Encoder and tagger as one graph that gives states and chances."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, told: Tensor, mask: Tensor, firsts: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = self.network.states(pieces, told, mask, firsts)
        return states, torch.softmax(self.network.tagger(states), -1)


def export(network: Network, folder: Path) -> None:
    """Write the two graphs in full precision."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    rows, width, tokens = 3, 64, 40
    _write(
        _Tagger(network).eval(),
        folder / TAGGER,
        {
            "pieces": (
                torch.randint(0, network.shape.vocabulary, (rows, width)),
                ("rows", "width"),
            ),
            "told": (torch.zeros(rows, width, 5, dtype=torch.long), ("rows", "width")),
            "mask": (torch.ones(rows, width), ("rows", "width")),
            "firsts": (torch.arange(tokens).repeat(rows, 1), ("rows", "tokens")),
        },
        {"states": ("rows", "tokens"), "chances": ("rows", "tokens")},
    )
    hidden, cues = network.shape.hidden, 5
    _write(
        network.reader,
        folder / READER,
        {
            "states": (torch.randn(90, hidden), ("tokens",)),
            "at": (torch.randint(0, 90, (cues, tokens)), ("cues", "width")),
            "ends": (torch.randint(0, 90, (cues, 2)), ("cues",)),
            "related": (
                torch.zeros(cues, 5, tokens, dtype=torch.long),
                ("cues", None, "width"),
            ),
        },
        {"scores": ("cues", "width")},
    )


def _write(
    module: nn.Module,
    path: Path,
    given: Mapping[str, tuple[Tensor, Sequence[str | None]]],
    gives: Mapping[str, Sequence[str]],
) -> None:
    axes = {name: shape for name, (_, shape) in given.items()} | dict(gives)
    torch.onnx.export(
        module,
        tuple(value for value, _ in given.values()),
        path,
        input_names=list(given),
        output_names=list(gives),
        dynamic_axes={n: {i: a for i, a in enumerate(s) if a} for n, s in axes.items()},
        opset_version=_OPSET,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Copy a folder's graphs, the tagger's matrices and its embeddings as 8-bit integers."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    target.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(
        source / TAGGER,
        target / TAGGER,
        per_channel=True,
        # Seven bits: where a processor lacks VNNI, pairs of products are added in 16 bits, which
        # must not run over.
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    (target / READER).write_bytes((source / READER).read_bytes())


def seal(folder: Path, *, settings: Mapping[str, Any], tokenizer: Path, hashes: Path) -> None:
    """Write tokenizer and settings beside the graphs, and everything's SHA-256 as a module."""
    pieces = Tokenizer.from_file(str(tokenizer))
    # The model's own file pads each text to 128 pieces; here a text is one token.
    pieces.no_padding()
    pieces.no_truncation()
    pieces.save(str(folder / TOKENIZER), pretty=False)
    text = json.dumps(settings, indent=1, ensure_ascii=False) + "\n"
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    lines = [
        f'    "{name}": "{hashlib.sha256((folder / name).read_bytes()).hexdigest()}",'
        for name in (TAGGER, READER, TOKENIZER, SETTINGS)
    ]
    hashes.write_text(
        '"""The SHA-256 of the model files; written by quotes.training.export."""\n\n'
        "SHA256 = {\n" + "\n".join(lines) + "\n}\n",
        encoding="utf-8",
    )
