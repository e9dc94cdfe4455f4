from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.documents.document import Document, Skipped
from quotes.documents.jsonl import JsonLinesReader
from quotes.errors import BinaryDocument, EmptyDocument, MalformedRecord, WrongEncoding
from tests.documents.sources import parted, source


def read(raw: bytes | str, encoding: str | None = None) -> list[Document | Skipped]:
    return list(JsonLinesReader().read(source(raw, path="export.jsonl", encoding=encoding)))


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_record_becomes_a_document_with_all_its_fields() -> None:
    record = {
        "id": "a/1",
        "text": "“Go,”\r\nshe said.",
        "title": "Going",
        "url": "https://news.example/1",
        "published_at": "2024-03-05T10:00:00+09:00",
        "author": "Ada Quill",
        "publisher": "The Larkspur Post",
        "language": "en",
        "extra": [1],
    }
    (document,) = read(lines(record))
    assert isinstance(document, Document)
    assert document.text == record["text"]
    assert document.raw == json.dumps(record).encode()
    assert document.uri == "file:///tmp/export.jsonl#a%2F1"
    assert document.path == "export.jsonl#a/1"
    assert document.published_at == datetime(2024, 3, 5, 1, tzinfo=UTC)
    assert (document.title, document.author) == ("Going", "Ada Quill")
    assert (document.publisher, document.language) == ("The Larkspur Post", "en")
    assert document.url == "https://news.example/1"
    assert document.encoding_choice == "record"


@given(st.lists(st.text(min_size=1).filter(lambda t: bool(t.strip()) and "\0" not in t)))
def test_every_text_comes_back_character_for_character(texts: list[str]) -> None:
    if not texts:
        return
    for escaped in (True, False):
        raw = "\r\n".join(json.dumps({"text": t}, ensure_ascii=escaped) for t in texts)
        documents, skipped = parted(read(raw))
        assert [d.text for d in documents] == texts
        assert not skipped


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"not json", "it is not JSON (Expecting value at column 1)"),
        (b'{"text": "a', "it is not JSON"),
        (b'["text"]', "it is not a JSON object"),
        (b"7", "it is not a JSON object"),
        (b"null", "it is not a JSON object"),
        (b'{"id": "x"}', 'it has no "text"'),
        (b'{"text": null}', 'it has no "text"'),
        (b'{"text": 7}', 'its "text" is no string but int'),
        (b'{"text": ["a"]}', 'its "text" is no string but list'),
        (b'{"text": "a", "title": {}}', 'its "title" is no string but dict'),
        (b'{"text": "a", "id": true}', 'its "id" is no string but bool'),
        (b'{"text": "a", "id": 1.5}', 'its "id" is no string but float'),
        (rb'{"text": "ab\u0000"}', 'its "text" holds U+0000 at character 2'),
        (rb'{"text": "\ud800"}', 'its "text" holds U+D800 at character 0'),
        (rb'{"text": "a", "id": "\udfff"}', 'its "id" holds U+DFFF'),
        (b'{"text": "caf\xe9"}', "its bytes are not utf-8"),
        (b'{"text": ' + b"[" * 100_000, "nested too deep"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "a number too long to read"),
    ],
)
def test_a_bad_line_is_skipped_with_its_number_and_the_others_are_read(
    line: bytes, said: str
) -> None:
    good = b'{"id": "g", "text": "Good."}'
    documents, skipped = parted(read(b"\n" + good + b"\n" + line + b'\n{"text": "More."}'))
    assert [d.text for d in documents] == ["Good.", "More."]
    (skip,) = skipped
    assert skip.path == "export.jsonl:3"
    assert isinstance(skip.error, MalformedRecord)
    assert said in skip.error.message
    assert skip.error.hint
    assert "\n" not in str(skip)


def test_surrogate_pairs_are_characters() -> None:
    (document,) = read(rb'{"text": "\ud83d\ude00"}')
    assert isinstance(document, Document)
    assert document.text == "😀"


def test_identity_is_the_id_else_the_url_else_the_line() -> None:
    records = [
        {"id": 7, "text": "a", "url": "https://news.example/7"},
        {"url": "https://news.example/8", "text": "b"},
        {"text": "c"},
    ]
    documents, _ = parted(read(lines(*records)))
    assert [d.uri.partition("#")[2] for d in documents] == [
        "7",
        "https%3A%2F%2Fnews.example%2F8",
        "L3",
    ]


def test_a_second_record_of_the_same_id_is_skipped() -> None:
    documents, skipped = parted(read(lines({"id": "x", "text": "a"}, {"id": "x", "text": "b"})))
    assert [d.text for d in documents] == ["a"]
    assert str(skipped[0]).startswith("export.jsonl:2: the id 'x' stands on line 1 already;")


def test_a_record_of_white_space_is_empty() -> None:
    _, skipped = parted(read(lines({"text": " \n"})))
    assert isinstance(skipped[0].error, EmptyDocument)


@pytest.mark.parametrize("raw", ["", "\n \r\n"])
def test_a_file_without_records_is_empty(raw: str) -> None:
    with pytest.raises(EmptyDocument):
        read(raw)


@pytest.mark.parametrize(
    ("given_time", "time"),
    [
        ("2024-03-05", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-03-05T10:11:12Z", datetime(2024, 3, 5, 10, 11, 12, tzinfo=UTC)),
        ("2024-03-05 10:11", datetime(2024, 3, 5, 10, 11, tzinfo=UTC)),
    ],
)
def test_times_without_a_zone_are_utc(given_time: str, time: datetime) -> None:
    (document,) = read(lines({"text": "a", "published_at": given_time}))
    assert isinstance(document, Document)
    assert document.published_at == time
    assert document.notices == ()


@pytest.mark.parametrize("given_time", ["last Tuesday", "2024-13-01", "0001-01-01T00:00:00+23:00"])
def test_a_time_that_is_none_is_left_out_with_a_notice(given_time: str) -> None:
    (document,) = read(lines({"text": "a", "published_at": given_time}))
    assert isinstance(document, Document)
    assert document.published_at is None
    assert given_time in document.notices[0].message


def test_encodings() -> None:
    text = '{"text": "Žluťoučký"}\n'
    for raw, name in ((text.encode("cp1250"), "cp1250"), (b"\xef\xbb\xbf" + text.encode(), None)):
        (document,) = read(raw, encoding=name)
        assert isinstance(document, Document)
        assert document.text == "Žluťoučký"
    for name in (None, "utf-16"):
        with pytest.raises(WrongEncoding, match="UTF-16"):
            read(text.encode("utf-16"), encoding=name)
    with pytest.raises(BinaryDocument):
        read(b"\x1f\x8b\x08\x00")
