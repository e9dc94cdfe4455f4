"""Sources, and what each of them said on the day it was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from quotes.store.models.base import Base, CompressedBytes, UtcDateTime, now


class Document(Base):
    """A source with a stable identity; what is known of it is as of its last new version."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: A hash of the URI, and so what keeps it unique: a URI can be too long for an index.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    uri: Mapped[str] = mapped_column(Text)
    #: The name as the user gave it when the source was last read with a new content.
    path: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    publisher: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    versions: Mapped[list[DocumentVersion]] = relationship(
        back_populates="document", passive_deletes=True, order_by="DocumentVersion.id"
    )


class DocumentVersion(Base):
    """The bytes and the canonical text of a source at one reading; never updated but `seen_at`."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "sha256"),
        Index("ix_document_version_document_id_seen_at", "document_id", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    text_sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(Text)
    reader_version: Mapped[str] = mapped_column(Text)
    encoding: Mapped[str] = mapped_column(Text)
    encoding_choice: Mapped[str] = mapped_column(Text)
    ingested_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    #: The last time the source was found with this content: the version seen last is the current.
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Last, and loaded on demand: a listing must not drag every text along.
    text: Mapped[str] = deferred(mapped_column(Text, nullable=False))
    raw: Mapped[bytes] = deferred(mapped_column(CompressedBytes, nullable=False))

    document: Mapped[Document] = relationship(back_populates="versions")
