"""Extractions: which pipeline read which versions, and when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quotes.store.models.base import Base, Json, UtcDateTime, now, one_of


class RunStatus(StrEnum):
    """How a run stands; one that was killed stays `running`, and hides nothing."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Run(Base):
    """One extraction over one or more versions."""

    __tablename__ = "run"
    __table_args__ = (one_of("status", RunStatus),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pipeline: Mapped[str] = mapped_column(Text)
    pipeline_version: Mapped[str] = mapped_column(Text)
    #: Each model's name with the hash of its files.
    models: Mapped[dict[str, str]] = mapped_column(Json)
    config: Mapped[dict[str, Any]] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(16), default=RunStatus.RUNNING)


class RunVersion(Base):
    """One version in a run, written in the same transaction as its quotations.

    A row that is `done` therefore means a whole document, whatever became of the run after it.
    """

    __tablename__ = "run_version"
    __table_args__ = (one_of("status", ("done", "failed")),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    status: Mapped[str] = mapped_column(String(16))
    #: Why it failed.
    reason: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
