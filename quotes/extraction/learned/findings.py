"""Find cues in a text, and for each cue the tokens that are its source and its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quotes.extraction.learned.decoding import BEGIN_CUE, best_roles, cue_spans
from quotes.extraction.learned.inputs import Cue, Stretch, inputs, surroundings
from quotes.extraction.learned.pieces import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from quotes.extraction.learned.decoding import Roles, Transitions
    from quotes.extraction.learned.features import Tokens
    from quotes.extraction.learned.inputs import Inputs, Special, Surroundings
    from quotes.extraction.learned.pieces import Window

# Cues of one call: memory grows with them.
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
    found: list[Finding] = []
    # One window a call: it needs no padding, and its numbers are quantised by its own range alone.
    for window in windows(lengths, tokens.sentence):
        row = Stretch(tokens, pieces, window.start, window.end)
        found.extend(_read_window(scorer, row, window, threshold))
    return found


def _read_window(
    scorer: Scorer, row: Stretch, window: Window, threshold: float
) -> Iterator[Finding]:
    (states,), (chances,) = scorer.tag(inputs([row], scorer.special))
    cues = [
        (Cue(0, start + window.start, end + window.start), float(chances[start, BEGIN_CUE]))
        for start, end in cue_spans(chances, threshold=threshold)
        if window.first <= start + window.start < window.last
    ]
    for begin in range(0, len(cues), _CUES):
        some = cues[begin : begin + _CUES]
        around = surroundings([row], [cue for cue, _ in some])
        scores = scorer.read(states, np.zeros(len(some), np.int64), around)
        read = best_roles(scores, scorer.transitions, free=around.free, exists=around.exists)
        for (cue, chance), first, roles in zip(some, around.first, read, strict=True):
            yield Finding(cue.start, cue.end, chance, int(first), roles)
