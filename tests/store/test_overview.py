"""The numbers of a collection against counting every current quotation."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from quotes.store import Store, queries, reviewing
from quotes.store.models import Attribution, Quotation
from quotes.store.overview import latest, overview
from tests.store.builders import make_document, store_documents

TEXT = (
    "“We wait for the boat,” said Ada Quill.\n\n“So do we,” said Bo Marsh.\n\n"
    "“And I,” said a clerk.\n\n“It is late,” said Ada Quill.\n"
)


@pytest.fixture
def papers(store: Store) -> Store:
    """Three papers, one of which has changed, with reviews that reject, edit, give away and add."""
    store_documents(
        store,
        make_document(TEXT, name="one.txt", published_at=datetime(2025, 3, 4, tzinfo=UTC)),
        make_document(TEXT.replace("boat", "train"), name="two.txt"),
        make_document(TEXT.replace("boat", "tram"), name="three.txt"),
    )
    store_documents(store, make_document("“It rained,” said Ada Quill.", name="two.txt"))
    with store.session(write=True) as session:
        first, second, third, fourth, fifth, *_ = queries.quotations(session)
        reviewing.reject(session, first.record["id"], by="Kim")
        reviewing.reassign(session, second.record["id"], speaker_id=None, by="Kim")
        reviewing.edit(session, third.record["id"], cue=(), by="Kim")
        speaker = fourth.record["speaker"]
        assert speaker is not None
        reviewing.reassign(session, second.record["id"], speaker_id=speaker["id"], by="Kim")
        reviewing.reject(session, fifth.record["id"], by="Kim")
        reviewing.undo(session, fifth.record["id"], by="Kim")
    return store


def test_they_are_what_counting_one_by_one_gives(papers: Store) -> None:
    with papers.session() as session:
        found = list(queries.quotations(session))
        numbers = overview(session)
        stored = session.scalar(select(func.count()).select_from(Quotation)) or 0
        given = session.scalar(select(func.count()).select_from(Attribution)) or 0
    # There is something to leave out, of each sort.
    assert stored > len(found)
    assert given > stored
    speakers = Counter(one.record["speaker"]["id"] for one in found if one.record["speaker"])
    assert numbers.quotations == len(found)
    assert numbers.counts == speakers
    assert numbers.speakers == len(speakers)
    assert numbers.unattributed == len(found) - speakers.total()
    assert numbers.by_kind == Counter(one.record["kind"] for one in found)
    dated = [one for one in found if one.record["document"]["published_at"]]
    assert numbers.undated == len(found) - len(dated)
    assert numbers.by_day[datetime(2025, 3, 4, tzinfo=UTC).date()] == len(dated)
    assert sum(numbers.by_day.values()) == len(found)


def test_the_latest_are_looked_for_behind_many_that_no_longer_count(papers: Store) -> None:
    with papers.session(write=True) as session:
        before = [one.record["id"] for one in latest(session, limit=9)]
        for id_ in before[:3]:
            reviewing.reject(session, id_, by="Kim")
        assert [one.record["id"] for one in latest(session, limit=1)] == before[3:4]
