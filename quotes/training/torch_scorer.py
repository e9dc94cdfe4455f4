"""The network under training behind the interface of the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from quotes.extraction.learned.decoding import Transitions

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from quotes.extraction.learned.inputs import Inputs, Special, Surroundings
    from quotes.training.network import Network


class TorchScorer:
    """Runs a network without gradients, in bfloat16 where the processor has it."""

    def __init__(
        self, network: Network, *, special: Special, read_pieces: Callable[[str], tuple[int, ...]]
    ) -> None:
        self.network = network
        self.special = special
        self.read_pieces = read_pieces

    @property
    def transitions(self) -> Transitions:
        """The chain's scores as they are now."""
        chain = self.network.chain
        return Transitions(
            chain.transitions.detach().numpy().copy(), chain.starts.detach().numpy().copy()
        )

    @torch.no_grad()
    def tag(self, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return each token's state and labels' chances."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.network.states(
                torch.from_numpy(given.pieces),
                torch.from_numpy(given.told),
                torch.from_numpy(given.mask),
                torch.from_numpy(given.firsts),
            )
            chances = torch.softmax(self.network.tags(states), -1)
        return states.float().numpy(), chances.float().numpy()

    @torch.no_grad()
    def read(
        self, states: NDArray[np.float32], offset: NDArray[np.int64], around: Surroundings
    ) -> NDArray[np.float32]:
        """Return each cue's scores."""
        shift = torch.from_numpy(offset)[:, None]
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network.reader(
                torch.from_numpy(states),
                torch.from_numpy(around.at) + shift,
                torch.from_numpy(around.ends) + shift,
                torch.from_numpy(around.related),
            )
        return scores.float().numpy()  # type: ignore[no-any-return]  # torch is untyped here
