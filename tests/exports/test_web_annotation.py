"""The annotations against the model's demands and the meaning that its vocabulary gives them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from pyld import jsonld

from tests.cli.archive import COUNCIL, HARBOUR

if TYPE_CHECKING:
    from tests.exports.conftest import Export

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "web_annotation.json").read_text("utf-8"))
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
DC, FOAF = "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
OF_THE_VOCABULARY = (
    "Annotation",
    "TextualBody",
    "SpecificResource",
    "TextQuoteSelector",
    "TextPositionSelector",
    "TimeState",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "sourceDate",
    "identifying",
    "classifying",
    "describing",
    "tagging",
)
# What each key of ours means by the Web Annotation Vocabulary. The W3C's own context document says
# the same of them; it is not shipped here.
MEANING: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in OF_THE_VOCABULARY},
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "Person": FOAF + "Person",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "name": FOAF + "name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "created": DC + "created",
    "generated": DC + "issued",
    "modified": DC + "modified",
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    **{
        key: {"@id": meaning, "@type": "@id"}
        for key, meaning in {
            "body": OA + "hasBody",
            "target": OA + "hasTarget",
            "source": OA + "hasSource",
            "selector": OA + "hasSelector",
            "state": OA + "hasState",
            "refinedBy": OA + "refinedBy",
            "cached": OA + "cachedSource",
            "creator": DC + "creator",
            "generator": AS + "generator",
            "partOf": AS + "partOf",
            "first": AS + "first",
            "last": AS + "last",
        }.items()
    },
}


@pytest.fixture
def collection(export: Export) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(export("webannotation"))
    return loaded


@pytest.fixture
def listed(collection: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = collection["first"]["items"]
    return items


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_the_collection_meets_the_demands_of_the_model(collection: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(collection, SCHEMA)
    assert collection["total"] == len(collection["first"]["items"]) == 5


@pytest.mark.parametrize("key", ["id", "type", "target"])
def test_the_schema_refuses_an_annotation_that_lacks_a_part(
    collection: dict[str, Any], key: str
) -> None:
    del collection["first"]["items"][0][key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(collection, SCHEMA)


def test_every_selector_leads_to_the_words(listed: list[dict[str, Any]]) -> None:
    for annotation, text in zip(listed, [HARBOUR] * 3 + [COUNCIL] * 2, strict=True):
        for part in (*targets(annotation), *annotation["body"]):
            if part["type"] != "SpecificResource":
                continue
            quoted, placed, *within = part["selector"]
            exact = quoted["exact"]
            assert text[placed["start"] : placed["end"]] == exact
            assert quoted["prefix"] + exact + quoted["suffix"] in text
            for whole in within:
                hull, inner = text[whole["start"] : whole["end"]], whole["refinedBy"]
                assert hull[inner["start"] : inner["end"]] == exact


def test_a_quotation_in_two_pieces_has_two_targets(listed: list[dict[str, Any]]) -> None:
    first, *others = listed
    assert [t["selector"][0]["exact"] for t in targets(first)] == [
        "“The bridge opens in May,”",
        "“We will not raise the tolls.”",
    ]
    assert all(len(targets(one)) == 1 for one in others)


def test_the_bodies_say_who_and_how(listed: list[dict[str, Any]]) -> None:
    said = [(b["purpose"], b["value"]) for b in listed[0]["body"] if "value" in b]
    assert said == [
        ("identifying", "Mara Lindqvist"),
        ("classifying", "direct"),
        ("classifying", "speech"),
        ("tagging", "machine"),
    ]


def test_nothing_is_lost_when_it_is_read_as_linked_data(collection: dict[str, Any]) -> None:
    (expanded,) = jsonld.expand({**collection, "@context": MEANING})
    (page,) = expanded[AS + "first"]
    first = page[AS + "items"][0]["@list"][0]
    assert first["@type"] == [OA + "Annotation"]
    assert len(first[OA + "hasTarget"]) == 2
    assert keys(collection) - {"@context"} <= set(MEANING)
    back = jsonld.compact(expanded, {"@context": MEANING})
    assert back["first"]["items"][3] == collection["first"]["items"][3] | {
        "creator": collection["first"]["items"][3]["creator"][0]
    }


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()
