"""Nearest vectors by the extension pgvector, where a server has it: HNSW over half-size numbers.

The packed vectors stay the truth; a trigger writes what the extension compares beside them. The
index is that of Malkov and Yashunin (2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from quotes.vectors.packing import DIMENSIONS, PACKED_BYTES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KINDS: Final = ("quotation", "sentence")
# How far the index looks around, at most what the extension lets it.
_MOST_SEEN: Final = 1_000
_NUMBERS: Final = f"""
CREATE OR REPLACE FUNCTION quotes_numbers(packed bytea) RETURNS real[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $quotes$
  SELECT array_agg(((get_byte(packed, place) + 128) % 256 - 128)::real ORDER BY place)
  FROM generate_series({PACKED_BYTES - DIMENSIONS}, {PACKED_BYTES - 1}) AS place
$quotes$"""


def is_there(connection: Connection) -> bool:
    """Tell whether the database's vectors have what the extension compares."""
    there = text(
        "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('embedding')"
        " AND attname = 'nearest_vector' AND NOT attisdropped)"
    )
    return bool(connection.scalar(there))


def why_not(connection: Connection) -> str:
    """Return in one line why a database does not use the extension, and what to do."""
    there = text("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector')")
    why, how = "the server has no pgvector", "install it there"
    if connection.scalar(there):
        why, how = "the database does not use pgvector", "let a superuser `CREATE EXTENSION vector`"
    return f"{why}: an index in your cache is searched; {how}, then run `quotes index rebuild`"


def create(connection: Connection) -> bool:
    """Give the vectors a column and indexes of the extension; False where there is none of it.

    Needs a connection that writes. What is there already is left alone.
    """
    if is_there(connection):
        return True
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS vector")
            # Older versions lack these numbers, and the search that goes on where few count.
            connection.exec_driver_sql("SELECT '[1]'::halfvec(1)")
            connection.exec_driver_sql("SET LOCAL hnsw.iterative_scan = strict_order")
    except DBAPIError:
        return False
    numbers = f"quotes_numbers(vector)::halfvec({DIMENSIONS})"
    sound = f"octet_length(vector) = {PACKED_BYTES}"
    kept = f"GENERATED ALWAYS AS (CASE WHEN {sound} THEN {numbers} END) STORED"
    for statement in (
        _NUMBERS,
        f"ALTER TABLE embedding ADD COLUMN nearest_vector halfvec({DIMENSIONS}) {kept}",
        *(
            f"CREATE INDEX nearest_{kind} ON embedding USING hnsw"
            f" (nearest_vector halfvec_cosine_ops) WHERE kind = '{kind}'"
            for kind in _KINDS
        ),
    ):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    return True


def drop(connection: Connection) -> None:
    """Drop the function; what used it went with its table."""
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS quotes_numbers")


def nearest(
    connection: Connection, model_id: int, kind: str, vector: NDArray[np.float32], *, limit: int
) -> list[tuple[int, bytes]]:
    """Return keys and packed vectors of one encoder that are nearest to one `[384]`, best first."""
    seen = min(_MOST_SEEN, max(40, limit))
    connection.exec_driver_sql(
        f"SELECT set_config('hnsw.ef_search', '{seen}', true),"
        " set_config('hnsw.iterative_scan', 'strict_order', true)"
    )
    found = connection.execute(
        text(
            "SELECT id, vector FROM embedding"
            " WHERE kind = :kind AND model_id = :model AND nearest_vector IS NOT NULL"
            f" ORDER BY nearest_vector <=> CAST(:wanted AS halfvec({DIMENSIONS})) LIMIT :limit"
        ),
        {
            "kind": kind,
            "model": model_id,
            "wanted": "[" + ",".join(f"{number:.6g}" for number in vector.tolist()) + "]",
            "limit": limit,
        },
    )
    return [(row.id, row.vector) for row in found]
