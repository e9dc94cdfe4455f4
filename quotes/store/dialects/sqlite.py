"""SQLite: full text by FTS5, external-content tables that triggers keep in step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.exc import DatabaseError

from quotes.store.asking import AnyOf, Words
from quotes.store.dialects import INDEXES, MOST_RANKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from quotes.store.asking import Query
    from quotes.store.dialects import Counted

_EVENTS: Final = ("insert", "delete", "update")


def found(counts: Counted, query: Query, *, limit: int, among: Sequence[int] | None) -> list[int]:
    """Return the keys of the rows that a search finds, best first by bm25, or newest first."""
    index = counts.index
    keys = "" if among is None else ",".join(map(str, among))
    order = "rank" if counts.estimate(query) <= MOST_RANKED else "rowid DESC"
    # With the sign the index is read once, and not once for every key.
    held = f" AND +rowid IN ({keys})" if keys else ""
    matching = f"SELECT rowid FROM {index} WHERE {index} MATCH :query{held}"
    sql = f"{matching} ORDER BY {order} LIMIT :limit"
    given: dict[str, Any] = {"query": to_fts5(query), "limit": limit}
    return list(counts.connection.scalars(text(sql), given).all())


def to_fts5(query: Query) -> str:
    """Return a search in the syntax of FTS5, every word of it quoted."""
    if isinstance(query, Words):
        return '"' + query.text.replace('"', '""') + '"' + (" *" if query.prefix else "")
    if isinstance(query, AnyOf):
        return "(" + " OR ".join(to_fts5(part) for part in query.parts) + ")"
    wanted = "(" + " AND ".join(to_fts5(part) for part in query.parts) + ")"
    if not query.without:
        return wanted
    return f"({wanted} NOT ({' OR '.join(to_fts5(part) for part in query.without)}))"


def counted(
    connection: Connection, index: str, total: int, terms: Sequence[str]
) -> Mapping[str, int]:
    """Return in how many rows words stand; those that stand in none are left out."""
    vocabulary = _vocabulary(connection, index)
    asked = text(f"SELECT term, doc FROM temp.{vocabulary} WHERE term IN :terms")
    asked = asked.bindparams(bindparam("terms", list(terms), expanding=True))
    return {row.term: row.doc for row in connection.execute(asked)}


def beginning(connection: Connection, index: str, start: str) -> int:
    """Return in how many rows the first words stand that begin so, one row counted for each."""
    sql = (
        f"SELECT sum(doc) FROM (SELECT doc FROM temp.{_vocabulary(connection, index)}"
        " WHERE term >= :start AND term < :end LIMIT 500)"
    )
    return connection.scalar(text(sql), {"start": start, "end": start + "\U0010ffff"}) or 0


def _vocabulary(connection: Connection, index: str) -> str:
    """Return the name of the table of an index's words."""
    # A table of the connection's own: nothing is written to the database.
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_term"
            f" USING fts5vocab(main, {index}, row)"
        )
    )
    return f"{index}_term"


def rows_with(
    connection: Connection, index: str, words: Sequence[Sequence[str]], *, limit: int
) -> list[int]:
    """Return the keys of rows that hold each of these words in one of its forms, in no order."""
    groups = (" OR ".join(f'"{form}"' for form in some) for some in words)
    given = {"query": " AND ".join(f"({group})" for group in groups), "limit": limit}
    # One string of keys is fetched far faster than as many rows.
    rows = f"SELECT rowid FROM {index} WHERE {index} MATCH :query LIMIT :limit"
    keys = connection.scalar(text(f"SELECT group_concat(rowid) FROM ({rows})"), given)
    return list(map(int, keys.split(","))) if keys else []


def missing(connection: Connection) -> list[str]:
    """Return the tables and triggers of the full text that are not there."""
    expected = [*INDEXES, *(f"{index}_{event}" for index in INDEXES for event in _EVENTS)]
    there = set(connection.scalars(text("SELECT name FROM sqlite_master")))
    return [name for name in expected if name not in there]


def inconsistent(connection: Connection) -> list[str]:
    """Return the indexes that do not agree with their tables; the check is an INSERT to SQLite."""
    gone = missing(connection)
    wrong = []
    for index in INDEXES:
        if any(name.startswith(index) for name in gone):
            wrong.append(index)
            continue
        try:
            connection.execute(
                text(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")
            )
        except DatabaseError:
            wrong.append(index)
    return wrong


def problems(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield damaged pages, broken constraints and orphan rows."""
    for (problem,) in connection.execute(text("PRAGMA integrity_check")):
        if problem != "ok":
            yield "database", "", problem
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield table, str(row), f"refers to a row of {parent} that is not there"


def nearest(
    connection: Connection, model_id: int, kind: str, vector: NDArray[np.float32], *, limit: int
) -> list[tuple[int, bytes]]:
    """Return nothing: the index over vectors stands beside the database."""
    return []


def has_nearest(connection: Connection) -> bool:
    """Return that there is no index in the database."""
    return False


def make_nearest(connection: Connection) -> bool:
    """Return that there is no index in the database."""
    return False


def without_nearest(connection: Connection) -> str | None:
    """Return nothing: the index beside the file is the one there is."""
    return None


def vectors_folder(connection: Connection, token: str) -> Path | None:
    """Return the folder beside the database's file, None for a database in memory."""
    # The engine opens files by a function of its own, so that its URL does not name them.
    for _, name, path in connection.exec_driver_sql("PRAGMA database_list"):
        if name == "main" and path:
            return Path(f"{path}.vectors")
    return None
