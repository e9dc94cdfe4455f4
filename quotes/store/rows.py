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
    Run,
    Speaker,
)
from quotes.store.reviewed import histories, status_of, stored_review
from quotes.store.values import RunInfo, StoredQuotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import PassageRecord, SpeakerRecord
    from quotes.store.reviewed import Given

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
    reviews = histories(session, [quotation.id for quotation in quotations])
    groups = {s.id for row in rows for s in (row.Speaker, row.via) if _is_group(s)}
    members = member_records(session, groups)
    return [
        _value(row, passages[one.id], reviews[one.id], members, current)
        for row, one in zip(rows, quotations, strict=True)
    ]


def _is_group(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.kind == SpeakerKind.GROUP


def _passages(session: Session, ids: Sequence[int]) -> dict[int, dict[str, PassageRecord]]:
    spans: defaultdict[int, defaultdict[str, list[Row[*tuple[Any, ...]]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    # Columns, not objects, of which a source would make thousands.
    found = session.execute(
        select(
            QuotationSpan.quotation_id,
            QuotationSpan.role,
            QuotationSpan.start,
            QuotationSpan.end,
            QuotationSpan.text,
        )
        .where(QuotationSpan.quotation_id.in_(ids))
        .order_by(QuotationSpan.quotation_id, QuotationSpan.role, QuotationSpan.ordinal)
    )
    for span in found:
        spans[span.quotation_id][span.role].append(span)
    return {id_: {role: _passage(some) for role, some in spans[id_].items()} for id_ in ids}


def _passage(spans: Sequence[Row[*tuple[Any, ...]]]) -> PassageRecord:
    return {
        "text": " ".join(span.text for span in spans),
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
        "spans": [[span.start, span.end] for span in spans],
    }


def _value(
    row: Row[*tuple[Any, ...]],
    passages: dict[str, PassageRecord],
    reviews: Sequence[Given],
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
            "status": status_of(quotation.id, reviews),
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
        reviews=tuple(stored_review(one) for one in reviews),
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
