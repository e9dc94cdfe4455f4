"""Quotations as they are stored, made what anchoring takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.records import QuotationRecord
    from quotes.spans import Spans


def roles_of(record: QuotationRecord) -> dict[str, Spans]:
    """Return the spans of a record by role: content, and where it has them cue and source."""
    passages = {"content": record["content"], "cue": record["cue"], "source": record["source"]}
    return {
        role: tuple(Span(start, end) for start, end in passage["spans"])
        for role, passage in passages.items()
        if passage
    }
