"""Addresses of databases, and engines that open them as the store needs them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool, StaticPool

from quotes.errors import BrokenDatabase, MissingDatabase, StoreError
from quotes.store.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

BUSY_TIMEOUT: Final = 30.0
# Any number will do that other programs on the server do not lock.
_WRITERS: Final = 0x71756F746573
_FILES: Final = (".db", ".sqlite", ".sqlite3")
_HOW: Final = "write sqlite:///quotes.db or postgresql://user@host/name"


def database_url(address: str) -> URL:
    """Return the URL of an address; a bare path ending in .db or .sqlite is an SQLite file.

    Raises StoreError where it is neither.
    """
    if "://" not in address:
        if address.endswith(_FILES) and not address.startswith(("sqlite:", "file:")):
            return URL.create("sqlite", database=address)
        raise StoreError(f"{address!r} is not the address of a database", hint=_HOW)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{address!r} is not a database URL", hint=_HOW) from error
    backend = url.drivername.split("+")[0]
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(f"{backend!r} is not a database that quotes can use", hint=_HOW)
    if backend == "sqlite" and ((url.database or "").startswith("file:") or url.host or url.query):
        raise StoreError(f"{address!r} is not the address of a file", hint=_HOW)
    return url


def file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database, None for one in memory or on a server."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def open_engine(
    url: URL,
    *,
    create: bool = False,
    foreign_keys: bool = True,
    busy_timeout: float = BUSY_TIMEOUT,
) -> Engine:
    """Return an engine; without `create` a file that is not there raises MissingDatabase.

    Transactions of connections with the execution option `write` take SQLite's write lock at
    their start, so that two writers wait for each other rather than fail half way.
    """
    if url.get_backend_name() == "sqlite":
        _check_file(url, create=create)
        return _sqlite_engine(url, create, foreign_keys, busy_timeout)
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except NoSuchModuleError as error:
        raise StoreError(f"{url.drivername!r} is not a known driver", hint=_HOW) from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the driver {error.name!r} is not installed",
            hint="install it with `pip install 'quotes[postgres]'`",
        ) from error

    event.listen(engine, "begin", _wait_for_writers)
    return engine


def _wait_for_writers(connection: Connection) -> None:
    """Give PostgreSQL one writer at a time, as SQLite has it, so that no speaker is added twice."""
    if connection.get_execution_options().get("write", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


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

    return engine


def is_writable(url: URL) -> bool:
    """Tell whether the file system lets this program write; SQLite keeps a log beside its file."""
    path = file_of(url)
    return path is None or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


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
