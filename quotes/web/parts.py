"""A long text in parts, each as much as a browser lays out at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.web.highlight import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

#: About so many characters, some 35,000 words: few sources have more than one part.
LENGTH: Final = 200_000
# So far behind that a part may end, where a paragraph does, or else a line or a word.
_ROOM: Final = 5_000
_ENDS: Final = ("\n\n", "\n", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part by its number from 1, among `of` parts, and where it begins and ends in the text."""

    number: int
    of: int
    start: int
    end: int


def numbered(text: str, number: int) -> Part:
    """Return the part with this number, the first or the last where there is none such."""
    of = _count(text)
    number = min(max(1, number), of)
    return Part(number=number, of=of, start=_edge(text, number - 1), end=_edge(text, number))


def at(text: str, offset: int) -> Part:
    """Return the part in which an offset lies."""
    part = numbered(text, offset // LENGTH + 1)
    return numbered(text, part.number - 1) if offset < part.start else part


def places(text: str, part: Part) -> Sequence[tuple[int, int]]:
    """Return where the paragraphs of a part stand in the text."""
    found = paragraphs(text[part.start : part.end])
    return [(part.start + low, part.start + high) for low, high in found]


def _count(text: str) -> int:
    return 1 + max(0, len(text) - _ROOM) // LENGTH


def _edge(text: str, number: int) -> int:
    """Return where the part after so many begins, in time that does not depend on the text."""
    if number == 0 or number >= _count(text):
        return len(text) if number else 0
    low = number * LENGTH
    for end in _ENDS:
        found = text.find(end, low, low + _ROOM)
        if found >= 0:
            return found + len(end)
    return low
