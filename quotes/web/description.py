"""The API's description in OpenAPI 3.1, made of the same tables and types that answer it."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import quotes
from quotes import records
from quotes.quotation import Act, Kind, SpeakerKind
from quotes.verification.verdict import Ruling
from quotes.web.asking import AFTER, BEFORE, FILTERS, LIMIT, Parameter
from quotes.web.pages.reviewing import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}
_RECORDS: Final = (
    records.PassageRecord,
    records.DocumentRecord,
    records.SpeakerRecord,
    records.QuotationRecord,
)
_NUMBERS: Final = {"number": {"type": "number"}, "int": {"type": "integer"}}
_NAME: Final = Parameter(name="name", about="With this in a name.")
_Q: Final = Parameter(name="q", about='Words, "phrases", begin*, OR, NOT or -word.', longest=2_000)
_BY: Final = Parameter(
    name="by", about="By words, or by what is near in meaning.", choices=("words", "meaning")
)
_CLAIM: Final = Parameter(name="claim", about="The words that are claimed.", longest=4_000)
_SPEAKER: Final = Parameter(name="speaker", about="Who is claimed to have said them.")
_OF_QUOTATIONS: Final = tuple(one for one in FILTERS if one.name not in ("via", "contains"))
_ID: Final = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_VERSION: Final = {**_ID, "name": "version"}
_TEXT: Final = {"type": "string"}
_PAIR: Final = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
_SPANS: Final = {
    role: {"type": "array", "items": _PAIR, "maxItems": 100}
    for role in ("content", "cue", "source")
}
_STANDARD: Final = tuple(one for one in FILTERS if one.name in ("act", "min_confidence"))


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    record = _ref("QuotationRecord")
    found = {"type": "object"}
    paths = {
        "/quotations": _get(
            "List the quotations that pass the filters, in the order of sources and places.",
            (*FILTERS, AFTER, BEFORE, LIMIT),
            _object(
                quotations=_list(record),
                next={"type": ["string", "null"]},
                previous={"type": ["string", "null"]},
            ),
        ),
        "/quotations/{id}": _get(
            "One quotation with its passage, evidence, versions, reviews and links.",
            (),
            {"allOf": [record, found]},
        ),
        "/quotations/{id}/reviews": _post(
            "Confirm, reject, reassign (to nobody without a speaker), edit the spans that are "
            "named (an empty list takes them away), or undo the last.",
            {"action": {"type": "string", "enum": [*ACTIONS, "edit"]}}
            | {"speaker": _TEXT, "by": _TEXT, "note": _TEXT, **_SPANS},
            "action",
        ),
        "/sources/{id}/quotations": _post(
            "Add a quotation that was missed, to what the source says now.",
            {**_SPANS, "speaker": _TEXT, "speaker_kind": _one_of(SpeakerKind)}
            | {"kind": _one_of(Kind), "act": _one_of(Act), "by": _TEXT, "note": _TEXT},
            "content",
        ),
        "/sources/{id}/versions/{version}": _get(
            "A version of a source, by the beginning of its hash, and what became of what it says.",
            (),
            {
                "allOf": [
                    found,
                    _object(text={"type": "string"}, records=_list(record), became=_list(found)),
                ]
            },
        ),
        "/sources": _get(
            "List the sources.",
            (_NAME, AFTER, BEFORE, LIMIT),
            _object(
                sources=_list(found),
                next={"type": ["integer", "null"]},
                previous={"type": ["integer", "null"]},
            ),
        ),
        "/sources/{id}": _get(
            "One source with its text and quotations.",
            (),
            {
                "allOf": [
                    found,
                    _object(text={"type": "string"}, records=_list(record), history=_list(found)),
                ]
            },
        ),
        "/speakers": _get(
            "List the speakers with this in a name, or those who are quoted most.",
            (_NAME, LIMIT),
            _object(speakers=_list(found)),
        ),
        "/speakers/{id}": _get("One speaker, and why names lead there.", (), found),
        "/search": _get(
            "Find quotations, then passages outside them.",
            (_Q, _BY, *_OF_QUOTATIONS, LIMIT),
            _object(hits=_list(found), notice={"type": "string"}),
        ),
        "/verify": _get(
            "Check whether a speaker said these words.",
            (_SPEAKER, _CLAIM, *_STANDARD),
            _object(
                verdict={"type": "string", "enum": [str(one) for one in Ruling]},
                speaker={"anyOf": [_ref("SpeakerRecord"), {"type": "null"}]},
                claim={"type": "string"},
                matches=_list(found),
            ),
        ),
    }
    for path, operations in paths.items():
        if "{id}" in path:
            operations["parameters"] = [_ID, *([_VERSION] if "{version}" in path else [])]
    schemas = {one.__name__: schema_of(one) for one in _RECORDS}
    schemas["Error"] = _object(error={"type": "string"}, hint={"type": "string"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "quotes",
            "version": quotes.__version__,
            "description": "Who said what, where exactly. Offsets count code points, half-open.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type: a TypedDict whole, others within one by reference."""
    hints = get_type_hints(kind, include_extras=True)
    required = [name for name, one in hints.items() if get_origin(one) is not NotRequired]
    return {
        "type": "object",
        "properties": {name: _schema(one) for name, one in hints.items()},
        "required": required,
    }


def _schema(kind: Any) -> dict[str, Any]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_typeddict(kind):
        return _ref(kind.__name__)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is NotRequired:
        return _schema(parts[0])
    if origin is list:
        return _list(_schema(parts[0]))
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(part) for part in parts]}
    raise TypeError(f"{kind!r} has no schema")


def _get(summary: str, parameters: tuple[Parameter, ...], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "get": {
            "summary": summary,
            "parameters": [_parameter(one) for one in parameters],
            "responses": _responses("200", answer),
        }
    }


def _post(summary: str, properties: dict[str, Any], required: str) -> dict[str, Any]:
    body = {"type": "object", "properties": properties, "required": [required]}
    return {
        "post": {
            "summary": summary,
            "security": [{"token": []}],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": body}},
            },
            "responses": _responses("201", _ref("QuotationRecord")),
        }
    }


def _one_of(choices: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(one) for one in choices]}


def _parameter(one: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(
        _NUMBERS.get(one.kind, {"type": "string", "maxLength": one.longest})
    )
    if one.choices:
        schema = {"type": "string", "enum": list(one.choices)}
    if one.several:
        schema = _list(schema)
    return {"name": one.name, "in": "query", "description": one.about, "schema": schema}


def _responses(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    def content(schema: dict[str, Any]) -> dict[str, Any]:
        return {"application/json": {"schema": schema}}

    return {
        status: {"description": "Done.", "content": content(answer)},
        "default": {"description": "What is wrong.", "content": content(_ref("Error"))},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
