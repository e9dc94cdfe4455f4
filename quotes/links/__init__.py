"""The ways back to a passage: line and column, a URL with a text fragment, W3C selectors."""

from __future__ import annotations

from quotes.links.fragment import with_text_fragment
from quotes.links.position import Position, position
from quotes.links.selectors import text_position_selector, text_quote_selector
from quotes.links.ways import ways_back

__all__ = [
    "Position",
    "position",
    "text_position_selector",
    "text_quote_selector",
    "ways_back",
    "with_text_fragment",
]
