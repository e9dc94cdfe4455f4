"""Quotations and passages that may hold a claim, in a real database of our own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from quotes.store import Store, queries
from quotes.store.candidates import Candidates, passages
from quotes.store.fulltext import Counts
from quotes.store.models import Quotation
from quotes.store.rare import Worth, ranked, sought
from quotes.store.wording import folded_word, stem
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.store.values import Passage

TOLLS = "“We will not raise the harbour tolls before winter,” said Mara Lindqvist."
FERRY = "“Raising ferry tolls in winter would ruin the islands,” said Olaf Brandt."
WINTER = "“Winter is long here,” said Mara Lindqvist."
LAMPS = (
    "The lamps along the quay were lit at four. Dr. Ines Falk had asked for brighter lamps on the "
    "north quay, and the council refused.\n\nNobody else spoke. The meeting closed early."
)


@pytest.fixture
def filled(store: Store) -> Store:
    texts = {"tolls.txt": TOLLS, "ferry.txt": FERRY, "winter.txt": WINTER, "lamps.txt": LAMPS}
    store_documents(store, *(make_document(text, name=name) for name, text in texts.items()))
    return store


def found(
    store: Store, words: str, speakers: Sequence[str] | None = None, limit: int = 10
) -> list[str]:
    with store.session() as session:
        ids = None
        if speakers is not None:
            ids = [queries.speaker(session, name).id for name in speakers]
        those = Candidates(session, words)
        some = those.stored(those.near(speakers=ids, limit=limit))
    return [one.record["content"]["text"] for one in some]


def places(store: Store, words: str, limit: int = 10) -> list[Passage]:
    with store.session() as session:
        return passages(session, words, limit=limit)


def test_an_altered_claim_finds_what_it_was_made_from(filled: Store) -> None:
    assert found(filled, "We will now raise the harbour tolls before summer")[0] in TOLLS


def test_endings_and_order_do_not_count(filled: Store) -> None:
    (first, *_) = found(filled, "that tolls of the harbours were being raised")
    assert first in TOLLS
    (first, *_) = found(filled, "islands ruined as the ferries raised their toll")
    assert first in FERRY


def test_the_speakers_are_a_filter(filled: Store) -> None:
    claim = "the ferry tolls in winter"
    assert found(filled, claim)[0] in FERRY
    assert all(text in TOLLS + WINTER for text in found(filled, claim, ["Mara Lindqvist"]))
    assert found(filled, claim, ["Mara Lindqvist"])[0] in TOLLS
    with filled.session() as session:
        those = Candidates(session, claim)
        assert those.near(speakers=[], limit=5) == []
        assert those.near(speakers=["s_0000000000000000"], limit=5) == []


def test_the_limit(filled: Store) -> None:
    assert len(found(filled, "winter tolls")) == 3
    assert len(found(filled, "winter tolls", limit=2)) == 2


@pytest.mark.parametrize("claim", ["", "?!", "we will not", "that it is", "submarine", "zebra’s"])
def test_nothing_rare_finds_nothing(filled: Store, claim: str) -> None:
    assert found(filled, claim) == []
    assert places(filled, claim) == []


def test_old_versions_count_no_more(filled: Store) -> None:
    store_documents(filled, make_document("“Let it snow,” said Olaf Brandt.", name="ferry.txt"))
    assert FERRY[:54] not in found(filled, "ferry tolls ruin the islands")
    assert all("ruin" not in text for text in found(filled, "ferry tolls ruin the islands"))
    assert places(filled, "ferry tolls ruin the islands") == []


def test_a_passage_is_the_sentence_with_the_words(filled: Store) -> None:
    (passage,) = places(filled, "Ines Falk asks for a brighter lamp on the quay")
    assert passage.text == (
        "Dr. Ines Falk had asked for brighter lamps on the north quay, and the council refused."
    )
    assert passage.path == "articles/lamps.txt"
    with filled.session() as session:
        text = queries.passage(session, passage.version_id)
    assert text[passage.start : passage.end] == passage.text


def test_a_claim_of_two_sentences_is_found_whole(filled: Store) -> None:
    (passage,) = places(filled, "Nobody else had spoken and then the meeting was closed early")
    assert passage.text == "Nobody else spoke. The meeting closed early."


def test_passages_come_best_first(filled: Store) -> None:
    paths = [passage.path for passage in places(filled, "raise harbour tolls before winter")]
    assert paths[0] == "articles/tolls.txt"
    assert "articles/lamps.txt" not in paths
    assert len(places(filled, "winter tolls", limit=1)) == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40))
@example('tolls" OR "winter')
@example("NEAR(tolls winter) AND text:harbour*")
@example("'; DROP TABLE quotation; --")
@example("tolls\0winter")
@example("tolls 1 " * 500)
def test_any_text_is_data(filled: Store, claim: str) -> None:
    found(filled, claim)
    places(filled, claim)


def test_what_a_claim_asks_twice_is_read_once(filled: Store) -> None:
    """Whoever said it: the index and the rows are read for the claim, not for each question."""
    with filled.session() as session:
        those = Candidates(session, "raise the harbour tolls before winter")
        first = those.near(limit=5)
        asked: list[str] = []
        connection = session.connection()
        event.listen(
            connection, "before_cursor_execute", lambda *given: asked.append(given[2]), named=False
        )
        speaker = queries.speaker(session, "Mara Lindqvist").id
        asked.clear()
        assert those.near(limit=5) == first
        assert asked == []
        assert set(those.near(speakers=[speaker], limit=5)) <= set(first)
        assert not any("MATCH" in sql for sql in asked)


def test_rows_that_cannot_hold_enough_are_left_out(filled: Store) -> None:
    with filled.session() as session:
        connection = session.connection()
        words = sought(Counts(connection, "fulltext_quotation"), "raise harbour tolls in winter")
        worth = Worth(words)
        texts = {one.id: one.text for one in session.scalars(select(Quotation))}
        everything = ranked(connection, "fulltext_quotation", words)
        enough = ranked(connection, "fulltext_quotation", words, least=0.6)
        assert enough == everything[: len(enough)]
        assert 0 < len(enough) < len(everything)
        assert {key for key, text in texts.items() if worth.of(text) >= 0.6} <= set(enough)


@given(st.text(min_size=1))
@example("Flies")
@example("Éclairs")
@example("ßed")
def test_a_stem_begins_as_its_word(word: str) -> None:
    folded = folded_word(word)
    assert stem(folded)[:2] == folded[:2]
