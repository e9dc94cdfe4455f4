"""Choose among candidates that compete for the same words, best first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction.lexicon import NOUNS, REPORT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.extraction.candidates import Candidate
    from quotes.spans import Span, Spans

# A bucket of text; candidates that share none cannot overlap, so only neighbours are compared.
_BUCKET = 512
# How likely a reported attribution must be by itself.
NESTED = 0.6
_WANTED_LESS = 0.1
_DOUBTFUL_MORE = 0.15


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its probability, and the one it would have outside any other statement."""

    candidate: Candidate
    probability: float
    alone: float = 0.0


def select(scored: Iterable[Scored], *, threshold: float) -> list[tuple[float, Candidate]]:
    """Return the candidates to keep, likeliest first: no cue twice, no word in two contents.

    Attributions reported inside a kept statement are kept too ("Reuters reported that X said …").
    Ties fall to the earlier and then the longer content, so the outcome never depends on order.
    """
    pool = list(scored)
    kept = _Kept()
    for item in sorted(pool, key=lambda s: _rank(s.probability, s.candidate)):
        if item.probability < required(item.candidate, threshold=threshold):
            continue
        if kept.has_cue(item.candidate) or kept.rivals(item.candidate):
            continue
        kept.add(item.probability, item.candidate)
    for item in sorted(pool, key=lambda s: _rank(s.alone, s.candidate)):
        if item.alone < max(NESTED, threshold):
            break
        candidate = item.candidate
        if kept.has_cue(candidate) or not candidate.source:
            continue
        rivals = kept.rivals(candidate)
        reported = all(nests(candidate, rival) for rival in rivals)
        # Where nothing around it was kept, it does stand by itself.
        if reported or all(nests(rival, candidate) for rival in rivals):
            kept.add(item.alone, candidate)
    return kept.chosen


def required(candidate: Candidate, *, threshold: float) -> float:
    """Return the probability that a candidate needs.

    Words in marks with a cue beside them are wanted even where the cue is a rare one, and so is a
    noun with its owner and a clause ("her comment that …"), which PolNeAR marks by fits and starts;
    a verb that nobody calls reporting ("focused on"), or a report of nobody's, must be likelier.
    Whole sentences in marks without any cue, which PolNeAR does not mark, are always wanted.
    """
    if not candidate.cue and candidate.pattern.startswith("direct"):
        return 0.0
    if candidate.pattern.startswith("direct"):
        return threshold - _WANTED_LESS
    features = candidate.features
    if candidate.pattern.startswith("noun-") and candidate.lemma in NOUNS:
        wanted = bool(candidate.source) and "first=that" in features
        return threshold - _WANTED_LESS if wanted else threshold
    doubtful = "class=other" in features or "source=none" in features
    return threshold + _DOUBTFUL_MORE if doubtful else threshold


def _rank(probability: float, candidate: Candidate) -> tuple[float, int, int, str, str]:
    whole = candidate.hull
    return (-probability, whole.start, -whole.end, candidate.pattern, candidate.lemma)


class _Kept:
    """The candidates chosen so far, found again by the stretch of text they lie in."""

    def __init__(self) -> None:
        self.chosen: list[tuple[float, Candidate]] = []
        self._cues: set[Spans] = set()
        self._taken: dict[int, list[tuple[Span, Candidate]]] = defaultdict(list)

    def add(self, probability: float, candidate: Candidate) -> None:
        self.chosen.append((probability, candidate))
        if candidate.cue:
            self._cues.add(candidate.cue)
        for span in candidate.content:
            for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
                self._taken[bucket].append((span, candidate))

    def has_cue(self, candidate: Candidate) -> bool:
        return candidate.cue in self._cues

    def rivals(self, candidate: Candidate) -> list[Candidate]:
        """Return the chosen candidates that share a code point of content with this one."""
        found: list[Candidate] = []
        for span in candidate.content:
            for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
                found.extend(c for theirs, c in self._taken[bucket] if theirs.overlaps(span))
        return found


def nests(inner: Candidate, outer: Candidate) -> bool:
    """Tell whether one attribution reports another: its cue, source and content all lie inside.

    Only a source of its own with a verb of saying makes it one ("Reuters reported that X said
    …"); thoughts inside a statement are part of the statement.
    """
    if not inner.source or inner.source == outer.source or inner.lemma not in REPORT:
        return False
    if inner.pattern not in {"ccomp", "ccomp-before"} or outer.pattern.startswith("direct"):
        return False
    return inner.lies_in(outer.content)
