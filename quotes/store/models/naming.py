"""How documents name their speakers, whom that led to, and what people decided about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quotes.quotation import NAMED_KINDS
from quotes.speakers.handles import Grip
from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of
from quotes.store.models.speaker import Speaker

# Whose names are kept, and decided upon.
NAMED = NAMED_KINDS


class Naming(Base):
    """One way in which documents name a person or an organisation, and where that leads now.

    It follows from all namings of the collection that are in use, in whatever order they came.
    """

    __tablename__ = "naming"
    __table_args__ = (one_of("kind", NAMED), Index("ix_naming_kind_key", "kind", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: A hash of kind, name, aliases and list: a set of names can be too long for an index.
    form: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    #: `quotes.speakers.naming.Naming.key`: what all namings by this name share.
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(Json)
    #: Whether a list of known people has this name.
    listed: Mapped[bool]
    external_id: Mapped[str | None] = mapped_column(Text)
    #: How many documents use it now and are bound to no decision; at 0 it counts for nothing.
    documents: Mapped[int]
    #: None where each document's is its own, for want of certainty.
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str | None] = mapped_column(String(16))
    because: Mapped[list[str]] = mapped_column(Json)


class NamingHandle(Base):
    """By what a naming is found by those that may mean the same speaker."""

    __tablename__ = "naming_handle"
    # The key is all there is: a table beside its index would hold everything twice.
    __table_args__ = (
        one_of("grip", Grip),
        Index("ix_naming_handle_naming_id", "naming_id"),
        {"sqlite_with_rowid": False},
    )

    #: `quotes.speakers.handles.Handle`
    handle: Mapped[str] = mapped_column(Text, primary_key=True)
    grip: Mapped[str] = mapped_column(String(8), primary_key=True)
    naming_id: Mapped[int] = mapped_column(
        ForeignKey("naming.id", ondelete="CASCADE"), primary_key=True
    )


class Appearance(Base):
    """A person or an organisation as one document names it, and the speaker this leads to."""

    __tablename__ = "appearance"
    __table_args__ = (
        one_of("kind", NAMED),
        UniqueConstraint("document_id", "kind", "key"),
        Index("ix_appearance_speaker_id_current_naming_id", "speaker_id", "current", "naming_id"),
        Index("ix_appearance_naming_id_current", "naming_id", "current"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(Text)
    naming_id: Mapped[int] = mapped_column(ForeignKey("naming.id", ondelete="RESTRICT"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="RESTRICT"))
    #: Whether the newest run over the document's current version has it.
    current: Mapped[bool]
    #: The decision of a person that binds it.
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker_decision.id", ondelete="RESTRICT"), index=True
    )

    naming: Mapped[Naming] = relationship()
    speaker: Mapped[Speaker] = relationship()
    decision: Mapped[SpeakerDecision | None] = relationship()


class SpeakerMerge(Base):
    """Why a document's name was led to a speaker, and when; append-only, the newest row holds."""

    __tablename__ = "speaker_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    appearance_id: Mapped[int] = mapped_column(
        ForeignKey("appearance.id", ondelete="CASCADE"), index=True
    )
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="RESTRICT"), index=True
    )
    #: `quotes.speakers.registry.Reason`
    reason: Mapped[str] = mapped_column(String(16))
    #: The names that it hangs on.
    because: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class DecisionAction(StrEnum):
    """What a person decided about speakers."""

    SPLIT = "split"
    MERGE = "merge"
    LINK = "link"
    RENAME = "rename"
    ALIAS = "alias"
    UNDO = "undo"


#: Decisions about one speaker alone.
FACTS = (DecisionAction.LINK, DecisionAction.RENAME, DecisionAction.ALIAS)


class SpeakerDecision(Base):
    """A person's word on who is one speaker; append-only, an undo takes back another row.

    With a document it is about that document's name alone.
    """

    __tablename__ = "speaker_decision"
    __table_args__ = (one_of("action", DecisionAction), one_of("kind", NAMED))

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    #: The name's key first, then those of the other names that the document used.
    keys: Mapped[list[str]] = mapped_column(Json)
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    #: Of a merge, the name of the speaker that it is merged into, and its key; of a link the
    #: Wikidata item, of a rename and an alias the name.
    into: Mapped[str | None] = mapped_column(Text)
    into_key: Mapped[str | None] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker_decision.id", ondelete="CASCADE"), index=True
    )
    reviewer: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
