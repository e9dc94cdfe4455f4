"""A text as HTML in which words can be chosen: every piece says at which offset it begins.

A script finds the offsets of what a reader has selected from them. What is not shown as it stands
(a control character, a line end of two characters) is a piece of its own, chosen whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import escape

from quotes.web.highlight import in_paragraphs
from quotes.web.visible import HIDDEN, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from quotes.records import QuotationRecord
    from quotes.web.highlight import Cut

_ODD: Final = re.compile(rf"\r\n?|{HIDDEN.pattern}")


def selectable(
    text: str,
    records: Sequence[QuotationRecord],
    *,
    places: Sequence[tuple[int, int]],
    chosen: str | None = None,
) -> Markup:
    """Return paragraphs of a text, in which content, cue and source of one quotation are marked.

    What other quotations say is marked as taken.
    """

    def spans(piece: Cut) -> Iterator[str]:
        return _spans(text, piece, _classes(piece, chosen))

    return in_paragraphs(records, places, spans)


def _classes(piece: Cut, chosen: str | None) -> str:
    roles = (("content", piece.content), ("cue", piece.cue), ("source", piece.source))
    names = [f"is-{name}" for name, ids in roles if chosen in ids]
    if any(id_ != chosen for id_ in piece.content):
        names.append("taken")
    return f' class="{" ".join(names)}"' if names else ""


def _spans(text: str, piece: Cut, classes: str) -> Iterator[str]:
    for start, end, is_odd in _parts(text, piece.start, piece.end):
        if is_odd:
            shown = "\n" if text[start] == "\r" else escape(visible(text[start:end]))
            yield f'<span{classes} data-at="{start}" data-end="{end}">{shown}</span>'
        else:
            yield f'<span{classes} data-at="{start}">{escape(text[start:end])}</span>'


def _parts(text: str, low: int, high: int) -> Iterable[tuple[int, int, bool]]:
    """Yield what is shown as it stands, and each that is not, in order."""
    last = low
    for match in _ODD.finditer(text, low, high):
        if last < match.start():
            yield last, match.start(), False
        yield match.start(), match.end(), True
        last = match.end()
    if last < high:
        yield last, high, False
