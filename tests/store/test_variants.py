"""The tellings of one statement, read."""

from __future__ import annotations

from quotes.store import Store, queries
from quotes.store.variants import Variant, count, others, told_most, variants
from tests.store.builders import store_documents
from tests.store.told import CHANGED, OTHER, papers, tell, telling


def path_of(one: Variant) -> str:
    return one.stored.record["document"]["path"].removeprefix("articles/")


def of(store: Store, name: str) -> tuple[list[str], int]:
    """Return the paths of the variants of what a document says, and how many others say so."""
    with store.session() as session:
        which = queries.Filter(source=name)
        (one,) = queries.quotations(session, which)
        key = one.record["id"], one.version_id
        return [path_of(variant) for variant in variants(session, *key)], others(session, *key)


def test_the_first_to_be_published_comes_first(store: Store) -> None:
    tell(store, *papers())
    assert of(store, "weekly.txt") == (["morning.txt", "evening.txt", "weekly.txt"], 2)
    assert of(store, "pool.txt") == ([], 0)


def test_without_a_date_the_reading_counts(store: Store) -> None:
    tell(store, *papers(), telling(CHANGED, "undated.txt"))
    with store.session() as session:
        (statement,) = told_most(session)
        assert (statement.sources, statement.quotations, count(session)) == (4, 4, 1)
        assert path_of(statement.first) == "morning.txt"
        first = statement.first.stored.record
        found = variants(session, first["id"], statement.first.stored.version_id)
    assert [path_of(one) for one in found][-1] == "undated.txt"
    assert [one.is_published for one in found] == [True, True, True, False]


def test_what_no_current_version_says_is_not_shown(store: Store) -> None:
    tell(store, *papers()[:2])
    store_documents(store, telling(OTHER, "evening.txt"))
    assert of(store, "morning.txt") == ([], 0)
    with store.session() as session:
        assert told_most(session) == []
