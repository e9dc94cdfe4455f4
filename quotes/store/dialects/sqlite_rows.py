"""SQLite: many rows put in as tuples, under keys that are known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy import Connection, Table


def take_turn(connection: Connection) -> None:
    """Do nothing: whoever writes has had its turn since its transaction began."""


def new_keys(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return so many keys above those of a table, as SQLite would give them itself."""
    last = connection.scalar(select(func.max(table.columns.id))) or 0
    return range(last + 1, last + 1 + count)


def put(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    columns: Sequence[Sequence[Any]],
    *,
    unless_there: bool = False,
) -> int:
    """Insert rows that are given by their columns, in values as the driver takes them."""
    or_else = " ON CONFLICT DO NOTHING" if unless_there else ""
    named = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    done = connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({named}) VALUES ({marks}){or_else}',
        list(zip(*columns, strict=True)),
    )
    return done.rowcount
