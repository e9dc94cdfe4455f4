"""Cut tokens into the encoder's word pieces, and texts into windows of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# A longer token (a URL, a run of signs) is known by its first pieces.
LONGEST_TOKEN = 8
WINDOW = 254
OVERLAP = 48


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens `[start, end)`; those in `[first, last)` are nearest to this window's middle."""

    start: int
    end: int
    first: int
    last: int


def piece_reader(tokenizer: Tokenizer) -> Callable[[str], tuple[int, ...]]:
    """Return a function from a token to the ids of its pieces, which remembers frequent tokens."""

    @lru_cache(maxsize=50_000)
    def read(word: str) -> tuple[int, ...]:
        ids = tokenizer.encode(word[:100], add_special_tokens=False).ids
        return tuple(ids[:LONGEST_TOKEN])

    return read


def windows(
    lengths: NDArray[np.int64],
    sentence: NDArray[np.int64],
    *,
    size: int = WINDOW,
    overlap: int = OVERLAP,
) -> list[Window]:
    """Cut a text into windows of at most `size` pieces that begin, if they can, with a sentence.

    `lengths` are the pieces of each token. Neighbours share about `overlap` pieces.
    """
    total = np.concatenate(([0], np.cumsum(lengths)))
    count = len(lengths)
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < count:
        end = int(np.searchsorted(total, total[start] + size, side="right")) - 1
        end = min(max(end, start + 1), count)
        bounds.append((start, end))
        if end == count:
            break
        back = int(np.searchsorted(total, total[end] - overlap, side="left"))
        opening = int(np.searchsorted(sentence, sentence[back], side="left"))
        if opening <= start or total[end] - total[opening] > 2 * overlap:
            opening = back
        start = opening if opening > start else end
    return _shared_out(bounds)


def _shared_out(bounds: Sequence[tuple[int, int]]) -> list[Window]:
    """Give every token to one window: neighbours part in the middle of what they share."""
    if not bounds:
        return []
    cuts = [(before[1] + after[0]) // 2 for before, after in pairwise(bounds)]
    firsts = [0, *cuts]
    lasts = [*cuts, bounds[-1][1]]
    return [Window(b[0], b[1], f, n) for b, f, n in zip(bounds, firsts, lasts, strict=True)]
