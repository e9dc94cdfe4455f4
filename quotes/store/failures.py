"""What a database's driver complains of, said in the terms of `quotes.errors`."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from quotes.errors import BrokenDatabase, StoreError
from quotes.store import secrets
from quotes.store.dialects.complaints import Complaint, error_of
from quotes.store.dialects.sqlite_failures import of_the_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL

_SQLITE: Final = {
    "database is locked": Complaint.BUSY,
    "database table is locked": Complaint.BUSY,
    "disk is full": Complaint.FULL,
    "readonly database": Complaint.SHUT,
    "no such table": Complaint.ABSENT,
    "no such column": Complaint.ABSENT,
}
_BROKEN: Final = ("not a database", "malformed", "disk i/o error", "database corruption")


def shown(url: URL) -> str:
    """Return the file of an SQLite database, or the address of another without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "the database in memory"
    return secrets.shown(url)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the driver's errors inside the block into StoreErrors that say what to do."""
    try:
        yield
    except IntegrityError:
        # A constraint caught a mistake of this program: the traceback is what is needed.
        raise
    except (DBAPIError, sqlite3.Error) as error:
        raise _error_for(error, url) from error
    except UnicodeEncodeError as error:
        # No driver takes it, and what a shell hands over in another encoding has some.
        raise StoreError(
            f"half a character (a lone surrogate) stands at {error.start} in what is asked",
            hint="type it again, in UTF-8",
        ) from error
    except zlib.error as error:
        raise BrokenDatabase(
            f"{shown(url)}: stored bytes cannot be decompressed",
            hint="run `quotes audit` to see which, and restore a backup",
        ) from error


def _error_for(error: DBAPIError | sqlite3.Error, url: URL) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = shown(url)
    if url.get_backend_name() == "postgresql":
        from quotes.store.dialects.postgres_failures import error_for

        return error_for(cause, name, url)
    text = " ".join(str(cause).split())
    low = text.lower()
    if (found := of_the_disk(cause, name, url)) is not None:
        return found
    complaint = next((one for words, one in _SQLITE.items() if words in low), None)
    if complaint is not None:
        return error_of(complaint, name, text)
    if any(words in low for words in _BROKEN):
        return BrokenDatabase(
            f"{name} is not a database or is damaged: {text}",
            hint="check --db, or restore a backup",
        )
    return StoreError(f"{name}: {text}", hint="check --db and that the database can be reached")
