"""Finding the quotations of a text again after the text has changed."""

from __future__ import annotations

from quotes.anchoring.anchor import anchor
from quotes.anchoring.answers import Anchored, Answer, Edit

__all__ = ["Anchored", "Answer", "Edit", "anchor"]
