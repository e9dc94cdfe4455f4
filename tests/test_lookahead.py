"""What is looked up many at a time stands as what is looked up alone, and new things wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.documents.document import Document, Skipped
from quotes.errors import EmptyDocument
from quotes.lookahead import looked_up
from quotes.store.standing import Standing, standing_of
from tests.store.builders import make_document
from tests.test_ingest import Recorder, articles, ingest, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from quotes.lookahead import Item
    from quotes.store import Store


def test_each_stands_as_it_stands_alone(store: Store) -> None:
    known = articles(40)
    changed = make_document("“Other,” said Ada Moss.", name="7.txt")
    ingest(store, *known[:30])
    ingest(store, changed)
    copy = make_document(known[3].text, name="copy.txt")
    void = Skipped(path="void.txt", error=EmptyDocument("it is empty"))
    read: list[Document | Skipped] = [*known, changed, void, copy, *known]
    items: list[Item] = [(one, None) for one in read]
    found = list(looked_up(store, items))
    assert [one for one, _ in found] == items
    told = []
    with store.session() as session:
        for (item, _), known_as in found:
            alone = standing_of(session, item) if isinstance(item, Document) else None
            told.append(known_as.standing if known_as is not None else None)
            assert known_as in (alone, None)
            if alone is not None and alone.standing is Standing.UNCHANGED:
                assert known_as is not None
    assert told[30:40] == [Standing.NEW] * 10
    assert told[40:43] == [Standing.UNCHANGED, None, None]


def test_few_are_read_ahead_of_what_is_new_and_more_of_what_is_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = articles(600), [make_document(f"New {n}", name=f"new{n}") for n in range(100)]
    ingest(store, *old[:300])
    taken = []

    def coming() -> Iterator[Item]:
        for one in (*new, *old[:300]):
            taken.append(one)
            yield one, None

    opened = []
    session = store.session

    def counted() -> AbstractContextManager[Session]:
        opened.append(len(taken))
        return session()

    monkeypatch.setattr(store, "session", counted)
    reading = looked_up(store, coming())
    for number in range(1, 101):
        next(reading)
        assert len(taken) < number + 16
    assert len(opened) < 5 + 100 / 16
    assert len(list(reading)) == 300
    assert len(opened) < 20


def test_what_was_read_before_an_error_comes_before_it(store: Store) -> None:
    def coming() -> Iterator[Item]:
        for one in articles(9):
            yield one, None
        raise OSError("the disk is gone")

    reading = looked_up(store, coming())
    assert [next(reading)[0] for _ in range(9)] == [(one, None) for one in articles(9)]
    with pytest.raises(OSError, match="gone"):
        next(reading)


def test_large_ones_are_not_gathered(store: Store) -> None:
    large = [make_document(f"{n} " + "long " * 300_000, name=f"{n}") for n in range(8)]
    ingest(store, *large)
    taken = []

    def coming() -> Iterator[Item]:
        for one in large:
            taken.append(one)
            yield one, None

    reading = looked_up(store, coming())
    ahead = [len(taken) - number for number, _ in enumerate(reading, 1)]
    assert max(ahead) <= 1


def test_a_source_found_with_two_contents_has_the_last_of_them(store: Store) -> None:
    old = make_document("“Old,” said Ada Moss.")
    new = make_document("“New,” said Ada Moss.")
    others = articles(20)

    def again(*items: Document) -> None:
        assert ingest(store, *items, listener=Recorder()).unchanged == len(items)

    ingest(store, old, new, *others)
    again(*others[:10], old, new, *others)
    assert "“New,”" in texts(store)
    again(*others[:10], new, old, *others)
    assert "“Old,”" in texts(store)
    again(new, *others)
    assert "“New,”" in texts(store)
    assert "“Old,”" not in texts(store)
