"""Where sentences begin and end in the text beside a passage, which a parser reads badly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?(?P<next>\w))")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Rev|Hon|Prof|Jr|Sr|St|Jan|Feb|Aug|Sept|Oct|Nov|"
    r"Dec|Inc|Corp|Co|vs|No|[A-Z])\.$"
)
# A sentence of more than this many characters does not lead into a quotation.
_LONGEST = 1200


def sentences_in(text: str) -> int:
    """Return how many sentences a stretch between two passages holds."""
    breaks = sum(1 for _ in _breaks(text, 0, len(text)))
    return breaks + bool(text.strip(" \t\r\n.,;:—–-"))


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return where the sentence that goes on at `start` ends, no further than `limit`."""
    first = next(_breaks(text, start, limit), None)
    return limit if first is None else first.start() + 1


def sentence_start(text: str, floor: int, end: int) -> int:
    """Return where the sentence that `end` lies in starts, no further back than `floor`."""
    start = floor
    # A break looks one or two characters ahead, so the search goes on a little past the end.
    for match in _breaks(text, max(floor, end - _LONGEST), end + 2):
        if match.end() <= end:
            start = match.end()
    return start


def _breaks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield where a full stop and a capital part two sentences, abbreviations left out."""
    for match in _STOP.finditer(text, start, end):
        stop = match.start() + 1
        if match["next"].isupper() and not _ABBREVIATED.search(text, max(start, stop - 7), stop):
            yield match
