"""The reading side of the store: every function takes a session, and none of them writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from quotes.errors import Ambiguous, NotFound
from quotes.store import rows
from quotes.store.current import current_runs, of_run
from quotes.store.filters import conditions
from quotes.store.merges import aliases, merge_of, merges
from quotes.store.models import Document, Quotation
from quotes.store.people import speaker, speakers
from quotes.store.searching import search
from quotes.store.sources import (
    current_versions,
    passage,
    raw_bytes,
    source,
    sources,
    versions,
)
from quotes.store.values import (
    Filter,
    Hit,
    RunInfo,
    StoredQuotation,
    StoredReview,
    StoredSource,
    StoredSpeaker,
    StoredVersion,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

__all__ = [
    "Filter",
    "Hit",
    "RunInfo",
    "StoredQuotation",
    "StoredReview",
    "StoredSource",
    "StoredSpeaker",
    "StoredVersion",
    "aliases",
    "current_versions",
    "merge_of",
    "merges",
    "passage",
    "quotation",
    "quotations",
    "raw_bytes",
    "search",
    "source",
    "sources",
    "speaker",
    "speakers",
    "versions",
]

_BATCH = 500
_SHOWN = 5


def quotations(
    session: Session, which: Filter | None = None, *, limit: int | None = None, offset: int = 0
) -> Iterator[StoredQuotation]:
    """Yield the quotations of each document's current version, from its newest finished run.

    They come in the order of documents and offsets, a batch in memory at a time.
    """
    runs = current_runs()
    query = (
        rows.statement()
        .join(runs, of_run(runs))
        .where(*conditions(which or Filter()))
        .order_by(Document.id, Quotation.start, Quotation.end, Quotation.public_id)
        .limit(limit)
        .offset(offset)
        .execution_options(yield_per=_BATCH)
    )
    for batch in session.execute(query).partitions(_BATCH):
        yield from rows.stored(session, batch)


def quotation(session: Session, ref: str) -> StoredQuotation:
    """Return the quotation with this id or unique prefix; raises NotFound or Ambiguous.

    One that only an older version or an older run has is found too, and is not `current`.
    """
    name = ref if ref.startswith("q_") else "q_" + ref
    ids = session.scalars(
        select(Quotation.public_id)
        .where(Quotation.public_id.startswith(name, autoescape=True))
        .distinct()
        .order_by(Quotation.public_id)
        .limit(_SHOWN + 1)
    ).all()
    if not ids:
        raise NotFound(f"no quotation has the id {ref!r}", hint="see `quotes list`")
    if len(ids) > 1 and name not in ids:
        more = ", …" if len(ids) > _SHOWN else ""
        raise Ambiguous(
            f"several quotations have ids that begin with {ref!r}: {', '.join(ids[:_SHOWN])}{more}",
            hint="give more of the id",
        )
    runs = current_runs()
    is_current = exists().where(of_run(runs))
    query = (
        rows.statement()
        .add_columns(is_current.label("is_current"))
        .where(Quotation.public_id == (name if name in ids else ids[0]))
        .order_by(is_current.desc(), Quotation.run_id.desc())
        .limit(1)
    )
    row = session.execute(query).one()
    (found,) = rows.stored(session, [row], current=bool(row.is_current))
    return found
