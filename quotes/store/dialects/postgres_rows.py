"""PostgreSQL: many rows put in by one statement, under keys that are known beforehand, in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from quotes.store.dialects.postgres_engine import WRITERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy import Connection, Table


def take_turn(connection: Connection) -> None:
    """Wait until the others who write are done; what they stored is seen from now on."""
    connection.execute(select(func.pg_advisory_xact_lock(WRITERS)))


def new_keys(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return so many keys of a table's sequence, which it will not give again."""
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
    numbers = func.generate_series(1, count).table_valued()
    return sorted(connection.scalars(select(func.nextval(sequence)).select_from(numbers)))


def put(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    columns: Sequence[Sequence[Any]],
    *,
    unless_there: bool = False,
) -> int:
    """Insert rows that are given by their columns, each an array of its own.

    The server plans and answers once, however many rows there are.
    """
    named = ", ".join(f'"{name}"' for name in names)
    types = [table.columns[name].type.compile(connection.dialect) for name in names]
    arrays = ", ".join(f"%s::{type_}[]" for type_ in types)
    or_else = " ON CONFLICT DO NOTHING" if unless_there else ""
    done = connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({named}) SELECT * FROM unnest({arrays}){or_else}',
        tuple(list(column) for column in columns),
    )
    return done.rowcount
