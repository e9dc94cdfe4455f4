"""How much of a text is shown around a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.records import QuotationRecord


def context(text: str, record: QuotationRecord, *, margin: int) -> Span:
    """Return content, cue and source with at most `margin` characters at each side.

    It begins and ends with a paragraph where one does in that room, else with a word.
    """
    whole = _extent(record)
    low, high = max(0, whole.start - margin), min(len(text), whole.end + margin)
    if low:
        line, word = text.find("\n", low, whole.start), text.find(" ", low, whole.start)
        low = _first(line, word, default=whole.start - 1) + 1
    if high < len(text):
        line, word = text.rfind("\n", whole.end, high), text.rfind(" ", whole.end, high)
        high = _first(line, word, default=whole.end)
    return Span(low, high)


def paragraphs(text: str, record: QuotationRecord, *, margin: int) -> Span:
    """Return the same, but no more than the paragraphs that content, cue and source stand in."""
    whole, shown = _extent(record), context(text, record, margin=margin)
    low = text.rfind("\n", shown.start, whole.start) + 1
    high = text.find("\n", whole.end, shown.end)
    return Span(low or shown.start, shown.end if high < 0 else high)


def _extent(record: QuotationRecord) -> Span:
    parts = [part for part in (record["content"], record["cue"], record["source"]) if part]
    return Span(min(part["start"] for part in parts), max(part["end"] for part in parts))


def _first(*found: int, default: int) -> int:
    return next((place for place in found if place >= 0), default)
