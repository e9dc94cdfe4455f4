"""What people decide about speakers holds, whatever the machine does later, and can be undone."""

from __future__ import annotations

import pytest

from quotes.errors import NotFound, RefusedDecision
from quotes.store import Store, decisions, queries
from quotes.store.audit import audit
from quotes.store.models import DocumentVersion
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import save_result, start_run
from tests.store.test_speaker_book import Named, article, empty, listed, names, put, store, told

__all__ = ["empty", "store"]


def split(opened: Store, name: str, number: int) -> str:
    document, _ = article(number)
    with opened.session(write=True) as session:
        _, id_ = decisions.split(session, name, document=document.id, reviewer="Kim", note="no")
    return id_


def merge(opened: Store, name: str, into: str) -> None:
    with opened.session(write=True) as session:
        decisions.merge(session, name, into, reviewer="Kim")


def undo(opened: Store, id_: int | None = None) -> str:
    with opened.session(write=True) as session:
        return decisions.undo(session, id_, reviewer="Kim")


def extract_again(opened: Store, number: int, *people: Named) -> None:
    document, _ = article(number, *people)
    _, result = article(number, *people)
    with opened.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="2", models={}, config={})
        found = queries.versions(session, document.id)[0]
        version = session.get_one(DocumentVersion, found.id)
        save_result(session, version, result, run, SpeakerBook())


THREE = [article(1, ("Ada Moss", "Moss")), article(2, ("Moss",)), article(3, ("Ada Moss",))]


def test_a_split_takes_one_document_out(store: Store) -> None:
    put(store, THREE)
    id_ = split(store, "Ada Moss", 3)
    with store.session() as session:
        assert queries.speaker(session, id_).quotations == 1
        (own,) = queries.merges(session, id_)
    assert (own.reason, own.decision) == ("split", 1)
    assert len({one for one, _ in told(store).values()}) == 2
    assert names(store) == ["Ada Moss", "Ada Moss", "Ada Moss"]
    assert list(audit(store)) == []


def test_a_split_outlasts_later_documents_and_extractions(store: Store) -> None:
    put(store, THREE)
    id_ = split(store, "Ada Moss", 3)
    put(store, [article(4, ("Ada Moss",)), article(5, ("Moss",))])
    extract_again(store, 3, ("Ada Moss",))
    place = ("articles/3.txt", 4)
    assert told(store)[place][0] == id_
    # Another name for the same person in the same document is bound by it too.
    extract_again(store, 3, ("Ada B. Moss", "Ada Moss"))
    with store.session() as session:
        (bound,) = queries.merges(session, told(store)[place][0])
    assert (bound.name, bound.decision) == ("Ada B. Moss", 1)
    assert len({one for one, _ in told(store).values()}) == 2


def test_a_split_name_does_not_make_others_doubtful(store: Store) -> None:
    put(store, THREE)
    split(store, "Ada Moss", 2)
    assert names(store) == ["Ada Moss", "Moss", "Ada Moss"]
    put(store, [article(4, ("Moss",))])
    assert names(store) == ["Ada Moss", "Moss", "Ada Moss", "Ada Moss"]


def test_an_undone_split_leaves_what_was_before(store: Store) -> None:
    put(store, THREE)
    before, speakers = told(store), listed(store)
    split(store, "Ada Moss", 2)
    assert undo(store) == "split of Moss in articles/2.txt"
    assert (told(store), listed(store)) == (before, speakers)
    extract_again(store, 2, ("Moss",))
    assert told(store) == before
    assert list(audit(store)) == []
    with pytest.raises(NotFound, match="no decision"):
        undo(store)


def test_two_speakers_become_one_and_two_again(store: Store) -> None:
    put(store, [article(1, ("Mary Moss",)), article(2, ("Mary Vale",)), article(3, ("Moss",))])
    before = told(store)
    merge(store, "Mary Moss", "Mary Vale")
    assert names(store) == ["Mary Vale"] * 3
    put(store, [article(4, ("Mary Moss", "Moss"))])
    assert names(store) == ["Mary Vale"] * 4
    assert undo(store, 1) == "merge of Mary Moss into Mary Vale"
    assert names(store) == ["Mary Moss", "Mary Vale", "Mary Moss", "Mary Moss"]
    assert {place: told(store)[place] for place in before} == before
    with store.session() as session:
        told_ = [(one.id, one.action, one.stands) for one in decisions.log(session)]
    assert told_ == [(1, "merge", False), (2, "undo", False)]


def test_a_surname_in_doubt_is_led_by_hand(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",)), article(2, ("Ivo Moss",)), article(3, ("Moss",))])
    own = told(store)["articles/3.txt", 4][0]
    merge(store, own, "Ivo Moss")
    assert names(store) == ["Ada Moss", "Ivo Moss", "Ivo Moss"]
    put(store, [article(4, ("Moss",)), article(5, ("Ivo C. Moss",))])
    assert names(store) == ["Ada Moss", "Ivo C. Moss", "Ivo C. Moss", "Moss", "Ivo C. Moss"]
    undo(store)
    assert names(store)[2] == "Moss"


def test_a_split_inside_a_merge_leaves_nothing_behind(store: Store) -> None:
    put(store, [article(1, ("Mary Moss",)), article(2, ("Ada Lund", "Lund"))])
    before = told(store)
    merge(store, "Lund", "Mary Moss")
    split(store, "Mary Moss", 2)
    assert names(store) == ["Mary Moss", "Ada Lund"]
    undo(store)
    assert names(store) == ["Mary Moss", "Mary Moss"]
    undo(store)
    assert told(store) == before
    assert list(audit(store)) == []


def test_what_makes_no_sense_is_refused(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",), ("the Tern Party",)), article(2, ("Ivo Lund",))])
    with pytest.raises(RefusedDecision, match="nothing to split"):
        split(store, "Ada Moss", 1)
    with pytest.raises(NotFound, match="is not quoted in"):
        split(store, "Ada Moss", 2)
    with pytest.raises(RefusedDecision, match="one speaker already"):
        merge(store, "Ada Moss", "Moss")
    with pytest.raises(RefusedDecision, match="only speakers of one kind"):
        merge(store, "Ada Moss", "Tern Party")
    put(store, [article(3, ("Ivo Moss",)), article(4, ("Moss",))])
    own = told(store)["articles/4.txt", 4][0]
    with pytest.raises(RefusedDecision, match="one document alone"):
        merge(store, "Ada Moss", own)
