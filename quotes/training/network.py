"""The network in PyTorch: an encoder, a tagger over roles, and a reader that each cue has.

The encoder is BERT's (Devlin et al., 2019) or MPNet's (Song et al., 2020), filled from a package's
safetensors file. The reader scores, for a cue, every token around it as source, content or
neither; a linear-chain CRF (Lafferty et al., 2001) over an automaton with at most one source reads
off the spans. Attributions may so share a source, lie inside each other, or be discontinuous.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.extraction.learned import features, relations
from quotes.extraction.learned.decoding import EMITS, FOLLOWS, LABELS, STARTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_STATES = len(EMITS)


# Tokens that one step of the reader's convolutions sees.
_REACH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a network; `relative` tells MPNet's attention from BERT's."""

    vocabulary: int
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    relative: bool
    epsilon: float
    tags: int
    dependencies: int
    reader: int = 192

    def to_json(self) -> dict[str, Any]:
        """Return the sizes by name."""
        return asdict(self)


class Layer(nn.Module):
    """One layer of a transformer, normalised after each part."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.attention_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.wide = nn.Linear(shape.hidden, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.hidden)
        self.output_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        rows, width, hidden = states.shape
        depth = hidden // self.heads
        parts = self.qkv(states).view(rows, width, 3, self.heads, depth)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        # Spelled out: on a CPU the fused attention's backward pass takes four times as long.
        scores = torch.matmul(query * depth**-0.5, key.transpose(2, 3)) + bias
        seen = torch.matmul(torch.softmax(scores, -1, dtype=scores.dtype), value)
        seen = seen.transpose(1, 2).reshape(rows, width, hidden)
        states = self.attention_norm(states + self.out(seen))
        inner = functional.gelu(self.wide(states))
        return self.output_norm(states + self.dropout(self.narrow(inner)))


class Encoder(nn.Module):
    """Word pieces and token features in, a state for each piece out."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        sizes = (features.SHAPES, features.MARKS, features.LAYOUT, shape.tags, shape.dependencies)
        self.features = nn.ModuleList(nn.Embedding(size + 1, shape.hidden) for size in sizes)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        if shape.relative:
            self.distances = nn.Embedding(32, shape.heads)

    def forward(self, pieces: Tensor, told: Tensor, mask: Tensor) -> Tensor:
        """Return `[rows, width, hidden]` for pieces `[rows, width]`, told `[rows, width, 5]`."""
        width = pieces.shape[1]
        at = torch.arange(width, device=pieces.device)
        states = self.words(pieces) + self.places(at + (2 if self.shape.relative else 0))
        for number, table in enumerate(self.features):
            states = states + table(told[:, :, number])
        states = self.dropout(self.norm(states))
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * -10000.0
        if self.shape.relative:
            apart = at[None, :] - at[:, None]
            bias = bias + self.distances(_buckets(apart)).permute(2, 0, 1)[None]
        if torch.is_autocast_enabled("cpu"):
            states, bias = states.to(torch.bfloat16), bias.to(torch.bfloat16)
        for layer in self.layers:
            states = layer(states, bias)
        return states


def _buckets(apart: Tensor) -> Tensor:
    """Return MPNet's 32 buckets of relative distance: exact to 7, logarithmic to 127."""
    back = -apart
    result = (back < 0).long() * 16
    size = back.abs()
    far = 8 + (torch.log(size.clamp(min=1).float() / 8) / math.log(16.0) * 8).long()
    return result + torch.where(size < 8, size, far.clamp(max=15))


class Reader(nn.Module):
    """Scores each token around a cue as neither, source or content."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        wide = shape.reader
        self.token = nn.Linear(shape.hidden, 2 * wide)
        self.cue = nn.Linear(2 * shape.hidden, 2 * wide)
        sizes = (
            relations.DISTANCES,
            relations.UPS,
            relations.downs(shape.dependencies),
            relations.PLACES,
            relations.MARK_RELATIONS,
        )
        self.relations = nn.ModuleList(nn.Embedding(size, wide) for size in sizes)
        for table in self.relations:
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(wide)
        self.convolutions = nn.ModuleList(nn.Conv1d(wide, wide, _REACH) for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(wide) for _ in range(2))
        self.score = nn.Linear(wide, 3)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, at: Tensor, ends: Tensor, related: Tensor) -> Tensor:
        """Return `[cues, width, 3]`.

        `states` are those of all tokens, `[tokens, hidden]`; `at` `[cues, width]` and `ends`
        `[cues, 2]` (a cue's first and last token) point into them; `related` is
        `[cues, 5, width]`.
        """
        # Each token is projected once, for however many cues.
        around = functional.embedding(at, self.token(states))
        plain, gated = around.chunk(2, dim=-1)
        cue = functional.embedding(ends, states).flatten(1)
        base, gate = self.cue(cue)[:, None, :].chunk(2, dim=-1)
        mixed = plain + base + gated * gate
        for number, table in enumerate(self.relations):
            mixed = mixed + table(related[:, number])
        mixed = self.dropout(functional.gelu(self.norm(mixed)))
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            near = functional.gelu(_convolved(convolution, mixed))
            mixed = norm(mixed + self.dropout(near))
        return self.score(mixed)


def _convolved(convolution: nn.Conv1d, rows: Tensor) -> Tensor:
    """Return a convolution over `[rows, width, hidden]` as one product of matrices.

    Such products are what processors do fastest.
    """
    side, width = _REACH // 2, rows.shape[1]
    padded = functional.pad(rows, (0, 0, side, side))
    together = torch.cat([padded[:, k : k + width] for k in range(_REACH)], dim=2)
    kernel = convolution.weight.permute(0, 2, 1).flatten(1)
    return functional.linear(together, kernel, convolution.bias)


class Chain(nn.Module):
    """The CRF over the decoder's automaton; `scores` are `[cues, width, 3]`."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(_STATES, _STATES))
        self.starts = nn.Parameter(torch.zeros(_STATES))
        allowed = torch.full((_STATES, _STATES), -1e4)
        for before, after in enumerate(FOLLOWS):
            allowed[before, list(after)] = 0.0
        first = torch.full((_STATES,), -1e4)
        first[list(STARTS)] = 0.0
        self.register_buffer("allowed", allowed)
        self.register_buffer("first", first)

    def loss(self, scores: Tensor, path: Tensor, mask: Tensor) -> Tensor:
        """Return each cue's negative log-likelihood of a path of states `[cues, width]`.

        `mask` is True for the tokens that exist; they stand first.
        """
        emitted = scores[:, :, list(EMITS)]
        step = self.transitions + self.allowed
        begin = self.starts + self.first
        total = begin + emitted[:, 0]
        for at in range(1, scores.shape[1]):
            onward = torch.logsumexp(total[:, :, None] + step, dim=1) + emitted[:, at]
            total = torch.where(mask[:, at, None], onward, total)
        chosen = emitted.gather(2, path[:, :, None])[:, :, 0]
        gold = (chosen * mask).sum(1) + begin[path[:, 0]]
        moved = step[path[:, :-1], path[:, 1:]]
        gold = gold + (moved * mask[:, 1:]).sum(1)
        return torch.logsumexp(total, dim=1) - gold


class Network(nn.Module):
    """All of it; `tags` and `read` are the two halves that are exported."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tagger = nn.Linear(shape.hidden, LABELS)
        self.reader = Reader(shape, dropout)
        self.chain = Chain()

    def states(self, pieces: Tensor, told: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Return a state for each token: that of its first piece. `firsts` is `[rows, tokens]`."""
        states = self.encoder(pieces, told, mask)
        wanted = firsts[:, :, None].expand(-1, -1, states.shape[-1])
        return states.gather(1, wanted)

    def tags(self, states: Tensor) -> Tensor:
        """Return the tagger's logits `[rows, tokens, 7]`."""
        return self.tagger(self.dropout(states)).float()


def shape_of(config: Mapping[str, Any], *, tags: int, dependencies: int) -> Shape:
    """Return the sizes that a model's config.json names."""
    return Shape(
        vocabulary=config["vocab_size"],
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"],
        relative=config["model_type"] == "mpnet",
        epsilon=config["layer_norm_eps"],
        tags=tags,
        dependencies=dependencies,
    )


def fill(encoder: Encoder, weights: Path) -> None:
    """Copy a pretrained model's weights into an encoder."""
    from safetensors.torch import load_file

    given = {
        name.removeprefix("bert.").removeprefix("mpnet."): t
        for name, t in load_file(weights).items()
    }
    relative = encoder.shape.relative
    with torch.no_grad():
        encoder.words.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(given["embeddings.position_embeddings.weight"])
        if not relative:
            encoder.places.weight.add_(given["embeddings.token_type_embeddings.weight"][0])
        else:
            encoder.distances.weight.copy_(given["encoder.relative_attention_bias.weight"])
        _copy(encoder.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            base = f"encoder.layer.{number}."
            names = [
                base + ("attention.attn." if relative else "attention.self.") + part
                for part in (("q", "k", "v") if relative else ("query", "key", "value"))
            ]
            for kind in ("weight", "bias"):
                together = torch.cat([given[f"{name}.{kind}"] for name in names])
                getattr(layer.qkv, kind).copy_(together)
            out = "attention.attn.o" if relative else "attention.output.dense"
            _copy(layer.out, given, base + out)
            norm = "attention.LayerNorm" if relative else "attention.output.LayerNorm"
            _copy(layer.attention_norm, given, base + norm)
            _copy(layer.wide, given, base + "intermediate.dense")
            _copy(layer.narrow, given, base + "output.dense")
            _copy(layer.output_norm, given, base + "output.LayerNorm")


def _copy(module: nn.Module, given: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
