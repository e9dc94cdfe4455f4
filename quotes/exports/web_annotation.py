"""W3C Web Annotations: a collection whose one page has an annotation for each quotation.

Web Annotation Data Model, W3C Recommendation of 23 February 2017. Offsets are those of the text as
it was read, whose bytes `state` names by their hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.exports.identifiers import bytes_iri, iri, quotation_iri, source_iri, zulu
from quotes.exports.json_lines import encode
from quotes.links.selectors import text_position_selector, text_quote_selector
from quotes.spans import Span, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.exports.exporter import Setting
    from quotes.records import PassageRecord
    from quotes.store.values import StoredQuotation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


class WebAnnotations:
    """An AnnotationCollection."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the head, a line for each annotation, and the end with their number."""
        manifest = self._setting.manifest
        collection = iri("export", zulu(manifest.created))
        page = collection + ":1"
        head = {
            "@context": CONTEXT,
            "id": collection,
            "type": "AnnotationCollection",
            "label": " ".join(manifest.sentences()),
            "created": zulu(manifest.created),
            "generated": zulu(manifest.created),
            "generator": _software(manifest.program),
        }
        first = {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
        yield f'{encode(head)[:-1]}, "first": {encode(first)[:-1]}, "items": ['.encode()
        total = 0
        for total, quotation in enumerate(quotations, 1):
            written = encode(annotation(quotation, self._setting.passages(quotation.version_id)))
            yield f"{',' if total > 1 else ''}\n{written}".encode()
        yield f'\n]}}, "last": {encode(page)}, "total": {total}}}\n'.encode()


def exporter(setting: Setting) -> WebAnnotations:
    """Return the exporter."""
    return WebAnnotations(setting)


def annotation(quotation: StoredQuotation, text: str) -> dict[str, Any]:
    """Return the annotation of a quotation in a version's text."""
    record = quotation.record
    reviewers = dict.fromkeys(review.reviewer for review in quotation.reviews)
    people = [{"type": "Person", "name": name} for name in reviewers]
    run = quotation.run
    return {
        "id": quotation_iri(quotation),
        "type": "Annotation",
        "motivation": "identifying" if record["speaker"] else "classifying",
        "created": zulu(run.started_at),
        **({"modified": zulu(quotation.reviews[-1].created_at)} if quotation.reviews else {}),
        "creator": [_software(f"{run.pipeline} {run.version}"), *people],
        "body": _bodies(quotation, text),
        "target": _one_or_all(_specific(quotation, text, record["content"])),
    }


def _bodies(quotation: StoredQuotation, text: str) -> list[dict[str, Any]]:
    """Return speaker, kind, act and status, and the passages of source mention and cue."""
    record = quotation.record
    said = [("classifying", record["kind"]), ("classifying", record["act"])]
    said.append(("tagging", record["status"]))
    if record["speaker"]:
        said.insert(0, ("identifying", record["speaker"]["name"]))
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
        for purpose, value in said
    ]
    for purpose, passage in (("identifying", record["source"]), ("describing", record["cue"])):
        if passage:
            bodies += [{**one, "purpose": purpose} for one in _specific(quotation, text, passage)]
    return bodies


def _specific(
    quotation: StoredQuotation, text: str, passage: PassageRecord
) -> list[dict[str, Any]]:
    """Return a specific resource for each span of a passage."""
    spans = [Span(start, end) for start, end in passage["spans"]]
    state = {
        "type": "TimeState",
        "sourceDate": zulu(quotation.ingested_at),
        "cached": bytes_iri(quotation.record["document"]["version"]),
    }
    source = {"id": source_iri(quotation), "type": "Text", "format": quotation.media_type}
    return [
        {
            "type": "SpecificResource",
            "source": source,
            "state": state,
            "selector": _selectors(text, span, spans),
        }
        for span in spans
    ]


def _selectors(text: str, span: Span, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Return selectors that all lead to the span; of several, also within what covers them."""
    found: list[dict[str, Any]] = [
        {**text_quote_selector(text, span)},
        {**text_position_selector(span)},
    ]
    if len(spans) > 1:
        whole = hull(spans)
        inside = Span(span.start - whole.start, span.end - whole.start)
        within = {**text_position_selector(inside)}
        found.append({**text_position_selector(whole), "refinedBy": within})
    return found


def _software(name: str) -> dict[str, str]:
    return {"id": iri("software", name), "type": "Software", "name": name}


def _one_or_all(listed: list[dict[str, Any]]) -> Any:
    return listed[0] if len(listed) == 1 else listed
