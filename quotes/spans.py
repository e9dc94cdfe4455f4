"""Half-open spans over one text, counted in Unicode code points, and their checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import OffsetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in code points; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise OffsetError(f"[{self.start}, {self.end}) is not a span")

    def __len__(self) -> int:
        return self.end - self.start

    def within(self, other: Span) -> bool:
        """Tell whether this span lies inside the other, edges included."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def hull(spans: Sequence[Span]) -> Span:
    """Return the smallest span that covers all; raises OffsetError where there is none."""
    if not spans:
        raise OffsetError("no spans, so no hull")
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def text_of(text: str, spans: Iterable[Span]) -> str:
    """Return the text of the spans joined by one space."""
    return " ".join(text[s.start : s.end] for s in spans)


def merged(spans: Iterable[Span]) -> Spans:
    """Return the spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def trimmed(text: str, span: Span) -> Span | None:
    """Return the span without white space at its edges, or None where nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def check_spans(length: int, spans: Sequence[Span]) -> None:
    """Raise OffsetError unless the spans are ordered, apart, and inside a text of this length."""
    previous = 0
    for span in spans:
        if span.start < previous:
            raise OffsetError(f"[{span.start}, {span.end}) overlaps or precedes the span before it")
        if span.end > length:
            raise OffsetError(f"[{span.start}, {span.end}) runs past the text's end at {length}")
        previous = span.end
