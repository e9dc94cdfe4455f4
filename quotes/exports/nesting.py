"""Marks over one text made elements: where they cross, an element is closed and opened again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.spans import Span


@dataclass(frozen=True, slots=True)
class Open:
    """The beginning of an element for a mark, by the mark's place in the list."""

    mark: int


@dataclass(frozen=True, slots=True)
class Close:
    """The end of the element that was opened last."""

    mark: int


@dataclass(frozen=True, slots=True)
class Text:
    """The text's `[start, end)`."""

    start: int
    end: int


def nested(length: int, marks: Sequence[Span]) -> Iterator[Open | Close | Text]:
    """Yield the whole text with the marks, as elements that lie in one another or apart.

    All text comes once and in order, and every piece of it within exactly the marks that cover it.
    """
    beginning: defaultdict[int, list[int]] = defaultdict(list)
    for number, span in enumerate(marks):
        beginning[span.start].append(number)
    stack: list[int] = []
    last = 0
    for offset in sorted({edge for span in marks for edge in (span.start, span.end)}):
        if last < offset:
            yield Text(last, offset)
        last = offset
        opening = beginning[offset]
        while any(marks[number].end == offset for number in stack):
            closed = stack.pop()
            yield Close(closed)
            if marks[closed].end > offset:
                opening.append(closed)
        # The longest outside, so that the fewest are cut.
        for number in sorted(opening, key=lambda one: (-marks[one].end, one)):
            stack.append(number)
            yield Open(number)
    if last < length:
        yield Text(last, length)
