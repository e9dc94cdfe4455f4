"""Documents in, rows out: what is stored already is left alone, a document is stored whole or not.

Whenever this is killed, the store holds whole documents only, and the next ingest does the rest.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.batching import reason
from quotes.deposit import Deposit, Pending
from quotes.documents.document import Document
from quotes.engines.engine import Failed
from quotes.engines.serial import SerialEngine
from quotes.engines.workshop import Workshop
from quotes.errors import BusyDatabase, ModelError, Overtaken, QuotesError, StoreError
from quotes.journal import Stored
from quotes.lookahead import looked_up
from quotes.speakers.recognition import KnownPeople
from quotes.store.embeddings import has_sentences
from quotes.store.models import RunStatus
from quotes.store.models.base import now
from quotes.store.queries import current_versions, passage
from quotes.store.runs import is_done, take_up
from quotes.store.speaker_book import SpeakerBook
from quotes.store.standing import Standing, standing_of
from quotes.store.turns import take_turn
from quotes.store.vectors import refreshed
from quotes.store.writer import (
    Saved,
    check_storable,
    finish_run,
    see_all_again,
    start_run,
)
from quotes.summary import Summary
from quotes.verification.utterances import join, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.deposit import Ready
    from quotes.documents.document import Skipped
    from quotes.engines.engine import Engine
    from quotes.engines.workshop import ReadingPipeline
    from quotes.journal import Journal
    from quotes.pipeline import Result
    from quotes.store import Store
    from quotes.store.standing import Found
    from quotes.summary import Listener
    from quotes.vectors.encoder import Encoder


# So many sources that were found unchanged are noted together.
_MOST_SEEN = 500
# So often documents are stored anew that another program stored at the same time.
_TRIES = 10


class _Due(NamedTuple):
    """What the next transaction notes beside its own: sources seen again, and jobs that ended."""

    seen: Mapping[int, datetime]
    ended: dict[int, str | None]


class Ingest:
    """One ingest into a store, through an engine, or a pipeline loaded when a text needs it.

    With an encoder every document is stored with the vectors of its sentences and quotations;
    an engine has its own. With a journal the jobs of that are done; see `work_off`.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine | Callable[[], ReadingPipeline],
        *,
        listener: Listener,
        config: dict[str, Any] | None = None,
        people: KnownPeople | None = None,
        encoder: Encoder | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.summary = Summary()
        self.stopped = False
        self._store = store
        if callable(engine):
            load = engine
            engine = SerialEngine(lambda: Workshop(load(), encoder))
        self._engine: Engine = engine
        self._listener = listener
        self._config = config or {}
        self._people = people or KnownPeople()
        self._journal = journal
        self._book = SpeakerBook()
        self._queued: set[int] = set()
        self._seen: dict[int, datetime] = {}
        self._raced: set[int] = set()

    def run(self, items: Iterable[Document | Skipped], *, reextract: bool = False) -> Summary:
        """Take in documents; with `reextract` those that are stored already are extracted again."""
        return self._do(((item, None) for item in items), reextract=reextract)

    def reextract_all(self) -> Summary:
        """Extract every document's current version again."""
        with self._store.session() as session:
            stored = list(current_versions(session))
        items = (Stored(version_id=version_id, path=path) for version_id, path in stored)
        return self._do(((item, None) for item in items), reextract=True)

    def work_off(self, *, reextract: bool = False) -> Summary:
        """Do what the journal has to do, as far as `stop` lets it."""
        if self._journal is None:
            raise ValueError("there is no journal to work off")
        return self._do(self._journal.items(), reextract=reextract)

    def stop(self) -> None:
        """Take nothing more; what is at hand is finished and stored. A signal may call it."""
        self.stopped = True

    def _do(
        self, items: Iterable[tuple[Document | Skipped | Stored, int | None]], *, reextract: bool
    ) -> Summary:
        with self._store.kept_open(), self._whole_run():
            for ready in self._engine.run(self._wanted(items, reextract=reextract)):
                self._take_in(ready, self.summary.run or self._start())
        return self.summary

    @contextmanager
    def _whole_run(self) -> Iterator[None]:
        try:
            yield
        except BusyDatabase:
            # Noting the end of the run would only wait for the same lock again.
            raise
        except BaseException:
            with suppress(StoreError):
                self._finish(RunStatus.FAILED)
            raise
        self._finish(RunStatus.FAILED if self.stopped else RunStatus.DONE)

    def _finish(self, status: RunStatus) -> None:
        run = self.summary.run
        if status is RunStatus.DONE and run is not None:
            # Before the run ends: killed in between, it is still there to be resumed.
            link(self._store, run=run, versions=self._raced)
        with self._writing() as session:
            left = self._journal.leave(session) if self._journal is not None else 0
            if run is not None and (not left or status is not RunStatus.DONE):
                finish_run(session, run, status)
        if status is RunStatus.DONE and run is not None:
            self._index()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Open a transaction that also notes what was seen and which jobs have ended by now."""
        due = self._due()
        with self._store.session(write=True) as session:
            self._note(session, due)
            yield session
        self._noted(due)

    def _due(self) -> _Due:
        ended = self._journal.due() if self._journal is not None else {}
        return _Due(seen=dict(self._seen), ended=ended)

    def _note(self, session: Session, due: _Due) -> None:
        if turned := see_all_again(session, due.seen, self._book):
            join(session, turned)
        if self._journal is not None:
            self._journal.note(session, due.ended)

    def _noted(self, due: _Due) -> None:
        """Forget what is committed."""
        self._seen = {id_: at for id_, at in self._seen.items() if due.seen.get(id_) != at}
        if self._journal is not None:
            self._journal.noted(due.ended)

    def _index(self) -> None:
        """Bring the index over the vectors up to date, so that the next reader need not."""
        with self._store.session() as session:
            refreshed(session, "quotation")
            refreshed(session, "sentence")

    def _wanted(
        self, items: Iterable[tuple[Document | Skipped | Stored, int | None]], *, reextract: bool
    ) -> Iterator[Pending]:
        """Yield what must be extracted, and settle the rest."""
        for (item, job), known in looked_up(self._store, items):
            if self.stopped:
                return
            pending = None
            if isinstance(item, Document):
                pending = self._take(item, job, known, reextract=reextract)
            elif isinstance(item, Stored):
                self.summary.read += 1
                pending = self._queue_version(item.version_id, item.path, job)
            else:
                self._skip(item.path, reason(item.error), job)
            self._listener.progressed(self.summary)
            if pending is not None:
                yield pending
            if len(self._seen) >= _MOST_SEEN:
                with self._writing():
                    pass
            if self.stopped:
                return

    def _take(
        self, document: Document, job: int | None, known: Found | None, *, reextract: bool
    ) -> Pending | None:
        self.summary.read += 1
        try:
            check_storable(document)
        except QuotesError as error:
            self._skip(document.path, reason(error), job)
            return None
        found = known or self._standing_of(document)
        if found.version_id is None or found.standing not in (Standing.UNCHANGED, Standing.COPY):
            return Pending(path=document.path, text=document.text, document=document, job=job)
        self._count(found.standing, document.path, found.path)
        if found.standing is Standing.UNCHANGED:
            self._seen[found.version_id] = now()
            if not found.same_text:
                self._listener.remarked(
                    document.path, "the same bytes are stored with the text as it was read then"
                )
        if reextract:
            return self._queue_version(found.version_id, document.path, job)
        self._settle(job)
        return None

    def _standing_of(self, document: Document) -> Found:
        with self._store.session() as session:
            return standing_of(session, document)

    def _queue_version(self, version_id: int, path: str, job: int | None) -> Pending | None:
        with self._store.session() as session:
            # An earlier part of the same run may have done it just before it was stopped.
            run = self._journal.run_id if self._journal is not None else None
            done = run is not None and is_done(session, run, version_id)
            if done or version_id in self._queued:
                self._settle(job)
                return None
            self._queued.add(version_id)
            return Pending(
                path=path,
                text=passage(session, version_id),
                version_id=version_id,
                job=job,
                sentences=not has_sentences(session, version_id),
            )

    def _start(self) -> int:
        identity = self._engine.identity()
        with self._writing() as session:
            run = self._journal.run_id if self._journal is not None else None
            if run is None or not take_up(
                session, run, pipeline=identity.name, version=identity.version
            ):
                run = start_run(
                    session,
                    pipeline=identity.name,
                    version=identity.version,
                    models=dict(identity.models),
                    config=self._config,
                )
            if self._journal is not None:
                self._journal.started(session, run)
        self.summary.run = run
        return run

    def _take_in(self, ready: Ready, run_id: int, *, tries: int = _TRIES) -> None:
        """Store what is ready in one transaction; where that fails, each by itself."""
        due = self._due()
        try:
            with self._store.session(write=True, turn=False) as session:
                deposit = Deposit.begin(session, ready, run_id=run_id, people=self._people)
                take_turn(session)
                self._note(session, due)
                saved = deposit.complete(session, self._book)
        except Overtaken:
            if not tries:
                raise
            self._take_in(ready, run_id, tries=tries - 1)
            return
        except (StoreError, ModelError):
            raise
        except Exception as error:
            if len(ready) > 1:
                for one in ready:
                    self._take_in([one], run_id)
            elif isinstance(ready[0][1], Failed):
                raise
            else:
                self._take_in([(ready[0][0], Failed(reason=reason(error)))], run_id)
            return
        self._noted(due)
        for (pending, outcome), stored in zip(ready, saved, strict=True):
            if isinstance(outcome, Failed):
                self._skip(pending.path, outcome.reason, pending.job)
            elif stored is not None:
                self._tell(pending, outcome.result, stored)
            self._listener.progressed(self.summary)

    def _tell(self, pending: Pending, result: Result, saved: Saved) -> None:
        if saved.standing is Standing.UNCHANGED:
            # Another ingest stored it meanwhile; it may have become the current again just now.
            self._raced.add(saved.version_id)
        self._count(saved.standing, pending.path, saved.path)
        self.summary.quotations += saved.quotations
        own = pending.document.notices if pending.document else ()
        self._listener.noticed(pending.path, pending.text, (*own, *result.notices))
        self._settle(pending.job)

    def _skip(self, path: str, why: str, job: int | None) -> None:
        self.summary.skipped.append((path, why))
        self._listener.skipped(path, why)
        self._settle(job, why)

    def _settle(self, job: int | None, why: str | None = None) -> None:
        if job is not None and self._journal is not None:
            self._journal.settled(job, why)

    def _count(self, standing: Standing | None, path: str, other: str | None) -> None:
        match standing:
            case None:
                self.summary.reextracted += 1
            case Standing.NEW:
                self.summary.new += 1
            case Standing.NEW_VERSION:
                self.summary.new_versions += 1
            case Standing.UNCHANGED:
                self.summary.unchanged += 1
            case Standing.COPY:
                self.summary.copies += 1
                self._listener.remarked(path, f"a copy of {other}")
