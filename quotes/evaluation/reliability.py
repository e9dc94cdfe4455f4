"""How far a confidence can be believed: of what is 80 % sure, are 80 % right?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The predictions whose confidence is at least `low` and below `high`, 1 in the last bin.

    `confidence` is their mean, `right` the share of them that is right, both from 0 to 1.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The bins that hold any prediction, and the expected calibration error from 0 to 1.

    The error is the mean distance between confidence and share right, each bin weighed by its
    count (Naeini, Cooper and Hauskrecht 2015).
    """

    bins: tuple[Bin, ...]
    error: float


def reliability(judged: Iterable[tuple[float, bool]], *, bins: int = BINS) -> Reliability:
    """Return the reliability of confidences, each given with whether its prediction is right."""
    by_bin: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        place = min(int(confidence * bins), bins - 1)
        by_bin.setdefault(place, []).append((confidence, right))
    told = tuple(_bin(place, by_bin[place], bins) for place in sorted(by_bin))
    count = sum(one.count for one in told)
    error = sum(one.count * abs(one.confidence - one.right) for one in told)
    return Reliability(bins=told, error=error / count if count else 0.0)


def _bin(place: int, judged: list[tuple[float, bool]], bins: int) -> Bin:
    count = len(judged)
    return Bin(
        low=place / bins,
        high=(place + 1) / bins,
        count=count,
        confidence=sum(confidence for confidence, _ in judged) / count,
        right=sum(right for _, right in judged) / count,
    )
