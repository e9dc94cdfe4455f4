"""What documents call a speaker, and why each of these names leads to it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

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
from quotes.store.values import StoredAlias, StoredMerge

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def merges(session: Session, speaker: str) -> list[StoredMerge]:
    """Return how each document names the speaker of this public id, in the order of paths."""
    newest = (
        select(func.max(SpeakerMerge.id))
        .where(SpeakerMerge.appearance_id == Appearance.id)
        .correlate(Appearance)
        .scalar_subquery()
    )
    counts = _quotations(session, speaker)
    rows = session.execute(
        select(Appearance, Naming, Document, SpeakerMerge)
        .join(Speaker, Speaker.id == Appearance.speaker_id)
        .join(Naming, Naming.id == Appearance.naming_id)
        .join(Document, Document.id == Appearance.document_id)
        .join(SpeakerMerge, SpeakerMerge.id == newest)
        .where(Speaker.public_id == speaker, Appearance.current)
        .order_by(Document.path, Document.id, Naming.name)
    )
    return [
        StoredMerge(
            document=document.public_id,
            path=document.path,
            title=document.title,
            name=naming.name,
            aliases=tuple(naming.aliases),
            reason=merge.reason,
            because=tuple(merge.because),
            quotations=counts[one.id],
            decision=one.decision_id,
            created_at=merge.created_at,
        )
        for one, naming, document, merge in rows
    ]


def _quotations(session: Session, speaker: str) -> Counter[int]:
    runs = current_runs()
    rows = session.execute(
        select(Attribution.appearance_id, func.count())
        .select_from(Quotation)
        .join(runs, of_run(runs))
        .join(Attribution, Attribution.id == newest_attribution())
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Speaker.public_id == speaker, Attribution.appearance_id.is_not(None))
        .group_by(Attribution.appearance_id)
    )
    return Counter({id_: number for id_, number in rows if id_ is not None})


def aliases(found: list[StoredMerge]) -> list[StoredAlias]:
    """Return the names that documents use, each with how many do, the commonest first."""
    documents: dict[str, set[str]] = {}
    for one in found:
        for name in (one.name, *one.aliases):
            documents.setdefault(name, set()).add(one.document)
    counted = [StoredAlias(name=name, documents=len(some)) for name, some in documents.items()]
    return sorted(counted, key=lambda one: (-one.documents, one.name))
