"""What an ingest has to do and has done, so that another can go on where it was stopped."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of


class JobStatus(StrEnum):
    """How a job stands; one that is `running` past its lease is anybody's."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Intake(Base):
    """One `quotes ingest`: what was named, and how it was to be read."""

    __tablename__ = "intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The folder that the paths are relative to.
    folder: Mapped[str] = mapped_column(Text)
    arguments: Mapped[list[str]] = mapped_column(Json)
    options: Mapped[dict[str, Any]] = mapped_column(Json)
    #: The run that its results belong to.
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    #: When nothing was left to do; None while there is.
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Job(Base):
    """One file of an intake, or one stored version that is extracted again."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("status", JobStatus),
        Index("ix_job_intake_id_status_id", "intake_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(Text)
    #: Whether the user named the file, and not only its folder.
    named: Mapped[bool]
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[str] = mapped_column(String(16), default=JobStatus.QUEUED)
    #: How often it was begun.
    tries: Mapped[int] = mapped_column(default=0)
    #: Why it failed.
    reason: Mapped[str | None] = mapped_column(Text)
    #: The process that has it at hand, and until when it is left alone.
    owner: Mapped[str | None] = mapped_column(Text)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
