"""Search by meaning: what is nearest, with what filters leave of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.meaning import search_near
from quotes.store.values import Filter
from tests.store.builders import make_document, store_documents
from tests.store.meant import store_with_vectors, vector_of

if TYPE_CHECKING:
    from quotes.store import Store
    from quotes.store.values import Hit

EVERYTHING = Filter()


def article(number: int) -> str:
    return f"“Word {number},” said Ada Moss. Then rain {number} fell on Larkspur."


def near(
    store: Store, text: str, which: Filter = EVERYTHING, *, limit: int = 1
) -> list[Hit] | None:
    with store.session() as session:
        return search_near(session, vector_of(text), limit=limit, which=which)


def store_articles(store: Store) -> None:
    store_with_vectors(store, *(make_document(article(n), name=f"{n}.txt") for n in range(6)))


def test_quotations_come_before_sentences_with_their_cosines(store: Store) -> None:
    store_articles(store)
    quotation, sentence = near(store, "“Word 4,”") or []
    assert (quotation.snippet, quotation.speaker) == ("“Word 4,”", "Ada Moss")
    assert quotation.score is not None
    assert quotation.score > 0.9
    assert sentence.quotation is None
    _, sentence = near(store, "Then rain 2 fell on Larkspur.") or []
    assert sentence.snippet == "Then rain 2 fell on Larkspur."


def test_a_sentence_that_a_quotation_shown_reaches_into_is_left_out(store: Store) -> None:
    store_articles(store)
    hits = near(store, "“Word 4,”", limit=20) or []
    assert [hit.quotation is not None for hit in hits] == [True] * 6 + [False] * 6
    assert all(hit.snippet.startswith("Then rain") for hit in hits[6:])


def test_what_a_filter_takes_out_makes_room_for_what_is_farther(store: Store) -> None:
    store_articles(store)
    hits = near(store, "“Word 4,”", Filter(source="3.txt")) or []
    assert [hit.path for hit in hits] == ["articles/3.txt"] * 2
    (quotation,) = near(store, "Then rain 2 fell on Larkspur.", Filter(speaker="Moss")) or []
    assert quotation.quotation is not None
    assert near(store, "“Word 4,”", Filter(speaker="Nobody")) == []


def test_a_database_without_vectors_has_no_answer(store: Store) -> None:
    store_documents(store, make_document(article(1)))
    assert near(store, "“Word 1,”") is None
