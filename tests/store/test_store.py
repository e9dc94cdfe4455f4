"""Opening databases: the right ones, and each kind of wrong one."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import quotes
from quotes.errors import (
    BrokenDatabase,
    BusyDatabase,
    MissingDatabase,
    NewerDatabase,
    OutdatedDatabase,
    StoreError,
)
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.engine import database_url
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_the_public_name() -> None:
    assert quotes.Store is Store


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="quotes ingest"):
        Store(url(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_create_makes_and_upgrades(tmp_path: Path) -> None:
    with Store(url(tmp_path / "new.db"), create=True) as store:
        assert store.created
    with Store(url(tmp_path / "new.db"), create=True) as store:
        assert not store.created


def test_create_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="no folder"):
        Store(url(tmp_path / "none" / "new.db"), create=True)


def test_a_file_without_tables_is_outdated(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(OutdatedDatabase, match="run `quotes db upgrade`"):
        Store(url(tmp_path / "empty.db"))
    with Store(url(tmp_path / "empty.db"), create=True) as store:
        assert store.created


def test_newer_schema(tmp_path: Path) -> None:
    Store(url(tmp_path / "new.db"), create=True).close()
    with sqlite3.connect(tmp_path / "new.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    connection.close()
    with pytest.raises(NewerDatabase, match="upgrade quotes"):
        Store(url(tmp_path / "new.db"))


@pytest.mark.parametrize("content", [b"PNG" * 500, b"\0" * 5000])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.db").write_bytes(content)
    with pytest.raises(BrokenDatabase):
        Store(url(tmp_path / "odd.db"))
    with pytest.raises(BrokenDatabase):
        Store(url(tmp_path / "odd.db"), create=True)
    assert (tmp_path / "odd.db").read_bytes() == content


def test_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "torn.db"
    with Store(url(path), create=True) as store:
        store_documents(store, make_document("“Rain,” said Ada Moss. " * 2000))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with (
        pytest.raises(BrokenDatabase, match="damaged"),
        Store(url(path)) as store,
        store.session() as session,
    ):
        list(queries.quotations(session))


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(BrokenDatabase, match="is a folder"):
        Store(url(tmp_path))


def test_locked_database_is_busy(tmp_path: Path) -> None:
    with Store(url(tmp_path / "one.db"), create=True, busy_timeout=0.05) as store:
        holder = sqlite3.connect(tmp_path / "one.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyDatabase, match="try again"), store.session(write=True):
            pytest.fail("the lock was not awaited")
        with store.session() as session:
            assert list(queries.quotations(session)) == []
        holder.close()


@contextmanager
def _being_made(path: Path) -> Iterator[sqlite3.Connection]:
    """Make a file without a log, with somebody who is about to write: SQLite does not wait here."""
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    file.execute("PRAGMA user_version = 1")
    file.execute("BEGIN IMMEDIATE")
    yield file
    file.close()


def test_who_makes_a_database_waits_for_others_who_do(tmp_path: Path) -> None:
    with _being_made(tmp_path / "one.db") as other:
        end = threading.Timer(0.2, other.execute, ("COMMIT",))
        end.start()
        with Store(url(tmp_path / "one.db"), create=True, busy_timeout=60) as store:
            assert list(audit(store)) == []
        end.join()


def test_who_makes_a_database_gives_up_in_time(tmp_path: Path) -> None:
    with (
        _being_made(tmp_path / "one.db"),
        pytest.raises(BusyDatabase, match="try again"),
    ):
        Store(url(tmp_path / "one.db"), create=True, busy_timeout=0.05)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every file and folder look as if this user could only read it, root or not."""
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)


def test_a_database_that_can_only_be_read_is_read(tmp_path: Path, sealed: None) -> None:
    shutil.copy(_filled(tmp_path / "made"), tmp_path / "sealed.db")
    with Store(url(tmp_path / "sealed.db")) as store:
        assert not store.writable
        with store.session() as session:
            assert len(list(queries.quotations(session))) == 1
        assert list(audit(store)) == []
        with pytest.raises(StoreError, match="permissions"), store.session(write=True) as session:
            session.execute(text("DELETE FROM span"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "sealed.db"]


def _filled(folder: Path) -> Path:
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: True)
        with Store(url(folder / "one.db"), create=True) as store:
            assert store.writable
            store_documents(store, make_document("“Rain,” said Ada Moss to the press."))
    return folder / "one.db"


def test_what_another_program_writes_is_not_taken_for_sealed(tmp_path: Path, sealed: None) -> None:
    file = _filled(tmp_path / "made")
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("UPDATE document SET title = 'Late'")
    with Store(url(file)) as store, store.session() as session:
        (source,) = queries.sources(session)
    writer.close()
    assert source.title == "Late"


def test_no_permission_to_make_one(tmp_path: Path, sealed: None) -> None:
    with pytest.raises(StoreError, match="no permission to make a database"):
        Store(url(tmp_path / "new.db"), create=True)


@pytest.mark.parametrize(
    "address",
    ["", "quotes", "mysql://host/name", "sqlite://host/name.db", "sqlite:quotes.db", "://", "a b"],
)
def test_malformed_addresses(address: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite:///quotes\.db"):
        database_url(address)


def test_addresses() -> None:
    assert database_url("some/where.db").database == "some/where.db"
    assert database_url("postgres://ann@host/press").drivername == "postgresql+psycopg"
    assert database_url("sqlite:////tmp/a.db").database == "/tmp/a.db"


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store("postgresql://ann:hush@127.0.0.1:1/press")
    assert "hush" not in str(caught.value)


def test_commit_and_rollback(store: Store) -> None:
    insert = text("INSERT INTO utterance (method, created_at) VALUES ('x', '2026-01-01 00:00:00')")
    with store.session(write=True) as session:
        session.execute(insert)

    def fail_half_way() -> None:
        with store.session(write=True) as session:
            session.execute(insert)
            session.execute(text("INSERT INTO utterance (id) VALUES (1)"))

    with pytest.raises(IntegrityError):
        fail_half_way()
    with store.session() as session:
        assert session.scalar(text("SELECT count(*) FROM utterance")) == 1


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(IntegrityError), store.session(write=True) as session:
        session.execute(
            text("INSERT INTO speaker_alias (speaker_id, alias, key) VALUES (7, 'A', 'a')")
        )


def _write_many(address: str, name: str) -> None:
    with Store(address, create=True) as store:
        for number in range(8):
            document = make_document(f"“Word {number},” said Ada Moss.", name=f"{name}{number}.txt")
            store_documents(store, document)


def test_concurrent_writers_wait_for_each_other(tmp_path: Path) -> None:
    address = url(tmp_path / "shared.db")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(address, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Store(address) as store, store.session() as session:
        # Every text is at two paths: the second is a copy of the first.
        assert len(list(queries.sources(session))) == 8
        assert [one.name for one in queries.speakers(session)] == ["Ada Moss"]
