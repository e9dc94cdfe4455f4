"""The network in PyTorch: its chain against every path, its weights where they belong."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs: pip install 'quotes[train]'")

import torch

from quotes.extraction.learned.decoding import EMITS, FOLLOWS, STARTS, best_roles
from quotes.extraction.learned.inputs import Stretch, inputs
from quotes.training.data import path_of
from quotes.training.network import Chain, Encoder, _buckets, fill, shape_of
from quotes.training.torch_scorer import TorchScorer
from tests.training.made import SPECIAL, article_of, read_pieces
from tests.training.networks import network_of
from tests.training.networks import shape_of as tiny

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

SIZES = (4, 6, 1)


def chain_of(seed: int) -> Chain:
    torch.manual_seed(seed)
    chain = Chain()
    with torch.no_grad():
        chain.transitions.normal_(std=2.0)
        chain.starts.normal_(std=2.0)
    return chain


def score(chain: Chain, scores: np.ndarray, path: tuple[int, ...]) -> float:
    total = chain.starts[path[0]].item()
    total += sum(chain.transitions[a, b].item() for a, b in pairwise(path))
    return float(total + sum(scores[at, EMITS[state]] for at, state in enumerate(path)))


def walks(size: int) -> list[tuple[int, ...]]:
    return [
        path
        for path in product(range(len(EMITS)), repeat=size)
        if path[0] in STARTS and all(b in FOLLOWS[a] for a, b in pairwise(path))
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_loss_is_the_negative_log_likelihood_of_a_path(seed: int) -> None:
    chain = chain_of(seed)
    random = np.random.default_rng(seed)
    width = max(SIZES)
    scores = random.normal(0, 3, (len(SIZES), width, 3)).astype(np.float32)
    exists = np.arange(width)[None, :] < np.array(SIZES)[:, None]
    every = [walks(size) for size in SIZES]
    gold = [paths[int(random.integers(len(paths)))] for paths in every]
    padded = np.zeros((len(SIZES), width), np.int64)
    for row, path in enumerate(gold):
        padded[row, : len(path)] = path
    found = chain.loss(torch.from_numpy(scores), torch.from_numpy(padded), torch.from_numpy(exists))
    for row, path in enumerate(gold):
        total = math.log(sum(math.exp(score(chain, scores[row], p)) for p in every[row]))
        expected = total - score(chain, scores[row], path)
        assert found[row].item() == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_the_decoder_reads_the_path_that_the_loss_likes_best(seed: int) -> None:
    network = network_of(seed=seed)
    scorer = TorchScorer(network, special=SPECIAL, read_pieces=read_pieces)
    scores = np.random.default_rng(seed).normal(0, 3, (1, 30, 3)).astype(np.float32)
    every = np.ones((1, 30), np.bool_)
    (read,) = best_roles(scores, scorer.transitions, free=every, exists=every)
    path = path_of(read.roles.astype(np.int8))[None]
    loss = network.chain.loss(
        torch.from_numpy(scores), torch.from_numpy(path), torch.from_numpy(every)
    )
    assert loss.item() == pytest.approx(-read.whole, abs=1e-3)


@pytest.mark.parametrize("relative", [False, True])
def test_padding_changes_no_state(relative: bool) -> None:
    network = network_of(relative=relative).eval()
    long, short = (article_of(text, []) for text in ("The pilots told her of fog.", "Ships wait."))
    rows = [Stretch(a.tokens, a.pieces, 0, len(a.tokens)) for a in (short, long)]

    def states(some: list[Stretch]) -> np.ndarray:
        given = inputs(some, SPECIAL)
        arrays = (given.pieces, given.told, given.mask, given.firsts)
        with torch.no_grad():
            found: np.ndarray = network.states(*map(torch.from_numpy, arrays)).numpy()
        return found

    size = len(short.tokens)
    assert states(rows)[0, :size] == pytest.approx(states(rows[:1])[0, :size], abs=1e-5)


def test_buckets_are_exact_near_and_grow_far() -> None:
    near = _buckets(torch.arange(-7, 8)).tolist()
    assert near == [7, 6, 5, 4, 3, 2, 1, 0, 17, 18, 19, 20, 21, 22, 23]
    back, onward = _buckets(-torch.arange(1, 400)).tolist(), _buckets(torch.arange(1, 400)).tolist()
    assert back == sorted(back)
    assert [bucket + 16 for bucket in back] == onward
    assert (back[7], back[126], back[127], back[-1]) == (8, 15, 15, 15)


def pretrained(encoder: Encoder, *, relative: bool) -> dict[str, object]:
    """Return weights by the names of BERT's or MPNet's files."""
    size = encoder.shape
    names = {
        "embeddings.word_embeddings.weight": (size.vocabulary, size.hidden),
        "embeddings.position_embeddings.weight": (size.positions, size.hidden),
        "embeddings.LayerNorm.weight": (size.hidden,),
        "embeddings.LayerNorm.bias": (size.hidden,),
    }
    if relative:
        names["encoder.relative_attention_bias.weight"] = (32, size.heads)
    else:
        names["embeddings.token_type_embeddings.weight"] = (2, size.hidden)
    attention = (
        ("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o")
        if relative
        else (
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
        )
    )
    norm = "attention.LayerNorm" if relative else "attention.output.LayerNorm"
    for layer in range(size.layers):
        base = f"encoder.layer.{layer}."
        for part in attention:
            names[f"{base}{part}.weight"] = (size.hidden, size.hidden)
            names[f"{base}{part}.bias"] = (size.hidden,)
        names[f"{base}intermediate.dense.weight"] = (size.inner, size.hidden)
        names[f"{base}intermediate.dense.bias"] = (size.inner,)
        names[f"{base}output.dense.weight"] = (size.hidden, size.inner)
        names[f"{base}output.dense.bias"] = (size.hidden,)
        for part in (norm, "output.LayerNorm"):
            names[f"{base}{part}.weight"] = names[f"{base}{part}.bias"] = (size.hidden,)
    return {name: torch.randn(shape) for name, shape in names.items()}


@pytest.mark.parametrize(("relative", "prefix"), [(False, ""), (True, ""), (True, "mpnet.")])
def test_pretrained_weights_fill_the_encoder(tmp_path: Path, relative: bool, prefix: str) -> None:
    safetensors = pytest.importorskip("safetensors.torch")
    encoder = network_of(relative=relative).encoder
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    given = pretrained(encoder, relative=relative)
    named = {prefix + name: value for name, value in given.items()}
    safetensors.save_file(named, tmp_path / "model.safetensors")
    fill(encoder, tmp_path / "model.safetensors")
    kept = {name for name, value in encoder.state_dict().items() if value.equal(before[name])}
    assert kept == {f"features.{i}.weight" for i in range(5)}
    parts = ("attn.q", "attn.k", "attn.v") if relative else ("self.query", "self.key", "self.value")
    together = [given[f"encoder.layer.1.attention.{part}.weight"] for part in parts]
    assert encoder.layers[1].qkv.weight.equal(torch.cat(together))


def test_the_sizes_are_those_of_a_model_s_config() -> None:
    wanted = tiny(relative=True)
    config = {
        "model_type": "mpnet",
        "vocab_size": wanted.vocabulary,
        "hidden_size": wanted.hidden,
        "num_hidden_layers": wanted.layers,
        "num_attention_heads": wanted.heads,
        "intermediate_size": wanted.inner,
        "max_position_embeddings": wanted.positions,
        "layer_norm_eps": wanted.epsilon,
    }
    found = shape_of(config, tags=1, dependencies=1)
    assert found.to_json() == {**wanted.to_json(), "reader": found.reader}
