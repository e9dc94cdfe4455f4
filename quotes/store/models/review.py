"""What people said of the machine's findings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of


class ReviewAction(StrEnum):
    """What a reviewer did; `inherit` is the machine's: a row that takes another row's review on."""

    CONFIRM = "confirm"
    REJECT = "reject"
    REASSIGN = "reassign"
    EDIT = "edit"
    ADD = "add"
    UNDO = "undo"
    INHERIT = "inherit"


class ReviewStatus(StrEnum):
    """How a quotation stands after a review; what is withdrawn counts as if it were not there."""

    MACHINE = "machine"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Review(Base):
    """One decision of a person on one row; append-only, the row's newest decides.

    A quotation with a review cannot be deleted.
    """

    __tablename__ = "review"
    __table_args__ = (one_of("action", ReviewAction), one_of("status", ReviewStatus))

    id: Mapped[int] = mapped_column(primary_key=True)
    quotation_id: Mapped[int] = mapped_column(
        ForeignKey("quotation.id", ondelete="RESTRICT"), index=True
    )
    reviewer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    action: Mapped[str] = mapped_column(String(16))
    #: Id, status, speaker and spans before and after.
    old: Mapped[dict[str, Any] | None] = mapped_column(Json)
    new: Mapped[dict[str, Any] | None] = mapped_column(Json)
    note: Mapped[str | None] = mapped_column(Text)
    #: How the quotation stands from now on.
    status: Mapped[str] = mapped_column(String(16))
    #: Whether a person has said whose it is; then `speaker_id` is the one they meant.
    assigned: Mapped[bool] = mapped_column(default=False, server_default=false())
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id", ondelete="RESTRICT"), index=True
    )
    #: The review of another row that goes on in this one: that of an earlier run or version, or
    #: of the row whose spans were edited.
    inherits_id: Mapped[int | None] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), index=True
    )
