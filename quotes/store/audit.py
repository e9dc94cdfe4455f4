"""Every stored hash, offset and text checked again; one text in memory at a time."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, LargeBinary, exists, func, or_, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, selectinload

from quotes.documents.document import document_id
from quotes.errors import OffsetError
from quotes.quotation import Act, Kind
from quotes.quotation import Quotation as FoundQuotation
from quotes.records import quotation_id
from quotes.spans import Span, Spans
from quotes.store import fulltext
from quotes.store.dialects import dialect_of
from quotes.store.models import (
    Appearance,
    Document,
    DocumentVersion,
    Embedding,
    Naming,
    Quotation,
    Role,
    Speaker,
    SpeakerAlias,
)
from quotes.store.models.base import unpacked
from quotes.vectors.packing import PACKED_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Store

_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it was stored: the table, the row's id, and what is wrong."""

    table: str
    row: str
    problem: str


def audit(store: Store) -> Iterator[Finding]:
    """Yield everything that is wrong with a database.

    The full-text indexes, which only repeat what is stored, are not checked where it cannot be
    written: their check is an INSERT to SQLite, though nothing changes.
    """
    if store.writable:
        # On a server it only reads, for long, and need keep nobody waiting.
        with store.session(write=True, turn=False) as session:
            indexes = fulltext.inconsistent(session.connection())
        for index in indexes:
            yield Finding(
                table=index, row="", problem="the full-text index disagrees with its table"
            )
    with store.session() as session:
        yield from _database(session)
        yield from _documents(session)
        versions = session.scalars(select(DocumentVersion.id).order_by(DocumentVersion.id)).all()
        for version_id in versions:
            yield from _version(session, version_id)
        yield from _speakers(session)
        yield from _namings(session)
        yield from _embeddings(session)


def _database(session: Session) -> Iterator[Finding]:
    """Yield what the database itself finds: damaged pages, broken constraints, orphan rows."""
    connection = session.connection()
    for table, row, problem in dialect_of(connection).problems(connection):
        yield Finding(table=table, row=row, problem=problem)


def _documents(session: Session) -> Iterator[Finding]:
    query = select(Document.public_id, Document.uri).execution_options(yield_per=_BATCH)
    for public_id, uri in session.execute(query):
        if public_id != document_id(uri):
            yield Finding(table="document", row=public_id, problem="the id is not its URI's")
    query = select(Document.public_id, Document.uri).where(
        ~exists().where(DocumentVersion.document_id == Document.id)
    )
    for public_id, _ in session.execute(query):
        yield Finding(table="document", row=public_id, problem="it has no version")


def _speakers(session: Session) -> Iterator[Finding]:
    query = select(Speaker.public_id).where(~exists().where(SpeakerAlias.speaker_id == Speaker.id))
    for public_id in session.scalars(query.execution_options(yield_per=_BATCH)):
        yield Finding(table="speaker", row=public_id, problem="no name leads to it")


def _namings(session: Session) -> Iterator[Finding]:
    used = (
        select(func.count())
        .select_from(Appearance)
        .where(
            Appearance.naming_id == Naming.id,
            Appearance.current,
            Appearance.decision_id.is_(None),
        )
        .correlate(Naming)
        .scalar_subquery()
    )
    query = select(Naming.id, Naming.name).where(Naming.documents != used)
    for id_, name in session.execute(query.execution_options(yield_per=_BATCH)):
        problem = f"the documents that use {name!r} are not as many as it says"
        yield Finding(table="naming", row=str(id_), problem=problem)


def _embeddings(session: Session) -> Iterator[Finding]:
    """Yield vectors that are none, or that are not of what they say."""

    def found(which: ColumnElement[bool], problem: str) -> Iterator[Finding]:
        query = (
            select(Embedding.id)
            .join(DocumentVersion, DocumentVersion.id == Embedding.version_id)
            .outerjoin(Quotation, Quotation.id == Embedding.quotation_id)
            .where(which)
            .order_by(Embedding.id)
        )
        for id_ in session.scalars(query.execution_options(yield_per=_BATCH)):
            yield Finding(table="embedding", row=str(id_), problem=problem)

    size = func.length(Embedding.vector)
    yield from found(size != PACKED_BYTES, f"the vector has not {PACKED_BYTES} bytes")
    elsewhere = or_(
        Quotation.version_id != Embedding.version_id,
        Quotation.start != Embedding.start,
        Quotation.end != Embedding.end,
        Embedding.end > func.length(DocumentVersion.text),
    )
    yield from found(elsewhere, "its offsets are not those of what it is of")


def _version(session: Session, id_: int) -> Iterator[Finding]:
    def finding(problem: str) -> Finding:
        return Finding(table="document_version", row=str(id_), problem=problem)

    sha256, text_sha256 = session.execute(
        select(DocumentVersion.sha256, DocumentVersion.text_sha256).where(DocumentVersion.id == id_)
    ).one()
    try:
        packed = session.scalar(
            select(type_coerce(DocumentVersion.raw, LargeBinary)).where(DocumentVersion.id == id_)
        )
        if hashlib.sha256(unpacked(packed or b"")).hexdigest() != sha256:
            yield finding("the bytes do not have the stored hash")
    except (zlib.error, TypeError):
        yield finding("the bytes cannot be decompressed")
    try:
        canonical = session.scalar(select(DocumentVersion.text).where(DocumentVersion.id == id_))
    except DBAPIError:
        yield finding("the text is not UTF-8")
        return
    if not isinstance(canonical, str):
        yield finding("the text is not text")
        return
    if hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest() != text_sha256:
        yield finding("the text does not have the stored hash")
    yield from _quotations(session, id_, sha256, canonical)


def _quotations(
    session: Session, version_id: int, sha256: str, canonical: str
) -> Iterator[Finding]:
    query = (
        select(Quotation)
        .where(Quotation.version_id == version_id)
        .order_by(Quotation.id)
        .options(selectinload(Quotation.spans), selectinload(Quotation.attributions))
        .execution_options(yield_per=_BATCH)
    )
    for quotation in session.scalars(query):
        for problem in problems(quotation, sha256, canonical):
            yield Finding(table="quotation", row=quotation.public_id, problem=problem)


def problems(quotation: Quotation, sha256: str, canonical: str) -> Iterator[str]:
    """Yield what does not hold of a stored quotation against its version's text."""
    for span in quotation.spans:
        if canonical[span.start : span.end] != span.text:
            yield f"the {span.role} [{span.start}, {span.end}) is not the text that is stored"
    for attribution in quotation.attributions:
        yield from _evidence_problems(attribution.evidence, canonical)
        yield from _evidence_problems(attribution.via_evidence or [], canonical)
    try:
        found = _found(quotation)
        found.check(canonical)
    except (OffsetError, ValueError) as error:
        yield f"its spans do not fit: {error}"
        return
    if (found.hull.start, found.hull.end) != (quotation.start, quotation.end):
        yield "its start and end are not those of its content"
    if found.text(canonical) != quotation.text:
        yield "its text is not that of its content"
    if quotation_id(sha256, found) != quotation.public_id:
        yield "its id does not follow from its version and spans"


def _evidence_problems(evidence: list[dict[str, Any]], canonical: str) -> Iterator[str]:
    for step in evidence:
        start, end = step.get("start", -1), step.get("end", -1)
        if start < 0 or canonical[start:end] != step.get("text"):
            yield f"the evidence [{start}, {end}) is not the text that is stored"


def _found(quotation: Quotation) -> FoundQuotation:
    spans: dict[str, Spans] = {
        role: tuple(Span(span.start, span.end) for span in quotation.spans if span.role == role)
        for role in Role
    }
    return FoundQuotation(
        kind=Kind(quotation.kind),
        act=Act(quotation.act),
        content=spans[Role.CONTENT],
        cue=spans[Role.CUE],
        source=spans[Role.SOURCE],
        addressee=spans[Role.ADDRESSEE],
    )
