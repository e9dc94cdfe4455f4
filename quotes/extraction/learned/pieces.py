"""Cut tokens into the encoder's word pieces, and texts into windows of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# A longer token (a URL, a run of signs) is known by its first pieces.
LONGEST_TOKEN = 8
WINDOW = 254
OVERLAP = 40


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens `[start, end)`; cues in `[first, last)` are read here, others in a neighbour."""

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

    `lengths` are the pieces of each token. The sentence that a window cuts off is the next one's,
    which has the sentences that hold the `overlap` pieces before it to look back at.
    """
    total = np.concatenate(([0], np.cumsum(lengths)))
    count = len(lengths)
    found: list[Window] = []
    start = first = 0
    while start < count:
        end = int(np.searchsorted(total, total[start] + size, side="right")) - 1
        end = min(max(end, start + 1), count)
        if end == count:
            found.append(Window(start, end, first, end))
            break
        cut = end if sentence[end] != sentence[end - 1] else _opening(sentence, end - 1)
        if cut <= first or total[end] - total[cut] > size // 2:
            # A sentence that is most of a window parts where a cue still sees what follows it.
            middle = int(np.searchsorted(total, total[end] - overlap // 2, side="left"))
            cut = min(max(middle, first + 1), end)
        found.append(Window(start, end, first, cut))
        back = int(np.searchsorted(total, total[cut] - overlap, side="right")) - 1
        opening = _opening(sentence, max(back, 0))
        far = total[cut] - total[opening] > 2 * overlap
        start, first = max(back if far else opening, start + 1), cut
    return found


def _opening(sentence: NDArray[np.int64], token: int) -> int:
    """Return the first token of a token's sentence."""
    return int(np.searchsorted(sentence, sentence[token], side="left"))
