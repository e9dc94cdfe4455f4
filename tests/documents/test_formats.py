from __future__ import annotations

import pytest

from quotes.documents.formats import choose_reader, may_be_a_source
from quotes.errors import UnknownFormat
from tests.documents.sources import source

RECORD = '{"id": "1", "text": "“Go,” she said."}'


@pytest.mark.parametrize(
    ("path", "content", "reader"),
    [
        ("a.html", "anything", "html"),
        ("A.HTM", "anything", "html"),
        ("a.jsonl", "anything", "jsonl"),
        ("a.ndjson", "", "jsonl"),
        ("a.txt", "<!doctype html><p>kept as it stands", "plain"),
        ("a.md", RECORD, "plain"),
        ("-", "<!DOCTYPE HTML PUBLIC>", "html"),
        ("-", "\ufeff\n <html lang=en>", "html"),
        ("-", '<?xml version="1.0"?>\n<!-- saved -->\n<html>', "html"),
        ("-", RECORD, "jsonl"),
        ("-", "\n" + RECORD + "\n" + RECORD, "jsonl"),
        ("-", '{"text": "' + "long " * 5_000 + '"}', "jsonl"),
        ("-", '{"a": 1}', "plain"),
        ("-", "{" * 9_000, "plain"),
        ("-", "<name> said so", "plain"),
        ("-", "<!-- saved\nby hand --><!-- twice --><body>", "html"),
        ("-", "<!-- " * 5_000, "plain"),
        ("-", "<!-- a -->" * 500 + "words", "plain"),
        ("a.json", RECORD, "jsonl"),
        ("story.news", "Words.", "plain"),
        ("README", "", "plain"),
        ("a.json", "", "plain"),
    ],
)
def test_the_suffix_decides_and_then_the_content(path: str, content: str, reader: str) -> None:
    assert choose_reader(source(content, path=path)).name == reader


@pytest.mark.parametrize("content", ["[1]", '{\n "text": "a"\n}', '{"a": 1}', "true"])
def test_json_that_is_not_json_lines_is_no_text(content: str) -> None:
    with pytest.raises(UnknownFormat, match="one object a line"):
        choose_reader(source(content, path="a.json"))


def test_names_that_users_expect_to_be_read() -> None:
    assert all(map(may_be_a_source, ["a.txt", "b.PDF", "c.docx", "d.html"]))
    assert not any(map(may_be_a_source, ["a.sav", "b"]))
