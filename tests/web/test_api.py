"""The API's records, pages and description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from quotes.exports import load_exporter
from quotes.store import Store, queries
from tests.web.archive import MAYOR, ferry_id
from tests.web.conftest import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient


def test_records_are_those_of_the_export(reader: TestClient, read_only_url: str) -> None:
    with Store(read_only_url) as store, store.session() as session:
        exported = [one.record for one in queries.quotations(session)]
    assert reader.get("/api/v1/quotations").json() == {
        "quotations": exported,
        "next": None,
        "previous": None,
    }
    assert load_exporter.__name__


def test_pages_together_are_the_list(reader: TestClient) -> None:
    found: list[Any] = []
    after = ""
    while after is not None:
        part = reader.get(f"/api/v1/quotations?limit=3&after={after}").json()
        found += part["quotations"]
        after = part["next"]
    assert found == reader.get("/api/v1/quotations").json()["quotations"]


def test_one_of_each(reader: TestClient) -> None:
    id_ = ids_of(reader)["“a wet letter”"]
    whole = reader.get(f"/api/v1/quotations/{id_}").json()
    assert whole["links"]["url"].startswith("https://example.org/ferry#:~:text=")
    source = reader.get(f"/api/v1/sources/{ferry_id()}").json()
    for one in source["records"]:
        pieces = [source["text"][low:high] for low, high in one["content"]["spans"]]
        assert " ".join(pieces) == one["content"]["text"]
    assert reader.get("/api/v1/sources").json()["next"] is None
    speaker = reader.get(f"/api/v1/speakers/{MAYOR}").json()
    assert (speaker["quotations"], speaker["documents"]) == (4, 3)
    assert reader.get("/api/v1/speakers?name=quill").json()["speakers"][0]["name"] == "Ada Quill"
    hits = reader.get("/api/v1/search?q=boat").json()["hits"]
    assert [hits[0]["snippet"][low:high] for low, high in hits[0]["marks"]] == ["boat"]


def test_verify_is_what_the_command_prints(reader: TestClient) -> None:
    found = reader.get("/api/v1/verify?speaker=Quill&claim=we+counted+every+boat").json()
    assert found["verdict"] == "verbatim"
    assert found["matches"][0]["quote"]["speaker"]["name"] == "Ada Quill"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("quotations/q_0000000000000000", 404),
        ("sources/d_0", 404),
        ("speakers/zebra", 404),
        ("nothing", 404),
        ("quotations?kind=x", 400),
        ("quotations?limit=1000000", 400),
        ("search?q=", 400),
        ("verify?speaker=Quill", 400),
    ],
)
def test_errors_are_one_line_of_json(reader: TestClient, path: str, status: int) -> None:
    answer = reader.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "hint"}


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for one in value.values():
            yield from refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs(one)


def fits(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> bool:
    """Tell whether a value is as a schema of this document says, as far as it uses JSON Schema."""
    if "$ref" in schema:
        return fits(value, document["components"]["schemas"][schema["$ref"][21:]], document)
    if "anyOf" in schema:
        return any(fits(value, one, document) for one in schema["anyOf"])
    if "allOf" in schema:
        return all(fits(value, one, document) for one in schema["allOf"])
    kinds = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
        "null": type(None),
    }
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, kinds[one]) for one in named):  # type: ignore[arg-type]  # types and tuples of them
        return False
    if isinstance(value, list):
        return all(fits(one, schema["items"], document) for one in value)
    if isinstance(value, dict):
        parts = schema.get("properties", {})
        return set(schema.get("required", ())) <= set(value) and all(
            fits(value[name], part, document) for name, part in parts.items() if name in value
        )
    return "enum" not in schema or value in schema["enum"]


def test_the_description_fits_the_answers(reader: TestClient) -> None:
    document = reader.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    assert {one[21:] for one in refs(document)} <= set(schemas)
    ids = {"quotations": ids_of(reader)["“a wet letter”"], "sources": ferry_id(), "speakers": MAYOR}
    version = reader.get(f"/api/v1/sources/{ferry_id()}").json()["version"]
    asked = {"/search": "?q=boat", "/verify": "?speaker=Quill&claim=every+boat"}
    for path, operations in document["paths"].items():
        if "get" not in operations:
            continue
        named = path.replace("{id}", ids.get(path.split("/")[1], ""))
        at = named.replace("{version}", version[7:]) + asked.get(path, "")
        answer = reader.get("/api/v1" + at)
        assert answer.status_code == 200, at
        responses = operations["get"]["responses"]
        schema = responses["200"]["content"]["application/json"]["schema"]
        assert fits(answer.json(), schema, document), at
        refused = reader.get("/api/v1" + path.replace("{id}", "none") + "?limit=x&act=x&after=x")
        if refused.status_code != 200:
            error = responses["default"]["content"]["application/json"]["schema"]
            assert fits(refused.json(), error, document)


def test_the_description_knows_every_parameter_of_list(reader: TestClient) -> None:
    document = reader.get("/api/v1/openapi.json").json()
    named = {one["name"] for one in document["paths"]["/quotations"]["get"]["parameters"]}
    assert {"speaker", "via", "kind", "act", "status", "source", "since", "until"} <= named
    assert {"contains", "min_confidence", "after", "limit"} <= named
    assert json.dumps(document)
