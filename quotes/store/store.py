"""The database as the rest of the program sees it: opened once, used in sessions."""

from __future__ import annotations

from contextlib import closing, contextmanager
from time import sleep
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from quotes.errors import MissingDatabase
from quotes.store import migrate
from quotes.store.engine import BUSY_TIMEOUT, database_url, is_writable, open_engine
from quotes.store.failures import translated
from quotes.store.secrets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

# In seconds.
_LONGER_THAN_A_TRY: Final = 0.15


class Store:
    """An open database with this program's schema.

    With `create` a database that is not there, or has no tables, is made (then `created` is
    True); without it nothing is written by opening one. Raises MissingDatabase, OutdatedDatabase,
    NewerDatabase, BusyDatabase or BrokenDatabase. `busy_timeout` is in seconds.
    """

    def __init__(
        self, url: str, *, create: bool = False, busy_timeout: float = BUSY_TIMEOUT
    ) -> None:
        self.url = database_url(url)
        self.created = create and self._is_empty(busy_timeout)
        if self.created:
            migrate.upgrade(url, busy_timeout=busy_timeout)
        self._engine = open_engine(self.url, busy_timeout=busy_timeout)
        with translated(self.url), self._engine.begin() as connection:
            migrate.require_head(migrate.revision(connection, self.url), self.url)

    @property
    def shown(self) -> str:
        """The address without a password."""
        return shown(self.url)

    @property
    def writable(self) -> bool:
        """Whether the file system lets this program write the database."""
        return is_writable(self.url)

    def _is_empty(self, busy_timeout: float) -> bool:
        try:
            engine = open_engine(self.url, busy_timeout=busy_timeout)
        except MissingDatabase:
            return True
        with translated(self.url), engine.begin() as connection:
            empty = migrate.revision(connection, self.url) is None
        engine.dispose()
        return empty

    @contextmanager
    def session(self, *, write: bool = False, turn: bool = True) -> Iterator[Session]:
        """Open a session that commits when the block ends and rolls back when it raises.

        One that will write says so: it then waits at once until no other does. Without `turn` it
        waits only where the database lets nobody write beside another (SQLite); it may add rows
        that no other program can have, and must call `take_turn` before the rest.
        """
        engine = self._engine.execution_options(write=write, turn=turn)
        with (
            translated(self.url),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            if write:
                session.connection()
            yield session

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep a database file open meanwhile, for a block of many short sessions.

        Whenever the last connection is closed, SQLite takes its log into the file and deletes it,
        and that takes longer than most transactions.
        """
        if self.url.get_backend_name() != "sqlite":
            yield
            return
        with translated(self.url):
            kept = self._engine.connect()
            # It counts from when something is read; no transaction stays open.
            kept.exec_driver_sql("PRAGMA schema_version")
            kept.rollback()
        with closing(kept):
            yield

    def give_way(self) -> None:
        """Let others write who wait, where one transaction follows another for long.

        A server keeps who waits in order; with SQLite they try again every tenth of a second.
        """
        if self.url.get_backend_name() == "sqlite":
            sleep(_LONGER_THAN_A_TRY)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
