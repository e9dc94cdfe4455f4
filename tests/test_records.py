from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quotes.documents.document import Document
from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.records import (
    passage_record,
    quotation_id,
    quotation_record,
    quotation_records,
    speaker_id,
)
from quotes.spans import Span

TEXT = "“We sail,” said Mara Lindqvist. “At noon.”"
DOCUMENT = Document(
    uri="file:///archive/a.txt",
    path="a.txt",
    raw=TEXT.encode(),
    text=TEXT,
    media_type="text/plain",
    reader="plain",
    reader_version="1",
    encoding="utf-8",
    encoding_choice="utf-8",
    published_at=datetime(2024, 11, 3, tzinfo=UTC),
)
QUOTATION = Quotation(
    kind=Kind.DIRECT,
    content=(Span(0, 10), Span(32, 42)),
    cue=(Span(11, 15),),
    source=(Span(16, 30),),
    confidence=0.5,
    method="marks",
)
NAMED = Attribution(name="Mara Lindqvist", kind=SpeakerKind.PERSON, method="name")


def test_the_record_is_that_of_the_contract() -> None:
    record = quotation_record(DOCUMENT, replace(QUOTATION, attribution=NAMED))
    assert list(record) == [
        "id",
        "kind",
        "act",
        "document",
        "content",
        "cue",
        "source",
        "speaker",
        "via",
        "confidence",
        "status",
        "method",
    ]
    assert record["document"] == {
        "id": DOCUMENT.id,
        "path": "a.txt",
        "version": "sha256:" + DOCUMENT.sha256,
        "title": None,
        "published_at": "2024-11-03T00:00:00+00:00",
    }
    assert record["content"] == {
        "text": "“We sail,” “At noon.”",
        "start": 0,
        "end": 42,
        "spans": [[0, 10], [32, 42]],
    }
    assert record["cue"] == {"text": "said", "start": 11, "end": 15, "spans": [[11, 15]]}
    assert (record["kind"], record["act"], record["status"]) == ("direct", "speech", "machine")
    assert record["speaker"] is not None
    assert record["speaker"]["name"] == "Mara Lindqvist"
    assert record["method"] == "name"


def test_what_is_not_there_is_null() -> None:
    bare = quotation_record(DOCUMENT, replace(QUOTATION, cue=(), source=(), confidence=None))
    assert (bare["cue"], bare["source"], bare["speaker"]) == (None, None, None)
    assert bare["via"] is None
    assert bare["confidence"] is None
    assert bare["method"] == "marks"
    assert passage_record(TEXT, ()) is None


def test_a_quotation_without_content_has_no_record() -> None:
    with pytest.raises(ValueError, match="content"):
        quotation_record(DOCUMENT, replace(QUOTATION, content=()))


def test_the_id_follows_version_and_spans_and_nothing_else() -> None:
    id_ = quotation_id(DOCUMENT.sha256, QUOTATION)
    assert id_.startswith("q_")
    assert quotation_id(DOCUMENT.sha256, replace(QUOTATION, attribution=NAMED)) == id_
    others = [
        quotation_id("0" * 64, QUOTATION),
        quotation_id(DOCUMENT.sha256, replace(QUOTATION, cue=())),
        quotation_id(DOCUMENT.sha256, replace(QUOTATION, content=(Span(0, 42),))),
        quotation_id(DOCUMENT.sha256, replace(QUOTATION, cue=(), addressee=QUOTATION.cue)),
    ]
    assert len({id_, *others}) == 5


def test_speakers_without_a_name_are_bound_to_their_document() -> None:
    clerks = Attribution(name="two clerks", kind=SpeakerKind.UNNAMED, method="name")
    elsewhere = replace(DOCUMENT, uri="file:///archive/b.txt")

    def id_of(document: Document, attribution: Attribution) -> str:
        record = quotation_record(document, replace(QUOTATION, attribution=attribution))
        assert record["speaker"] is not None
        return record["speaker"]["id"]

    assert id_of(DOCUMENT, clerks) != id_of(elsewhere, clerks)
    assert id_of(DOCUMENT, NAMED) == id_of(elsewhere, NAMED)
    assert speaker_id("A", SpeakerKind.PERSON) != speaker_id("A", SpeakerKind.ORGANISATION)


def test_records_keep_the_order() -> None:
    later = replace(QUOTATION, content=(Span(32, 42),))
    assert [r["content"]["start"] for r in quotation_records(DOCUMENT, [QUOTATION, later])] == [
        0,
        32,
    ]


def test_a_group_has_its_members_and_who_passes_it_on_stands_beside() -> None:
    other = Attribution(name="Odell Farrow", kind=SpeakerKind.PERSON, method="name")
    pair = Attribution(
        name="Mara Lindqvist and Odell Farrow",
        kind=SpeakerKind.GROUP,
        method="name",
        members=(NAMED, other),
        via=Attribution(name="the Noon Times", kind=SpeakerKind.ORGANISATION, method="name"),
    )
    record = quotation_record(DOCUMENT, replace(QUOTATION, attribution=pair))
    assert record["speaker"] is not None
    members = record["speaker"]["members"]
    assert [member["name"] for member in members] == ["Mara Lindqvist", "Odell Farrow"]
    assert members[0]["id"] == speaker_id("Mara Lindqvist", SpeakerKind.PERSON)
    assert record["via"] == {
        "id": speaker_id("the Noon Times", SpeakerKind.ORGANISATION),
        "name": "the Noon Times",
        "kind": "organisation",
    }


def test_who_passes_it_on_does_not_change_the_id() -> None:
    passed_on = replace(QUOTATION, via=(Span(16, 30),))
    assert quotation_id("0" * 64, passed_on) == quotation_id("0" * 64, QUOTATION)
