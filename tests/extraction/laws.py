"""Texts of scraps that mean nothing together, and the laws of what is found in any text."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from quotes.extraction.extractor import Extraction
    from quotes.quotation import Quotation

SCRAPS = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "``", "''", "(", ")", "—", "…", ":", ",", ".", "?",
    " ", " ", "\n", "\n\n", "\r\n", "\u2028", "\u200b", "\x0c", "\U0001f4b4", "e\u0301",
    "Ada Marsh said ", " said Ada Marsh. ", "that the ferry sails", "according to ",
    "she told them ",
    "did not say ", "The ferry sails.", "Q: ", "A: ", "MARSH: ", "By Ada Marsh", "Read more: ",
    "the clerk's claim that ", ", adding that ", "asked whether ", " was quoted as saying ", "Mr. ",
    ", citing an official, ", " quoted by the Noon Times ", "The Noon Times reported ",
]  # fmt: skip
MIXTURE = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=30).map(
    lambda parts: "".join(parts).encode("utf-8", "ignore").decode()
)


def content_shared(one: Quotation, other: Quotation) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


def contains(outer: Quotation, inner: Quotation) -> bool:
    return all(any(part.within(span) for span in outer.content) for part in inner.content)


def check_fits(text: str, extraction: Extraction) -> None:
    """Fail where a quotation does not fit its text, is not told whole, or is out of order."""
    found = extraction.quotations
    for quotation in found:
        quotation.check(text)
        assert quotation.method
        assert quotation.attribution is None
        assert quotation.confidence is None or 0.0 <= quotation.confidence <= 1.0
    hulls = [(quotation.hull.start, -quotation.hull.end) for quotation in found]
    assert hulls == sorted(hulls)
    assert all(0 <= notice.start < len(text) for notice in extraction.notices)


def check_apart(extraction: Extraction) -> None:
    """Fail where two contents share words and neither holds the other whole."""
    for one, other in combinations(extraction.quotations, 2):
        if content_shared(one, other):
            assert contains(one, other) or contains(other, one)


def check_own_cues(extraction: Extraction) -> None:
    """Fail where two quotations have a word of their cues in common."""
    cues = sorted(span for quotation in extraction.quotations for span in quotation.cue)
    assert all(one.end <= other.start for one, other in pairwise(cues))
