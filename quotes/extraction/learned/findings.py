"""Find cues in a text, and for each cue the tokens that are its source and its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quotes.extraction.learned.decoding import best_roles, cue_spans
from quotes.extraction.learned.inputs import Cue, Stretch, inputs, surroundings
from quotes.extraction.learned.pieces import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from quotes.extraction.learned.decoding import Roles, Transitions
    from quotes.extraction.learned.features import Tokens
    from quotes.extraction.learned.inputs import Inputs, Special, Surroundings
    from quotes.extraction.learned.pieces import Window

# One window a call: it needs no padding, and its numbers are quantised by its own range alone.
_ROWS = 1
_CUES = 48


class Scorer(Protocol):
    """The network, whatever runs it."""

    @property
    def special(self) -> Special:
        """The encoder's special pieces."""
        ...

    @property
    def transitions(self) -> Transitions:
        """The chain's learned scores."""
        ...

    @property
    def read_pieces(self) -> Callable[[str], tuple[int, ...]]:
        """A function from a token to its word pieces."""
        ...

    def tag(self, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return each token's state `[rows, tokens, hidden]` and labels' chances `[…, 7]`."""
        ...

    def read(
        self, states: NDArray[np.float32], offset: NDArray[np.int64], around: Surroundings
    ) -> NDArray[np.float32]:
        """Return scores `[cues, width, 3]` from all tokens' states `[tokens, hidden]`.

        `offset` `[cues]` is where in them each cue's stretch begins.
        """
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """The cue `[start, end)` in tokens, its chance, and the roles of the tokens from `first` on."""

    start: int
    end: int
    chance: float
    first: int
    roles: Roles


def find(scorer: Scorer, tokens: Tokens, *, threshold: float) -> list[Finding]:
    """Return every cue with at least this chance, in order."""
    if not len(tokens):
        return []
    unknown = (scorer.special.unknown,)
    pieces = tuple(scorer.read_pieces(word) or unknown for word in tokens.words)
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    parts = windows(lengths, tokens.sentence)
    found: list[Finding] = []
    for begin in range(0, len(parts), _ROWS):
        some = parts[begin : begin + _ROWS]
        rows = [Stretch(tokens, pieces, part.start, part.end) for part in some]
        found.extend(_read_rows(scorer, rows, some, threshold))
    return found


def _read_rows(
    scorer: Scorer, rows: Sequence[Stretch], parts: Sequence[Window], threshold: float
) -> Iterator[Finding]:
    states, chances = scorer.tag(inputs(rows, scorer.special))
    cues: list[tuple[Cue, float]] = []
    for number, part in enumerate(parts):
        own = chances[number, : part.end - part.start]
        for start, end in cue_spans(own, threshold=threshold):
            if part.first <= start + part.start < part.last:
                cue = Cue(number, start + part.start, end + part.start)
                cues.append((cue, float(own[start, 3])))
    flat = states.reshape(-1, states.shape[-1])
    for begin in range(0, len(cues), _CUES):
        some = cues[begin : begin + _CUES]
        around = surroundings(rows, [cue for cue, _ in some])
        offset = np.array([cue.row * states.shape[1] for cue, _ in some], np.int64)
        scores = scorer.read(flat, offset, around)
        read = best_roles(scores, scorer.transitions, free=around.free, exists=around.exists)
        for (cue, chance), first, roles in zip(some, around.first, read, strict=True):
            yield Finding(cue.start, cue.end, chance, int(first), roles)
