"""Vectors by chance, of unit length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotes.vectors.packing import DIMENSIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def made_vectors(count: int, *, seed: int) -> NDArray[np.float32]:
    """Return `count` vectors in all directions, no two of them near."""
    found = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def beside(vector: NDArray[np.float32], *, seed: int, far: float = 0.5) -> NDArray[np.float32]:
    """Return a vector whose cosine with this one is about 1 / sqrt(1 + far²)."""
    moved = vector + far * made_vectors(1, seed=seed)[0]
    unit: NDArray[np.float32] = moved / np.linalg.norm(moved)
    return unit
