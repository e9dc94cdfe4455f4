"""Selectors of the W3C Web Annotation model for a span."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from quotes.spans import Span

CONTEXT = 32


class TextQuoteSelector(TypedDict):
    """The exact text with what stands around it."""

    type: str
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(TypedDict):
    """Half-open offsets in code points."""

    type: str
    start: int
    end: int


def text_quote_selector(text: str, span: Span) -> TextQuoteSelector:
    """Return the text of a span with up to 32 characters at each side."""
    return {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }


def text_position_selector(span: Span) -> TextPositionSelector:
    """Return the offsets of a span."""
    return {"type": "TextPositionSelector", "start": span.start, "end": span.end}
