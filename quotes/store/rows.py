"""Rows of quotations made values: the spans and reviews of a batch come in one query each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from quotes.quotation import Evidence, SpeakerKind
from quotes.store.current import newest_attribution
from quotes.store.members import member_records
from quotes.store.models import (
    Attribution,
    Document,
    DocumentVersion,
    Quotation,
    QuotationSpan,
    Review,
    ReviewAction,
    Run,
    Speaker,
)
from quotes.store.values import RunInfo, StoredQuotation, StoredReview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import PassageRecord, SpeakerRecord

_STATUS = {
    ReviewAction.CONFIRM: "confirmed",
    ReviewAction.REJECT: "rejected",
    ReviewAction.REASSIGN: "corrected",
    ReviewAction.EDIT: "corrected",
}


#: Who passes a statement on, beside the one who makes it.
Via = aliased(Speaker, name="via")


def statement() -> Select[*tuple[Any, ...]]:
    """Return quotations joined to their document, run and the attribution that holds."""
    return (
        select(Quotation, DocumentVersion, Document, Run, Attribution, Speaker, Via)
        .join(DocumentVersion, DocumentVersion.id == Quotation.version_id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Run, Run.id == Quotation.run_id)
        .outerjoin(Attribution, Attribution.id == newest_attribution())
        .outerjoin(Speaker, Speaker.id == Attribution.speaker_id)
        .outerjoin(Via, Via.id == Attribution.via_id)
    )


def stored(
    session: Session, rows: Sequence[Row[*tuple[Any, ...]]], *, current: bool = True
) -> list[StoredQuotation]:
    """Return the values of one batch of rows of `statement`, in order."""
    quotations = [row.Quotation for row in rows]
    passages = _passages(session, [quotation.id for quotation in quotations])
    reviews = _reviews(session, quotations)
    groups = {s.id for row in rows for s in (row.Speaker, row.via) if _is_group(s)}
    members = member_records(session, groups)
    return [
        _value(
            row, passages[one.id], tuple(reviews[one.public_id, one.version_id]), members, current
        )
        for row, one in zip(rows, quotations, strict=True)
    ]


def _is_group(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.kind == SpeakerKind.GROUP


def _passages(session: Session, ids: Sequence[int]) -> dict[int, dict[str, PassageRecord]]:
    spans: defaultdict[int, defaultdict[str, list[QuotationSpan]]] = defaultdict(
        lambda: defaultdict(list)
    )
    found = session.scalars(
        select(QuotationSpan)
        .where(QuotationSpan.quotation_id.in_(ids))
        .order_by(QuotationSpan.quotation_id, QuotationSpan.role, QuotationSpan.ordinal)
    )
    for span in found:
        spans[span.quotation_id][span.role].append(span)
    return {id_: {role: _passage(some) for role, some in spans[id_].items()} for id_ in ids}


def _passage(spans: Sequence[QuotationSpan]) -> PassageRecord:
    return {
        "text": " ".join(span.text for span in spans),
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
        "spans": [[span.start, span.end] for span in spans],
    }


def _reviews(
    session: Session, quotations: Sequence[Quotation]
) -> dict[tuple[str, int], list[StoredReview]]:
    """Return the reviews by public id and version, whichever run's row they were given to."""
    # By the ids alone: asked for the version too, SQLite reads every quotation of the version.
    found = session.execute(
        select(Quotation.public_id, Quotation.version_id, Review)
        .join(Review, Review.quotation_id == Quotation.id)
        .where(Quotation.public_id.in_([one.public_id for one in quotations]))
        .order_by(Review.id)
    )
    reviews: defaultdict[tuple[str, int], list[StoredReview]] = defaultdict(list)
    for public_id, version_id, review in found:
        reviews[public_id, version_id].append(
            StoredReview(
                reviewer=review.reviewer,
                created_at=review.created_at,
                action=review.action,
                old=review.old,
                new=review.new,
                note=review.note,
            )
        )
    return reviews


def status_of(reviews: Iterable[StoredReview]) -> str:
    """Return `machine`, `confirmed`, `rejected` or `corrected`; an undo takes back the last."""
    standing: list[str] = []
    for review in reviews:
        if review.action != ReviewAction.UNDO:
            standing.append(review.action)
        elif standing:
            standing.pop()
    return _STATUS[ReviewAction(standing[-1])] if standing else "machine"


def _value(
    row: Row[*tuple[Any, ...]],
    passages: dict[str, PassageRecord],
    reviews: tuple[StoredReview, ...],
    members: Mapping[int, list[SpeakerRecord]],
    current: bool,
) -> StoredQuotation:
    quotation, version, document, run, attribution, speaker, via = row[:7]
    published = document.published_at
    return StoredQuotation(
        record={
            "id": quotation.public_id,
            "kind": quotation.kind,
            "act": quotation.act,
            "document": {
                "id": document.public_id,
                "path": document.path,
                "version": "sha256:" + version.sha256,
                "title": document.title,
                "published_at": published.isoformat() if published else None,
            },
            "content": passages["content"],
            "cue": passages.get("cue"),
            "source": passages.get("source"),
            "speaker": _speaker(speaker, members),
            "via": _speaker(via, members),
            "confidence": quotation.confidence,
            "status": status_of(reviews),
            "method": attribution.method if attribution else quotation.method,
        },
        version_id=version.id,
        uri=document.uri,
        url=document.url,
        author=document.author,
        publisher=document.publisher,
        media_type=version.media_type,
        ingested_at=version.ingested_at,
        addressee=passages.get("addressee"),
        evidence=_evidence(attribution.evidence if attribution else None),
        via_evidence=_evidence(attribution.via_evidence if attribution else None),
        attribution_confidence=attribution.confidence if attribution else None,
        reviews=reviews,
        run=RunInfo(
            id=run.id,
            pipeline=run.pipeline,
            version=run.pipeline_version,
            started_at=run.started_at,
        ),
        current=current,
    )


def _evidence(steps: Iterable[dict[str, Any]] | None) -> tuple[Evidence, ...]:
    return tuple(Evidence(**step) for step in steps or ())


def _speaker(
    speaker: Speaker | None, members: Mapping[int, list[SpeakerRecord]]
) -> SpeakerRecord | None:
    if speaker is None:
        return None
    record: SpeakerRecord = {
        "id": speaker.public_id,
        "name": speaker.name,
        "kind": speaker.kind,
    }
    if known := members.get(speaker.id):
        record["members"] = known
    return record
