"""What SQLite and PostgreSQL do differently, each in a module of its own behind one protocol."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Connection, Table

    from quotes.store.asking import Query

#: Of no more rows than this the best are looked for.
MOST_RANKED: Final = 40_000
#: Each full-text index with the table whose column `text` it covers.
INDEXES: Final = {"fulltext_quotation": "quotation", "fulltext_version": "document_version"}


class Counted(Protocol):
    """In how many rows of an index the words of searches stand; `fulltext.Counts` is one."""

    @property
    def connection(self) -> Connection: ...

    @property
    def index(self) -> str: ...

    def estimate(self, query: Query) -> int: ...


class Dialect(Protocol):
    """What the store asks of a database beyond the SQL that all have; modules answer it."""

    def found(
        self, counts: Counted, query: Query, *, limit: int, among: Sequence[int] | None
    ) -> list[int]:
        """Return the keys of the rows that a search finds, best first; see `fulltext.found`."""

    def counted(
        self, connection: Connection, index: str, total: int, terms: Sequence[str]
    ) -> Mapping[str, int]:
        """Return in how many rows folded words stand; those of no row may be left out."""

    def beginning(self, connection: Connection, index: str, start: str) -> int:
        """Return in about how many rows words stand that begin so."""

    def rows_with(
        self, connection: Connection, index: str, words: Sequence[Sequence[str]], *, limit: int
    ) -> list[int]:
        """Return the keys of rows that hold each of these words in one of its forms."""

    def missing(self, connection: Connection) -> list[str]:
        """Return the parts of the full text that are not there."""

    def inconsistent(self, connection: Connection) -> list[str]:
        """Return the full-text indexes that do not agree with their tables."""

    def problems(self, connection: Connection) -> Iterator[tuple[str, str, str]]:
        """Yield what the database itself finds damaged: a table, a row, and what is wrong."""

    def nearest(
        self,
        connection: Connection,
        model_id: int,
        kind: str,
        vector: NDArray[np.float32],
        *,
        limit: int,
    ) -> list[tuple[int, bytes]]:
        """Return keys and packed vectors near to one, best first, by the database's own index."""

    def has_nearest(self, connection: Connection) -> bool:
        """Tell whether the database has an index over vectors of its own."""

    def make_nearest(self, connection: Connection) -> bool:
        """Make the database's own index over vectors where it can; tells whether it has one."""

    def without_nearest(self, connection: Connection) -> str | None:
        """Return why the database has no index of its own; None where it has or cannot."""

    def vectors_folder(self, connection: Connection, token: str) -> Path | None:
        """Return where an index over vectors is kept, None for memory."""


class Bulk(Protocol):
    """What a database does with many rows at a time; see `quotes.store.bulk`."""

    def take_turn(self, connection: Connection) -> None:
        """Wait until nobody else writes, in a session that has not done so from its beginning."""

    def new_keys(self, connection: Connection, table: Table, count: int) -> Sequence[int]:
        """Return so many keys, rising, that no row of a table has."""

    def put(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        columns: Sequence[Sequence[Any]],
        *,
        unless_there: bool = False,
    ) -> int:
        """Insert rows that are given by their columns, in values as the driver takes them.

        With `unless_there` those are left out whose unique values are taken. Returns how many went
        in.
        """


_MODULES: Final = {
    "sqlite": "quotes.store.dialects.sqlite",
    "postgresql": "quotes.store.dialects.postgres",
}


_BULKS: Final = {
    "sqlite": "quotes.store.dialects.sqlite_rows",
    "postgresql": "quotes.store.dialects.postgres_rows",
}


def dialect_of(connection: Connection) -> Dialect:
    """Return what is particular to the database of a connection."""
    return cast("Dialect", import_module(_MODULES[connection.dialect.name]))


def bulk_of(connection: Connection) -> Bulk:
    """Return what takes many rows at a time for the database of a connection."""
    return cast("Bulk", import_module(_BULKS[connection.dialect.name]))
