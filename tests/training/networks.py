"""Tiny networks for the tests of training; imported only where PyTorch is installed."""

from __future__ import annotations

import torch

from quotes.training.network import Network, Shape
from tests.training.made import PIECES


def shape_of(*, relative: bool = False, vocabulary: int = PIECES) -> Shape:
    """Return sizes that train in a moment."""
    return Shape(
        vocabulary=vocabulary,
        hidden=16,
        layers=2,
        heads=2,
        inner=32,
        positions=280,
        relative=relative,
        epsilon=1e-12,
        tags=1,
        dependencies=1,
        reader=8,
    )


def network_of(*, seed: int = 0, relative: bool = False, vocabulary: int = PIECES) -> Network:
    """Return a network whose weights are random, the same for a seed."""
    torch.manual_seed(seed)
    network = Network(shape_of(relative=relative, vocabulary=vocabulary))
    with torch.no_grad():
        for parameter in network.chain.parameters():
            parameter.normal_()
    return network
