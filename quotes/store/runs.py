"""Runs that go on after a stop: taken up again, and asked what they have done already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from quotes.store.models import Run, RunStatus, RunVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def take_up(session: Session, run_id: int, *, pipeline: str, version: str) -> bool:
    """Let a run go on; returns False where there is none, or another pipeline made it."""
    run = session.get(Run, run_id)
    if run is None or (run.pipeline, run.pipeline_version) != (pipeline, version):
        return False
    run.status = RunStatus.RUNNING
    run.finished_at = None
    return True


def is_done(session: Session, run_id: int, version_id: int) -> bool:
    """Tell whether a run has read a version whole."""
    done = (RunVersion.run_id == run_id) & (RunVersion.version_id == version_id)
    return bool(session.scalar(select(exists().where(done, RunVersion.status == "done"))))


def forget_failure(session: Session, run_id: int, version_id: int) -> None:
    """Let a run try a version again."""
    failed = (RunVersion.run_id == run_id) & (RunVersion.version_id == version_id)
    session.execute(delete(RunVersion).where(failed, RunVersion.status == "failed"))
