"""What people say of a speaker holds, whatever is ingested later, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import RefusedDecision
from quotes.store import Store, decisions, queries, speaker_facts
from quotes.store.audit import audit
from quotes.store.new_speakers import new_speaker
from tests.store.builders import make_document, store_documents
from tests.store.test_decisions import extract_again
from tests.store.test_speaker_book import article, put

if TYPE_CHECKING:
    from quotes.store.values import StoredSpeaker


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    put(store, [article(1, ("Ada Moss", "Moss")), article(2, ("Bo Lund",))])


def speaker(store: Store, name: str) -> StoredSpeaker:
    with store.session() as session:
        return queries.speaker(session, name)


def undo(store: Store) -> str:
    with store.session(write=True) as session:
        return decisions.undo(session, None, reviewer="Kim")


@pytest.mark.parametrize(
    "item", ["Q42", " https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"]
)
def test_a_link_is_kept_and_taken_back(store: Store, item: str) -> None:
    with store.session(write=True) as session:
        assert speaker_facts.link(session, "Moss", item, reviewer="Kim") == ("Ada Moss", "Q42")
    put(store, [article(3, ("Ada Moss",))])
    extract_again(store, 1, ("Ada Moss",))
    assert speaker(store, "Moss").external_id == "Q42"
    with store.session(write=True) as session:
        speaker_facts.link(session, "Ada Moss", "Q43", reviewer="Kim")
    assert speaker(store, "Moss").external_id == "Q43"
    assert undo(store) == "link of Ada Moss to Q43"
    assert speaker(store, "Moss").external_id == "Q42"
    undo(store)
    assert speaker(store, "Moss").external_id is None


def test_a_rename_is_kept_and_taken_back(store: Store) -> None:
    with store.session(write=True) as session:
        speaker_facts.rename(session, "Moss", "Nell Gray", reviewer="Kim")
    extract_again(store, 1, ("Ada Moss",))
    put(store, [article(3, ("Ada Moss",))])
    renamed = speaker(store, "Ada Moss")
    assert (renamed.name, renamed.quotations) == ("Nell Gray", 2)
    assert speaker(store, "Nell Gray").id == renamed.id
    undo(store)
    assert speaker(store, "Moss").name == "Ada Moss"
    with store.session() as session:
        assert queries.answering(session, "Nell Gray") == []
    assert list(audit(store)) == []


def test_an_alias_leads_to_its_speaker_until_it_is_taken_back(store: Store) -> None:
    with store.session(write=True) as session:
        speaker_facts.alias(session, "Bo Lund", "the Iron Clerk", reviewer="Kim")
        with pytest.raises(RefusedDecision, match="already"):
            speaker_facts.alias(session, "Bo Lund", "the Iron Clerk", reviewer="Kim")
    extract_again(store, 2, ("Bo Lund",))
    assert speaker(store, "the iron clerk").name == "Bo Lund"
    undo(store)
    with store.session() as session:
        assert queries.answering(session, "the iron clerk") == []


def test_a_merged_speaker_brings_its_link_and_not_its_name(store: Store) -> None:
    with store.session(write=True) as session:
        speaker_facts.link(session, "Bo Lund", "Q7", reviewer="Kim")
        speaker_facts.rename(session, "Bo Lund", "Old Bo", reviewer="Kim")
        decisions.merge(session, "Old Bo", "Ada Moss", reviewer="Kim")
    merged = speaker(store, "Ada Moss")
    assert (merged.name, merged.external_id, merged.quotations) == ("Ada Moss", "Q7", 2)
    assert speaker(store, "Old Bo").id == merged.id
    undo(store)
    assert speaker(store, "Bo Lund").name == "Old Bo"


def test_a_speaker_whom_only_people_named_can_be_named_anew(store: Store) -> None:
    with store.session(write=True) as session:
        new_speaker(session, "Ines Falk", version_id=1)
        speaker_facts.rename(session, "Ines Falk", "Ines Falk-Roe", reviewer="Kim")
        speaker_facts.link(session, "Ines Falk-Roe", "Q9", reviewer="Kim")
    store_documents(store, make_document("“Sun,” said Ines Falk.", name="later.txt"))
    found = speaker(store, "Ines Falk")
    assert (found.name, found.external_id, found.quotations) == ("Ines Falk-Roe", "Q9", 1)
    undo(store)
    undo(store)
    assert (speaker(store, "Ines Falk").name, speaker(store, "Falk").external_id) == (
        "Ines Falk",
        None,
    )


def test_what_makes_no_sense_is_refused(store: Store) -> None:
    store_documents(store, make_document("“Hm,” said a guard.", name="guard.txt"))
    with store.session(write=True) as session:
        for act, words, says in (
            (speaker_facts.link, ("Bo Lund", "42"), "no Wikidata item"),
            (speaker_facts.link, ("a guard", "Q42"), "one document alone"),
            (speaker_facts.rename, ("Bo Lund", "Bo Lund"), "its name already"),
            (speaker_facts.alias, ("Bo Lund", "–"), "no name"),
        ):
            with pytest.raises(RefusedDecision, match=says):
                act(session, *words, reviewer="Kim")
        assert decisions.log(session) == []
