"""Documents in, rows out: what is stored already is left alone, each document is one transaction.

Whenever this is killed, the store holds whole documents only, and the next ingest does the rest.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from quotes.batching import Runnable, is_full, reason, run_batch
from quotes.documents.document import Document
from quotes.errors import BusyDatabase, QuotesError, StoreError
from quotes.speakers.recognition import KnownPeople
from quotes.store.models import DocumentVersion, RunStatus
from quotes.store.models.base import now
from quotes.store.queries import current_versions, passage
from quotes.store.speaker_book import SpeakerBook
from quotes.store.standing import Standing, standing_of
from quotes.store.writer import (
    Saved,
    check_storable,
    finish_run,
    save,
    save_failure,
    save_result,
    see_again,
    start_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Skipped
    from quotes.pipeline import Result
    from quotes.quotation import Notice
    from quotes.store import Store


class RunnablePipeline(Runnable, Protocol):
    """What an ingest asks of a pipeline; `quotes.pipeline.Pipeline` is one."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def models(self) -> Any: ...


class Listener(Protocol):
    """Is told what happens; texts come along so that places can be shown as line and column."""

    def progressed(self, summary: Summary) -> None: ...

    def skipped(self, path: str, reason: str) -> None: ...

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None: ...

    def remarked(self, path: str, remark: str) -> None: ...


@dataclass(slots=True)
class Summary:
    """What became of everything that was read; `skipped` has paths with reasons."""

    read: int = 0
    new: int = 0
    new_versions: int = 0
    unchanged: int = 0
    copies: int = 0
    reextracted: int = 0
    quotations: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    run: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    """A text that waits for the pipeline: a document just read, or a stored version."""

    path: str
    text: str
    document: Document | None = None
    version_id: int | None = None


class Ingest:
    """One ingest into a store; the pipeline is loaded when the first text needs it."""

    def __init__(
        self,
        store: Store,
        load: Callable[[], RunnablePipeline],
        *,
        listener: Listener,
        config: dict[str, Any] | None = None,
        people: KnownPeople | None = None,
    ) -> None:
        self.summary = Summary()
        self._store = store
        self._load = load
        self._listener = listener
        self._config = config or {}
        self._people = people or KnownPeople()
        self._book = SpeakerBook()
        self._pending: list[_Pending] = []
        self._queued: set[int] = set()
        self._seen: list[tuple[int, datetime]] = []

    def run(self, items: Iterable[Document | Skipped], *, reextract: bool = False) -> Summary:
        """Take in documents; with `reextract` those that are stored already are extracted again."""
        with self._whole_run():
            for item in items:
                if isinstance(item, Document):
                    self._take(item, reextract=reextract)
                else:
                    self._skip(item.path, item.error)
                self._listener.progressed(self.summary)
        return self.summary

    def reextract_all(self) -> Summary:
        """Extract every document's current version again."""
        with self._store.session() as session:
            stored = list(current_versions(session))
        with self._whole_run():
            for version_id, path in stored:
                self.summary.read += 1
                self._queue_version(version_id, path)
                self._listener.progressed(self.summary)
        return self.summary

    @contextmanager
    def _whole_run(self) -> Iterator[None]:
        try:
            yield
            self._flush()
        except BusyDatabase:
            # Noting the end of the run would only wait for the same lock again.
            raise
        except BaseException:
            with suppress(StoreError):
                self._finish(RunStatus.FAILED)
            raise
        self._finish(RunStatus.DONE)

    def _finish(self, status: RunStatus) -> None:
        with self._store.session(write=True) as session:
            for version_id, at in self._seen:
                see_again(session, version_id, at, self._book)
            if self.summary.run is not None:
                finish_run(session, self.summary.run, status)
        self._seen.clear()

    def _take(self, document: Document, *, reextract: bool) -> None:
        self.summary.read += 1
        try:
            check_storable(document)
        except QuotesError as error:
            self._skip(document.path, error)
            return
        with self._store.session() as session:
            found = standing_of(session, document)
        if found.version_id is None or found.standing not in (Standing.UNCHANGED, Standing.COPY):
            self._queue(_Pending(path=document.path, text=document.text, document=document))
            return
        self._count(found.standing, document.path, found.path)
        if found.standing is Standing.UNCHANGED:
            self._seen.append((found.version_id, now()))
            if not found.same_text:
                self._listener.remarked(
                    document.path, "the same bytes are stored with the text as it was read then"
                )
        if reextract:
            self._queue_version(found.version_id, document.path)

    def _queue_version(self, version_id: int, path: str) -> None:
        if version_id in self._queued:
            return
        self._queued.add(version_id)
        with self._store.session() as session:
            text = passage(session, version_id)
        self._queue(_Pending(path=path, text=text, version_id=version_id))

    def _queue(self, pending: _Pending) -> None:
        self._pending.append(pending)
        if is_full([one.text for one in self._pending]):
            self._flush()

    def _flush(self) -> None:
        batch, self._pending = self._pending, []
        if not batch:
            return
        pipeline = self._load()
        run_id = self.summary.run or self._start(pipeline)
        results = run_batch(pipeline, [pending.text for pending in batch])
        for pending, result in zip(batch, results, strict=True):
            if isinstance(result, Exception):
                self._fail(pending, result, run_id)
            else:
                self._save(pending, result, run_id)
            self._listener.progressed(self.summary)

    def _start(self, pipeline: RunnablePipeline) -> int:
        with self._store.session(write=True) as session:
            self.summary.run = start_run(
                session,
                pipeline=pipeline.name,
                version=pipeline.version,
                models=dict(pipeline.models),
                config=self._config,
            )
        return self.summary.run

    def _save(self, pending: _Pending, result: Result, run_id: int) -> None:
        try:
            with self._store.session(write=True) as session:
                saved = self._write(session, pending, result, run_id)
        except StoreError:
            raise
        except Exception as error:
            self._fail(pending, error, run_id)
            return
        self._count(saved.standing, pending.path, saved.path)
        self.summary.quotations += saved.quotations
        own = pending.document.notices if pending.document else ()
        self._listener.noticed(pending.path, pending.text, (*own, *result.notices))

    def _write(self, session: Session, pending: _Pending, result: Result, run_id: int) -> Saved:
        if pending.document is not None:
            found = self._recognise(result, pending.document.published_at)
            return save(session, pending.document, found, run_id, self._book)
        version = session.get_one(DocumentVersion, pending.version_id)
        found = self._recognise(result, version.document.published_at)
        count = save_result(session, version, found, run_id, self._book)
        return Saved(standing=None, version_id=version.id, quotations=count)

    def _recognise(self, result: Result, published: datetime | None) -> Result:
        on = published.date() if published is not None else None
        known = self._people.recognise(result.text, result.quotations, on=on)
        return replace(result, quotations=known)

    def _fail(self, pending: _Pending, error: Exception, run_id: int) -> None:
        if pending.version_id is not None:
            with self._store.session(write=True) as session:
                save_failure(session, pending.version_id, run_id, reason(error))
        self._skip(pending.path, error)

    def _skip(self, path: str, error: Exception) -> None:
        self.summary.skipped.append((path, reason(error)))
        self._listener.skipped(path, reason(error))

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
