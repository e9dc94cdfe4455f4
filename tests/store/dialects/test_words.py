"""PostgreSQL folds texts and cuts them into words as Python does, and finds what SQLite finds."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from quotes.store import Store
from quotes.store.asking import parse
from quotes.store.dialects.postgres import words_of
from quotes.store.folding import fold
from quotes.store.searching import search
from quotes.store.wording import folded_words
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Databases

pytestmark = pytest.mark.postgres

WORDS = ("harbour", "tolls", "the", "of", "Åland", "free", "rise", "quay", "it’s", "2024", "E.U.")
LEAF = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: word[:2] + "*"),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
        lambda some: f'"{" ".join(some)}"'
    ),
)
ASKED = st.recursive(
    LEAF,
    lambda part: st.one_of(
        st.tuples(part, part).map(" ".join),
        st.tuples(part, part).map(" OR ".join),
        st.tuples(part, LEAF).map(" -".join),
        part.map("({})".format),
    ),
    max_leaves=4,
)


def test_every_character_is_folded_and_cut_as_python_does(postgres_store: Store) -> None:
    kept = [
        chr(code)
        for code in range(1, 0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
    ]
    query = text(
        "SELECT quotes_fold('a' || one || 'b'), quotes_words('a' || one || 'b')"
        " FROM unnest(CAST(:kept AS text[])) WITH ORDINALITY AS every(one, at) ORDER BY at"
    )
    with postgres_store.session() as session:
        rows = session.execute(query, {"kept": kept}).all()
    wrong = [
        one
        for one, (folded, words) in zip(kept, rows, strict=True)
        if folded != fold(f"a{one}b") or words.split() != words_of(f"a{one}b")
    ]
    assert wrong == []


def test_words_are_those_that_a_claim_is_looked_for_by() -> None:
    for one in ("The Harbour’s tolls, 2024!", "ÅLAND straße ΣΑΣ", "naïve e-mail", "日本 3.5 %"):
        assert words_of(one) == folded_words(one)


@pytest.fixture(scope="module")
def both(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store]]:
    """The same twelve papers in a database of either kind."""
    chance = random.Random(20261122)
    said = [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(24)]
    documents = [
        make_document(f"“{one},” said Ada Moss. {other}.", name=f"{at}.txt")
        for at, (one, other) in enumerate(zip(said[::2], said[1::2], strict=True))
    ]
    folder = tmp_path_factory.mktemp("words")
    with Store(str(folder / "q.db"), create=True) as lite, Store(databases.filled()) as server:
        for store in (lite, server):
            store_documents(store, *documents)
        yield lite, server


@settings(max_examples=60)
@given(asked=ASKED)
def test_a_search_finds_the_same_in_the_same_order(both: tuple[Store, Store], asked: str) -> None:
    told = []
    for store in both:
        with store.session() as session:
            told.append([(hit.path, hit.start) for hit in search(session, parse(asked))])
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('"quay of the harbour"', True),
        ('"harbour of the quay"', False),
        ('quay -"harbour of the quay"', True),
        ('quay -"quay of the harbour"', False),
        ('"the lamp 40000"', True),
        ('"lamp 40001 the" OR "of the quay"', False),
        ("lamp39999 the", False),
        ("last*", True),
    ],
)
def test_phrases_are_found_where_an_index_keeps_no_more_places(
    postgres_store: Store, asked: str, found: bool
) -> None:
    """A tsvector keeps 255 places of a word, none beyond the 16,383rd."""
    page = "".join(f"the lamp {n} " for n in range(0, 40_001, 4)) + "The quay of the harbour, last."
    store_documents(postgres_store, make_document(page))
    with postgres_store.session() as session:
        assert bool(search(session, parse(asked))) == found


def test_a_text_of_more_words_than_an_index_holds_is_stored(postgres_store: Store) -> None:
    page = " ".join(f"word{n}" for n in range(150_000))
    store_documents(postgres_store, make_document(page + " “Rain,” said Ada Moss."))
    with postgres_store.session() as session:
        (said,) = search(session, "rain")
        assert said.snippet == "“Rain,”"
