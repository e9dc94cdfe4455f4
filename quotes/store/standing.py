"""How a document that was just read stands to what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import exists, select, update

from quotes.store.current import is_current_version
from quotes.store.models import Document, DocumentVersion, RunVersion

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument


class Standing(StrEnum):
    """What a document is to the store."""

    NEW = "new"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A standing, with what is stored already: the version, and of a copy the other path.

    `same_text` is False where the same bytes were decoded or read differently before.
    """

    standing: Standing
    document_id: int | None = None
    version_id: int | None = None
    path: str | None = None
    same_text: bool = True


def standing_of(session: Session, document: ReadDocument) -> Found:
    """Compare a document with the store, by its identity and the hash of its bytes."""
    own = session.scalar(select(Document.id).where(Document.public_id == document.id))
    if own is None:
        return _copy_or_new(session, document)
    row = session.execute(
        select(DocumentVersion.id, DocumentVersion.text_sha256).where(
            DocumentVersion.document_id == own, DocumentVersion.sha256 == document.sha256
        )
    ).first()
    if row is None:
        return Found(standing=Standing.NEW_VERSION, document_id=own)
    whole = session.scalar(
        select(exists().where(RunVersion.version_id == row.id, RunVersion.status == "done"))
    )
    return Found(
        standing=Standing.UNCHANGED if whole else Standing.NEW_VERSION,
        document_id=own,
        version_id=row.id,
        same_text=row.text_sha256 == document.text_sha256,
    )


def _copy_or_new(session: Session, document: ReadDocument) -> Found:
    """Look for the same content elsewhere; what a source said only in the past is no copy."""
    row = session.execute(
        select(Document.id, Document.path, DocumentVersion.id.label("version_id"))
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            DocumentVersion.sha256 == document.sha256,
            DocumentVersion.text_sha256 == document.text_sha256,
            is_current_version(),
        )
        .order_by(Document.id)
        .limit(1)
    ).first()
    if row is None:
        return Found(standing=Standing.NEW)
    return Found(
        standing=Standing.COPY, document_id=row.id, version_id=row.version_id, path=row.path
    )


def mark_seen(session: Session, version_id: int, at: datetime) -> None:
    """Note that a source was found with this content, which makes it the current version."""
    session.execute(
        update(DocumentVersion).where(DocumentVersion.id == version_id).values(seen_at=at)
    )
