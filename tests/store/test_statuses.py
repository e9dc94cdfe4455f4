"""How reviews count in listings, searches and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store, queries, reviewing, variants
from quotes.verification.utterances import join, rebuild
from quotes.verification.verify import verify
from tests.store.builders import make_document, store_documents
from tests.store.test_reviewing import act, id_of

if TYPE_CHECKING:
    from quotes.records import QuotationRecord

TEXT = (
    "“Rain is near,” said Ada Moss. “Dry days,” said Bo Lund. “Wet nights,” said Ada Moss. "
    "“Hail again,” said Bo Lund.\n"
)
STATUSES = ("machine", "confirmed", "corrected", "rejected")


@pytest.fixture
def reviewed(store: Store) -> Store:
    """One quotation of each status."""
    store_documents(store, make_document(TEXT))
    act(store, reviewing.confirm, id_of(store, "“Dry days,”"))
    act(store, reviewing.reassign, id_of(store, "“Wet nights,”"), speaker_id=None)
    act(store, reviewing.reject, id_of(store, "“Hail again,”"))
    return store


def listed(store: Store, *status: str) -> list[QuotationRecord]:
    with store.session() as session:
        which = queries.Filter(status=status)
        return [one.record for one in queries.quotations(session, which)]


def test_a_filter_by_status_shows_these_alone(reviewed: Store) -> None:
    by_status = {one: [found["status"] for found in listed(reviewed, one)] for one in STATUSES}
    assert by_status == {one: [one] for one in STATUSES}
    assert [one["status"] for one in listed(reviewed, "rejected", "machine")] == [
        "machine",
        "rejected",
    ]
    assert len(listed(reviewed, *STATUSES)) == 4


def test_what_is_rejected_is_left_out_and_counted(reviewed: Store) -> None:
    assert [one["status"] for one in listed(reviewed)] == ["machine", "confirmed", "corrected"]
    with reviewed.session() as session:
        assert queries.left_out(session, queries.Filter()) == 1
        assert queries.left_out(session, queries.Filter(contains="rain")) == 0
        assert queries.left_out(session, queries.Filter(status=("machine",))) == 0
        (source,) = queries.sources(session)
        assert source.quotations == 3
        (version,) = queries.versions(session, source.id)
        assert version.quotations == 3
        assert queries.speaker(session, "Bo Lund").quotations == 1
    act(reviewed, reviewing.undo, listed(reviewed, "rejected")[0]["id"])
    with reviewed.session() as session:
        assert queries.left_out(session, queries.Filter()) == 0
        assert queries.speaker(session, "Bo Lund").quotations == 2


def test_search_finds_what_is_rejected_only_where_it_is_asked_for(reviewed: Store) -> None:
    def found(*status: str) -> list[str | None]:
        with reviewed.session() as session:
            hits = queries.search(session, "hail", which=queries.Filter(status=status))
            return [hit.quotation for hit in hits]

    assert found("rejected") == [listed(reviewed, "rejected")[0]["id"]]
    assert found("machine") == []
    # The words still stand in the source, in no quotation that counts.
    assert found() == [None]


def test_verify_says_that_a_review_has_rejected_what_it_finds(reviewed: Store) -> None:
    with reviewed.session() as session:
        verdict = verify(session, speaker="Bo Lund", claim="Hail again")
        assert verdict.ruling != "verbatim"
        assert "a review has rejected this quotation" in verdict.matches[0].note
        assert verify(session, speaker="Bo Lund", claim="Dry days").ruling == "verbatim"


def test_verify_takes_edited_words_and_a_person_s_speaker(reviewed: Store) -> None:
    wet = listed(reviewed, "corrected")[0]["id"]
    with reviewed.session(write=True) as session:
        speaker = queries.speaker(session, "Bo Lund").id
        reviewing.reassign(session, wet, speaker_id=speaker, by="Kim")
    with reviewed.session() as session:
        verdict = verify(session, speaker="Bo Lund", claim="Wet nights")
        assert verdict.ruling == "verbatim"
        assert "a review has corrected" in verdict.matches[0].note
        assert verify(session, speaker="Ada Moss", claim="Wet nights").ruling == "misattributed"


def test_a_rejected_telling_tells_no_statement(store: Store) -> None:
    words = "“The ferry will sail every single hour of the day from now on,” said Ada Moss."
    first, second = store_documents(
        store,
        make_document(words, name="one.txt"),
        make_document("So it was told. " + words, name="two.txt"),
    )
    rebuild(store)
    with store.session(write=True) as session:
        assert variants.count(session) == 1
        id_ = next(iter(queries.quotations(session))).record["id"]
        reviewing.reject(session, id_, by="Kim")
        assert variants.count(session) == 0
        join(session, [first.version_id, second.version_id])
        reviewing.undo(session, id_, by="Kim")
        assert variants.count(session) == 0
        join(session, [first.version_id])
        assert variants.count(session) == 1
