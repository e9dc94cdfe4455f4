"""How people point at words of a text: by offsets, or by the words themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.errors import Ambiguous, NotFound
from quotes.links.words import places_of
from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.spans import Spans

_OFFSETS: Final = re.compile(r"\s*(\d{1,12})\s*[:-]\s*(\d{1,12})\s*", re.ASCII)
_SEVERAL: Final = re.compile(r"(?:[\s,;]*\d{1,12}\s*[:-]\s*\d{1,12}\b)+[\s,;]*", re.ASCII)


def span_of(text: str) -> Span | None:
    """Return the span that `START:END` writes, None where that is no span.

    Raises OffsetError for one that ends before it begins.
    """
    match = _OFFSETS.fullmatch(text)
    return Span(int(match[1]), int(match[2])) if match else None


def spans_in(text: str, written: str, *, near: Span | None = None) -> Spans:
    """Return the spans that a person wrote, in order: `START:END START:END …`, or words.

    Words must stand once, as `place_of` has it. Nothing written is no span. Raises OffsetError,
    NotFound or Ambiguous.
    """
    if not written.strip():
        return ()
    if _SEVERAL.fullmatch(written):
        pairs = (map(int, match.groups()) for match in _OFFSETS.finditer(written))
        return tuple(sorted(Span(start, end) for start, end in pairs))
    return (place_of(text, written, near=near),)


def written(spans: Spans) -> str:
    """Return spans as `spans_in` reads them."""
    return " ".join(f"{span.start}:{span.end}" for span in spans)


def place_of(text: str, words: str, *, near: Span | None = None) -> Span:
    """Return the one place where words stand, within the passage `near` first, then anywhere.

    Raises NotFound, or Ambiguous with the offsets where they stand more than once.
    """
    found = places_of(text, words, within=near) if near is not None else []
    where = "in the passage" if found else "in the source"
    found = found or places_of(text, words)
    if not found:
        raise NotFound(
            f"the source does not say {words!r}", hint="copy the words from `quotes source show`"
        )
    if len(found) > 1:
        raise Ambiguous.among(
            f"{words!r} stands {len(found)} times {where}",
            [f"{span.start}:{span.end}" for span in found],
            hint="give the offsets of the one you mean",
        )
    return found[0]
