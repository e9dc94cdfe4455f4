"""The nearest of many vectors: by the signs of their numbers first, then by the numbers.

Over a million vectors only 48 bytes each are read; the numbers of the few hundred whose signs
differ least from the query's decide. After Charikar, "Similarity estimation techniques from
rounding algorithms" (STOC 2002), with the axes for hyperplanes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from quotes.vectors.packing import DIMENSIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORDS: Final = DIMENSIONS // 64
# Vectors at a time: what is computed of them stays in the cache.
_CHUNK: Final = 16_384


def signs(whole: NDArray[np.int8] | NDArray[np.float32]) -> NDArray[np.uint64]:
    """Return the signs of vectors `[n, 384]` as bits, six words each; nought counts as positive."""
    packed = np.packbits(whole >= 0, axis=1)
    return packed.view("<u8").reshape(len(whole), WORDS)


def distances(bits: NDArray[np.uint64], query: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Return in how many of the 384 signs each row `[n, 6]` differs from the query `[6]`."""
    found = np.empty(len(bits), np.uint16)
    for start in range(0, len(bits), _CHUNK):
        rows = bits[start : start + _CHUNK]
        part = found[start : start + _CHUNK]
        part[:] = np.bitwise_count(rows[:, 0] ^ query[0])
        for word in range(1, WORDS):
            part += np.bitwise_count(rows[:, word] ^ query[word])
    return found


def least(found: NDArray[np.uint16], count: int) -> NDArray[np.intp]:
    """Return the places of the `count` least distances, and of all that are equal to the last."""
    if count >= len(found):
        return np.arange(len(found))
    below = np.bincount(found, minlength=DIMENSIONS + 1).cumsum()
    return np.flatnonzero(found <= np.searchsorted(below, count))


def best(
    steps: NDArray[np.float32], whole: NDArray[np.int8], vector: NDArray[np.float32], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the places of the `count` rows `[n, 384]` nearest to a vector, and their cosines.

    The nearest comes first, the first of equals before the others.
    """
    # `@` shares a product of this size among threads, which costs more than it saves.
    scores = np.einsum("ij,j->i", whole.astype(np.float32), vector) * steps
    order = np.argsort(-scores, kind="stable")[:count]
    return order, scores[order]
