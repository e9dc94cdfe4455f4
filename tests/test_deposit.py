"""Writers of one PostgreSQL database: beside each other, until one has to come first."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from quotes.engines.engine import Found, Identity
from quotes.errors import Overtaken
from quotes.ingest import Ingest
from quotes.pipeline import Result
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.models import Attribution, Document
from quotes.store.new_documents import Arrival, enter_new
from quotes.store.speaker_book import SpeakerBook
from quotes.store.standing import absent
from quotes.store.turns import take_turn
from quotes.store.writer import save
from tests.store.builders import find, make_document
from tests.store.test_new_documents import begin
from tests.test_ingest import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument
    from quotes.engines.engine import Outcome, T
    from quotes.summary import Summary

pytestmark = pytest.mark.postgres

BODY = "“The tolls stay,” said Ada Moss."
MINUTE = 60


class _OneByOne:
    """An engine that lets go of each text but the first only when it may."""

    def __init__(self) -> None:
        self.first = threading.Event()
        self.may = threading.Event()

    def identity(self) -> Identity:
        return Identity(name="toy", version="1", models={})

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        for place, task in enumerate(tasks):
            if place:
                # The text before has been stored by now.
                self.first.set()
                assert self.may.wait(MINUTE)
            yield [(task, Found(result=Result(text=task.text, quotations=find(task.text))))]

    def close(self) -> None:
        pass


class Beside:
    """Another writer, in a thread: its run has begun, and it is about to store a document."""

    def __init__(self, url: str, document: ReadDocument) -> None:
        self._url = url
        self._documents = [make_document("“Yes,” said Bo Lund.", name="first.txt"), document]
        self._engine = _OneByOne()
        self._summary: Summary | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._engine.first.wait(MINUTE)

    def _run(self) -> None:
        with Store(self._url) as store:
            self._summary = Ingest(store, self._engine, listener=Recorder()).run(self._documents)

    def go_on(self, session: Session) -> None:
        """Let it store its document as far as it gets while this session holds what it does."""
        self._engine.may.set()
        waiting = text(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        while not session.scalar(waiting):
            assert self._thread.is_alive()
            time.sleep(0.01)

    def end(self) -> Summary:
        self._thread.join(MINUTE)
        assert self._summary is not None
        return self._summary


def arrival(document: ReadDocument) -> Arrival:
    return Arrival(
        document=document, result=Result(text=document.text, quotations=find(document.text))
    )


def put(session: Session, document: ReadDocument, run: int) -> None:
    save(session, document, arrival(document).result, run, SpeakerBook())


def paths(store: Store) -> list[str]:
    with store.session() as session:
        assert list(audit(store)) == []
        return sorted(session.scalars(select(Document.path)))


def test_whoever_is_not_yet_at_the_speakers_keeps_nobody_waiting(postgres_store: Store) -> None:
    store, run = postgres_store, begin(postgres_store)
    early, late = (
        make_document(f"“{word},” said {name}.", name=f"{word}.txt")
        for word, name in (("Early", "Ada Moss"), ("Late", "Moss"))
    )
    with (
        Store(_address(store), busy_timeout=0.05) as other,
        store.session(write=True, turn=False) as session,
    ):
        assert absent(session, [early]) == {early.id}
        entered = enter_new(session, [arrival(early)], run)
        with other.session(write=True) as meanwhile:
            put(meanwhile, late, run)
        with other.session() as meanwhile:
            assert [one.record["content"]["text"] for one in queries.quotations(meanwhile)] == [
                "“Late,”"
            ]
        take_turn(session)
        assert [one.quotations for one in entered.complete(session)] == [1]
    assert paths(store) == ["articles/Early.txt", "articles/Late.txt"]
    with store.session() as session:
        assert queries.speaker(session, "Moss").quotations == 2
        given = session.scalars(select(Attribution).order_by(Attribution.id)).all()
        # What looks for the newest must not miss what was begun before and stored after.
        assert [one.quotation_id for one in given] == sorted(
            (one.quotation_id for one in given), reverse=True
        )


def test_bytes_that_another_stores_meanwhile_are_a_copy(postgres_store: Store) -> None:
    run = begin(postgres_store)
    other = Beside(_address(postgres_store), make_document(BODY, name="mirror.txt"))
    with postgres_store.session(write=True) as session:
        other.go_on(session)
        put(session, make_document(BODY), run)
    summary = other.end()
    assert (summary.new, summary.copies, summary.skipped) == (1, 1, [])
    assert paths(postgres_store) == ["articles/first.txt", "articles/summit.txt"]


def test_a_source_that_another_stores_meanwhile_is_known(postgres_store: Store) -> None:
    run = begin(postgres_store)
    other = Beside(_address(postgres_store), make_document(BODY))
    with postgres_store.session(write=True) as session:
        put(session, make_document(BODY), run)
        other.go_on(session)
    summary = other.end()
    assert (summary.new, summary.unchanged, summary.skipped) == (1, 1, [])
    assert paths(postgres_store) == ["articles/first.txt", "articles/summit.txt"]


def test_of_two_that_wait_for_each_other_one_begins_again(postgres_store: Store) -> None:
    run = begin(postgres_store)
    other = Beside(_address(postgres_store), make_document(BODY))
    overtaken = 0
    try:
        with postgres_store.session(write=True) as session:
            other.go_on(session)
            put(session, make_document(BODY), run)
    except Overtaken:
        overtaken = 1
    summary = other.end()
    assert (summary.new, summary.unchanged, summary.skipped) == (1 + overtaken, 1 - overtaken, [])
    assert paths(postgres_store) == ["articles/first.txt", "articles/summit.txt"]


def _address(store: Store) -> str:
    return store.url.render_as_string(hide_password=False)
