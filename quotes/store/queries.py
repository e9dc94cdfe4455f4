"""The reading side of the store: every function takes a session, and none of them writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from quotes.store import rows
from quotes.store.current import (
    current_runs,
    is_current_version,
    of_run,
    reaching_into,
    runs_of,
)
from quotes.store.filters import conditions, has_status
from quotes.store.folding import folded
from quotes.store.keys import key_of
from quotes.store.merges import aliases, merge_of, merges
from quotes.store.models import Document, Quotation, Review, ReviewStatus, Run, Speaker
from quotes.store.people import answering, speaker, speakers
from quotes.store.searching import search
from quotes.store.sources import (
    current_versions,
    passage,
    raw_bytes,
    source,
    sources,
    version,
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
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Select
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
    "answering",
    "by_keys",
    "current_versions",
    "left_out",
    "merge_of",
    "merges",
    "passage",
    "pipelines",
    "quotation",
    "quotations",
    "quotations_of",
    "raw_bytes",
    "search",
    "source",
    "sources",
    "speaker",
    "speakers",
    "version",
    "versions",
]

_BATCH = 500


def quotations(
    session: Session,
    which: Filter | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
    by_speaker: bool = False,
) -> Iterator[StoredQuotation]:
    """Yield the quotations of each document's current version, from its newest finished run.

    They come in the order of documents and offsets, a batch in memory at a time; `by_speaker`
    puts the same ones in the order of speakers' names first, those of nobody last.
    """
    places = (Document.id, Quotation.start, Quotation.end, Quotation.public_id)
    query = (
        _chosen(rows.statement(), which or Filter()).order_by(*places).limit(limit).offset(offset)
    )
    if by_speaker:
        if limit is not None or offset:
            chosen = query.with_only_columns(Quotation.id).subquery("chosen")
            query = rows.statement().join(chosen, chosen.c.id == Quotation.id)
        names = (Speaker.id.is_(None), folded(Speaker.name), Speaker.name, Speaker.public_id)
        query = query.order_by(None).order_by(*names, *places)
    for batch in session.execute(query.execution_options(yield_per=_BATCH)).partitions(_BATCH):
        yield from rows.stored(session, batch)


def quotations_of(
    session: Session, version_id: int, *, start: int = 0, end: int | None = None
) -> list[StoredQuotation]:
    """Return the quotations of one version, in order, from the newest run that finished it.

    With `start` and `end` those that reach into this part of the text.
    """
    query = (
        rows.statement()
        .add_columns(is_current_version().label("is_current"))
        .join(runs := runs_of(version_id), of_run(runs, rejected=False))
        .where(*reaching_into(start, end))
        .order_by(Quotation.start, Quotation.end, Quotation.public_id)
    )
    found = session.execute(query).all()
    is_current = bool(found and found[0].is_current)
    return rows.stored(session, found, current=is_current)


def pipelines(session: Session) -> list[tuple[str, str]]:
    """Return name and version of each pipeline that found what counts now, in order."""
    runs = current_runs()
    query = (
        select(Run.pipeline, Run.pipeline_version)
        .where(Run.id.in_(select(runs.c.run_id)))
        .distinct()
    )
    return sorted((name, version) for name, version in session.execute(query))


def left_out(session: Session, which: Filter) -> int:
    """Return how many quotations a filter without a status would show, had none rejected them."""
    if which.status:
        return 0
    rejected = replace(which, status=(str(ReviewStatus.REJECTED),))
    keys = rows.statement().with_only_columns(Quotation.id)
    reviewed = select(Review.quotation_id).where(Review.status == str(ReviewStatus.REJECTED))
    query = _chosen(keys, rejected).where(Quotation.id.in_(reviewed))
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _chosen(query: Select[Any], which: Filter) -> Select[Any]:
    """Return those of a statement's quotations that count now and pass a filter."""
    runs = current_runs()
    return query.join(runs, of_run(runs)).where(has_status(which), *conditions(which))


def by_keys(session: Session, keys: Sequence[int]) -> list[StoredQuotation]:
    """Return the current quotations with these primary keys, in the order of the keys."""
    runs = current_runs()
    query = rows.statement().join(runs, of_run(runs)).where(Quotation.id.in_(keys))
    found = session.execute(query).all()
    place = {key: number for number, key in enumerate(keys)}
    return rows.stored(session, sorted(found, key=lambda row: place[row.Quotation.id]))


def quotation(session: Session, ref: str) -> StoredQuotation:
    """Return the quotation with this id or unique prefix; raises NotFound or Ambiguous.

    One that only an older version or an older run has is found too, and is not `current`; an id
    whose quotation a person edited leads to that with the new spans.
    """
    key = key_of(session, ref)
    row = session.execute(rows.statement().where(Quotation.id == key.id)).one()
    (found,) = rows.stored(session, [row], current=key.current)
    return found
