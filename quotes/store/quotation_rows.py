"""The rows of a quotation that was found or made, as values: itself, and its spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, select

from quotes.store.models import Quotation
from quotes.store.models.base import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.quotation import Quotation as Found
    from quotes.store.models import DocumentVersion


_KEYS: Final = select(Quotation.public_id, Quotation.id).where(
    Quotation.run_id == bindparam("run"), Quotation.version_id == bindparam("version")
)


def enter(session: Session, values: Sequence[dict[str, Any]]) -> list[int]:
    """Insert the rows of all quotations that a run found in a version; returns their keys in order.

    They are asked for afterwards: an INSERT that gave them back would be one for each row, for
    SQLite gives them in no order.
    """
    session.execute(insert(table_of(Quotation)), values)
    first = values[0]
    rows = session.execute(_KEYS, {"run": first["run_id"], "version": first["version_id"]})
    keys = {row.public_id: row.id for row in rows}
    return [keys[one["public_id"]] for one in values]


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
