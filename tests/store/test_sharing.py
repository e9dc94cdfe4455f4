"""One database, several processes at once: writers wait, readers go on, nothing is stored twice."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from quotes.ingest import Ingest
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.searching import search
from tests.store.builders import ToyPipeline, make_document
from tests.test_ingest import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quotes.documents.document import Document

SPAWN = multiprocessing.get_context("spawn")
ALL = range(24)
FIRST = ("Bo", "Cleo", "Dag", "Edda", "Finn")


def _article(number: int) -> Document:
    text = (
        f"“Harbour word {number},” said Ada Moss.\n“Not {number},” said {FIRST[number % 5]} Lund.\n"
    )
    return make_document(text, name=f"{number}.txt")


def _ingest(address: str, numbers: Iterable[int], begin: Any) -> None:
    begin.wait(60)
    with Store(address, create=True) as store:
        summary = Ingest(store, ToyPipeline, listener=Recorder()).run(map(_article, numbers))
        assert not summary.skipped, summary.skipped


def _read(address: str, begin: Any) -> None:
    begin.wait(60)
    with Store(address) as store:
        before = 0
        while before < 2 * len(ALL):
            with store.session() as session:
                listed = len(list(queries.quotations(session)))
                # One session sees one state, whatever is written meanwhile.
                assert len(list(queries.quotations(session))) == listed
                assert len(search(session, "harbour", limit=1_000)) <= listed // 2 + 1
            assert listed >= before
            before = listed


def _run(*calls: tuple[Callable[..., None], tuple[Any, ...]]) -> list[int | None]:
    """Run functions at once, each in a process of its own; returns their exit codes."""
    begin = SPAWN.Barrier(len(calls))
    processes = [SPAWN.Process(target=call, args=(*words, begin)) for call, words in calls]
    for process in processes:
        process.start()
    for process in processes:
        process.join(300)
    return [process.exitcode for process in processes]


def _is_whole(address: str) -> None:
    with Store(address) as store:
        with store.session() as session:
            paths = [one.path for one in queries.sources(session)]
            said = Counter(one.record["content"]["text"] for one in queries.quotations(session))
            names = [one.name for one in queries.speakers(session)]
        assert sorted(paths) == sorted(f"articles/{number}.txt" for number in ALL)
        assert set(said.values()) == {1}
        assert len(said) == 2 * len(ALL)
        assert len(names) == len(set(names)) == 6
        assert list(audit(store)) == []


def test_ingests_of_overlapping_folders_store_each_document_once(database: str) -> None:
    halves = (ALL[:16], ALL[8:], list(reversed(ALL)))
    assert _run(*((_ingest, (database, numbers)) for numbers in halves)) == [0, 0, 0]
    _is_whole(database)


def test_readers_read_on_while_a_writer_writes(database: str) -> None:
    Store(database, create=True).close()
    calls: list[tuple[Callable[..., None], tuple[Any, ...]]]
    calls = [(_ingest, (database, ALL)), (_read, (database,)), (_read, (database,))]
    assert _run(*calls) == [0, 0, 0]
    _is_whole(database)


@pytest.mark.postgres
def test_a_new_database_is_made_once_by_several_at_the_same_time(databases: Any) -> None:
    address = databases.empty()
    assert _run(*((_ingest, (address, ALL)) for _ in range(3))) == [0, 0, 0]
    _is_whole(address)
