"""What a PostgreSQL database has beyond the tables: functions, words kept with texts, indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from quotes.errors import StoreError
from quotes.store.dialects import functions

if TYPE_CHECKING:
    from collections.abc import Mapping

_FUNCTIONS: Final = {
    "quotes_fold": functions.fold_function,
    "quotes_words": functions.words_function,
    "quotes_index": functions.index_function,
}
#: Parts of texts that a listing asks for: each index with its table and column.
_PARTS: Final = {
    "fulltext_quotation_part": ("quotation", "text"),
    "fulltext_document_part": ("document", "title"),
}


def create(connection: Connection, indexes: Mapping[str, str]) -> None:
    """Make the functions, and the full-text indexes over the columns `text` of these tables.

    Raises StoreError for a database that is not kept in UTF-8.
    """
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreError(
            f"the database is kept in {encoding}, which cannot hold every text",
            hint="make one with `createdb --encoding=UTF8 --template=template0`",
        )
    collated = functions.collation(connection)
    for name, write in _FUNCTIONS.items():
        connection.exec_driver_sql(write(name, collated))
    for index, table in indexes.items():
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD COLUMN fulltext_words tsvector,"
            " ADD COLUMN fulltext_length integer"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {index}_words BEFORE INSERT OR UPDATE OF text, fulltext_words,"
            f" fulltext_length ON {table} FOR EACH ROW EXECUTE FUNCTION quotes_index()"
        )
        connection.exec_driver_sql(f"CREATE INDEX {index} ON {table} USING gin (fulltext_words)")
    schema = trigrams(connection)
    if schema is not None:
        for index, (table, column) in _PARTS.items():
            connection.exec_driver_sql(
                f"CREATE INDEX {index} ON {table}"
                f' USING gin (quotes_fold({column}) "{schema}".gin_trgm_ops)'
            )


def trigrams(connection: Connection) -> str | None:
    """Return the schema of the extension pg_trgm, made where it can be; None without it.

    Parts of words are then looked for in every text.
    """
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DBAPIError:
        return None
    schema: str | None = connection.scalar(
        text(
            "SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace"
            " WHERE extname = 'pg_trgm'"
        )
    )
    return schema


def drop(connection: Connection) -> None:
    """Drop the functions; what used them went with its tables."""
    for name in _FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION {name}")
