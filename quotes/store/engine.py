"""Addresses of databases, and engines that open them as the store needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quotes.errors import StoreError
from quotes.store.dialects.sqlite_engine import file_of, is_writable, open_sqlite, use_wal
from quotes.store.secrets import masked

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["BUSY_TIMEOUT", "database_url", "file_of", "is_writable", "open_engine", "use_wal"]

BUSY_TIMEOUT: Final = 30.0
_FILES: Final = (".db", ".sqlite", ".sqlite3")
_HOW: Final = "write sqlite:///quotes.db or postgresql://user@host/name"
_DRIVER: Final = "write postgresql://user@host/name, or postgresql+psycopg://"


def database_url(address: str) -> URL:
    """Return the URL of an address; a bare path ending in .db or .sqlite is an SQLite file.

    Raises StoreError where it is neither.
    """
    shown = masked(address)
    if "://" not in address:
        # A colon before an at sign is a password's: somebody left the scheme out.
        is_path = shown == address and not address.startswith(("sqlite:", "file:"))
        if address.endswith(_FILES) and is_path:
            return URL.create("sqlite", database=address)
        raise StoreError(f"{shown!r} is not the address of a database", hint=_HOW)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The cause would quote the address with its password.
        raise StoreError(f"{shown!r} is not a database URL", hint=_HOW) from None
    backend, _, driver = url.drivername.partition("+")
    if backend in ("postgres", "postgresql"):
        if driver not in ("", "psycopg"):
            raise StoreError(f"{driver!r} is not the driver that quotes has", hint=_DRIVER)
        if "@" in f"{url.host}{url.database}":
            raise StoreError(
                "the address has one @ too many", hint="write %40 for that in a password"
            )
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"{backend!r} is not a database that quotes can use", hint=_HOW)
    if (url.database or "").startswith("file:") or url.host or url.query:
        raise StoreError(f"{shown!r} is not the address of a file", hint=_HOW)
    return url


def open_engine(
    url: URL,
    *,
    create: bool = False,
    foreign_keys: bool = True,
    busy_timeout: float = BUSY_TIMEOUT,
) -> Engine:
    """Return an engine; without `create` a file that is not there raises MissingDatabase.

    Transactions of connections with the execution option `write` take the database's write lock
    at their start, so that two writers wait for each other rather than fail half way; they wait
    `busy_timeout` seconds.
    """
    if url.get_backend_name() == "sqlite":
        return open_sqlite(url, create=create, foreign_keys=foreign_keys, busy_timeout=busy_timeout)
    from quotes.store.dialects.postgres_engine import open_postgres

    return open_postgres(url, busy_timeout=busy_timeout)
