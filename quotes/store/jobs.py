"""The queue of an ingest: what it has to do, who has it at hand, and what became of it.

Every function takes a session and none commits. A job is `done` only after all that it holds has
been stored, in the same transaction or a later one: what is begun twice is stored once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, or_, select, update

from quotes.errors import NotFound
from quotes.store.leases import LEASE, is_gone, is_here
from quotes.store.models import Intake, Job, JobStatus
from quotes.store.models.base import now

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_ROWS = 1000
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A file to read, or a stored version to extract again."""

    path: str
    named: bool = True
    version_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredJob:
    """A job as it is listed."""

    id: int
    intake: int
    path: str
    status: str
    tries: int
    reason: str | None
    owner: str | None
    leased_until: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIntake:
    """A finished intake as it is listed: what was named, and how many jobs it had."""

    id: int
    folder: str
    arguments: list[str]
    finished_at: datetime
    jobs: int
    failed: int


def plan(
    session: Session,
    *,
    folder: str,
    arguments: Sequence[str],
    options: Mapping[str, Any],
    planned: Iterable[Planned],
    owner: str | None = None,
) -> int:
    """Enter an intake with all its jobs in their order; returns its id.

    It takes the place of an earlier one with the same arguments that was stopped. That it is not
    stopped itself is told by its `owner`, who is about to begin.
    """
    intake = Intake(folder=folder, arguments=list(arguments), options=dict(options))
    for one in unfinished(session):
        same = (one.folder, one.arguments, one.options)
        asked = (intake.folder, intake.arguments, intake.options)
        if same == asked and not _is_live(session, one.id):
            cancel(session, intake_id=one.id)
    session.add(intake)
    session.flush()
    leased_until = now() + LEASE if owner is not None else None
    rows = (
        {
            "intake_id": intake.id,
            "path": one.path,
            "named": one.named,
            "version_id": one.version_id,
            "owner": owner,
            "leased_until": leased_until,
        }
        for one in planned
    )
    while chunk := list(islice(rows, _ROWS)):
        session.execute(insert(Job), chunk)
    return intake.id


def unfinished(session: Session) -> list[Intake]:
    """Return the intakes of which something is left to do, oldest first."""
    return list(
        session.scalars(select(Intake).where(Intake.finished_at.is_(None)).order_by(Intake.id))
    )


def claim(session: Session, intake_id: int, *, owner: str, most: int = 100) -> list[Job]:
    """Take the next jobs of an intake that nobody else has at hand, in their order.

    Nobody has what belongs to an owner that is gone, or whose lease has run out and who is not
    known to run.
    """
    at = now()
    owners = _owners(session, intake_id)
    dead = [one for one in owners if is_gone(one)]
    alive = [one for one in owners if is_here(one)]
    _bound(session, intake_id, at + LEASE)
    run_out = (Job.leased_until < at) & Job.owner.not_in(alive)
    free = or_(
        Job.status == JobStatus.QUEUED,
        (Job.status == JobStatus.RUNNING)
        & (Job.owner != owner)
        & or_(run_out, Job.owner.in_(dead)),
    )
    chosen = (
        select(Job)
        .where(Job.intake_id == intake_id, free)
        .order_by(Job.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    jobs = list(session.scalars(chosen))
    for job in jobs:
        job.status = JobStatus.RUNNING
        job.tries += 1
        job.reason = None
        job.owner = owner
        job.leased_until = at + LEASE
        job.changed_at = at
    session.flush()
    return jobs


def _bound(session: Session, intake_id: int, most: datetime) -> None:
    """Let leases that were given by a clock that has been put back since end as others do.

    Their owner has a whole lease from now on to renew them.
    """
    running = (Job.intake_id == intake_id) & (Job.status == JobStatus.RUNNING)
    session.execute(
        update(Job).where(running, Job.leased_until > most).values(leased_until=most),
        execution_options=_UNSYNCHRONISED,
    )


def renew(session: Session, owner: str) -> None:
    """Keep what an owner has at hand for another while."""
    mine = (Job.owner == owner) & (Job.status == JobStatus.RUNNING)
    session.execute(update(Job).where(mine).values(leased_until=now() + LEASE))


def release(session: Session, owner: str, *, leave: bool = False) -> None:
    """Put back what an owner has taken and not done; with `leave` what it has planned too."""
    which = _OPEN if leave else (JobStatus.RUNNING,)
    _set(session, (Job.owner == owner) & Job.status.in_(which), JobStatus.QUEUED)


def finish(session: Session, ended: Mapping[int, str | None]) -> None:
    """Note which jobs are done, those with a reason as failed."""
    done = [id_ for id_, reason in ended.items() if reason is None]
    for start in range(0, len(done), _ROWS):
        _set(session, Job.id.in_(done[start : start + _ROWS]), JobStatus.DONE)
    for id_, reason in ended.items():
        if reason is not None:
            _set(session, Job.id == id_, JobStatus.FAILED, reason)


def close(session: Session, intake_id: int) -> int:
    """Note that an intake is finished where nothing is left to do; returns how much is left."""
    left = count(session, intake_id).open
    if not left:
        _close(session, intake_id)
    return left


def _close(session: Session, intake_id: int) -> None:
    session.execute(update(Intake).where(Intake.id == intake_id).values(finished_at=now()))


def retry(session: Session, ids: Collection[int] | None = None) -> int:
    """Queue failed and cancelled jobs again, all that failed where no ids are given."""
    status = Job.status == JobStatus.FAILED
    if ids is not None:
        status = Job.status.in_((JobStatus.FAILED, JobStatus.CANCELLED)) & Job.id.in_(ids)
    intakes = set(session.scalars(select(Job.intake_id).where(status).distinct()))
    number = _set(session, status, JobStatus.QUEUED)
    reopened = update(Intake).where(Intake.id.in_(intakes)).values(finished_at=None)
    session.execute(reopened)
    return number


def cancel(
    session: Session, ids: Collection[int] | None = None, *, intake_id: int | None = None
) -> int:
    """Take jobs off the queue that are not done, those of an intake or all where no ids are given.

    One that is at hand at this moment may still be done.
    """
    chosen: ColumnElement[bool] = Job.status.in_(_OPEN)
    if ids is not None:
        chosen &= Job.id.in_(ids)
    if intake_id is not None:
        chosen &= Job.intake_id == intake_id
    intakes = set(session.scalars(select(Job.intake_id).where(chosen).distinct()))
    number = _set(session, chosen, JobStatus.CANCELLED)
    for one in intakes | ({intake_id} if intake_id is not None else set()):
        close(session, one)
    return number


def _set(
    session: Session, chosen: ColumnElement[bool], status: JobStatus, reason: str | None = None
) -> int:
    values = {
        "status": str(status),
        "reason": reason,
        "owner": None,
        "leased_until": None,
        "changed_at": now(),
    }
    result = session.execute(
        update(Job).where(chosen).values(**values), execution_options=_UNSYNCHRONISED
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an update has one


_UNSYNCHRONISED: Final = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many jobs there are of each status."""

    by_status: Mapping[str, int]

    @property
    def open(self) -> int:
        """Those that are left to do."""
        return sum(self.by_status.get(status, 0) for status in _OPEN)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


def count(session: Session, intake_id: int) -> Counts:
    """Count the jobs of an intake by their status."""
    rows = session.execute(
        select(Job.status, func.count()).where(Job.intake_id == intake_id).group_by(Job.status)
    )
    return Counts(by_status={row[0]: row[1] for row in rows})


def _owners(session: Session, intake_id: int) -> set[str]:
    running = (Job.intake_id == intake_id) & (Job.status == JobStatus.RUNNING)
    return {one for one in session.scalars(select(Job.owner).where(running).distinct()) if one}


def _is_live(session: Session, intake_id: int) -> bool:
    """Tell whether a process may be at work on an intake at this moment."""
    left = (Job.intake_id == intake_id) & Job.status.in_(_OPEN)
    until = func.max(Job.leased_until)
    found = session.execute(select(Job.owner, until).where(left).group_by(Job.owner))
    at = now()
    return any(
        is_here(owner) or (leased is not None and leased > at and not is_gone(owner))
        for owner, leased in found
        if owner is not None
    )


def listed(
    session: Session, *, statuses: Collection[str] = (), limit: int | None = None
) -> Iterator[StoredJob]:
    """Yield the jobs in their order, those of these statuses where some are named."""
    chosen = select(Job).order_by(Job.id).limit(limit)
    if statuses:
        chosen = chosen.where(Job.status.in_(statuses))
    for job in session.scalars(chosen):
        yield StoredJob(
            id=job.id,
            intake=job.intake_id,
            path=job.path,
            status=job.status,
            tries=job.tries,
            reason=job.reason,
            owner=job.owner,
            leased_until=job.leased_until,
            changed_at=job.changed_at,
        )


def prune(session: Session, *, before: datetime) -> list[StoredIntake]:
    """Forget the intakes that were finished before a moment, with their jobs; returns them.

    What was read and stored stays. Their failed jobs cannot be tried again.
    """
    failed = func.count(Job.id).filter(Job.status == JobStatus.FAILED)
    rows = session.execute(
        select(Intake, func.count(Job.id), failed)
        .outerjoin(Job, Job.intake_id == Intake.id)
        .where(Intake.finished_at < before)
        .group_by(Intake.id)
        .order_by(Intake.id)
    ).all()
    found = [
        StoredIntake(
            id=intake.id,
            folder=intake.folder,
            arguments=intake.arguments,
            finished_at=intake.finished_at,
            jobs=number,
            failed=failures,
        )
        for intake, number, failures in rows
        if intake.finished_at is not None
    ]
    # Its jobs go with an intake.
    session.execute(
        delete(Intake).where(Intake.finished_at < before), execution_options=_UNSYNCHRONISED
    )
    return found


def require(session: Session, ids: Collection[int]) -> None:
    """Raise NotFound unless there are jobs of all these numbers."""
    known = set(session.scalars(select(Job.id).where(Job.id.in_(ids))))
    if missing := sorted({*ids} - known):
        raise NotFound(f"there is no job {missing[0]}", hint="see `quotes jobs list`")
