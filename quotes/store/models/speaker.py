"""The speakers that the documents share, and the names they go by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quotes.quotation import SpeakerKind
from quotes.store.models.base import Base, UtcDateTime, now, one_of


class Speaker(Base):
    """A person or organisation across documents, or a group or unnamed source of one document."""

    __tablename__ = "speaker"
    __table_args__ = (one_of("kind", SpeakerKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    #: An identifier elsewhere, such as a Wikidata item.
    external_id: Mapped[str | None] = mapped_column(Text)
    #: The only document of a speaker that is never merged across documents.
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    aliases: Mapped[list[SpeakerAlias]] = relationship(
        passive_deletes=True, order_by="SpeakerAlias.id"
    )


class SpeakerAlias(Base):
    """A name of a speaker, the speaker's own among them, with its key for comparison."""

    __tablename__ = "speaker_alias"
    __table_args__ = (UniqueConstraint("speaker_id", "alias"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"))
    alias: Mapped[str] = mapped_column(Text)
    #: `quotes.speakers.names.name_key` of the alias.
    key: Mapped[str] = mapped_column(Text, index=True)


class SpeakerMember(Base):
    """One of those who speak together, for a group that the text names ("Trump and Abe")."""

    __tablename__ = "speaker_member"
    __table_args__ = (CheckConstraint("ordinal >= 0", name="ordinal"),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), primary_key=True
    )
    #: The place in the order in which the text names them.
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"), index=True)
    #: The document's name through which the member was given.
    appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id", ondelete="CASCADE"), index=True
    )
