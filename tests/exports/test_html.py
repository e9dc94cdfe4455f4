"""The page as an HTML parser reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from quotes.exports.passage import runs

if TYPE_CHECKING:
    from quotes.records import QuotationRecord
    from tests.exports.conftest import Export


def record(
    text: str, content: tuple[int, int], cue: tuple[int, int] | None = None
) -> QuotationRecord:
    def passage(place: tuple[int, int]) -> dict[str, object]:
        start, end = place
        return {"text": text[start:end], "start": start, "end": end, "spans": [[start, end]]}

    return {"content": passage(content), "cue": passage(cue) if cue else None, "source": None}  # type: ignore[typeddict-item]  # all that is read of it


def test_a_section_has_a_speaker_and_an_article_its_passage(export: Export) -> None:
    page = html.document_fromstring(export("html"))
    assert [h.text for h in page.iter("h2")] == [
        "Boatmen",
        "Mara Lindqvist",
        "Olaf Brandt",
        "Unknown speaker",
    ]
    article = page.get_element_by_id("d_e4e2d70b1a7e1157-q_8af1e14733862e6b")
    (passage,) = article.find_class("passage")
    assert passage.text_content() == (
        "“The bridge opens in May,” said Mara Lindqvist, the harbour master. "
        "“We will not raise the tolls.”"
    )
    assert [mark.text for mark in passage.iter("mark")] == [
        "“The bridge opens in May,”",
        "“We will not raise the tolls.”",
    ]
    assert [cue.text for cue in passage.find_class("cue")] == ["said"]
    assert [source.text for source in passage.find_class("source")] == ["Mara Lindqvist"]


def test_headings_are_sources_if_asked_and_then_each_entry_names_its_speaker(
    export: Export,
) -> None:
    page = html.document_fromstring(export("html", group="source"))
    headings = [h.text for h in page.iter("h2")]
    assert headings == ["Bridge opens in May (news/harbour.txt)", "news/council.html"]
    facts = [p.text for p in page.find_class("facts")]
    assert facts[0].startswith("Mara Lindqvist, direct, speech, machine, q_")
    assert facts[-1].startswith("Unknown speaker, direct")


def test_the_page_is_whole_by_itself(export: Export) -> None:
    page = html.document_fromstring(export("html"))
    assert not list(page.iter("script", "link", "img", "iframe", "object", "form", "base"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert b"@import" not in export("html")
    assert b"url(" not in export("html")


def test_a_place_is_a_link_to_the_words(export: Export) -> None:
    page = html.document_fromstring(export("html"))
    links = [a.get("href") for a in page.iter("a")]
    assert links[-1] == "https://example.org/council#:~:text=%3DHYPERLINK%281%29"
    assert len(links) == 5


@pytest.mark.parametrize(
    ("text", "content", "shown"),
    [
        ("one two three", (4, 7), ["one ", "two", " three"]),
        ("one two", (0, 3), ["one", " two"]),
        ("one\ntwo\nthree", (4, 7), ["two"]),
        ("x" * 400 + " mid " + "y" * 400, (401, 404), ["… ", "mid", " …"]),
    ],
)
def test_a_passage_is_cut_at_the_quotation_and_its_paragraph(
    text: str, content: tuple[int, int], shown: list[str]
) -> None:
    assert [run.text for run in runs(text, record(text, content))] == shown


def test_content_goes_before_a_cue_that_overlaps_it() -> None:
    found = list(runs("he said yes", record("he said yes", (3, 11), (3, 7))))
    assert [(run.text, run.role) for run in found] == [("he ", ""), ("said yes", "content")]
