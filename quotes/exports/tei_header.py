"""The headers of a TEI corpus: what wrote it, the sources, and who speaks in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.exports.identifiers import bytes_iri, iri
from quotes.exports.linking import address
from quotes.exports.xml_text import attributes, xml_text
from quotes.quotation import Act, Kind, SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.exports.manifest import Manifest
    from quotes.records import SpeakerRecord
    from quotes.store.values import StoredQuotation

PREAMBLE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
)
STATUS = ("machine", "confirmed", "rejected", "corrected")
CATEGORIES = {"kind": tuple(Kind), "act": tuple(Act), "status": STATUS}
ELEMENTS = {SpeakerKind.ORGANISATION: "org", SpeakerKind.GROUP: "personGrp"}
CONTROLS = (
    "Characters that XML 1.0 cannot hold stand as the control picture of the same number "
    "(U+2400 and following) or as U+FFFD, so that every offset holds."
)


def corpus_header(manifest: Manifest) -> str:
    """Return the header of the corpus; its categories are what `ana` points to."""
    told = " ".join(manifest.sentences())
    application = attributes(ident="quotes", version=manifest.version)
    taxonomies = "".join(_taxonomy(name, values) for name, values in CATEGORIES.items())
    return (
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>Quotations</title></titleStmt>\n"
        f"<publicationStmt><p>{_element('date', '', when=manifest.created.isoformat())} "
        f"{xml_text(told)}</p></publicationStmt>\n"
        "<sourceDesc><p>The texts as they were read.</p></sourceDesc>\n</fileDesc>\n"
        f"<encodingDesc>\n<editorialDecl><p>{CONTROLS}</p></editorialDecl>\n"
        f"<classDecl>\n{taxonomies}</classDecl>\n"
        f"<appInfo><application{application}><label>quotes</label></application></appInfo>\n"
        "</encodingDesc>\n</teiHeader>\n"
    )


def text_header(quotations: Sequence[StoredQuotation]) -> str:
    """Return the header of a source: what is known of it, and its speakers."""
    first = quotations[0]
    document = first.record["document"]
    published = document["published_at"]
    bibl = [
        _element("title", document["title"] or document["path"]),
        *([_element("author", first.author)] if first.author else []),
        *([_element("publisher", first.publisher)] if first.publisher else []),
        *([_element("date", "", when=published)] if published else []),
        _element("idno", document["path"], type="path"),
        _element("idno", bytes_iri(document["version"]), type="version"),
        *([_element("ptr", "", target=url)] if (url := address(first)) else []),
    ]
    people = "".join(_people(quotations))
    listed = f"<particDesc><listPerson>\n{people}</listPerson></particDesc>"
    profile = f"<profileDesc>{listed}</profileDesc>\n" if people else ""
    return (
        "<teiHeader>\n<fileDesc>\n"
        f"<titleStmt>{bibl[0]}</titleStmt>\n"
        f"<publicationStmt><p><idno>{iri(document['id'])}</idno></p></publicationStmt>\n"
        f"<sourceDesc><bibl>{''.join(bibl)}</bibl></sourceDesc>\n</fileDesc>\n"
        f"{profile}</teiHeader>\n"
    )


def empty_text() -> str:
    """Return the text of a corpus in which nothing was found."""
    nothing = "<p>No quotations.</p>"
    return (
        "<TEI>\n<teiHeader><fileDesc><titleStmt><title>No quotations</title></titleStmt>"
        f"<publicationStmt>{nothing}</publicationStmt><sourceDesc>{nothing}</sourceDesc>"
        f"</fileDesc></teiHeader>\n<text><body>{nothing}</body></text>\n</TEI>\n"
    )


def _taxonomy(name: str, values: Sequence[str]) -> str:
    listed = "".join(
        f'<category xml:id="{name}.{value}"><catDesc>{value}</catDesc></category>'
        for value in values
    )
    return f'<taxonomy xml:id="{name}">{listed}</taxonomy>\n'


def _people(quotations: Sequence[StoredQuotation]) -> Iterator[str]:
    """Yield the speakers once each, in the order in which they come, then who belongs to whom."""
    home = quotations[0].record["document"]["id"]
    known: dict[str, SpeakerRecord] = {}
    for quotation in quotations:
        for speaker in (quotation.record["speaker"], quotation.record["via"]):
            if speaker is not None:
                for one in (speaker, *speaker.get("members", ())):
                    known.setdefault(one["id"], one)
    relations = []
    for speaker in known.values():
        element = ELEMENTS.get(SpeakerKind(speaker["kind"]), "person")
        name = "orgName" if element == "org" else "persName"
        told = attributes(xml_id=f"{home}.{speaker['id']}", role=speaker["kind"])
        yield (
            f"<{element}{told}>{_element(name, speaker['name'])}"
            f"{_element('idno', iri(speaker['id']))}</{element}>\n"
        )
        for member in speaker.get("members", ()):
            active, passive = f"#{home}.{member['id']}", f"#{home}.{speaker['id']}"
            told = attributes(name="memberOf", active=active, passive=passive)
            relations.append(f"<relation{told}/>")
    if relations:
        yield f"<listRelation>{''.join(relations)}</listRelation>\n"


def _element(name: str, text: str, **named: str) -> str:
    return f"<{name}{attributes(**named)}>{xml_text(text)}</{name}>"
