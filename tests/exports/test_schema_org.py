from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyld import jsonld

if TYPE_CHECKING:
    from tests.exports.conftest import Export

# What schema.org (version 29) gives a Quotation, and the types they may have.
QUOTATION = {"identifier", "text", "spokenByCharacter", "keywords", "creativeWorkStatus", "url"}
VOCABULARY = "https://schema.org/"


def graph(export: Export) -> list[dict[str, Any]]:
    loaded = json.loads(export("schema"))
    assert loaded["@context"] == "https://schema.org"
    listed: list[dict[str, Any]] = loaded["@graph"]
    return listed


def test_the_first_node_says_what_wrote_it(export: Export) -> None:
    dataset, *_ = graph(export)
    assert dataset["@type"] == "Dataset"
    assert dataset["creator"]["softwareVersion"] == "0.1.0"
    assert dataset["dateCreated"] == "2026-11-22T18:30:00Z"


def test_a_quotation_has_its_words_its_speaker_and_its_source(export: Export) -> None:
    _, first, *_ = graph(export)
    assert first["@type"] == "Quotation"
    assert set(first) - {"@type", "@id", "isPartOf"} == QUOTATION
    assert first["text"] == "“The bridge opens in May,” “We will not raise the tolls.”"
    assert first["spokenByCharacter"]["@type"] == "Person"
    assert first["spokenByCharacter"]["name"] == "Mara Lindqvist"
    assert first["isPartOf"]["name"] == "Bridge opens in May"
    assert first["isPartOf"]["datePublished"] == "2024-11-03T00:00:00+00:00"


def test_an_unknown_speaker_is_left_out(export: Export) -> None:
    assert "spokenByCharacter" not in graph(export)[-1]


def test_it_expands_as_linked_data(export: Export) -> None:
    loaded = {**json.loads(export("schema")), "@context": {"@vocab": VOCABULARY}}
    expanded = jsonld.expand(loaded)
    assert [node["@type"] for node in expanded[1:]] == [[VOCABULARY + "Quotation"]] * 5
    assert len({node["@id"] for node in expanded}) == 6
