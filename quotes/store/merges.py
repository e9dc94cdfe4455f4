"""What documents call a speaker, and why each of these names leads to it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, func, select

from quotes.store.current import current_runs, newest_attribution, of_run
from quotes.store.models import (
    Appearance,
    Attribution,
    Document,
    Naming,
    Quotation,
    Speaker,
    SpeakerMerge,
)
from quotes.store.namings import chunks
from quotes.store.values import StoredAlias, StoredMerge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def merges(session: Session, speaker: str, *, limit: int | None = None) -> list[StoredMerge]:
    """Return how each document names the speaker of this public id, in the order of paths."""
    rows = session.execute(
        _statement()
        .join(Speaker, Speaker.id == Appearance.speaker_id)
        .where(Speaker.public_id == speaker, Appearance.current)
        .order_by(Document.path, Document.id, Naming.name)
        .limit(limit)
    ).all()
    counts = _quotations(session, [row.Appearance.id for row in rows])
    return [_value(row, counts[row.Appearance.id]) for row in rows]


def merge_of(session: Session, quotation: str, version_id: int) -> StoredMerge | None:
    """Return why a quotation's speaker is who it is; None where its document alone decides."""
    newest = (
        select(Attribution.appearance_id)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .where(Quotation.public_id == quotation, Quotation.version_id == version_id)
        .order_by(Quotation.run_id.desc(), Attribution.id.desc())
        .limit(1)
    )
    row = session.execute(_statement().where(Appearance.id == newest.scalar_subquery())).first()
    return _value(row, 1) if row is not None else None


def _statement() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(SpeakerMerge.id))
        .where(SpeakerMerge.appearance_id == Appearance.id)
        .correlate(Appearance)
        .scalar_subquery()
    )
    return (
        select(Appearance, Naming, Document, SpeakerMerge)
        .join(Naming, Naming.id == Appearance.naming_id)
        .join(Document, Document.id == Appearance.document_id)
        .join(SpeakerMerge, SpeakerMerge.id == newest)
    )


def _value(row: Row[*tuple[Any, ...]], quotations: int) -> StoredMerge:
    one, naming, document, merge = row
    return StoredMerge(
        document=document.public_id,
        path=document.path,
        title=document.title,
        name=naming.name,
        aliases=tuple(naming.aliases),
        reason=merge.reason,
        because=tuple(merge.because),
        quotations=quotations,
        decision=one.decision_id,
        created_at=merge.created_at,
    )


def _quotations(session: Session, appearances: Sequence[int]) -> Counter[int]:
    runs = current_runs()
    counts: Counter[int] = Counter()
    for some in chunks(appearances):
        # By their keys: SQLite would rather read every quotation of the runs.
        given = select(Attribution.quotation_id).where(Attribution.appearance_id.in_(some))
        rows = session.execute(
            select(Attribution.appearance_id, func.count())
            .select_from(Quotation)
            .join(runs, of_run(runs, rejected=False))
            .join(Attribution, Attribution.id == newest_attribution())
            .where(Quotation.id.in_(given.correlate(None)), Attribution.appearance_id.in_(some))
            .group_by(Attribution.appearance_id)
        )
        counts.update({id_: number for id_, number in rows if id_ is not None})
    return counts


def aliases(found: list[StoredMerge]) -> list[StoredAlias]:
    """Return the names that documents use, each with how many do, the commonest first."""
    documents: dict[str, set[str]] = {}
    for one in found:
        for name in (one.name, *one.aliases):
            documents.setdefault(name, set()).add(one.document)
    counted = [StoredAlias(name=name, documents=len(some)) for name, some in documents.items()]
    return sorted(counted, key=lambda one: (-one.documents, one.name))
