"""Keep what is sure enough and does not compete with something surer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction.learned.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.extraction.candidates import Candidate
    from quotes.extraction.learned.findings import Finding
    from quotes.extraction.reading import Reading
    from quotes.quotation import Kind

# What a speaker reports inside a turn stands inside another quotation, so it must be sure.
_REPORTED_IN_TURN = 0.75
# Two contents that share this much of the shorter one are one statement, told twice.
_SHARED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A possible quotation with its kind and how sure it is."""

    candidate: Candidate
    kind: Kind
    confidence: float
    finding: Finding


def choose(reading: Reading, pool: Iterable[Judged], *, threshold: float) -> list[Judged]:
    """Return the quotations to keep, surest first.

    One that is reported inside another is kept with it; of two that claim the same words the surer
    one is kept.
    """
    kept: list[Judged] = []
    taken: Places[Candidate] = Places()
    for judged in sorted(pool, key=_rank):
        candidate = judged.candidate
        if judged.confidence < _needed(reading, candidate, threshold):
            continue
        near = taken.meeting(candidate.content)
        if all(_nested(candidate, k) or not _rivals(candidate, k) for k in near):
            kept.append(judged)
            taken.add(candidate.content, candidate)
    return kept


def _rank(judged: Judged) -> tuple[float, int, int]:
    whole = judged.candidate.hull
    return (-judged.confidence, whole.start, -whole.end)


def _needed(reading: Reading, candidate: Candidate, threshold: float) -> float:
    """Return the confidence a candidate needs where it stands; more than 1 for never."""
    if reading.is_furniture_at(candidate.cue_at):
        return 2.0
    turn = reading.turn_at(candidate.cue_at)
    if turn is None:
        return threshold
    inside = any(candidate.lies_in((span,)) for span in turn.content)
    return max(threshold, _REPORTED_IN_TURN) if inside and candidate.source else 2.0


def _nested(one: Candidate, other: Candidate) -> bool:
    """Tell whether one of two stands whole, cue and source too, inside the other's content."""
    return one.lies_in(other.content) or other.lies_in(one.content)


def _rivals(one: Candidate, other: Candidate) -> bool:
    """Tell whether two contents share half of the shorter one or more."""
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.content
        for b in other.content
    )
    shorter = min(sum(map(len, one.content)), sum(map(len, other.content)))
    return shared >= _SHARED * shorter
