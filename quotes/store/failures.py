"""What a database's driver complains of, said in the terms of `quotes.errors`."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from quotes.errors import BrokenDatabase, BusyDatabase, OutdatedDatabase, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL

_BUSY: Final = ("database is locked", "database table is locked", "lock timeout", "deadlock")
_BROKEN: Final = ("not a database", "malformed", "disk i/o error", "database corruption")
_ABSENT: Final = ("no such table", "no such column", "does not exist")
_FULL: Final = ("disk is full", "no space left")
_SHUT: Final = ("readonly database", "read-only", "permission denied")


def shown(url: URL) -> str:
    """Return the file of an SQLite database, or the address of another without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "the database in memory"
    return url.render_as_string(hide_password=True)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the driver's errors inside the block into StoreErrors that say what to do."""
    try:
        yield
    except IntegrityError:
        # A constraint caught a mistake of this program: the traceback is what is needed.
        raise
    except (DBAPIError, sqlite3.Error) as error:
        raise _error_for(error, shown(url)) from error
    except zlib.error as error:
        raise BrokenDatabase(
            f"{shown(url)}: stored bytes cannot be decompressed",
            hint="run `quotes audit` to see which, and restore a backup",
        ) from error


def _error_for(error: DBAPIError | sqlite3.Error, name: str) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = " ".join(str(cause).split())
    low = text.lower()
    if any(word in low for word in _BUSY):
        return BusyDatabase(
            f"{name} is locked by another program", hint="wait until it is done, and try again"
        )
    if any(word in low for word in _FULL):
        return StoreError(f"{name} cannot grow: {text}", hint="free some space, and try again")
    if any(word in low for word in _SHUT):
        return StoreError(f"{name} cannot be written: {text}", hint="check its permissions")
    if any(word in low for word in _BROKEN):
        return BrokenDatabase(
            f"{name} is not a database or is damaged: {text}",
            hint="check --db, or restore a backup",
        )
    if any(word in low for word in _ABSENT):
        return OutdatedDatabase(
            f"{name} lacks a part of the schema: {text}", hint="run `quotes db check`"
        )
    return StoreError(f"{name}: {text}", hint="check --db and that the database can be reached")
