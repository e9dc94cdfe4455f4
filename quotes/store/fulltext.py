"""Full-text search: what SQLite's FTS5 and PostgreSQL's tsvector both do, and counts of words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, text

from quotes.store.asking import AnyOf, Words, words_in
from quotes.store.dialects import INDEXES, MOST_RANKED, dialect_of
from quotes.store.wording import STOP_WORDS, folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.store.asking import Query

__all__ = [
    "INDEXES",
    "MOST_RANKED",
    "PREFIXES",
    "Counts",
    "found",
    "inconsistent",
    "is_modelled",
    "missing",
    "rows_with",
]

#: What begins so is made by the migrations and unknown to the models.
PREFIXES: Final = ("fulltext_", "nearest_")


def is_modelled(name: str | None, type_: str, parents: Any) -> bool:
    """Tell Alembic whether the models know of this table, column or index."""
    return not (name or "").startswith(PREFIXES)


def found(
    counts: Counts, query: Query, *, limit: int, among: Sequence[int] | None = None
) -> list[int]:
    """Return the keys of the rows of an index that a search finds, best first.

    Where a search finds more rows than it is worth to compare, the newest come first. With `among`
    only rows with these keys are found.
    """
    if among is not None and not among:
        return []
    return dialect_of(counts.connection).found(counts, query, limit=limit, among=among)


def rows_with(
    connection: Connection, index: str, words: Sequence[Sequence[str]], *, limit: int
) -> list[int]:
    """Return the keys of rows that hold each of these words in one of its forms, in no order.

    Each word is given by its forms as the index has them.
    """
    return dialect_of(connection).rows_with(connection, index, words, limit=limit)


def missing(connection: Connection) -> list[str]:
    """Return the tables, columns, triggers and indexes of the full text that are not there."""
    return dialect_of(connection).missing(connection)


def inconsistent(connection: Connection) -> list[str]:
    """Return the indexes that do not agree with their tables."""
    return dialect_of(connection).inconsistent(connection)


class Counts:
    """In how many rows of an index words stand, each word looked up once.

    SQLite counts; of very common words PostgreSQL's statistics are taken, where it has any.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self.connection = connection
        self.index = index
        self._known: dict[str, int] = {}

    @cached_property
    def total(self) -> int:
        """About how many rows the index has."""
        return self.connection.scalar(text(f"SELECT max(id) FROM {INDEXES[self.index]}")) or 0

    def of(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Return in how many rows each of these words stands, among other words' counts."""
        new = [term for term in dict.fromkeys(terms) if term not in self._known]
        if new:
            self._known.update(dict.fromkeys(new, 0))
            dialect = dialect_of(self.connection)
            self._known.update(dialect.counted(self.connection, self.index, self.total, new))
        return self._known

    def estimate(self, query: Query) -> int:
        """Return how many rows a search can find at most, or about, going by its words."""
        terms = {term for leaf in words_in(query) for term in folded_words(leaf.text)}
        known = self.of(sorted(terms - STOP_WORDS))

        def with_word(word: str) -> int:
            # To count the rows of "the" takes as long as to search for it.
            return self.total if word in STOP_WORDS else known.get(word, 0)

        def rows(one: Query) -> int:
            if isinstance(one, Words):
                words = folded_words(one.text)
                if one.prefix:
                    dialect = dialect_of(self.connection)
                    begun = dialect.beginning(self.connection, self.index, words.pop())
                    return min([begun, *map(with_word, words)])
                return min(map(with_word, words), default=0)
            return min(self.total, (sum if isinstance(one, AnyOf) else min)(map(rows, one.parts)))

        return rows(query)
