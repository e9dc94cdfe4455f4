"""What an ingest has to do, read from its jobs one after the other, and ticked off when stored."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.documents.discover import STANDARD_INPUT, Found, LeftOut, discover
from quotes.documents.document import Document, Skipped
from quotes.documents.files import refused_name
from quotes.documents.reading import read_found
from quotes.errors import UnreadableDocument
from quotes.store import jobs
from quotes.store.jobs import Planned
from quotes.store.leases import LEASE, own_name
from quotes.store.models import Intake

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import BinaryIO

    from sqlalchemy.orm import Session

    from quotes.store import Store
    from quotes.store.models import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A stored version that is to be extracted again."""

    version_id: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read."""

    encoding: str | None
    max_bytes: int
    stdin: BinaryIO | None = None


@dataclass(slots=True)
class _Open:
    """A job at hand: how much of it waits to be stored, and what went wrong."""

    waiting: int = 0
    read: bool = False
    reasons: list[str] = field(default_factory=list)


class Journal:
    """The jobs of one intake, as one process works on them; several may share an intake."""

    def __init__(
        self,
        store: Store,
        intake_id: int,
        *,
        reading: Reading,
        on_left_out: Callable[[str], None],
        resumed: bool = False,
    ) -> None:
        self._store = store
        self._intake = intake_id
        self._reading = reading
        self._left_out = on_left_out
        self._resumed = resumed
        self._owner = own_name()
        self._open: dict[int, _Open] = {}
        self._ended: dict[int, str | None] = {}
        self._renewed = time.monotonic()
        with store.session(write=True) as session:
            # What an earlier journal of this process could not put back, its database being gone.
            jobs.release(session, self._owner)
            self.run_id = session.get_one(Intake, intake_id).run_id
            counts = jobs.count(session, intake_id)
        #: How many jobs are left to do at the start, and how many of these have ended by now.
        self.total = counts.open
        self.settled_jobs = 0

    def items(self) -> Iterator[tuple[Document | Skipped | Stored, int]]:
        """Yield what the jobs hold, each with its job's number; files are read when asked for."""
        while claimed := self._claim():
            for job in claimed:
                self._open[job.id] = at_hand = _Open()
                for item, is_last in _with_last(self._contents(job)):
                    at_hand.waiting += 1
                    at_hand.read = is_last
                    yield item, job.id
                at_hand.read = True
                self._tick(job.id)

    def settled(self, job_id: int, reason: str | None = None) -> None:
        """Hear that something of a job is stored, or why it is not."""
        at_hand = self._open[job_id]
        at_hand.waiting -= 1
        if reason is not None:
            at_hand.reasons.append(reason)
        self._tick(job_id)

    def due(self) -> dict[int, str | None]:
        """Return the jobs that have ended and are not yet noted, with why they failed."""
        return dict(self._ended)

    def note(self, session: Session, due: dict[int, str | None]) -> None:
        """Note the end of jobs, in a transaction with or after what they stored."""
        jobs.finish(session, due)
        if time.monotonic() - self._renewed > LEASE.total_seconds() / 4:
            jobs.renew(session, self._owner)
            self._renewed = time.monotonic()

    def noted(self, due: dict[int, str | None]) -> None:
        """Hear that their end is committed."""
        for job_id in due:
            del self._ended[job_id]

    def started(self, session: Session, run_id: int) -> None:
        """Note which run the results belong to."""
        session.get_one(Intake, self._intake).run_id = run_id

    def leave(self, session: Session) -> int:
        """Put back what is not done, and return how many jobs of the intake are left to do."""
        jobs.release(session, self._owner, leave=True)
        return jobs.close(session, self._intake)

    def _claim(self) -> list[Job]:
        with self._store.session(write=True) as session:
            return jobs.claim(session, self._intake, owner=self._owner)

    def _contents(self, job: Job) -> Iterator[Document | Skipped | Stored]:
        if job.version_id is not None:
            yield Stored(version_id=job.version_id, path=job.path)
        elif job.path == STANDARD_INPUT and self._resumed:
            gone = UnreadableDocument(
                "standard input cannot be read again", hint="pipe it in again"
            )
            yield Skipped(path=job.path, error=gone)
        else:
            yield from self._files(job)

    def _files(self, job: Job) -> Iterator[Document | Skipped]:
        """Yield the documents of a job's file; where it is a folder, of the files in it."""
        given = self._reading
        for item in discover([job.path]):
            if isinstance(item, LeftOut):
                self._left_out(item.path)
            elif isinstance(item, Skipped):
                yield item
            else:
                yield from read_found(
                    Found(item.path, named=job.named),
                    encoding=given.encoding,
                    max_bytes=given.max_bytes,
                    stdin=given.stdin,
                    on_left_out=self._left_out,
                )

    def _tick(self, job_id: int) -> None:
        at_hand = self._open.get(job_id)
        if at_hand is not None and at_hand.read and not at_hand.waiting:
            del self._open[job_id]
            self._ended[job_id] = _told(at_hand.reasons)
            self.settled_jobs += 1


def plan_paths(
    paths: Iterable[str],
    *,
    on_left_out: Callable[[str], None],
    on_skipped: Callable[[Skipped], None],
) -> Iterator[Planned]:
    """Yield a job for each file at these paths, and for each folder that cannot be read.

    A name that no database can hold is no job: it goes to `on_skipped`.
    """
    for item in discover(paths):
        if isinstance(item, LeftOut):
            on_left_out(item.path)
        elif refused := refused_name(item.path):
            on_skipped(Skipped(path=item.path, error=refused))
        else:
            yield Planned(path=item.path, named=isinstance(item, Found) and item.named)


def plan_versions(versions: Iterable[tuple[int, str]]) -> Iterator[Planned]:
    """Yield a job for each stored version and its path."""
    return (Planned(path=path, version_id=version_id) for version_id, path in versions)


def _with_last(
    items: Iterator[Document | Skipped | Stored],
) -> Iterator[tuple[Document | Skipped | Stored, bool]]:
    held = next(items, None)
    while held is not None:
        following = next(items, None)
        yield held, following is None
        held = following


def _told(reasons: Collection[str]) -> str | None:
    if not reasons:
        return None
    first = next(iter(reasons))
    more = len(reasons) - 1
    return f"{first} (and {more} more of its documents)" if more else first
