"""Words that a person typed, found in a text: the way lines are broken and marks drawn is free."""

from __future__ import annotations

import re
from typing import Final

from quotes.spans import Span

# Each mark for one mark, so that offsets stay.
_PLAIN: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip


def places_of(text: str, words: str, *, within: Span | None = None) -> list[Span]:
    """Return where words stand in a text, or in a part of it; places may overlap.

    Any white space stands for any other, and straight marks for curly ones; where some places have
    the very characters, only these count. No words stand nowhere.
    """
    parts = words.split()
    if not parts:
        return []
    low, high = (within.start, within.end) if within is not None else (0, len(text))
    pattern = r"\s+".join(re.escape(part.translate(_PLAIN)) for part in parts)
    plain = text.translate(_PLAIN)
    found = [
        Span(match.start(), match.start() + len(match[1]))
        for match in re.compile(f"(?=({pattern}))").finditer(plain, low, high)
    ]
    exact = [span for span in found if text[span.start : span.end] == words.strip()]
    return exact or found
