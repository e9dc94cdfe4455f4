"""What people said of the machine's findings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of


class ReviewAction(StrEnum):
    """What a reviewer did."""

    CONFIRM = "confirm"
    REJECT = "reject"
    REASSIGN = "reassign"
    EDIT = "edit"
    UNDO = "undo"


class Review(Base):
    """One decision of a person; append-only.

    It counts for every quotation of the same version and public id, so that a new run of the
    machine does not undo it; a quotation with a review cannot be deleted.
    """

    __tablename__ = "review"
    __table_args__ = (one_of("action", ReviewAction),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotation.id", ondelete="RESTRICT"), index=True
    )
    reviewer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    action: Mapped[str] = mapped_column(String(16))
    old: Mapped[dict[str, Any] | None] = mapped_column(Json)
    new: Mapped[dict[str, Any] | None] = mapped_column(Json)
    note: Mapped[str | None] = mapped_column(Text)
