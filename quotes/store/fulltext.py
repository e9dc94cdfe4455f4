"""Full-text search, the one place where SQLite's FTS5 and PostgreSQL's tsvector part ways.

SQLite: external-content tables that triggers keep in step. PostgreSQL: expression indexes; a text
is indexed as far as a tsvector can hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Subquery, column, inspect, text
from sqlalchemy.exc import DatabaseError

PREFIX: Final = "fulltext_"
#: Each index with the table whose column `text` it covers.
INDEXES: Final = {"fulltext_quotation": "quotation", "fulltext_version": "document_version"}
_EVENTS: Final = ("insert", "delete", "update")
# A tsvector ends at 1 MiB; this many characters never fill it.
_TSVECTOR: Final = "to_tsvector('simple', left(text, 200000))"


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows of one table that hold all the words, as a subquery with `id` and `rank`."""

    rows: Subquery

    @property
    def id(self) -> ColumnElement[int]:
        """The key of the matching row."""
        return self.rows.c.id

    @property
    def rank(self) -> ColumnElement[float]:
        """The lower, the better."""
        return self.rows.c.rank


def is_modelled(name: str | None, type_: str, parents: Any) -> bool:
    """Tell Alembic whether the models know of this table or index."""
    return not (name or "").startswith(PREFIX)


def words_of(text: str) -> list[str]:
    """Return the words of a user's search, without what no index holds."""
    return [word for word in text.replace("\0", " ").split() if any(c.isalnum() for c in word)]


def matches(dialect: str, index: str, words: list[str]) -> Matches:
    """Return the rows of an index that hold every word; operators among them are only words."""
    if dialect == "sqlite":
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words)
        sql = f"SELECT rowid AS id, rank AS rank FROM {index} WHERE {index} MATCH :words"
    else:
        query = " ".join(words)
        asked = "plainto_tsquery('simple', :words)"
        sql = (
            f"SELECT id, -ts_rank({_TSVECTOR}, {asked}) AS rank"
            f" FROM {INDEXES[index]} WHERE {_TSVECTOR} @@ {asked}"
        )
    bound = text(sql).bindparams(words=query)
    return Matches(bound.columns(column("id"), column("rank")).subquery(index + "_match"))


def missing(connection: Connection) -> list[str]:
    """Return the tables, triggers and indexes of the full text that are not there."""
    if connection.dialect.name == "sqlite":
        expected = [*INDEXES, *(f"{index}_{event}" for index in INDEXES for event in _EVENTS)]
        found = set(connection.scalars(text("SELECT name FROM sqlite_master")))
    else:
        expected = list(INDEXES)
        inspector = inspect(connection)
        found = {i["name"] for table in INDEXES.values() for i in inspector.get_indexes(table)}
    return [name for name in expected if name not in found]


def inconsistent(connection: Connection) -> list[str]:
    """Return the indexes that do not agree with their tables; a server's own never disagree."""
    if connection.dialect.name != "sqlite":
        return []
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
