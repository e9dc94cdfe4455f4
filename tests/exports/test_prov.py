"""The provenance as the `prov` package reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import prov.model
import pytest
from prov.model import ProvActivity, ProvAgent, ProvDerivation, ProvDocument, ProvEntity

from quotes.spans import Span
from quotes.store import Store, queries, reviewing
from tests.exports.conftest import exported

if TYPE_CHECKING:
    from tests.exports.conftest import Export

HARBOUR = "source-d_e4e2d70b1a7e1157"


@pytest.fixture
def document(export: Export) -> Any:
    return ProvDocument.deserialize(content=export("prov").decode(), format="json")


def names(records: Any) -> list[str]:
    return [record.identifier.localpart for record in records]


def test_it_is_read_and_written_back_the_same(document: Any) -> None:
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document
    assert {bundle.identifier.localpart for bundle in document.bundles} == {
        HARBOUR,
        "source-d_faa1654d54b4ae81",
    }


def test_every_name_in_a_statement_is_described(document: Any) -> None:
    for part in (document, *document.bundles):
        described = set(names(part.get_records((ProvEntity, ProvActivity, ProvAgent))))
        used = {
            value.localpart
            for record in part.get_records()
            if record.is_relation()
            for attribute, value in record.formal_attributes
            if attribute in prov.model.PROV_ATTRIBUTE_QNAMES and value is not None
        }
        assert used <= described


def test_quotations_are_quoted_from_the_version_by_the_run(document: Any) -> None:
    (bundle,) = (one for one in document.bundles if one.identifier.localpart == HARBOUR)
    quoted = [
        record
        for record in bundle.get_records(ProvDerivation)
        if "prov:Quotation" in map(str, record.get_asserted_types())
    ]
    assert len(quoted) == 3
    for record in quoted:
        entity, version, run = (value for _, value in record.formal_attributes[:3])
        assert entity.localpart.startswith("q_")
        assert version.localpart.startswith("version-")
        assert run.localpart == "run-1"


def test_a_review_has_its_person_and_its_decision(archive: str) -> None:
    with Store(archive) as store, store.session(write=True) as session:
        first, *_ = queries.quotations(session)
        public = reviewing.confirm(session, first.record["id"], by="Ada", note="heard the tape")
    bundle = json.loads(exported(archive, "prov"))["bundle"][f"q:{HARBOUR}"]
    decision = bundle["entity"][f"q:decision-{public}-1"]
    assert (decision["q:action"], decision["q:note"]) == ("confirm", "heard the tape")
    assert bundle["agent"][who(bundle, f"q:review-{public}-1")]["prov:label"] == "Ada"
    assert bundle["entity"][f"q:{public}"]["q:status"] == "confirmed"
    assert bundle["wasGeneratedBy"][f"_:given-{public}"]["prov:activity"] == "q:run-1"


def test_what_a_person_changed_is_the_persons_work(archive: str) -> None:
    with Store(archive) as store, store.session(write=True) as session:
        first, *_, other, _ = queries.quotations(session)
        speaker = other.record["speaker"]
        assert speaker is not None
        public = reviewing.reassign(session, first.record["id"], speaker_id=speaker["id"], by="Ada")
        added = reviewing.add(session, version_id=first.version_id, content=(Span(0, 6),), by="Bo")
    bundle = json.loads(exported(archive, "prov"))["bundle"][f"q:{HARBOUR}"]
    made = bundle["wasGeneratedBy"]
    assert made[f"_:given-{public}"]["prov:activity"] == f"q:review-{public}-1"
    assert made[f"_:by-{public}"]["prov:activity"] == "q:run-1"
    assert made[f"_:by-{added}"]["prov:activity"] == f"q:review-{added}-1"
    assert bundle["agent"][who(bundle, f"q:review-{added}-1")]["prov:label"] == "Bo"


def who(bundle: Any, activity: str) -> str:
    (agent,) = (
        str(one["prov:agent"])
        for one in bundle["wasAssociatedWith"].values()
        if one["prov:activity"] == activity
    )
    return agent


def test_the_document_says_what_wrote_it(document: Any) -> None:
    (writing,) = document.get_records(ProvActivity)
    assert str(writing.get_startTime()) == "2026-11-22 18:30:00+00:00"
    assert names(document.get_records(ProvAgent)) == ["program"]
