"""The rows of a quotation that was found or made, as values: itself, and its spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.quotation import Quotation as Found
    from quotes.store.models import DocumentVersion


def quotation_values(
    public_id: str, found: Found, version: DocumentVersion, run_id: int
) -> dict[str, Any]:
    """Return the row of a quotation of a version, as this run has it."""
    return {
        "public_id": public_id,
        "run_id": run_id,
        "version_id": version.id,
        "kind": str(found.kind),
        "act": str(found.act),
        "start": found.hull.start,
        "end": found.hull.end,
        "text": found.text(version.text),
        "confidence": found.confidence,
        "method": found.method,
    }


def span_values(row_id: int, found: Found, text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of its spans, each with its words in the version's text."""
    for role, spans in found.roles():
        for ordinal, span in enumerate(spans):
            yield {
                "quotation_id": row_id,
                "role": role,
                "ordinal": ordinal,
                "start": span.start,
                "end": span.end,
                "text": text[span.start : span.end],
            }
