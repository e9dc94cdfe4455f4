"""PostgreSQL: full text by tsvector and GIN, over words that a trigger cuts as Python does.

What is best is told by BM25, Robertson and Zaragoza (2009), with the constants and the form that
FTS5 has, so that the same rows come in the same order from both databases.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, inspect, text

from quotes.store.asking import AllOf, AnyOf, Words
from quotes.store.dialects import INDEXES, MOST_RANKED, pgvector
from quotes.store.dialects.functions import CUT, LONGEST
from quotes.store.folding import fold
from quotes.store.wording import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from quotes.store.asking import Query
    from quotes.store.dialects import Counted

_K1, _B = 1.2, 0.75
# Of a longer phrase the first words are looked up; the others are then read in the text.
_MOST_TOGETHER: Final = 200
_LEAST_WORTH: Final = 1e-6
# Of more rows than this, PostgreSQL's own and faster rank says which of them are compared.
_MOST_COMPARED: Final = 2_000
# A word that the statistics find in more rows than this is not counted.
_MOST_COUNTED: Final = 2_000
# Of tables with more rows than this a part is measured.
_MOST_MEASURED: Final = 20_000
_PARTS: Final = ("", "_words")


def words_of(given: str) -> list[str]:
    """Return the words of a text as the index has them."""
    return [word[:LONGEST] for word in WORD.findall(fold(given) or "")]


def found(counts: Counted, query: Query, *, limit: int, among: Sequence[int] | None) -> list[int]:
    """Return the keys of the rows that a search finds, best first by BM25, or newest first."""
    search = _Search(query)
    connection, table = counts.connection, INDEXES[counts.index]
    held = f"{search.condition}{'' if among is None else ' AND id = ANY(:among)'}"
    given: dict[str, Any] = dict(search.bound)
    if among is not None:
        given["among"] = list(among)
    if counts.estimate(query) > MOST_RANKED:
        sql = f"SELECT id FROM {table} WHERE {held} ORDER BY id DESC LIMIT :limit"
        return list(connection.scalars(text(sql), {**given, "limit": limit}))
    sql = f"SELECT id FROM {table} WHERE {held} ORDER BY id DESC LIMIT :most"
    ids = list(connection.scalars(text(sql), {**given, "most": MOST_RANKED}))
    if len(ids) > _MOST_COMPARED:
        sql = (
            f"SELECT id FROM {table} WHERE {held}"
            " ORDER BY ts_rank(fulltext_words, CAST(:asked AS tsquery), 1) DESC, id LIMIT :most"
        )
        ids = list(connection.scalars(text(sql), {**given, "most": MOST_RANKED}))
    compared = _by_worth(counts, query, ids[:_MOST_COMPARED])
    return [*compared, *ids[_MOST_COMPARED:]][:limit]


class _Search:
    """A search as a condition on `fulltext_words`, and what is bound to it.

    An index that has not every place of a text's words finds a phrase's words in it; whether they
    stand together is then read in the text.
    """

    def __init__(self, query: Query) -> None:
        self.bound: dict[str, Any] = {"asked": to_tsquery(query)}
        self.condition = "fulltext_words @@ CAST(:asked AS tsquery)"
        longest = max(len(words_of(leaf.text)) for leaf in _leaves(query))
        if longest > _MOST_TOGETHER:
            self.condition += f" AND {self._read(query)}"
        elif longest > 1:
            self.bound["cut"] = f"'{CUT}'"
            whole = "NOT fulltext_words @@ CAST(:cut AS tsquery)"
            self.condition += f" AND ({whole} OR {self._read(query)})"

    def _read(self, query: Query) -> str:
        if isinstance(query, Words):
            words = words_of(query.text)
            name = f"part_{len(self.bound)}"
            if len(words) < 2:
                self.bound[name] = to_tsquery(query)
                return f"fulltext_words @@ CAST(:{name} AS tsquery)"
            # Words are letters and digits: none is a sign of LIKE.
            self.bound[name] = f"% {' '.join(words)}{'' if query.prefix else ' '}%"
            return f"quotes_words(text) LIKE :{name}"
        if isinstance(query, AnyOf):
            return "(" + " OR ".join(map(self._read, query.parts)) + ")"
        wanted = [self._read(part) for part in query.parts]
        return "(" + " AND ".join(wanted + [f"NOT {self._read(p)}" for p in query.without]) + ")"


def _leaves(query: Query) -> Iterator[Words]:
    """Yield every leaf of a search, those that must not be there too."""
    if isinstance(query, Words):
        yield query
        return
    for part in (*query.parts, *(() if isinstance(query, AnyOf) else query.without)):
        yield from _leaves(part)


def to_tsquery(query: Query, *, negated: bool = False) -> str:
    """Return a search in the syntax of tsquery; words are letters and digits, each quoted."""
    if isinstance(query, Words):
        words = [f"'{word}'" for word in words_of(query.text)[:_MOST_TOGETHER]]
        if query.prefix and len(words) < _MOST_TOGETHER:
            words[-1] += ":*"
        if len(words) < 2:
            return words[0]
        phrase = f"({' <-> '.join(words)})"
        # What must not be there is looked up in the text, where the index does not know it.
        return phrase if negated else f"({phrase} | ('{CUT}' & {' & '.join(words)}))"
    if isinstance(query, AnyOf):
        return "(" + " | ".join(to_tsquery(part, negated=negated) for part in query.parts) + ")"
    wanted = [to_tsquery(part, negated=negated) for part in query.parts]
    without = [f"!{to_tsquery(part, negated=not negated)}" for part in query.without]
    return "(" + " & ".join(wanted + without) + ")"


def _by_worth(counts: Counted, query: Query, ids: Sequence[int]) -> list[int]:
    """Return rows, best first: the score of FTS5's function `bm25`, which weighs each phrase."""
    if len(ids) < 2:
        return list(ids)
    bound: dict[str, Any] = {"ids": list(ids)}
    score = _score(counts, query, _measured(counts.connection, counts.index), bound)
    sql = f"SELECT id FROM {INDEXES[counts.index]} WHERE id = ANY(:ids) ORDER BY {score} DESC, id"
    return list(counts.connection.scalars(text(sql), bound))


def _score(
    counts: Counted, query: Query, measured: tuple[int, float], bound: dict[str, Any]
) -> str:
    """Return the SQL of a row's score; what is bound to it is added to `bound`."""
    name = f"bound_{len(bound)}"
    if isinstance(query, Words):
        rows, length = measured
        there = min(rows, _rows_of(counts.connection, counts.index, query))
        worth = max(_LEAST_WORTH, math.log((rows - there + 0.5) / (there + 0.5)))
        words = words_of(query.text)[:_MOST_TOGETHER]
        bound[name] = words if len(words) > 1 else words[0]
        times = _times(name, len(words), prefix=query.prefix)
        norm = f"({_K1 * (1 - _B)} + {_K1 * _B} * fulltext_length / {length})"
        return f"{worth * (_K1 + 1)} * {times} / ({times} + {norm})"
    scores = []
    for part in query.parts:
        score = _score(counts, part, measured, bound)
        if isinstance(query, AnyOf) and isinstance(part, AllOf):
            # Of what only all together is looked for, one word alone counts for nothing.
            name = f"bound_{len(bound)}"
            bound[name] = to_tsquery(part)
            whole = f"fulltext_words @@ CAST(:{name} AS tsquery)"
            score = f"CASE WHEN {whole} THEN {score} ELSE 0 END"
        scores.append(score)
    return "(" + " + ".join(scores) + ")"


def _times(name: str, size: int, *, prefix: bool) -> str:
    """Return the SQL of how often a row has the words, so many, that are bound to a name."""
    if size == 1:
        compared = "^@" if prefix else "="
        counted = "coalesce(sum(coalesce(cardinality(positions), 1)), 0)"
        return (
            f"(SELECT {counted}::float8 FROM unnest(fulltext_words)"
            f" WHERE lexeme {compared} :{name})"
        )
    begins = f" OR (asked.at = {size} AND one.lexeme ^@ asked.word)" if prefix else ""
    # Each word says where the phrase would begin: where all agree, it stands.
    return (
        "(SELECT count(*)::float8 FROM (SELECT FROM"
        f" unnest(CAST(:{name} AS text[])) WITH ORDINALITY AS asked(word, at)"
        f" JOIN unnest(fulltext_words) AS one ON one.lexeme = asked.word{begins}"
        " CROSS JOIN unnest(one.positions) AS place"
        f" GROUP BY place - asked.at HAVING count(*) = {size}) AS places)"
    )


def _rows_of(connection: Connection, index: str, leaf: Words) -> int:
    """Return in how many rows words stand together."""
    search = _Search(leaf)
    sql = f"SELECT 1 FROM {INDEXES[index]} WHERE {search.condition} LIMIT :most"
    counted = text(f"SELECT count(*) FROM ({sql}) AS few")
    return connection.scalar(counted, {**search.bound, "most": MOST_RANKED}) or 0


def _measured(connection: Connection, index: str) -> tuple[int, float]:
    """Return how many rows an index has and the mean number of words in one, of many about."""
    table = INDEXES[index]
    rows = connection.scalar(text(f"SELECT max(id) FROM {table}")) or 0
    part = ""
    if rows > _MOST_MEASURED:
        part = f" TABLESAMPLE SYSTEM ({100 * _MOST_MEASURED / rows:.6f}) REPEATABLE (1)"
    sql = f"SELECT count(*), avg(fulltext_length)::float8 FROM {table}{part}"
    count, mean = connection.execute(text(sql)).one()
    return (rows if part else count), max(1.0, mean or 1.0)


def counted(
    connection: Connection, index: str, total: int, terms: Sequence[str]
) -> Mapping[str, int]:
    """Return in how many rows words stand; of common ones what the statistics say."""
    table = INDEXES[index]
    shares = connection.execute(
        text(
            "SELECT word, share FROM pg_stats, unnest(most_common_elems::text::text[],"
            " most_common_elem_freqs) AS common(word, share) WHERE schemaname = current_schema()"
            " AND tablename = :table AND attname = 'fulltext_words' AND word = ANY(:terms)"
        ),
        {"table": table, "terms": list(terms)},
    )
    known = {word: int(share * total) for word, share in shares}
    known = {word: rows for word, rows in known.items() if rows > _MOST_COUNTED}
    asked = {
        term: to_tsquery(Words(term)) for term in terms if term not in known and words_of(term)
    }
    if asked:
        sql = text(
            f"SELECT (SELECT count(*) FROM (SELECT 1 FROM {table} WHERE fulltext_words"
            " @@ CAST(one.query AS tsquery) LIMIT :most) AS few)"
            " FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY AS one(query, place)"
            " ORDER BY place"
        )
        given = {"queries": list(asked.values()), "most": MOST_RANKED + 1}
        known.update(zip(asked, connection.scalars(sql, given), strict=True))
    return known


def beginning(connection: Connection, index: str, start: str) -> int:
    """Return in how many rows words stand that begin so."""
    return _rows_of(connection, index, Words(start, prefix=True)) if words_of(start) else 0


def rows_with(
    connection: Connection, index: str, words: Sequence[Sequence[str]], *, limit: int
) -> list[int]:
    """Return the keys of rows that hold each of these words in one of its forms, in no order."""
    groups = [[to_tsquery(Words(form)) for form in some if words_of(form)] for some in words]
    query = " & ".join(f"({' | '.join(some)})" for some in groups)
    sql = (
        f"SELECT id FROM {INDEXES[index]} WHERE fulltext_words @@ CAST(:query AS tsquery)"
        " LIMIT :limit"
    )
    return list(connection.scalars(text(sql), {"query": query, "limit": limit}))


def missing(connection: Connection) -> list[str]:
    """Return the columns, triggers and indexes of the full text that are not there."""
    inspector = inspect(connection)
    gone = []
    for index, table in INDEXES.items():
        there = {one["name"] for one in inspector.get_indexes(table)}
        there |= {one["name"] for one in inspector.get_columns(table)}
        triggers = text("SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:t AS regclass)")
        there |= set(connection.scalars(triggers, {"t": table}))
        parts = (index, f"{index}_words", "fulltext_words", "fulltext_length")
        gone += [name for name in parts if name not in there]
    return gone


def inconsistent(connection: Connection) -> list[str]:
    """Return the indexes whose words are not those of their texts, or whose parts are gone."""
    gone = missing(connection)
    if gone:
        return [index for index in INDEXES if any(name.startswith(index) for name in gone)]
    wrong = (
        "SELECT EXISTS (SELECT FROM {} WHERE fulltext_length IS DISTINCT FROM"
        " cardinality(string_to_array(btrim(quotes_words(text)), ' ')))"
    )
    return [
        index for index, table in INDEXES.items() if connection.scalar(text(wrong.format(table)))
    ]


def problems(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield nothing: a server finds damage when it reads, and keeps its constraints itself."""
    yield from ()


def nearest(
    connection: Connection, model_id: int, kind: str, vector: NDArray[np.float32], *, limit: int
) -> list[tuple[int, bytes]]:
    """Return what pgvector finds."""
    return pgvector.nearest(connection, model_id, kind, vector, limit=limit)


def has_nearest(connection: Connection) -> bool:
    """Tell whether pgvector has been given the vectors."""
    return pgvector.is_there(connection)


def make_nearest(connection: Connection) -> bool:
    """Make pgvector's column and indexes where the server has the extension."""
    return pgvector.create(connection)


def without_nearest(connection: Connection) -> str | None:
    """Return why pgvector is not used, None where it is."""
    return None if pgvector.is_there(connection) else pgvector.why_not(connection)


def vectors_folder(connection: Connection, token: str) -> Path | None:
    """Return a folder of this user's cache: the server's disk is not this machine's."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quotes"
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return cache / f"{token}.vectors"
