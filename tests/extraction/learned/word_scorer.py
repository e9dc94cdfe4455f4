"""A scorer that knows words, in the network's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.learned.decoding import BEGIN_CUE, LABELS, Transitions
from quotes.extraction.learned.inputs import Special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotes.extraction.learned.inputs import Inputs, Surroundings

_IDS = {"said": (10,), "Mara": (11,), "tolls": (12, 13), "perhaps": (14,)}
_FILL = (20, 21)


class WordScorer:
    """Takes `said` for a cue, `perhaps` for an unlikely one, `Mara` for a source, tolls for said.

    Its state of a token is the number of the token's first piece.
    """

    special = Special(pad=0, opening=1, closing=2, unknown=3)
    transitions = Transitions(np.zeros((5, 5), np.float32), np.zeros(5, np.float32))

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.cues: list[int] = []

    def read_pieces(self, word: str) -> tuple[int, ...]:
        return () if word == "🐟" else _IDS.get(word, _FILL)

    def tag(self, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self.rows.append(len(given.pieces))
        first = np.take_along_axis(given.pieces, given.firsts, axis=1)
        chances = np.zeros((*first.shape, LABELS), np.float32)
        chances[:, :, BEGIN_CUE] = np.where(first == 10, 0.9, np.where(first == 14, 0.2, 0.0))
        return first[:, :, None].astype(np.float32), chances

    def read(
        self, states: NDArray[np.float32], offset: NDArray[np.int64], around: Surroundings
    ) -> NDArray[np.float32]:
        self.cues.append(len(offset))
        assert np.all(states[around.ends + offset[:, None], 0] % 4 == 2)  # 10 or 14
        near = states[around.at + offset[:, None], 0]
        beside = np.abs(around.at - around.ends[:, :1]) <= 2
        scores = np.zeros((*near.shape, 3), np.float32)
        scores[:, :, 1] = np.where((near == 11) & beside, 9.0, -9.0)
        scores[:, :, 2] = np.where((near == 12) & beside, 9.0, -9.0)
        return scores
