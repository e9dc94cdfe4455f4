"""schema.org in JSON-LD: a Quotation for each quotation, with its speaker and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.exports.identifiers import bytes_iri, iri, quotation_iri, zulu
from quotes.exports.json_lines import encode
from quotes.exports.linking import address, link
from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.exports.manifest import Manifest
    from quotes.records import SpeakerRecord
    from quotes.store.values import StoredQuotation

CONTEXT = "https://schema.org"
PEOPLE = (SpeakerKind.PERSON, SpeakerKind.UNNAMED)


class SchemaOrg:
    """A graph: first the Dataset that says what wrote it, then the quotations."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the head, a line for each quotation, and the end."""
        head = {"@context": CONTEXT, "@graph": []}
        yield encode(head)[:-2].encode() + b"\n" + encode(_dataset(self._setting.manifest)).encode()
        for quotation in quotations:
            text = self._setting.passages(quotation.version_id)
            yield b",\n" + encode(node(quotation, text)).encode()
        yield b"\n]}\n"


def exporter(setting: Setting) -> SchemaOrg:
    """Return the exporter."""
    return SchemaOrg(setting)


def node(quotation: StoredQuotation, text: str) -> dict[str, Any]:
    """Return the Quotation; what is not known is left out."""
    record = quotation.record
    document = record["document"]
    work = {
        "@type": "CreativeWork",
        "@id": iri(document["id"]),
        "identifier": bytes_iri(document["version"]),
        "name": document["title"] or document["path"],
        "url": address(quotation),
        "author": quotation.author,
        "publisher": quotation.publisher,
        "datePublished": document["published_at"],
        "encodingFormat": quotation.media_type,
    }
    return _known(
        {
            "@type": "Quotation",
            "@id": quotation_iri(quotation),
            "identifier": record["id"],
            "text": record["content"]["text"],
            "spokenByCharacter": _speaker(record["speaker"]),
            "keywords": [record["kind"], record["act"]],
            "creativeWorkStatus": record["status"],
            "url": link(quotation, text),
            "isPartOf": _known(work),
        }
    )


def _speaker(speaker: SpeakerRecord | None) -> Any:
    """Return a person or an organisation; of a group whose members are known, those."""
    if speaker is None:
        return None
    if members := speaker.get("members"):
        return [_speaker(member) for member in members]
    kind = "Person" if speaker["kind"] in PEOPLE else "Organization"
    return {"@type": kind, "@id": iri(speaker["id"]), "name": speaker["name"]}


def _dataset(manifest: Manifest) -> dict[str, Any]:
    made_by = {
        "@type": "SoftwareApplication",
        "name": "quotes",
        "softwareVersion": manifest.version,
    }
    return {
        "@type": "Dataset",
        "@id": iri("export", zulu(manifest.created)),
        "name": "Quotations",
        "description": " ".join(manifest.sentences()),
        "dateCreated": zulu(manifest.created),
        "creator": made_by,
    }


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
