"""The declarative base, the names of constraints, and the column types of this schema."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from sqlalchemy import JSON, CheckConstraint, DateTime, Double, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

    from sqlalchemy import Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


#: The most bytes of one source.
MOST_RAW: Final = 1 << 28


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {float: Double, str: Text}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC and given back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} names no time zone")
        value = value.astimezone(UTC)
        # SQLite keeps text, and only text of one shape sorts as time.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """JSON, on PostgreSQL JSONB, whose part of SQLAlchemy is imported there alone."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


def unpacked(packed: bytes) -> bytes:
    """Return what was compressed; raises zlib.error where it is damaged or over MOST_RAW bytes.

    A database may come from somebody else, and a kilobyte of it may say a megabyte.
    """
    stream = zlib.decompressobj()
    raw = stream.decompress(packed, MOST_RAW)
    if not stream.eof:
        raise zlib.error(f"it is cut off, or has over {MOST_RAW:,} bytes")
    return raw


class CompressedBytes(TypeDecorator[bytes]):
    """Bytes, compressed with zlib in the database; see `unpacked`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else unpacked(value)


def table_of(model: type[Base]) -> Table:
    """Return a model's table, for rows that are put in as values and not as objects."""
    return cast("Table", model.__table__)


def one_of(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return the check that a column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
