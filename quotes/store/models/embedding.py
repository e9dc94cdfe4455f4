"""What quotations and sentences mean, as vectors, and the encoder that made each."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.store.models.base import Base, UtcDateTime, now, one_of


class Embedded(StrEnum):
    """What a vector is of."""

    QUOTATION = "quotation"
    SENTENCE = "sentence"


class EmbeddingModel(Base):
    """An encoder; only vectors of one encoder can be compared."""

    __tablename__ = "embedding_model"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    #: The hash of its files.
    digest: Mapped[str] = mapped_column(String(80), unique=True)
    #: Drawn by chance, so that an index can tell this database from another.
    token: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Embedding(Base):
    """The vector of a quotation's text, or of the sentence `[start, end)` of a version's text.

    An id is never given twice: an index outside the database goes by it.
    """

    __tablename__ = "embedding"
    __table_args__ = (
        one_of("kind", Embedded),
        CheckConstraint("(kind = 'quotation') = (quotation_id IS NOT NULL)", name="quotation"),
        CheckConstraint('start >= 0 AND start < "end"', name="offsets"),
        Index("ix_embedding_model_id_kind_id", "model_id", "kind", "id"),
        Index("ix_embedding_version_id_kind", "version_id", "kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("embedding_model.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id", ondelete="CASCADE"))
    quotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("quotation.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    #: As `quotes.vectors.packing` packs it.
    vector: Mapped[bytes] = mapped_column(LargeBinary)
