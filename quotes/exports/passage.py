"""The passage that a quotation stands in, cut where content, cue and source begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.exports.printable import visible
from quotes.links.context import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.records import QuotationRecord

MARGIN = 300


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a passage; `role` is content, cue, source or nothing."""

    text: str
    role: str


def runs(text: str, record: QuotationRecord) -> Iterator[Run]:
    """Yield the passage piece by piece, with an ellipsis where its paragraph goes on."""
    span = paragraphs(text, record, margin=MARGIN)
    # Where roles overlap the first is shown.
    marked = [
        (role, start, end)
        for role, passage in (
            ("content", record["content"]),
            ("cue", record["cue"]),
            ("source", record["source"]),
        )
        for start, end in (passage["spans"] if passage else ())
    ]
    if span.start and text[span.start - 1] not in "\r\n":
        yield Run("… ", "")
    edges = sorted({span.start, span.end, *(edge for _, *edges in marked for edge in edges)})
    pieces: list[tuple[int, str]] = []
    for edge in edges[:-1]:
        role = _role(marked, edge)
        if not pieces or role != pieces[-1][1]:
            pieces.append((edge, role))
    for (begin, role), (end, _) in pairwise([*pieces, (span.end, "")]):
        yield Run(legible(text[begin:end]), role)
    if text[span.end : span.end + 1] not in ("", "\r", "\n"):
        yield Run(" …", "")


def _role(marked: Iterable[tuple[str, int, int]], offset: int) -> str:
    for role, start, end in marked:
        if start <= offset < end:
            return role
    return ""


def legible(text: str) -> str:
    """Return the text with its lines and tabs, control characters made visible."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")
