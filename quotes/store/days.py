"""The day of a time, computed by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler


class utc_day(FunctionElement[str]):  # noqa: N801 - used like a function of SQL, and named so
    """The day in UTC of a column of times, as `2025-03-04`."""

    type = Text()
    inherit_cache = True
    name = "utc_day"


@compiles(utc_day, "sqlite")
def _of_text(element: utc_day, compiler: SQLCompiler, **options: Any) -> str:
    # Times are kept in UTC, as text that begins with the day.
    return f"substr({compiler.process(element.clauses, **options)}, 1, 10)"


@compiles(utc_day, "postgresql")
def _of_time(element: utc_day, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
