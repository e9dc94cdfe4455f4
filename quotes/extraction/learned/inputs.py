"""The arrays that the network takes: windows of word pieces, and cues with what is around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotes.extraction.learned.relations import REACH, head_of, relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotes.extraction.learned.features import Tokens

FEATURES = 5
RELATIONS = 5
Pieces = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Special:
    """The pieces that pad, open, and close a window, and the one for what has no piece."""

    pad: int
    opening: int
    closing: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Windows in rows: `pieces` and `mask` `[rows, width]`, `told` `[rows, width, 5]`.

    `firsts` `[rows, tokens]` leads from each token to its first piece.
    """

    pieces: NDArray[np.int64]
    told: NDArray[np.int64]
    mask: NDArray[np.float32]
    firsts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens `[start, end)` of a text that are one row."""

    tokens: Tokens
    pieces: Pieces
    start: int
    end: int

    @property
    def size(self) -> int:
        """The number of word pieces."""
        return sum(len(p) for p in self.pieces[self.start : self.end])


def inputs(rows: Sequence[Stretch], special: Special) -> Inputs:
    """Return rows as padded arrays, each between the encoder's special pieces."""
    wide = max(row.size for row in rows) + 2
    long = max(row.end - row.start for row in rows)
    pieces = np.full((len(rows), wide), special.pad, np.int64)
    told = np.zeros((len(rows), wide, FEATURES), np.int64)
    mask = np.zeros((len(rows), wide), np.float32)
    firsts = np.zeros((len(rows), long), np.int64)
    for number, row in enumerate(rows):
        words = row.pieces[row.start : row.end]
        lengths = np.array([len(p) for p in words])
        count = int(lengths.sum())
        pieces[number, 0], pieces[number, count + 1] = special.opening, special.closing
        pieces[number, 1 : count + 1] = [i for p in words for i in p]
        # 0 is kept for the special pieces and padding.
        spread = np.repeat(row.tokens.told[row.start : row.end] + 1, lengths, axis=0)
        told[number, 1 : count + 1] = spread
        mask[number, : count + 2] = 1
        firsts[number, : len(words)] = 1 + np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return Inputs(pieces, told, mask, firsts)


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens `[start, end)` of a text that may be a cue in the stretch `row`."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Cues in rows with the tokens around them, those that exist first.

    `at` `[cues, width]` are tokens of the cue's stretch, `related` `[cues, 5, width]` how they
    stand to it, `ends` `[cues, 2]` its first and last token; `free` tells tokens that may be
    source or content from the cue's own; `first` is the text's token in the first column.
    """

    at: NDArray[np.int64]
    exists: NDArray[np.bool_]
    free: NDArray[np.bool_]
    related: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]


def _neighbourhood(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the bounds of a cue's paragraph with the one before and the one after it."""
    paragraph = tokens.paragraph[head]
    low = np.searchsorted(tokens.paragraph, paragraph - 1, side="left")
    high = np.searchsorted(tokens.paragraph, paragraph + 1, side="right")
    return int(low), int(high)


def surroundings(rows: Sequence[Stretch], cues: Sequence[Cue]) -> Surroundings:
    """Gather the tokens around each cue, as far as its stretch goes."""
    bounds = []
    for cue in cues:
        row = rows[cue.row]
        head = head_of(row.tokens, cue.start, cue.end)
        low, high = _neighbourhood(row.tokens, head)
        bounds.append((max(row.start, head - REACH, low), min(row.end, head + REACH, high)))
    width = max((last - first for first, last in bounds), default=1)
    at = np.zeros((len(cues), width), np.int64)
    exists = np.zeros((len(cues), width), np.bool_)
    related = np.zeros((len(cues), RELATIONS, width), np.int64)
    ends = np.zeros((len(cues), 2), np.int64)
    for number, (cue, (first, last)) in enumerate(zip(cues, bounds, strict=True)):
        row = rows[cue.row]
        size = last - first
        at[number, :size] = np.arange(first, last) - row.start
        exists[number, :size] = True
        related[number, :, :size] = relations(
            row.tokens, cue.start, cue.end, first=first, last=last
        )
        ends[number] = cue.start - row.start, cue.end - 1 - row.start
    free = exists & ~((at >= ends[:, :1]) & (at <= ends[:, 1:]))
    return Surroundings(at, exists, free, related, ends, np.array([b[0] for b in bounds], np.int64))
