"""Reviews over new runs and new versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotes.pipeline import Result
from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store import Store, queries, reviewing
from quotes.store.audit import audit
from quotes.store.embeddings import coverage
from quotes.store.inheriting import orphans
from quotes.store.models import DocumentVersion
from quotes.store.models.base import now
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import save_result, see_again, start_run
from tests.store.builders import find, make_document, store_documents
from tests.store.meant import add_vectors, store_with_vectors
from tests.store.test_reviewing import act, id_of, name_of, place, record, records, speaker_id

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = "“The harbour bridge will not be painted again before the spring fair opens,”"
TEXT = (
    f"The council met on Monday. {LONG} said Ada Moss. “No,” said Bo Lund. It rained till noon.\n"
    "A clerk counted the boats. “No,” said Bo Lund. The fair went on.\n"
)
NO = "“No,”"


@pytest.fixture
def version_id(store: Store) -> int:
    return put(store, TEXT)


def put(store: Store, text: str) -> int:
    (saved,) = store_documents(store, make_document(text))
    return saved.version_id


def again(store: Store, version_id: int, quotations: Sequence[Quotation] | None = None) -> None:
    """Extract a version again, with the toy pipeline or with these quotations."""
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="later", version="2", models={}, config={})
        version = session.get_one(DocumentVersion, version_id)
        found = find(version.text) if quotations is None else tuple(quotations)
        save_result(
            session, version, Result(text=version.text, quotations=found), run_id, SpeakerBook()
        )


def orphaned(store: Store) -> list[str]:
    with store.session() as session:
        return [one.record["content"]["text"] for one in orphans(session)]


def texts(store: Store) -> list[str]:
    return [one["content"]["text"] for one in records(store)]


def test_a_new_run_takes_on_the_review_of_the_same_words(store: Store, version_id: int) -> None:
    id_ = id_of(store, LONG)
    act(store, reviewing.reassign, id_, speaker_id=speaker_id(store, "Bo Lund"))
    # Another model finds no cue, so that the quotation has another id, and somebody else.
    first, *rest = find(TEXT)
    other = Attribution(name="Cy Dale", kind=SpeakerKind.PERSON, method="name")
    again(store, version_id, [replace(first, cue=(), attribution=other), *rest])
    found = record(store, LONG)
    assert found["id"] != id_
    assert (name_of(found), found["status"]) == ("Bo Lund", "corrected")
    with store.session() as session:
        stored = queries.quotation(session, id_)
    assert stored.record["id"] == found["id"]
    assert [(one.action, one.inherits is None) for one in stored.reviews] == [
        ("reassign", True),
        ("inherit", False),
    ]
    assert orphaned(store) == []
    # To take back what an earlier run's row was given lets the new run's own speaker hold.
    act(store, reviewing.undo, id_)
    back = record(store, LONG)
    assert (name_of(back), back["status"]) == ("Cy Dale", "machine")
    again(store, version_id)
    assert name_of(record(store, LONG)) == "Ada Moss"
    assert list(audit(store)) == []


def test_what_was_confirmed_keeps_its_speaker(store: Store, version_id: int) -> None:
    act(store, reviewing.confirm, id_of(store, LONG))
    first, *rest = find(TEXT)
    other = Attribution(name="Cy Dale", kind=SpeakerKind.PERSON, method="name")
    again(store, version_id, [replace(first, attribution=other), *rest])
    found = record(store, LONG)
    assert (name_of(found), found["status"]) == ("Ada Moss", "confirmed")
    act(store, reviewing.undo, found["id"])
    assert name_of(record(store, LONG)) == "Cy Dale"


def test_what_a_run_no_longer_finds_is_an_orphan_until_another_does(
    store: Store, version_id: int
) -> None:
    act(store, reviewing.reject, id_of(store, LONG))
    again(store, version_id, find(TEXT)[1:])
    assert orphaned(store) == [LONG]
    again(store, version_id)
    assert orphaned(store) == []
    with store.session() as session:
        assert queries.quotation(session, find_id(store)).record["status"] == "rejected"


def find_id(store: Store) -> str:
    with store.session() as session:
        return reviewing.log(session)[0].quotation


def test_added_and_edited_quotations_stay(store: Store, version_id: int) -> None:
    edited = act(store, reviewing.edit, id_of(store, LONG), content=place(LONG[1:-2], TEXT))
    with store.session(write=True) as session:
        added = reviewing.add(
            session, version_id=version_id, content=place("It rained", TEXT), by="Kim"
        )
    for _ in range(2):
        again(store, version_id)
        assert sorted(texts(store)) == sorted([LONG[1:-2], NO, NO, "It rained"])
        assert id_of(store, LONG[1:-2]) == edited
        assert id_of(store, "It rained") == added
        assert record(store, "It rained")["method"] == "manual"
        assert record(store, LONG[1:-2])["status"] == "corrected"
    assert orphaned(store) == []
    # Nothing is left of an edit that is taken back after a run.
    act(store, reviewing.undo, edited)
    assert sorted(texts(store)) == sorted([LONG, NO, NO, "It rained"])
    assert record(store, LONG)["status"] == "machine"
    again(store, version_id)
    assert sorted(texts(store)) == sorted([LONG, NO, NO, "It rained"])
    assert list(audit(store)) == []


def test_what_the_machine_finds_of_what_was_added_is_not_there_twice(
    store: Store, version_id: int
) -> None:
    with store.session(write=True) as session:
        reviewing.add(session, version_id=version_id, content=place("It rained", TEXT), by="Kim")
    found = Quotation(
        kind=Kind.INDIRECT, content=place("It rained", TEXT), cue=place("said", TEXT), method="new"
    )
    again(store, version_id, [*find(TEXT), found])
    assert texts(store).count("It rained") == 1
    assert record(store, "It rained")["method"] == "manual"


def test_a_changed_source_keeps_reviews_of_what_it_still_says(
    store: Store, version_id: int
) -> None:
    with store.session(write=True) as session:
        for one in list(queries.quotations(session)):
            reviewing.confirm(session, one.record["id"], by="Kim")
        reviewing.add(session, version_id=version_id, content=place("The fair went on", TEXT),
                      kind="indirect", by="Kim")  # fmt: skip
    changed = "A correction stands below.\n" + TEXT.replace("counted the boats", "slept")
    put(store, changed)
    found = {(one["content"]["text"], one["content"]["start"]): one for one in records(store)}
    status = [
        (words, one["status"]) for (words, _), one in sorted(found.items(), key=lambda f: f[0][1])
    ]
    # The second "No" stands between other words now, and which of the two it is hangs on them.
    assert status == [
        (LONG, "confirmed"),
        (NO, "confirmed"),
        (NO, "machine"),
        ("The fair went on", "corrected"),
    ]
    assert orphaned(store) == [NO]
    assert list(audit(store)) == []


def test_a_source_that_names_another_speaker_now_takes_nothing_on(
    store: Store, version_id: int
) -> None:
    act(store, reviewing.confirm, id_of(store, LONG))
    put(store, TEXT.replace("said Ada Moss", "said Eve Moss"))
    found = record(store, LONG)
    assert (name_of(found), found["status"]) == ("Eve Moss", "machine")
    assert orphaned(store) == [LONG]


def test_an_older_version_that_comes_back_knows_what_was_decided_since(
    store: Store, version_id: int
) -> None:
    act(store, reviewing.confirm, id_of(store, LONG))
    put(store, "Once more:\n" + TEXT)
    assert record(store, LONG)["status"] == "confirmed"
    act(store, reviewing.reject, id_of(store, LONG))
    with store.session(write=True) as session:
        see_again(session, version_id, now(), SpeakerBook())
    with store.session() as session:
        which = queries.Filter(status=("rejected",))
        (found,) = [one.record for one in queries.quotations(session, which)]
    assert (found["status"], found["content"]["start"]) == ("rejected", TEXT.index(LONG))
    act(store, reviewing.undo, found["id"])
    assert record(store, LONG)["status"] == "confirmed"


def test_an_edit_is_taken_back_in_a_changed_source(store: Store, version_id: int) -> None:
    act(store, reviewing.edit, id_of(store, LONG), content=place(LONG[1:-2], TEXT))
    put(store, "Once more:\n" + TEXT)
    edited = record(store, LONG[1:-2])
    assert edited["status"] == "corrected"
    assert name_of(edited) == "Ada Moss"
    assert LONG not in texts(store)
    act(store, reviewing.undo, edited["id"])
    assert LONG in texts(store)
    assert LONG[1:-2] not in texts(store)
    assert list(audit(store)) == []


def test_what_people_added_needs_no_vector_and_keeps_one_that_it_has(store: Store) -> None:
    (version_id,) = store_with_vectors(store, make_document(TEXT))
    with store.session(write=True) as session:
        # The words of another quotation, so that the toy encoder knows them; and words of its own.
        content = (Span(TEXT.rindex(NO), TEXT.rindex(NO) + len(NO)),)
        reviewing.add(session, version_id=version_id, content=content, by="Kim")
        reviewing.add(session, version_id=version_id, content=place("It rained", TEXT), by="Kim")
    add_vectors(store, version_id)
    again(store, version_id, find(TEXT)[:1])
    with store.session() as session:
        found = coverage(session)
    # Of three only the words that nobody encoded have none, and those of the new run.
    assert (found.quotations, found.quotations_with) == (3, 1)
    assert add_vectors(store, version_id) == 1
    assert list(audit(store)) == []
