from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import MalformedQuery
from quotes.store import Store, paging, queries, reviewing
from quotes.store.paging import Cursor, page
from quotes.store.values import Filter
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("Ada Quill", "Bo Marsh", "a clerk")
FILTERS = st.builds(
    Filter,
    speaker=st.sampled_from([None, "Quill", "Bo Marsh", "nobody"]),
    kind=st.sampled_from([None, "direct", "mixed"]),
    act=st.sampled_from([(), ("speech",), ("thought",)]),
    status=st.sampled_from([(), ("confirmed",), ("rejected", "machine")]),
    source=st.sampled_from([None, "3.txt", "Paper 2"]),
    since=st.sampled_from([None, datetime(2025, 3, 4, tzinfo=UTC)]),
    until=st.sampled_from([None, datetime(2025, 3, 6, tzinfo=UTC)]),
    contains=st.sampled_from([None, "boat", "the 5th", "owl"]),
    min_confidence=st.sampled_from([None, 0.5, 0.95]),
)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of nine papers, some of whose quotations were reviewed, one read twice."""
    url = f"sqlite:///{tmp_path_factory.mktemp('paging') / 'quotes.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("databases").filled()
    with Store(url, create=True) as store:
        documents = [
            make_document(
                "".join(
                    f"“The {n}th boat of {day} has sailed,” said {NAMES[n % 3]}.\n"
                    for n in range(day)
                ),
                name=f"{day}.txt",
                title=f"Paper {day}",
                published_at=datetime(2025, 3, day, tzinfo=UTC),
            )
            for day in range(1, 10)
        ]
        store_documents(store, *documents)
        store_documents(store, make_document("“The boat is back,” said Ada Quill.", name="4.txt"))
        with store.session(write=True) as session:
            found = [one.record["id"] for one in queries.quotations(session)]
            for id_ in found[::5]:
                reviewing.reject(session, id_, by="Kim")
            for id_ in found[1::5]:
                reviewing.confirm(session, id_, by="Kim")
    return url


def at_any_size(test: Callable[..., None]) -> Callable[..., None]:
    """Try a test with any filter, length of a page, and number of quotations that are enough."""
    drawn = given(which=FILTERS, limit=st.integers(1, 12), enough=st.sampled_from([1, 7, 20_000]))
    checked = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    return checked(drawn(test))


def look_no_further(monkeypatch: pytest.MonkeyPatch, enough: int) -> None:
    """Let a page be over after so few quotations, and a speaker of more be one of many."""
    for name in ("MOST_LOOKED_AT", "MOST_READ", "_FEW"):
        monkeypatch.setattr(paging, name, enough)
    monkeypatch.setattr(paging, "_FIRST_DOCUMENTS", 2)


def all_pages(store: Store, which: Filter, limit: int) -> list[list[str]]:
    pages, after = [], None
    while True:
        with store.session() as session:
            found = page(session, which, after=after, limit=limit)
        pages.append([one.record["id"] for one in found.quotations])
        if found.next is None:
            return pages
        # As it goes through an address.
        after = Cursor.read(str(found.next))


@at_any_size
def test_all_pages_together_are_the_list(
    filled: str, monkeypatch: pytest.MonkeyPatch, which: Filter, limit: int, enough: int
) -> None:
    look_no_further(monkeypatch, enough)
    with Store(filled) as store:
        with store.session() as session:
            whole = [one.record["id"] for one in queries.quotations(session, which)]
        pages = all_pages(store, which, limit)
    assert [id_ for one in pages for id_ in one] == whole
    assert all(len(one) <= limit for one in pages)


def test_a_page_that_looked_far_enough_ends_early(
    filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_READ", 10)
    monkeypatch.setattr(paging, "_FIRST_DOCUMENTS", 2)
    with Store(filled) as store, store.session() as session:
        found = page(session, Filter(contains="no such words"))
    assert found.quotations == []
    assert found.next is not None


def test_a_speaker_by_id_is_found_as_by_name(filled: str) -> None:
    with Store(filled) as store, store.session() as session:
        id_ = queries.speaker(session, "Bo Marsh").id
        by_id, by_name = (page(session, Filter(speaker=one)) for one in (id_, "Bo Marsh"))
    assert by_id.quotations == by_name.quotations != []


@given(st.builds(Cursor, *[st.integers(0, 10**18 - 1)] * 3, st.sampled_from(["q_0af", "~"])))
def test_a_place_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "1", "1.2.3", "1.2.3.x", "1.2.3.q_g", "-1.2.3.~", "١.2.3.~"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(MalformedQuery):
        Cursor.read(text)


def test_what_counts_of_a_version_is_in_order(filled: str) -> None:
    with Store(filled) as store, store.session() as session:
        source = queries.source(session, "9.txt")
        found = paging.of_version(session, source.version_id)
    assert len(found) == 9
    starts = [one.record["content"]["start"] for one in found]
    assert starts == sorted(starts)


@at_any_size
def test_going_back_from_any_page_shows_what_stands_before_it(
    filled: str, monkeypatch: pytest.MonkeyPatch, which: Filter, limit: int, enough: int
) -> None:
    look_no_further(monkeypatch, enough)
    with Store(filled) as store, store.session() as session:
        whole = [one.record["id"] for one in queries.quotations(session, which)]
        here = page(session, which, limit=limit)
        assert here.previous is None
        while here.next is not None:
            here = page(session, which, after=here.next, limit=limit)
        seen = [one.record["id"] for one in here.quotations]
        while here.previous is not None:
            here = page(session, which, before=Cursor.read(str(here.previous)), limit=limit)
            shown = [one.record["id"] for one in here.quotations]
            assert len(shown) <= limit
            # The first page is whole, and may show some that the page behind it has too.
            new = [one for one in shown if one not in seen]
            assert new == shown or here.previous is None
            seen = new + seen
        assert seen == whole


def test_from_a_page_gone_back_to_one_goes_on_to_the_next(filled: str) -> None:
    with Store(filled) as store, store.session() as session:
        first = page(session, limit=10)
        second = page(session, after=first.next, limit=10)
        third = page(session, after=second.next, limit=10)
        back = page(session, before=third.previous, limit=10)
        assert back.quotations == second.quotations
        assert page(session, after=back.next, limit=10).quotations == third.quotations
        assert page(session, before=back.previous, limit=10) == first
