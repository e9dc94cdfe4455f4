"""The writing side of the store: one document or one result at a time, checked before it goes in.

Every function takes a session and none commits: whoever opened the session makes it one
transaction per document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from quotes.errors import DocumentError, OffsetError, TooLarge
from quotes.store.current import is_current_version, is_newest_run
from quotes.store.inheriting import carry
from quotes.store.models import (
    Document,
    DocumentVersion,
    Run,
    RunStatus,
    RunVersion,
)
from quotes.store.models.base import MOST_RAW, now
from quotes.store.named import everybody
from quotes.store.quotation_rows import Home, attribute, distinct, enter
from quotes.store.standing import Standing, mark_seen, seen_after, standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument
    from quotes.pipeline import Result
    from quotes.store.speaker_book import SpeakerBook


#: What is known of a source, as of its last new version.
KNOWN: Final = ("path", "title", "author", "publisher", "url", "language", "published_at")


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
    session: Session,
    document: ReadDocument,
    result: Result,
    run_id: int,
    book: SpeakerBook,
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
    seen = at
    if found.document_id is not None:
        seen = seen_after(session, found.document_id, at, but=found.version_id)
    if found.version_id is None:
        version = DocumentVersion(document_id=stored.id, **version_values(document, at, seen))
        session.add(version)
        session.flush()
    else:
        # The version is there and no run has ever finished it.
        version = session.get_one(DocumentVersion, found.version_id)
        version.seen_at = seen
    count = save_result(session, version, result, run_id, book)
    return Saved(standing=found.standing, version_id=version.id, quotations=count)


def save_result(
    session: Session, version: DocumentVersion, result: Result, run_id: int, book: SpeakerBook
) -> int:
    """Store what a run found in a version; returns the number of quotations."""
    check_result(result, version.text)
    document = session.get_one(Document, version.document_id)
    session.add(RunVersion(run_id=run_id, version_id=version.id, status="done"))
    session.flush()
    home = Home(version_id=version.id, sha256=version.sha256, text=version.text, run_id=run_id)
    (quotations,) = enter(session, [(home, distinct(home, result.quotations))])
    chapter = book.open(session, document, everybody(quotations.values()))
    attribute(session, [(quotations, chapter.entry)])
    carry(session, version.id, run_id)
    return len(quotations)


def check_result(result: Result, text: str) -> None:
    """Raise OffsetError where a result is not of this text."""
    if result.text != text:
        raise OffsetError("the pipeline changed the text that it was given")


def see_again(session: Session, version_id: int, at: datetime, book: SpeakerBook) -> bool:
    """Note that a source was found with this content; returns whether it was not the current.

    An older version becomes the current again.
    """
    version = session.get_one(DocumentVersion, version_id)
    current = select(DocumentVersion.id).where(
        DocumentVersion.document_id == version.document_id, is_current_version()
    )
    was_current = session.scalar(current) == version_id
    if was_current:
        mark_seen(session, {version_id: max(at, version.seen_at)})
        return False
    after = seen_after(session, version.document_id, at, but=version_id)
    mark_seen(session, {version_id: after})
    run_id = session.scalar(
        select(RunVersion.run_id).where(RunVersion.version_id == version_id, is_newest_run())
    )
    if run_id is not None:
        document = session.get_one(Document, version.document_id)
        book.turn_back(session, document, (run_id, version_id))
        carry(session, version_id, run_id)
    return True


def see_all_again(session: Session, seen: Mapping[int, datetime], book: SpeakerBook) -> set[int]:
    """Note when sources were found with these contents; returns which were not the current."""
    if not seen:
        return set()
    stood = select(DocumentVersion.id, DocumentVersion.document_id, DocumentVersion.seen_at).where(
        DocumentVersion.id.in_(seen), is_current_version()
    )
    rows = session.execute(stood).all()
    current = {row.id: row.document_id for row in rows}
    others = {id_: at for id_, at in seen.items() if id_ not in current}
    of_others = select(DocumentVersion.document_id).where(DocumentVersion.id.in_(others))
    # Where a source was found with two contents, the order decides which is the current.
    mixed = set(session.scalars(of_others)) if others else set()
    slow = {id_ for id_ in seen if id_ not in current or current[id_] in mixed}
    # The clock may have been put back since.
    quick = {row.id: max(seen[row.id], row.seen_at) for row in rows if row.id not in slow}
    mark_seen(session, quick)
    return {id_ for id_, at in seen.items() if id_ in slow and see_again(session, id_, at, book)}


def save_failure(session: Session, version_id: int, run_id: int, reason: str) -> None:
    """Note that a run could not read a stored version; earlier runs go on to count."""
    session.add(RunVersion(run_id=run_id, version_id=version_id, status="failed", reason=reason))


def check_storable(document: ReadDocument) -> None:
    """Raise DocumentError where a text holds U+0000 or half a surrogate pair, or is too long."""
    if len(document.raw) > MOST_RAW:
        raise TooLarge(f"it has over {MOST_RAW:,} bytes", hint="split it")
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
    for name in KNOWN:
        setattr(stored, name, getattr(document, name))
    session.flush()
    return stored


def version_values(document: ReadDocument, at: datetime, seen: datetime) -> dict[str, Any]:
    """Return the row of what a source said, read at one time and last found at another."""
    return {
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
        "reader": document.reader,
        "reader_version": document.reader_version,
        "encoding": document.encoding,
        "encoding_choice": document.encoding_choice,
        "ingested_at": at,
        "seen_at": seen,
        "text": document.text,
        "raw": document.raw,
    }
