"""Those who speak together, and who passes on what others say, stored and found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from quotes.quotation import SpeakerKind
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.members import Member, members_of, set_members
from quotes.store.models import Attribution, Speaker
from quotes.verification.verdict import Ruling
from quotes.verification.verify import verify
from tests.store.builders import make_document, store_documents
from tests.store.reported import LUND, MOSS, named, store_report, told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.fixture
def session(store: Store) -> Session:
    store_report(store)
    with store.session() as opened:
        return opened


def said(session: Session, speaker: str) -> list[str]:
    found = queries.quotations(session, queries.Filter(speaker=speaker))
    return [one.record["content"]["text"] for one in found]


@pytest.mark.parametrize("name", ["Lund", "Bo Lund", "lund, bo"])
def test_a_member_has_said_what_the_pair_says(session: Session, name: str) -> None:
    assert said(session, name) == ["that the pier was safe"]


def test_a_member_is_found_by_id_too(session: Session) -> None:
    lund = queries.speaker(session, "Bo Lund")
    assert said(session, lund.id) == said(session, lund.id[:10]) == ["that the pier was safe"]
    assert said(session, "Ada Moss") == ["that the pier was safe", "that it was late"]


def test_the_record_has_the_members_in_their_order(session: Session) -> None:
    (one,) = queries.quotations(session, queries.Filter(speaker="Lund"))
    speaker = one.record["speaker"]
    assert speaker is not None
    assert (speaker["name"], speaker["kind"]) == ("Ada Moss and Bo Lund", "group")
    assert [member["name"] for member in speaker["members"]] == ["Ada Moss", "Bo Lund"]


def test_what_is_said_together_counts_for_each(session: Session) -> None:
    moss, lund = queries.speaker(session, "Moss"), queries.speaker(session, "Lund")
    assert (moss.quotations, moss.together, moss.documents) == (2, 1, 1)
    assert (lund.quotations, lund.together, lund.documents) == (1, 1, 1)
    pair = queries.speaker(session, "Ada Moss and Bo Lund")
    assert (pair.quotations, pair.together) == (1, 0)
    assert [member["name"] for member in pair.members] == ["Ada Moss", "Bo Lund"]


def test_who_passes_it_on_stands_beside_the_speaker(session: Session) -> None:
    (one,) = queries.quotations(session, queries.Filter(via="harbour news"))
    assert one.record["speaker"] is not None
    assert one.record["speaker"]["name"] == "port official"
    assert one.record["via"] is not None
    assert (one.record["via"]["name"], one.record["via"]["kind"]) == (
        "Harbour News",
        "organisation",
    )
    assert [(step.text, step.relation) for step in one.via_evidence] == [("Harbour News", "via")]
    assert said(session, "Harbour News") == []
    paper = queries.speaker(session, "Harbour News")
    assert (paper.quotations, paper.passed_on) == (0, 1)


def test_a_claim_holds_for_each_member_and_not_for_who_passes_it_on(session: Session) -> None:
    assert verify(session, speaker="Lund", claim="the pier was safe").ruling is Ruling.VERBATIM
    verdict = verify(session, speaker="Harbour News", claim="the ferry would stop")
    assert verdict.ruling is Ruling.NOT_FOUND
    assert "passed on by Harbour News" in verdict.matches[0].note


def test_the_members_are_those_last_read(store: Store) -> None:
    store_report(store)
    with store.session(write=True) as session:
        keys = {name: id_ for id_, name in session.execute(select(Speaker.id, Speaker.name))}
        pair, lund = keys["Ada Moss and Bo Lund"], keys["Bo Lund"]
        set_members(session, pair, [Member(key, None) for key in (lund, pair, lund)])
        assert members_of(session, [pair])[pair] == [lund]


def test_members_and_who_passes_on_follow_their_names_to_fuller_ones(store: Store) -> None:
    lund = replace(LUND, name="Lund", aliases=())
    pair = named("Ada Moss and Bo Lund", SpeakerKind.GROUP, members=(MOSS, lund))
    official = named("port official", SpeakerKind.UNNAMED, via=lund)
    store_report(
        store, told("that the ferry would stop", official), told("that the pier was safe", pair)
    )
    store_documents(store, make_document("“Rain,” said Bo Lund.", name="second.txt"))
    with store.session() as session:
        full = queries.speaker(session, "Bo Lund")
        (together,) = queries.quotations(session, queries.Filter(contains="pier"))
        assert together.record["speaker"] is not None
        members = together.record["speaker"]["members"]
        assert [member["name"] for member in members] == ["Ada Moss", "Bo Lund"]
        assert members[1]["id"] == full.id
        assert sorted(said(session, "Bo Lund")) == ["that the pier was safe", "“Rain,”"]
        (passed,) = queries.quotations(session, queries.Filter(contains="ferry"))
        assert passed.record["via"] is not None
        assert passed.record["via"]["id"] == full.id
        assert [step.text for step in passed.via_evidence] == ["Bo Lund"]
        assert passed.record["speaker"] is not None
        assert passed.record["speaker"]["name"] == "port official"
    assert list(audit(store)) == []


def test_audit_reads_the_evidence_for_who_passes_it_on(store: Store) -> None:
    store_report(store)
    assert list(audit(store)) == []
    with store.session(write=True) as session:
        moved = [{"text": "Harbour News", "start": 1, "end": 13, "relation": "via"}]
        held = Attribution.via_id.is_not(None)
        session.execute(update(Attribution).where(held).values(via_evidence=moved))
    (finding,) = audit(store)
    assert finding.problem == "the evidence [1, 13) is not the text that is stored"
