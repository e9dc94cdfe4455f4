"""The document as python-docx reads it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

from tests.exports.conftest import WRITTEN

if TYPE_CHECKING:
    from docx.document import Document

    from tests.exports.conftest import Export

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def document(export: Export) -> Document:
    return docx.Document(io.BytesIO(export("docx")))


def styled(document: Document, name: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == name]


def test_headings_are_speakers_and_quotations_their_own_paragraphs(document: Document) -> None:
    assert styled(document, "Heading 2") == [
        "Boatmen",
        "Mara Lindqvist",
        "Olaf Brandt",
        "Unknown speaker",
    ]
    quoted = styled(document, "Intense Quote")
    assert quoted[1] == "“The bridge opens in May,” “We will not raise the tolls.”"
    assert len(quoted) == 5


def test_a_passage_shows_content_cue_and_source(document: Document) -> None:
    (passage,) = (p for p in document.paragraphs if p.text.startswith("Boatmen fear"))
    assert [(run.text, run.bold, run.italic) for run in passage.runs if run.text.strip()] == [
        ("Boatmen", True, None),
        ("fear", None, True),
        ("that the fares will double", None, None),
        (". The ferry sails at noon.", None, None),
    ]


def test_headings_are_sources_if_asked(export: Export) -> None:
    document = docx.Document(io.BytesIO(export("docx", group="source")))
    assert styled(document, "Heading 2") == [
        "Bridge opens in May (news/harbour.txt)",
        "news/council.html",
    ]


def test_a_place_is_a_hyperlink_and_there_is_no_other_field(export: Export) -> None:
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(export("docx"))).read("word/document.xml"))
    fields = [field.get(f"{W}instr") for field in body.iter(f"{W}fldSimple")]
    assert len(fields) == 5
    assert all(field.startswith(' HYPERLINK "') and field.count('"') == 2 for field in fields)
    assert not list(body.iter(f"{W}instrText"))


def test_the_properties_say_what_made_it(document: Document) -> None:
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Quotations", "quotes 0.1.0")
    assert properties.created == WRITTEN
    assert styled(document, "Caption")[0].startswith("Written by quotes 0.1.0 on 2026-11-22")
