"""Rows put in many at a time, as values and by the mapper's types, but without its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.store.dialects import bulk_of
from quotes.store.models.base import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Session

    from quotes.store.models.base import Base


def new_keys(session: Session, model: type[Base], count: int) -> Sequence[int]:
    """Return so many keys, rising, that no row of a model has; the rows are to be put in next.

    Needs a session that writes.
    """
    if not count:
        return ()
    connection = session.connection()
    return bulk_of(connection).new_keys(connection, table_of(model), count)


def put(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    unless_there: bool = False,
) -> int:
    """Insert rows, each with values for the same columns; no default of the model is filled in.

    What the session has not written yet, and they may refer to, is written first. With
    `unless_there` those are left out whose unique values are taken. Returns how many went in.
    """
    if not rows:
        return 0
    session.flush()
    return put_rows(session.connection(), table_of(model), rows, unless_there=unless_there)


def put_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    unless_there: bool = False,
) -> int:
    """Insert rows, one or more, as `put` does."""
    columns: list[Sequence[Any]] = []
    for name in rows[0]:
        values = [row[name] for row in rows]
        type_ = table.columns[name].type.dialect_impl(connection.dialect)
        process = type_.bind_processor(connection.dialect)
        columns.append(values if process is None else _processed(values, process))
    bulk = bulk_of(connection)
    return bulk.put(connection, table, list(rows[0]), columns, unless_there=unless_there)


def _processed(values: Sequence[Any], process: Callable[[Any], Any]) -> Sequence[Any]:
    """Return values as the driver takes them; the moment of a transaction is written once."""
    first = values[0]
    if all(value is first for value in values):
        return [process(first)] * len(values)
    return [process(value) for value in values]
