"""SQLite databases opened: files that are there, in WAL, with foreign keys and waiting writers."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool

from quotes.errors import BrokenDatabase, MissingDatabase, StoreError
from quotes.store.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import URL

# Seconds between two tries to change how a file keeps its log.
_PAUSE: Final = 0.01


def file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database, None for one in memory or on a server."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def open_sqlite(url: URL, *, create: bool, foreign_keys: bool, busy_timeout: float) -> Engine:
    """Return an engine; without `create` a file that is not there raises MissingDatabase."""
    _check_file(url, create=create)
    return _sqlite_engine(url, create, foreign_keys, busy_timeout)


def use_wal(engine: Engine, busy_timeout: float) -> None:
    """Let readers go on while a writer writes; the file keeps this setting.

    Waits for others, up to so many seconds: here SQLite does not wait itself, since two that change
    the setting at once would wait for each other.
    """
    until = time.monotonic() + busy_timeout
    raw = engine.raw_connection()
    try:
        while not _sets_wal(raw.cursor(), last=time.monotonic() >= until):
            time.sleep(_PAUSE)
    finally:
        raw.close()


def _sets_wal(cursor: Any, *, last: bool) -> bool:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def is_writable(url: URL) -> bool:
    """Tell whether the file system lets this program write; SQLite keeps a log beside its file."""
    path = file_of(url)
    return path is None or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _check_file(url: URL, *, create: bool) -> None:
    path = file_of(url)
    if path is None:
        return
    if path.is_dir():
        raise BrokenDatabase(f"{path} is a folder, not a database", hint="name a file in it")
    if path.exists():
        return
    if not create:
        raise MissingDatabase(
            f"there is no database at {path}",
            hint="run `quotes ingest` first, or name another with --db",
        )
    if not path.parent.is_dir():
        raise MissingDatabase(
            f"there is no folder {path.parent} for the database", hint="create it first"
        )
    if not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"no permission to make a database in {path.parent.absolute()}",
            hint="name another place with --db",
        )


def _sqlite_engine(url: URL, create: bool, foreign_keys: bool, busy_timeout: float) -> Engine:
    path = file_of(url)
    if path is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(
            "sqlite://", creator=_opener(path, create, busy_timeout), poolclass=NullPool
        )
    opened = _Opened(path)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        # The driver's own transactions begin too late to hold what was read; see `begin`.
        connection.isolation_level = None
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.create_function("quotes_fold", 1, fold, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
        if write:
            opened.check()

    return engine


class _Opened:
    """A database's file as it was when it was first used.

    What a program knows of one (the number of its run, what it has at hand) means nothing in
    another that was put in its place.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._first = self._file()

    def check(self) -> None:
        """Raise StoreError where another file has taken its place."""
        now = self._file()
        if self._first is None:
            self._first = now
        elif now is not None and now != self._first:
            raise StoreError(
                f"{self._path} is another file than when this began, and nothing was written to it",
                hint="put the first back, or begin again",
            )

    def _file(self) -> tuple[int, int] | None:
        """Return the device and number of the file; None where there is none."""
        try:
            found = self._path.stat() if self._path is not None else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found is not None else None


def _is_sealed(path: Path) -> bool:
    """Tell whether no log can be kept beside a database's file, and no other program keeps one."""
    log = path.with_name(path.name + "-wal")
    return path.exists() and not os.access(path.parent, os.W_OK) and not log.exists()


def _opener(path: Path, create: bool, busy_timeout: float) -> Callable[[], sqlite3.Connection]:
    # Mode rw never makes a file, whatever happens between the check and the opening.
    mode = "mode=rwc" if create else "mode=rw"
    if _is_sealed(path):
        # SQLite would not even read it, for want of a place for its log.
        mode = "mode=ro&immutable=1"
    target = f"file:{quote(str(path.absolute()))}?{mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(target, uri=True, timeout=busy_timeout, check_same_thread=False)

    return connect
