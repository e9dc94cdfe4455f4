"""The record: one JSON object per quotation, the same from `extract`, exports and Python."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NotRequired, TypedDict

from quotes.quotation import Attribution, Quotation, SpeakerKind
from quotes.spans import Spans, hull, text_of
from quotes.speakers.names import name_key, organisation_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.documents.document import Document


class PassageRecord(TypedDict):
    """Text with its hull and its spans; `text` is the spans' text joined by one space."""

    text: str
    start: int
    end: int
    spans: list[list[int]]


class DocumentRecord(TypedDict):
    """Where a quotation stands."""

    id: str
    path: str
    version: str
    title: str | None
    published_at: str | None


class SpeakerRecord(TypedDict):
    """Who said it; `members` are there for a group of which the text names somebody."""

    id: str
    name: str
    kind: str
    members: NotRequired[list[SpeakerRecord]]


class QuotationRecord(TypedDict):
    """One quotation, as the design's contract has it."""

    id: str
    kind: str
    act: str
    document: DocumentRecord
    content: PassageRecord
    cue: PassageRecord | None
    source: PassageRecord | None
    speaker: SpeakerRecord | None
    via: SpeakerRecord | None
    confidence: float | None
    status: str
    method: str


def quotation_id(version_sha256: str, quotation: Quotation) -> str:
    """Return the stable public id, derived from the version's hash and the spans."""
    parts = [version_sha256]
    for role, spans in quotation.roles():
        parts.append(role + ":" + ",".join(f"{s.start}-{s.end}" for s in spans))
    return "q_" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def speaker_id(name: str, kind: SpeakerKind, *, within: str = "") -> str:
    """Return a speaker's public id, the same for either order of a person's name.

    `within` is the document's id for speakers that are never merged across documents.
    """
    key = name_key(name) if kind is SpeakerKind.PERSON else organisation_key(name)
    return "s_" + hashlib.sha256(f"{kind}\n{key}\n{within}".encode()).hexdigest()[:16]


def passage_record(text: str, spans: Spans) -> PassageRecord | None:
    """Return the record of some spans, or None where there are none."""
    if not spans:
        return None
    whole = hull(spans)
    return {
        "text": text_of(text, spans),
        "start": whole.start,
        "end": whole.end,
        "spans": [[s.start, s.end] for s in spans],
    }


def document_record(document: Document) -> DocumentRecord:
    """Return the record of a document that was just read."""
    published = document.published_at
    return {
        "id": document.id,
        "path": document.path,
        "version": "sha256:" + document.sha256,
        "title": document.title,
        "published_at": published.isoformat() if published else None,
    }


def speaker_record(attribution: Attribution | None, *, document: str) -> SpeakerRecord | None:
    """Return the record of a speaker; `document` is the id that unmerged speakers are bound to."""
    if attribution is None:
        return None
    own = attribution.kind in (SpeakerKind.GROUP, SpeakerKind.UNNAMED)
    record: SpeakerRecord = {
        "id": speaker_id(attribution.name, attribution.kind, within=document if own else ""),
        "name": attribution.name,
        "kind": str(attribution.kind),
    }
    members = (speaker_record(member, document=document) for member in attribution.members)
    if known := [member for member in members if member is not None]:
        record["members"] = known
    return record


def quotation_record(document: Document, quotation: Quotation) -> QuotationRecord:
    """Return the record of a quotation that has just been extracted."""
    content = passage_record(document.text, quotation.content)
    if content is None:
        raise ValueError("a quotation without content has no record")
    attribution = quotation.attribution
    return {
        "id": quotation_id(document.sha256, quotation),
        "kind": str(quotation.kind),
        "act": str(quotation.act),
        "document": document_record(document),
        "content": content,
        "cue": passage_record(document.text, quotation.cue),
        "source": passage_record(document.text, quotation.source),
        "speaker": speaker_record(attribution, document=document.id),
        "via": speaker_record(attribution.via if attribution else None, document=document.id),
        "confidence": quotation.confidence,
        "status": "machine",
        "method": attribution.method if attribution else quotation.method,
    }


def quotation_records(document: Document, quotations: Sequence[Quotation]) -> list[QuotationRecord]:
    """Return the records of one document, in order."""
    return [quotation_record(document, quotation) for quotation in quotations]
