"""Choose among candidates that compete for the same words, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from quotes.extraction.candidates import Candidate
from quotes.extraction.lexicon import REPORT
from quotes.spans import Span

# A bucket of text; candidates that share none cannot overlap, so only neighbours are compared.
_BUCKET = 512


def select(
    scored: Iterable[tuple[float, Candidate]], *, threshold: float
) -> list[tuple[float, Candidate]]:
    """Return the candidates to keep: no cue twice, no word in two contents unless nested.

    Ties fall to the earlier and then the longer content, so the outcome never depends on order.
    """
    ranked = sorted(
        ((p, c) for p, c in scored if p >= threshold),
        key=lambda item: (-item[0], item[1].hull.start, -item[1].hull.end, item[1].pattern),
    )
    kept: list[tuple[float, Candidate]] = []
    cues: set[tuple[Span, ...]] = set()
    taken: dict[int, list[tuple[Span, Candidate]]] = defaultdict(list)
    for probability, candidate in ranked:
        if candidate.cue and candidate.cue in cues:
            continue
        rivals = _overlapping(candidate.content, taken)
        if any(not (_nests(candidate, r) or _nests(r, candidate)) for r in rivals):
            continue
        kept.append((probability, candidate))
        cues.add(candidate.cue)
        for span in candidate.content:
            for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
                taken[bucket].append((span, candidate))
    return kept


def _overlapping(
    content: Sequence[Span], taken: dict[int, list[tuple[Span, Candidate]]]
) -> list[Candidate]:
    found: list[Candidate] = []
    for span in content:
        for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
            found.extend(other for theirs, other in taken[bucket] if theirs.overlaps(span))
    return found


def _nests(inner: Candidate, outer: Candidate) -> bool:
    """Tell whether one attribution reports another: its cue, source and content all lie inside.

    Only a source of its own with a verb of saying makes it one ("Reuters reported that X said
    …"); thoughts inside a statement are part of the statement.
    """
    if not inner.source or inner.source == outer.source or inner.lemma not in REPORT:
        return False
    if inner.pattern not in {"ccomp", "ccomp-before"} or outer.pattern.startswith("direct"):
        return False
    parts = (*inner.content, *inner.source, *inner.cue)
    return all(any(part.within(span) for span in outer.content) for part in parts)
