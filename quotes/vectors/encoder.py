"""Texts in, vectors out: what two texts have in common in meaning is the cosine of their vectors.

After Reimers and Gurevych, "Sentence-BERT" (EMNLP 2019): the mean of the last layer's states over
the pieces, at unit length. Near vectors are candidates, no verdict: a sentence and its opposite are
often nearer than two translations of one sentence.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quotes.vectors.hashes import digest
from quotes.vectors.model import Model, weights_path
from quotes.vectors.packing import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# The pieces of a batch, padding among them: larger batches leave the caches.
_BATCH_PIECES = 128


class Encoder:
    """The sentence encoder, all-MiniLM-L6-v2 in 8 bits; its files are read on first use.

    Raises MissingModel at once where the weights are not installed, and MissingModel or
    CorruptModel on first use where a file is not there or not the one that was shipped.
    """

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self, model: Model | None = None) -> None:
        if model is None:
            weights_path()
        self._given = model

    @property
    def digest(self) -> str:
        """The hash over the hashes of all files; vectors of one digest can be compared."""
        return digest()

    @cached_property
    def _model(self) -> Model:
        return self._given or Model()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector of unit length for each text, `[texts, 384]`.

        What stands beyond the first 254 word pieces of a text is not read. A text without pieces
        has a vector too. A vector does not depend on the other texts.
        """
        import numpy as np

        model = self._model
        pieces = [model.pieces(text) for text in texts]
        vectors = np.empty((len(pieces), DIMENSIONS), np.float32)
        order = sorted(range(len(pieces)), key=lambda one: len(pieces[one]))
        while order:
            rows = _batch(order, pieces)
            width = len(pieces[rows[-1]])
            ids = np.zeros((len(rows), width), np.int64)
            mask = np.zeros_like(ids)
            for row, one in enumerate(rows):
                ids[row, : len(pieces[one])] = pieces[one]
                mask[row, : len(pieces[one])] = 1
            states = model.states(ids, mask, np.zeros_like(ids))
            summed = (states * mask[..., None].astype(np.float32)).sum(axis=1)
            vectors[rows] = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        return vectors

    def states(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return where the word pieces of a text stand and their states.

        Spans `[pieces, 2]` are in code points, those of the two pieces that frame the text of no
        width; states are `[pieces, 384]`, and `encode` makes a vector of their mean.
        """
        import numpy as np

        ids, spans = self._model.placed(text)
        row = np.array([ids], np.int64)
        states = self._model.states(row, np.ones_like(row), np.zeros_like(row))
        return np.array(spans, np.int64), states[0]

    def closeness(self, claim: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of the claim's vector with each text's, at most 1."""
        if not texts:
            return []
        vectors = self.encode([claim, *texts])
        return [min(1.0, float(score)) for score in vectors[1:] @ vectors[0]]


def _batch(order: list[int], pieces: Sequence[Sequence[int]]) -> list[int]:
    """Take the longest texts that are left off the order, as many as make a batch."""
    width = len(pieces[order[-1]])
    count = max(1, _BATCH_PIECES // width)
    rows, order[-count:] = order[-count:], []
    return rows
