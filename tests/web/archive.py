"""A small database to serve: articles of our own, with quotations that nest and are in pieces."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.documents.document import document_id
from quotes.pipeline import Result
from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span, Spans
from quotes.store import Store
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run
from quotes.verification.utterances import link
from tests.store.builders import find, make_document

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.documents.document import Document

FERRY = (
    "Ferry fares to rise\n\n"
    "“The fares will rise in March,” said Ilse Vandermolen, the mayor. "
    "“Nobody likes it.”\n\n"
    "She told reporters that Bo Marsh had called the timetable “a wet letter” and meant it.\n"
)
HARBOUR = (
    "“The harbour wall will hold the winter storms, and nobody in the old town needs to move.” "
    "said Ilse Vandermolen.\n\n"
    "“We counted every boat twice,” said Ada Quill. “Nobody asked me,” said a clerk.\n"
)
TOWN = (
    "“The harbour wall will hold all the winter storms, and nobody in the old town needs to move.” "
    "said Ilse Vandermolen.\n"
)
MAYOR = "Ilse Vandermolen"


def build(folder: Path) -> str:
    """Write the database into a folder and return its URL."""
    url = f"sqlite:///{folder / 'quotes.db'}"
    write(url)
    return url


def write(url: str) -> None:
    """Write the articles into a database, which is made where it is not there."""
    with Store(url, create=True) as store:
        fill(store, ferry(), _found(HARBOUR, "harbour.txt", "The harbour", 4), _found(TOWN, "town"))


def fill(store: Store, *found: tuple[Document, tuple[Quotation, ...]]) -> None:
    """Store documents with these quotations, as one run, and join what they tell."""
    with store.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="1", models={}, config={})
        book = SpeakerBook()
        for document, quotations in found:
            save(session, document, Result(text=document.text, quotations=quotations), run, book)
        finish_run(session, run, RunStatus.DONE)
    link(store)


def _found(
    text: str, name: str, title: str | None = None, day: int | None = None
) -> tuple[Document, tuple[Quotation, ...]]:
    at = datetime(2025, 3, day, tzinfo=UTC) if day else None
    document = make_document(text, name=name, title=title, published_at=at)
    return document, find(text)


def place(text: str, *words: str) -> Spans:
    """Return where words stand in a text."""
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def said(
    text: str, content: Spans, name: str, *, cue: str, source: str, kind: Kind = Kind.DIRECT
) -> Quotation:
    """Return a quotation whose source leads to a name in the text."""
    (mention,), (known,) = place(text, source), place(text, name)
    steps = [Evidence(text=source, start=mention.start, end=mention.end, relation="source")]
    if source != name:
        steps.append(Evidence(text=name, start=known.start, end=known.end, relation="pronoun"))
    return Quotation(
        kind=kind,
        content=content,
        cue=place(text, cue),
        source=(mention,),
        confidence=0.75,
        method="hand",
        attribution=Attribution(
            name=name,
            kind=SpeakerKind.PERSON,
            method="name",
            confidence=0.9,
            evidence=tuple(steps),
        ),
    )


def ferry() -> tuple[Document, tuple[Quotation, ...]]:
    """Return an article in which one quotation is in pieces, and one stands within another."""
    pieces = place(FERRY, "“The fares will rise in March,”", "“Nobody likes it.”")
    outer = place(FERRY, "that Bo Marsh had called the timetable “a wet letter” and meant it")
    inner = place(FERRY, "“a wet letter”")
    quotations = (
        said(FERRY, pieces, MAYOR, cue="said", source=MAYOR),
        said(FERRY, outer, MAYOR, cue="told", source="She", kind=Kind.INDIRECT),
        said(FERRY, inner, "Bo Marsh", cue="called", source="Bo Marsh", kind=Kind.MIXED),
    )
    document = make_document(
        FERRY,
        name="ferry.html",
        title="Ferry fares to rise",
        url="https://example.org/ferry",
        published_at=datetime(2025, 2, 1, tzinfo=UTC),
    )
    return replace(document, publisher="The Daily Buoy"), quotations


def ferry_id() -> str:
    """Return the id of that article."""
    return document_id(ferry()[0].uri)
