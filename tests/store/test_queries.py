"""Reading back: records, filters, order, what counts as current."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from quotes.errors import Ambiguous, NotFound, StoreError
from quotes.pipeline import Result
from quotes.quotation import SpeakerKind
from quotes.records import quotation_records
from quotes.store import Store, queries
from quotes.store.models import DocumentVersion
from quotes.store.people import bearers
from quotes.store.speaker_book import SpeakerBook
from quotes.store.values import Filter, StoredSpeaker
from quotes.store.writer import save_failure, save_result, start_run
from tests.store.builders import find, make_document, store_documents

if TYPE_CHECKING:
    from sqlalchemy import Connection

SUMMIT = make_document(
    "Talks began.\n“It’s a  start,” said Ada Moss to the press. “No,” said a guard.\n",
    title="Summit at the Café",
    published_at=datetime(2025, 3, 1, tzinfo=UTC),
)
HARBOUR = make_document(
    "“We wait,” said Moss. “So do we,” said Bo Lund.",
    name="harbour news.txt",
    published_at=datetime(2025, 4, 1, tzinfo=UTC),
)


def texts(store: Store, which: Filter | None = None, **window: Any) -> list[str]:
    with store.session() as session:
        found = queries.quotations(session, which, **window)
        return [one.record["content"]["text"] for one in found]


def test_what_has_no_confidence_passes_every_minimum(store: Store) -> None:
    store_documents(store, SUMMIT)
    with store.session(write=True) as session:
        session.execute(text("UPDATE quotation SET confidence = NULL WHERE text LIKE '%No%'"))
    assert len(texts(store, Filter(min_confidence=0.9))) == 2
    assert texts(store, Filter(min_confidence=0.91)) == ["“No,”"]


def test_a_stored_record_is_the_extracted_record(store: Store) -> None:
    store_documents(store, SUMMIT)
    with store.session() as session:
        stored = [one.record for one in queries.quotations(session)]
    assert stored == quotation_records(SUMMIT, find(SUMMIT.text))


def test_everything_that_proves_a_quotation(store: Store) -> None:
    (saved,) = store_documents(store, SUMMIT)
    with store.session() as session:
        first = next(queries.quotations(session))
    assert first.version_id == saved.version_id
    assert first.addressee is not None
    assert first.addressee["text"] == " to the press"
    (step,) = first.evidence
    assert SUMMIT.text[step.start : step.end] == step.text == "Ada Moss"
    assert first.attribution_confidence == 0.8
    assert first.run.pipeline == "toy"
    assert first.ingested_at.tzinfo is UTC
    assert first.current


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Filter(speaker="Moss"), ["“It’s a  start,”", "“We wait,”"]),
        (Filter(speaker="moss ada"), ["“It’s a  start,”", "“We wait,”"]),
        (Filter(speaker="Ms. Ada Moss"), ["“It’s a  start,”", "“We wait,”"]),
        (Filter(speaker="Mos"), []),
        (Filter(speaker="%"), []),
        (Filter(kind="indirect"), []),
        (Filter(kind="direct", act=("speech",), speaker="lund"), ["“So do we,”"]),
        (Filter(source="summit.txt"), ["“It’s a  start,”", "“No,”"]),
        (Filter(source="mmit.txt"), []),
        (Filter(source="./articles/summit.txt"), ["“It’s a  start,”", "“No,”"]),
        (Filter(source="/articles/harbour news.txt"), ["“We wait,”", "“So do we,”"]),
        (Filter(source="the cafe"), ["“It’s a  start,”", "“No,”"]),
        (Filter(source=SUMMIT.id[:9]), ["“It’s a  start,”", "“No,”"]),
        (Filter(source="%"), []),
        (Filter(since=datetime(2025, 4, 1, tzinfo=UTC)), ["“We wait,”", "“So do we,”"]),
        (Filter(until=datetime(2025, 4, 1, tzinfo=UTC)), ["“It’s a  start,”", "“No,”"]),
        (Filter(contains="it's a start"), ["“It’s a  start,”"]),
        (Filter(contains="DO WE"), ["“So do we,”"]),
        (Filter(contains="_"), []),
        (Filter(), ["“It’s a  start,”", "“No,”", "“We wait,”", "“So do we,”"]),
    ],
)
def test_filters(store: Store, which: Filter, expected: list[str]) -> None:
    store_documents(store, SUMMIT, HARBOUR)
    assert texts(store, which) == expected


def test_a_time_in_another_zone_is_the_same_moment(store: Store) -> None:
    store_documents(store, SUMMIT)
    earlier = datetime.fromisoformat("2025-03-01T08:59:59+09:00")
    assert texts(store, Filter(since=earlier)) == texts(store)
    assert texts(store, Filter(until=earlier)) == []


def test_sources_without_a_date_are_dated_by_their_ingest(store: Store) -> None:
    store_documents(store, make_document("“Rain,” said Ada Moss."))
    assert texts(store, Filter(since=datetime(2026, 1, 1, tzinfo=UTC))) == ["“Rain,”"]
    assert texts(store, Filter(until=datetime(2026, 1, 1, tzinfo=UTC))) == []


def test_limit_and_offset(store: Store) -> None:
    store_documents(store, SUMMIT, HARBOUR)
    assert texts(store, limit=2, offset=1) == ["“No,”", "“We wait,”"]


def test_a_changed_source_shows_its_new_words_only(store: Store) -> None:
    store_documents(store, make_document("“Old,” said Ada Moss."))
    store_documents(store, make_document("“New,” said Ada Moss."))
    assert texts(store) == ["“New,”"]
    with store.session() as session:
        source = queries.source(session, "summit.txt")
        assert (source.versions, source.quotations) == (2, 1)
        assert [one.current for one in queries.versions(session, source.id)] == [False, True]
        assert [one.quotations for one in queries.versions(session, source.id)] == [1, 1]


def test_a_source_that_is_restored_shows_its_old_words_again(store: Store) -> None:
    old, new = make_document("“Old,” said Ada Moss."), make_document("“New,” said Ada Moss.")
    for document in (old, new, old):
        store_documents(store, document)
    assert texts(store) == ["“Old,”"]


def _again(store: Store, version_id: int, *, fail: bool = False) -> None:
    """Run over a stored version again, finding nothing."""
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="later", version="2", models={}, config={})
        version = session.get_one(DocumentVersion, version_id)
        if fail:
            save_failure(session, version_id, run_id, "it fell over")
        else:
            save_result(
                session, version, Result(text=version.text, quotations=()), run_id, SpeakerBook()
            )


def test_a_later_run_that_failed_hides_nothing(store: Store) -> None:
    (saved,) = store_documents(store, SUMMIT)
    _again(store, saved.version_id, fail=True)
    assert len(texts(store)) == 2


def test_what_a_later_run_dropped_is_found_by_its_id_only(store: Store) -> None:
    (saved,) = store_documents(store, SUMMIT)
    with store.session() as session:
        id_ = next(queries.quotations(session)).record["id"]
    _again(store, saved.version_id)
    assert texts(store) == []
    with store.session() as session:
        found = queries.quotation(session, id_)
    assert not found.current
    assert found.run.pipeline == "toy"


def test_reviews_hold_over_a_new_run(store: Store) -> None:
    (saved,) = store_documents(store, SUMMIT)
    with store.session(write=True) as session:
        session.execute(
            text(
                "INSERT INTO review (quotation_id, reviewer, created_at, action, status) VALUES"
                " (1, 'eve', '2026-01-01 10:00:00', 'reject', 'rejected'),"
                " (1, 'eve', '2026-01-01 10:00:00', 'undo', 'machine'),"
                " (1, 'eve', '2026-01-02 10:00:00', 'confirm', 'confirmed')"
            )
        )
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="later", version="2", models={}, config={})
        version = session.get_one(DocumentVersion, saved.version_id)
        result = Result(text=SUMMIT.text, quotations=find(SUMMIT.text))
        save_result(session, version, result, run_id, SpeakerBook())
    with store.session() as session:
        first, second = queries.quotations(session)
    assert first.run.pipeline == "later"
    assert [review.action for review in first.reviews] == [
        *("reject", "undo", "confirm", "inherit")
    ]
    assert (first.record["status"], second.record["status"]) == ("confirmed", "machine")


def test_the_number_of_statements_does_not_grow_with_the_rows(store: Store) -> None:
    store_documents(store, *(
        make_document(f"“Word {n},” said Ada Moss. “Yes,” said Bo Lund.", name=f"{n}.txt")
        for n in range(30)
    ))  # fmt: skip
    statements: list[str] = []

    def count(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", count)
    try:
        assert len(texts(store)) == 60
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    # BEGIN, the rows, their spans, their reviews.
    assert len(statements) <= 4


def test_no_statement_reads_a_whole_version_for_each_quotation(sqlite_store: Store) -> None:
    store_documents(sqlite_store, SUMMIT)
    plans: list[str] = []

    def explain(connection: Connection, cursor: Any, sql: str, values: Any, *_: object) -> None:
        if sql.startswith("SELECT"):
            rows = connection.connection.cursor().execute("EXPLAIN QUERY PLAN " + sql, values)
            plans.append("\n".join(str(row[3]) for row in rows))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        assert len(texts(sqlite_store)) == 2
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    # Only the listing itself goes through versions; spans and reviews are found by their own keys.
    rows, *details = plans
    assert "version_id" in rows
    assert len(details) == 2
    assert not [plan for plan in details if "version_id" in plan]


def test_quotation_by_prefix(store: Store) -> None:
    store_documents(store, SUMMIT)
    with store.session() as session:
        first, second = queries.quotations(session)
        id_ = first.record["id"]
        assert queries.quotation(session, id_) == first
        assert queries.quotation(session, id_[2:12]) == first
        assert second.record["id"][:3] != "q__"
        with pytest.raises(Ambiguous, match=id_):
            queries.quotation(session, "q_")
        with pytest.raises(NotFound):
            queries.quotation(session, "q_zz")
        with pytest.raises(NotFound):
            queries.quotation(session, "%")


def test_source_by_name(store: Store) -> None:
    store_documents(store, SUMMIT, HARBOUR)
    with store.session() as session:
        for ref in (HARBOUR.id, HARBOUR.uri, HARBOUR.path, "harbour news.txt"):
            assert queries.source(session, ref).id == HARBOUR.id
        assert queries.source(session, "harbour%20news.txt").id == HARBOUR.id
        with pytest.raises(Ambiguous, match=HARBOUR.id):
            queries.source(session, "d_")
        for ref in ("", "nowhere.txt"):
            with pytest.raises(NotFound):
                queries.source(session, ref)


def test_passage(store: Store) -> None:
    (saved,) = store_documents(store, SUMMIT)
    with store.session() as session:
        assert queries.passage(session, saved.version_id) == SUMMIT.text
        assert queries.raw_bytes(session, saved.version_id) == SUMMIT.raw
        with pytest.raises(NotFound):
            queries.passage(session, 99)


def test_speakers(store: Store) -> None:
    store_documents(store, SUMMIT, HARBOUR)
    with store.session() as session:
        listed = {one.name: one for one in queries.speakers(session)}
        assert set(listed) == {"Ada Moss", "a guard", "Bo Lund"}
        moss = listed["Ada Moss"]
        assert (moss.aliases, moss.quotations, moss.documents) == (("Moss",), 2, 2)
        assert [one.name for one in queries.speakers(session, "lun")] == ["Bo Lund"]
        assert [one.name for one in queries.speakers(session, "moss ada")] == ["Ada Moss"]
        assert queries.speaker(session, "Mr. Lund").name == "Bo Lund"
        assert queries.speaker(session, moss.id) == moss
        assert queries.speaker(session, "A. Moss").name == "Ada Moss"
        with pytest.raises(NotFound):
            queries.speaker(session, "Kovacs")


def test_a_surname_of_two_is_ambiguous(store: Store) -> None:
    store_documents(
        store, make_document("“Yes,” said Ada Moss. “No,” said Ivo Moss. “Oh,” said Moss.")
    )
    with store.session() as session, pytest.raises(Ambiguous) as caught:
        queries.speaker(session, "Moss")
    assert "Ada Moss (s_" in str(caught.value)
    assert "Ivo Moss (s_" in str(caught.value)


def test_who_bears_a_name_comes_before_whose_name_has_it() -> None:
    def stored(name: str, kind: SpeakerKind) -> StoredSpeaker:
        return StoredSpeaker(
            id=f"s_{name}",
            name=name,
            kind=kind,
            external_id=None,
            aliases=(),
            quotations=1,
            documents=1,
        )

    moss = stored("Ada Moss", SpeakerKind.PERSON)
    office = stored("Moss & Lund", SpeakerKind.ORGANISATION)
    friend = stored("a friend of Moss", SpeakerKind.UNNAMED)
    assert bearers([friend, office, moss]) == [moss]
    assert bearers([friend, office]) == [office]
    assert bearers([friend]) == [friend]


def test_nobody_has_a_name_of_a_thousand_words(store: Store) -> None:
    store_documents(store, make_document("“Rain,” said Ada Moss."))
    with store.session() as session:
        for name in ("A>" * 500, "Ada " * 61, "Moss " * 2_000):
            assert list(queries.quotations(session, Filter(speaker=name))) == []
        assert list(queries.quotations(session, Filter(speaker="Ada Moss")))


def test_half_a_character_is_refused_in_a_line(store: Store) -> None:
    with pytest.raises(StoreError, match="half a character"), store.session() as session:
        list(queries.quotations(session, Filter(contains="\udcff")))
