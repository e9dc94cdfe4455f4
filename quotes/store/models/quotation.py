"""Quotations, their spans, whom they are given to, and which of them tell the same statement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quotes.quotation import Act, Kind
from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of


class Role(StrEnum):
    """What a span is to its quotation."""

    CONTENT = "content"
    CUE = "cue"
    SOURCE = "source"
    ADDRESSEE = "addressee"


class Quotation(Base):
    """One quotation as one run found it; `start` and `end` are the content's hull."""

    __tablename__ = "quotation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "version_id"],
            ["run_version.run_id", "run_version.version_id"],
            ondelete="CASCADE",
        ),
        # Two sources with the same bytes have quotations with the same ids.
        UniqueConstraint("run_id", "version_id", "public_id"),
        one_of("kind", Kind),
        one_of("act", Act),
        CheckConstraint('start >= 0 AND start < "end"', name="hull"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        Index("ix_quotation_version_id_run_id_start", "version_id", "run_id", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), index=True)
    run_id: Mapped[int]
    version_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16), index=True)
    act: Mapped[str] = mapped_column(String(16), index=True)
    start: Mapped[int]
    end: Mapped[int]
    #: The texts of the content spans, joined by one space.
    text: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float | None]
    method: Mapped[str] = mapped_column(Text)

    spans: Mapped[list[QuotationSpan]] = relationship(
        passive_deletes=True, order_by="QuotationSpan.role, QuotationSpan.ordinal"
    )
    attributions: Mapped[list[Attribution]] = relationship(
        passive_deletes=True, order_by="Attribution.id"
    )


class QuotationSpan(Base):
    """One piece of a quotation in one role; `text` is the canonical text's `[start, end)`."""

    __tablename__ = "span"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("ordinal >= 0", name="ordinal"),
        CheckConstraint('start >= 0 AND start < "end"', name="offsets"),
    )

    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Attribution(Base):
    """A quotation given to a speaker, or to nobody; append-only, the newest row holds."""

    __tablename__ = "attribution"
    __table_args__ = (CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id", ondelete="RESTRICT"), index=True
    )
    #: The document's name through which it was given; None where a document's own speaker, or a
    #: person's word, was.
    appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id", ondelete="CASCADE"), index=True
    )
    method: Mapped[str] = mapped_column(Text)
    #: The mentions from the source to the name: text, start, end, relation.
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    confidence: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    #: Who passes the statement on, where the text says so ("Kyodo, citing an official").
    via_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id", ondelete="RESTRICT"), index=True
    )
    via_appearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("appearance.id", ondelete="CASCADE"), index=True
    )
    #: The mentions that lead there, as in `evidence`.
    via_evidence: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)


class Utterance(Base):
    """One statement that several documents tell."""

    __tablename__ = "utterance"

    id: Mapped[int] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class UtteranceMember(Base):
    """A quotation that tells the statement."""

    __tablename__ = "utterance_member"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 1", name="score"),)

    utterance_id: Mapped[int] = mapped_column(
        ForeignKey("utterance.id", ondelete="CASCADE"), primary_key=True
    )
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    score: Mapped[float | None]


class UtteranceMark(Base):
    """How far quotations have been joined to utterances: a single row.

    Whatever has a higher id has not been looked at.
    """

    __tablename__ = "utterance_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int]
    attribution_id: Mapped[int]
    embedding_id: Mapped[int]
