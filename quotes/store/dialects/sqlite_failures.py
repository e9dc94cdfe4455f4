"""What SQLite complains of where the disk is to blame, and its own words say too little."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from quotes.errors import MissingDatabase, StoreError
from quotes.store.dialects.sqlite_engine import file_of, is_writable

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

# The first is how a file that cannot be opened is told, the second every failed call on one.
_KINDS: Final = ("SQLITE_CANTOPEN", "SQLITE_IOERR")
# What SQLite needs beside a database to read it: the index of its log.
_NEEDED: Final = 1 << 16


def of_the_disk(cause: BaseException | None, name: str, url: URL) -> StoreError | None:
    """Return the error for a file that is gone, a full disk or a closed one; else None.

    SQLite says of all three that it cannot open a file, or "disk I/O error", as of a broken disk.
    """
    path = file_of(url)
    if path is None or not getattr(cause, "sqlite_errorname", "").startswith(_KINDS):
        return None
    if not path.exists():
        return MissingDatabase(
            f"there is no database at {name} any more",
            hint="put it back, with the files named -wal and -shm that were beside it",
        )
    if shutil.disk_usage(path.parent).free < _NEEDED:
        return StoreError(
            f"{name} cannot be used: its disk is full", hint="free some space, and try again"
        )
    if not is_writable(url):
        return StoreError(
            f"{name} cannot be used where nothing can be written",
            hint="check the permissions of it and its folder, and how its disk is mounted",
        )
    return None
