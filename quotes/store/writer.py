"""The writing side of the store: one document or one result at a time, checked before it goes in.

Every function takes a session and none commits: whoever opened the session makes it one
transaction per document.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from quotes.errors import DocumentError, OffsetError
from quotes.records import quotation_id
from quotes.store.current import is_current_version, is_newest_run
from quotes.store.models import (
    Attribution,
    Document,
    DocumentVersion,
    Quotation,
    QuotationSpan,
    Run,
    RunStatus,
    RunVersion,
)
from quotes.store.models.base import now
from quotes.store.standing import Standing, mark_seen, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument
    from quotes.pipeline import Result
    from quotes.quotation import Attribution as FoundAttribution
    from quotes.quotation import Quotation as FoundQuotation
    from quotes.store.speaker_book import SpeakerBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a document; `path` is the stored one where it is a copy.

    `standing` is None for a stored version that was extracted again.
    """

    standing: Standing | None
    version_id: int
    quotations: int = 0
    path: str | None = None


def start_run(
    session: Session, *, pipeline: str, version: str, models: dict[str, str], config: dict[str, Any]
) -> int:
    """Add a run that has begun; returns its id."""
    run = Run(pipeline=pipeline, pipeline_version=version, models=models, config=config)
    session.add(run)
    session.flush()
    return run.id


def finish_run(session: Session, run_id: int, status: RunStatus) -> None:
    """Note how a run ended, and when."""
    values = {"status": str(status), "finished_at": now()}
    session.execute(update(Run).where(Run.id == run_id).values(**values))


def save(
    session: Session, document: ReadDocument, result: Result, run_id: int, book: SpeakerBook
) -> Saved:
    """Store a document with its quotations, unless it has come in meanwhile.

    Raises DocumentError for text that no database keeps, OffsetError for a span that does not fit.
    """
    check_storable(document)
    at = now()
    found = standing_of(session, document)
    if found.version_id is not None and found.standing in (Standing.UNCHANGED, Standing.COPY):
        if found.standing is Standing.UNCHANGED:
            see_again(session, found.version_id, at, book)
        return Saved(standing=found.standing, version_id=found.version_id, path=found.path)
    stored = _document(session, document, found.document_id)
    if found.version_id is None:
        version = _version(stored, document, at)
        session.add(version)
        session.flush()
    else:
        # The version is there and no run has ever finished it.
        version = session.get_one(DocumentVersion, found.version_id)
        version.seen_at = at
    count = save_result(session, version, result, run_id, book)
    return Saved(standing=found.standing, version_id=version.id, quotations=count)


def save_result(
    session: Session, version: DocumentVersion, result: Result, run_id: int, book: SpeakerBook
) -> int:
    """Store what a run found in a version; returns the number of quotations."""
    if result.text != version.text:
        raise OffsetError("the pipeline changed the text that it was given")
    document = session.get_one(Document, version.document_id)
    session.add(RunVersion(run_id=run_id, version_id=version.id, status="done"))
    session.flush()
    # Two quotations of the same spans are one: their id says so.
    distinct = {quotation_id(version.sha256, one): one for one in reversed(result.quotations)}
    quotations = list(reversed(distinct.items()))
    for _, quotation in quotations:
        quotation.check(version.text)
    rows = [_quotation(id_, quotation, version, run_id) for id_, quotation in quotations]
    session.add_all(rows)
    session.flush()
    attributions = [one.attribution for _, one in quotations if one.attribution is not None]
    everybody = [every for one in attributions for every in _with_others(one)]
    chapter = book.open(session, document, everybody)
    details: list[QuotationSpan | Attribution] = []
    for row, (_, quotation) in zip(rows, quotations, strict=True):
        details += _spans(row.id, quotation, version.text)
        if quotation.attribution is not None:
            entry = chapter.entry(quotation.attribution)
            via = quotation.attribution.via
            via_entry = chapter.entry(via) if via is not None else (None, None)
            details.append(_attribution(row.id, entry, quotation.attribution, via_entry))
    session.add_all(details)
    session.flush()
    return len(rows)


def _with_others(attribution: FoundAttribution) -> Iterator[FoundAttribution]:
    """Yield an attribution, those of a group's members, and that of who passes it on."""
    yield attribution
    for other in (*attribution.members, attribution.via):
        if other is not None:
            yield from _with_others(other)


def see_again(session: Session, version_id: int, at: datetime, book: SpeakerBook) -> None:
    """Note that a source was found with this content; an older one becomes the current again."""
    version = session.get_one(DocumentVersion, version_id)
    current = select(DocumentVersion.id).where(
        DocumentVersion.document_id == version.document_id, is_current_version()
    )
    was_current = session.scalar(current) == version_id
    mark_seen(session, version_id, at)
    if was_current:
        return
    run_id = session.scalar(
        select(RunVersion.run_id).where(RunVersion.version_id == version_id, is_newest_run())
    )
    if run_id is not None:
        document = session.get_one(Document, version.document_id)
        book.turn_back(session, document, (run_id, version_id))


def save_failure(session: Session, version_id: int, run_id: int, reason: str) -> None:
    """Note that a run could not read a stored version; earlier runs go on to count."""
    session.add(RunVersion(run_id=run_id, version_id=version_id, status="failed", reason=reason))


def check_storable(document: ReadDocument) -> None:
    """Raise DocumentError where a text holds U+0000 or half a surrogate pair."""
    named = ("text", "uri", "path", "title", "author", "publisher", "url", "language")
    for name in named:
        value = getattr(document, name)
        if value is None:
            continue
        if "\0" in value:
            raise DocumentError(
                f"its {name} holds U+0000, which databases cannot keep",
                hint="check the file's encoding",
            )
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"its {name} holds half a surrogate pair at {error.start}, which is no character",
                hint="export the text again",
            ) from error


def _document(session: Session, document: ReadDocument, id_: int | None) -> Document:
    stored = session.get(Document, id_) if id_ is not None else None
    if stored is None:
        stored = Document(public_id=document.id, uri=document.uri)
        session.add(stored)
    stored.path = document.path
    stored.title = document.title
    stored.author = document.author
    stored.publisher = document.publisher
    stored.url = document.url
    stored.language = document.language
    stored.published_at = document.published_at
    session.flush()
    return stored


def _version(stored: Document, document: ReadDocument, at: datetime) -> DocumentVersion:
    return DocumentVersion(
        document_id=stored.id,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        media_type=document.media_type,
        reader=document.reader,
        reader_version=document.reader_version,
        encoding=document.encoding,
        encoding_choice=document.encoding_choice,
        ingested_at=at,
        seen_at=at,
        text=document.text,
        raw=document.raw,
    )


def _quotation(
    public_id: str, quotation: FoundQuotation, version: DocumentVersion, run_id: int
) -> Quotation:
    return Quotation(
        public_id=public_id,
        run_id=run_id,
        version_id=version.id,
        kind=str(quotation.kind),
        act=str(quotation.act),
        start=quotation.hull.start,
        end=quotation.hull.end,
        text=quotation.text(version.text),
        confidence=quotation.confidence,
        method=quotation.method,
    )


def _attribution(
    row_id: int,
    entry: tuple[int, int | None],
    attribution: FoundAttribution,
    via_entry: tuple[int | None, int | None],
) -> Attribution:
    speaker_id, appearance_id = entry
    via_id, via_appearance_id = via_entry
    via = attribution.via
    return Attribution(
        quotation_id=row_id,
        speaker_id=speaker_id,
        appearance_id=appearance_id,
        method=attribution.method,
        evidence=[asdict(step) for step in attribution.evidence],
        confidence=attribution.confidence,
        via_id=via_id,
        via_appearance_id=via_appearance_id,
        via_evidence=[asdict(step) for step in via.evidence] if via is not None else None,
    )


def _spans(row_id: int, quotation: FoundQuotation, text: str) -> Iterator[QuotationSpan]:
    for role, spans in quotation.roles():
        for ordinal, span in enumerate(spans):
            yield QuotationSpan(
                quotation_id=row_id,
                role=role,
                ordinal=ordinal,
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
            )
