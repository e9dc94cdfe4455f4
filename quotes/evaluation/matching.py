"""When a predicted span or attribution counts as the annotated one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from quotes.quotation import Kind
from quotes.spans import Spans, hull

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = frozenset('"“”')
EDGES = frozenset(" \t\r\n\"“”‘’'`«».,;:!?()[]–—-…")
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A predicted and a gold attribution by their places, and whether the source agrees."""

    predicted: int
    gold: int
    source_found: bool


def characters(text: str, spans: Spans) -> frozenset[int]:
    """Return the offsets that count for overlap: no white space, no double quotation marks."""
    return frozenset(
        offset
        for span in spans
        for offset in range(span.start, min(span.end, len(text)))
        if not text[offset].isspace() and text[offset] not in MARKS
    )


def core(text: str, spans: Spans) -> tuple[int, int] | None:
    """Return the hull without the marks and the punctuation at its edges; exact matches use it."""
    if not spans:
        return None
    whole = hull(spans)
    start, end = whole.start, min(whole.end, len(text))
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end) if start < end else None


def kind_by_marks(text: str, content: Spans) -> Kind:
    """Tell the kind from the quotation marks alone, for corpora that do not annotate it."""
    whole = hull(content)
    passage = text[whole.start : whole.end].strip()
    if not MARKS.intersection(passage):
        return Kind.INDIRECT
    closed = passage.rstrip(".,;:!? ")[-1:] in MARKS
    return Kind.DIRECT if passage[0] in MARKS and closed else Kind.MIXED


@dataclass(frozen=True, slots=True)
class Candidate:
    """What matching needs of one attribution."""

    content: frozenset[int]
    source: frozenset[int]


def match(predicted: Sequence[Candidate], gold: Sequence[Candidate]) -> list[Match]:
    """Pair attributions one to one, the greatest overlap of content (Jaccard, at least ½) first.

    Sources agree where they share a character or both are absent; between equal overlaps the pair
    whose sources agree goes first.
    """
    ranked: list[tuple[float, bool, int, int]] = []
    for (i, p), (j, g) in product(enumerate(predicted), enumerate(gold)):
        shared = len(p.content & g.content)
        if shared and (overlap := shared / len(p.content | g.content)) >= HALF:
            agrees = bool(p.source & g.source) or not (p.source or g.source)
            ranked.append((overlap, agrees, i, j))
    ranked.sort(key=lambda pair: (-pair[0], not pair[1]))
    used_predicted: set[int] = set()
    used_gold: set[int] = set()
    matches = []
    for _, agrees, i, j in ranked:
        if i not in used_predicted and j not in used_gold:
            used_predicted.add(i)
            used_gold.add(j)
            matches.append(Match(i, j, agrees))
    return matches
