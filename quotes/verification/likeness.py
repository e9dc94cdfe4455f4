"""How like a claim and a content are in meaning, read off the states of their word pieces.

The cosine of two sentence vectors tells little where a content holds several sentences. So the
sentence, or two together, that mean most nearly what the claim does are looked for, and each
bearing word of either is held against those of the other, as BERTScore does (Zhang et al., ICLR
2020).
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quotes.verification.differences import BEARING
from quotes.verification.find import read_claim
from quotes.verification.tokens import tokenise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SENTENCE: Final = re.compile(r"[.!?;,][\"”’»]+\s+|[.!?;]\s+")
_NEAR: Final = 0.6
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Cosines, at most 1: of the texts as wholes, of the nearest part, and of single words.

    `found` is the mean over the claim's bearing words of the cosine with the nearest word of that
    part, `least_found` the smallest; `told` and `least_told` are the same the other way round.
    `near` is the share of the claim's words whose cosine is above 0.6.
    """

    whole: float = 0.0
    part: float = 0.0
    found: float = 0.0
    least_found: float = 0.0
    told: float = 0.0
    least_told: float = 0.0
    near: float = 0.0

    @property
    def values(self) -> tuple[float, ...]:
        """The figures in the order of NAMES."""
        return astuple(self)


NAMES: Final = tuple(field.name for field in fields(Likeness))


class Pieces:
    """A text with its word pieces: spans of code points `[pieces, 2]` and states `[pieces, 384]`.

    Pieces of no width frame the text.
    """

    def __init__(self, text: str, spans: NDArray[np.int64], states: NDArray[np.float32]) -> None:
        self._text = text
        inside = spans[:, 1] > spans[:, 0]
        self._starts = spans[inside, 0]
        self._states = states[inside]
        self.vector = _unit(states.mean(axis=0))

    def part(self, start: int = 0, end: int | None = None) -> NDArray[np.float32] | None:
        """Return the vector of a part of the text; None where no piece begins there."""
        first = self._starts.searchsorted(start)
        last = len(self._starts) if end is None else self._starts.searchsorted(end)
        return _unit(self._states[first:last].mean(axis=0)) if first < last else None

    @cached_property
    def words(self) -> list[tuple[int, NDArray[np.float32]]]:
        """The bearing words that were read: where each starts, and its vector."""
        tokens = (t for t in tokenise(read_claim(self._text)) if t.kind in BEARING)
        found = ((token.start, self.part(token.start, token.end)) for token in tokens)
        return [(start, vector) for start, vector in found if vector is not None]

    @cached_property
    def parts(self) -> list[tuple[int, int]]:
        """The spans of the sentences, and of each two that follow one another."""
        cuts = [0, *(match.end() for match in _SENTENCE.finditer(self._text)), len(self._text)]
        single = [(a, b) for a, b in pairwise(cuts) if self._text[a:b].strip()]
        double = [(a, b) for (a, _), (_, b) in pairwise(single)]
        return single + double or [(0, len(self._text))]


def likeness(claim: Pieces, content: Pieces) -> Likeness:
    """Compare a claim with the part of a content that is nearest to it."""
    import numpy as np

    ours = claim.part()
    if ours is None:
        return Likeness()
    nearness, (start, end) = max(
        (-1.0 if (vector := content.part(*span)) is None else float(vector @ ours), span)
        for span in content.parts
    )
    whole = float(claim.vector @ content.vector)
    said = [vector for _, vector in claim.words]
    told = [vector for at, vector in content.words if start <= at < end]
    if not said or not told:
        return Likeness(whole=whole, part=nearness)
    cosines = np.stack(said) @ np.stack(told).T
    ours_best, theirs_best = cosines.max(axis=1), cosines.max(axis=0)
    return Likeness(
        whole=whole,
        part=nearness,
        found=float(ours_best.mean()),
        least_found=float(ours_best.min()),
        told=float(theirs_best.mean()),
        least_told=float(theirs_best.min()),
        near=float((ours_best > _NEAR).mean()),
    )


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = max(float(vector @ vector) ** 0.5, _LEAST)
    unit: NDArray[np.float32] = vector / length
    return unit
