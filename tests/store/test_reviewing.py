from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from quotes.errors import NotFound, OffsetError, RefusedDecision
from quotes.spans import Span
from quotes.store import Store, decisions, queries, reviewing
from quotes.store.audit import audit
from quotes.store.handmade import run_of
from quotes.store.new_speakers import new_speaker
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from quotes.records import QuotationRecord

TEXT = "“Rain is near,” said Ada Moss. “Dry days,” said Bo Lund. It stayed calm till noon."
RAIN, DRY = "“Rain is near,”", "“Dry days,”"


@pytest.fixture
def version_id(store: Store) -> int:
    (saved,) = store_documents(store, make_document(TEXT))
    return saved.version_id


def records(store: Store) -> list[QuotationRecord]:
    with store.session() as session:
        return [one.record for one in queries.quotations(session)]


def record(store: Store, words: str) -> QuotationRecord:
    (found,) = [one for one in records(store) if one["content"]["text"] == words]
    return found


def id_of(store: Store, words: str) -> str:
    return record(store, words)["id"]


def speaker_id(store: Store, name: str) -> str:
    with store.session() as session:
        return queries.speaker(session, name).id


def name_of(one: QuotationRecord) -> str | None:
    return one["speaker"]["name"] if one["speaker"] else None


def place(words: str, text: str = TEXT) -> tuple[Span, ...]:
    at = text.index(words)
    return (Span(at, at + len(words)),)


def act(store: Store, what: Callable[..., str], id_: str, **options: object) -> str:
    with store.session(write=True) as session:
        return what(session, id_, by="Kim", **options)


def actions(store: Store, id_: str) -> list[str]:
    with store.session() as session:
        return [one.action for one in reviewing.log(session, id_)]


def test_the_last_review_that_stands_decides(store: Store, version_id: int) -> None:
    id_ = id_of(store, RAIN)
    seen = []
    for what in (reviewing.confirm, reviewing.reject, reviewing.undo, reviewing.undo):
        assert act(store, what, id_, note="looked at it") == id_
        with store.session() as session:
            seen.append(queries.quotation(session, id_).record["status"])
    assert seen == ["confirmed", "rejected", "confirmed", "machine"]
    assert actions(store, id_) == ["confirm", "reject", "undo", "undo"]
    with store.session() as session:
        stored = queries.quotation(session, id_).reviews[0]
    assert (stored.reviewer, stored.note, stored.created_at.tzname()) == (
        "Kim",
        "looked at it",
        "UTC",
    )
    assert stored.old is not None
    assert stored.new is not None
    assert (stored.old["status"], stored.new["status"]) == ("machine", "confirmed")


def test_nothing_is_left_to_take_back(store: Store, version_id: int) -> None:
    with pytest.raises(RefusedDecision, match="none to take back"):
        act(store, reviewing.undo, id_of(store, RAIN))


def test_a_quotation_is_given_to_another_and_back(store: Store, version_id: int) -> None:
    id_, bo = id_of(store, RAIN), speaker_id(store, "Bo Lund")
    act(store, reviewing.reassign, id_, speaker_id=bo)
    given = record(store, RAIN)
    assert (name_of(given), given["status"], given["method"]) == ("Bo Lund", "corrected", "review")
    with store.session() as session:
        assert queries.speaker(session, "Bo Lund").quotations == 2
        assert queries.speaker(session, "Ada Moss").quotations == 0
    act(store, reviewing.reassign, id_, speaker_id=None)
    assert name_of(record(store, RAIN)) is None
    act(store, reviewing.undo, id_)
    assert name_of(record(store, RAIN)) == "Bo Lund"
    act(store, reviewing.undo, id_)
    back = record(store, RAIN)
    assert (name_of(back), back["status"], back["method"]) == ("Ada Moss", "machine", "name")
    assert list(audit(store)) == []


def test_whose_it_is_already_cannot_be_decided_again(store: Store, version_id: int) -> None:
    with pytest.raises(RefusedDecision, match="Ada Moss's already"):
        act(store, reviewing.reassign, id_of(store, RAIN), speaker_id=speaker_id(store, "Ada Moss"))
    with pytest.raises(NotFound, match="no speaker has the id"):
        act(store, reviewing.reassign, id_of(store, RAIN), speaker_id="s_0")


def test_edited_spans_go_on_under_an_id_of_their_own(store: Store, version_id: int) -> None:
    old = id_of(store, RAIN)
    new = act(store, reviewing.edit, old, content=place("“Rain is near"))
    assert new != old
    edited = record(store, "“Rain is near")
    assert (edited["id"], edited["status"], name_of(edited)) == (new, "corrected", "Ada Moss")
    assert edited["cue"] is not None
    assert len(records(store)) == 2
    with store.session() as session:
        assert queries.quotation(session, old).record["id"] == new
        assert [hit.quotation for hit in queries.search(session, "near")] == [new]
    assert act(store, reviewing.confirm, old) == new
    assert record(store, "“Rain is near")["status"] == "confirmed"
    assert act(store, reviewing.undo, new) == new
    assert act(store, reviewing.undo, new) == old
    assert record(store, RAIN)["status"] == "machine"
    with store.session() as session:
        assert queries.quotation(session, new).record["id"] == old
    assert actions(store, old) == ["edit", "confirm", "undo", "undo"]
    assert list(audit(store)) == []


def test_an_edit_can_be_made_again_and_on_top_of_another(store: Store, version_id: int) -> None:
    first = act(store, reviewing.edit, id_of(store, RAIN), content=place("Rain"))
    second = act(store, reviewing.edit, first, content=place("Rain is"), cue=())
    assert record(store, "Rain is")["cue"] is None
    assert act(store, reviewing.undo, second) == first
    assert act(store, reviewing.edit, first, content=place("Rain is"), cue=()) == second
    assert act(store, reviewing.edit, second, content=place(RAIN), cue=place("said")) != second
    assert len(records(store)) == 2
    assert list(audit(store)) == []


@pytest.mark.parametrize(
    ("spans", "error", "says"),
    [
        ((Span(0, 999),), OffsetError, "runs past the text's end"),
        ((Span(5, 9), Span(2, 4)), OffsetError, "precedes"),
        ((Span(5, 6),), OffsetError, "white space"),
        (place(RAIN), RefusedDecision, "these spans already"),
    ],
)
def test_spans_that_do_not_fit_are_refused(
    store: Store, version_id: int, spans: tuple[Span, ...], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        act(store, reviewing.edit, id_of(store, RAIN), content=spans)
    assert actions(store, id_of(store, RAIN)) == []


def add(session: Session, version_id: int, words: str, **options: object) -> str:
    return reviewing.add(session, version_id=version_id, content=place(words), by="Kim", **options)  # type: ignore[arg-type]  # the test names them rightly


def test_what_the_machine_missed_is_added_and_taken_back(store: Store, version_id: int) -> None:
    ada = speaker_id(store, "Ada Moss")
    with store.session(write=True) as session:
        id_ = add(session, version_id, "It stayed calm", speaker_id=ada, kind="indirect")
    added = record(store, "It stayed calm")
    assert (added["id"], added["method"], added["status"]) == (id_, "manual", "corrected")
    assert (name_of(added), added["kind"], added["confidence"]) == ("Ada Moss", "indirect", None)
    with store.session(write=True) as session, pytest.raises(RefusedDecision, match=id_):
        add(session, version_id, "It stayed calm")
    act(store, reviewing.undo, id_)
    assert [one["content"]["text"] for one in records(store)] == [RAIN, DRY]
    with pytest.raises(RefusedDecision, match="taken back"):
        act(store, reviewing.confirm, id_)
    with store.session(write=True) as session:
        assert add(session, version_id, "It stayed calm", kind="indirect") == id_
    assert name_of(record(store, "It stayed calm")) is None
    assert list(audit(store)) == []


def test_the_log_is_filtered(store: Store, version_id: int) -> None:
    act(store, reviewing.confirm, id_of(store, RAIN))
    with store.session(write=True) as session:
        reviewing.reject(session, id_of(store, DRY), by="Lou", note="an aside")
    with store.session() as session:
        first, second = reviewing.log(session)
        assert reviewing.log(session, by="Lou") == [second]
        assert reviewing.log(session, since=second.created_at) == [second]
        assert reviewing.log(session, id_of(store, RAIN)[:8]) == [first]


def test_the_run_of_a_version_that_none_finished_is_asked_for_in_vain(store: Store) -> None:
    with store.session() as session, pytest.raises(NotFound, match="quotes ingest"):
        run_of(session, 7)


def test_a_person_s_speaker_goes_where_its_names_are_led(store: Store, version_id: int) -> None:
    store_documents(store, make_document("“Sun,” said Mary Roe.", name="a.txt"))
    store_documents(store, make_document("“Wind,” said Mary Vale.", name="b.txt"))
    act(store, reviewing.reassign, id_of(store, RAIN), speaker_id=speaker_id(store, "Mary Roe"))
    with store.session(write=True) as session:
        decisions.merge(session, "Mary Roe", "Mary Vale", reviewer="Lou")
        assert queries.speaker(session, "Mary Vale").quotations == 3
    assert name_of(record(store, RAIN)) == "Mary Vale"
    with store.session(write=True) as session:
        decisions.undo(session, None, reviewer="Lou")
        assert queries.speaker(session, "Mary Roe").quotations == 2
    assert name_of(record(store, RAIN)) == "Mary Roe"
    assert record(store, RAIN)["status"] == "corrected"
    act(store, reviewing.undo, id_of(store, RAIN))
    assert name_of(record(store, RAIN)) == "Ada Moss"
    assert list(audit(store)) == []


def test_a_new_speaker_is_the_one_a_later_document_names(store: Store, version_id: int) -> None:
    with store.session(write=True) as session:
        ines = new_speaker(session, " Ines  Falk", version_id=version_id)
        reviewing.reassign(session, id_of(store, RAIN), speaker_id=ines, by="Kim")
        with pytest.raises(RefusedDecision, match="a speaker already"):
            new_speaker(session, "Ines Falk", version_id=version_id)
        with pytest.raises(RefusedDecision, match="no name"):
            new_speaker(session, "–", version_id=version_id)
        decisions.merge(session, "Ines Falk", "Bo Lund", reviewer="Kim")
        assert name_of(queries.quotation(session, id_of(store, RAIN)).record) == "Bo Lund"
        decisions.undo(session, None, reviewer="Kim")
    store_documents(store, make_document("“Sun,” said Ines Falk.", name="a.txt"))
    with store.session() as session:
        assert queries.speaker(session, "Ines Falk").quotations == 2
    assert list(audit(store)) == []


def test_who_belongs_to_one_document_speaks_in_no_other(store: Store, version_id: int) -> None:
    store_documents(store, make_document("“Hm,” said a guard.", name="a.txt"))
    guard = speaker_id(store, "a guard")
    with pytest.raises(RefusedDecision, match=r"belongs to articles/a\.txt alone"):
        act(store, reviewing.reassign, id_of(store, RAIN), speaker_id=guard)
    with store.session(write=True) as session:
        crowd = new_speaker(session, "the crowd", kind="group", version_id=version_id)
    act(store, reviewing.reassign, id_of(store, RAIN), speaker_id=crowd)
    assert record(store, RAIN)["speaker"] == {"id": crowd, "name": "the crowd", "kind": "group"}


def test_two_reviewers_at_once_lose_nothing(store: Store, version_id: int) -> None:
    id_ = id_of(store, RAIN)
    gate = threading.Barrier(2)

    def review(name: str) -> None:
        gate.wait()
        for _ in range(10):
            with store.session(write=True) as session:
                reviewing.confirm(session, id_, by=name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(review, ("Kim", "Lou")))
    with store.session() as session:
        assert Counter(one.reviewer for one in reviewing.log(session, id_)) == {
            "Kim": 10,
            "Lou": 10,
        }


def test_an_undo_takes_back_what_another_session_decided_last(
    store: Store, version_id: int
) -> None:
    with Store(store.url.render_as_string(hide_password=False)) as other:
        act(other, reviewing.reject, id_of(store, RAIN))
    act(store, reviewing.confirm, id_of(store, DRY))
    rejected = [one["id"] for one in records(store)]
    assert rejected == [id_of(store, DRY)]
    with store.session() as session:
        (id_,) = [one.quotation for one in reviewing.log(session) if one.action == "reject"]
    act(store, reviewing.undo, id_)
    assert record(store, RAIN)["status"] == "machine"
