"""Builds a small database of invented articles, without a language model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.documents.document import Document
from quotes.pipeline import Result
from quotes.quotation import Act, Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span, Spans
from quotes.store import Store
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run

if TYPE_CHECKING:
    from pathlib import Path

HARBOUR = (
    "Bridge opens in May\n\n"
    "“The bridge opens in May,” said Mara Lindqvist, the harbour master. "
    "“We will not raise the tolls.”\n\n"
    "She added that the clerks had\x1b[31m counted every boat.\n\n"
    "Boatmen fear that the fares will double. The ferry sails at noon.\n"
)
COUNCIL = (
    "“It is a gift to shipping,” Olaf Brandt wrote.\n“=HYPERLINK(1)” was all that anyone typed.\n"
)


def build(folder: Path) -> str:
    """Write the database into the folder and return its URL."""
    url = f"sqlite:///{folder / 'quotes.db'}"
    fill(url)
    return url


def fill(url: str) -> None:
    """Write the articles into a database, which is made where it is not there."""
    with Store(url, create=True) as store, store.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="1", models={}, config={})
        book = SpeakerBook()
        for document, quotations in ((_harbour(), _said_there()), (_council(), _written_there())):
            save(session, document, Result(text=document.text, quotations=quotations), run, book)
        finish_run(session, run, RunStatus.DONE)


def _harbour() -> Document:
    return _document("news/harbour.txt", HARBOUR, title="Bridge opens in May", day=3)


def _council() -> Document:
    return _document(
        "news/council.html", COUNCIL, title=None, day=9, url="https://example.org/council"
    )


def _document(
    path: str, text: str, *, title: str | None, day: int, url: str | None = None
) -> Document:
    return Document(
        uri=f"file:///archive/{path}",
        path=path,
        raw=text.encode(),
        text=text,
        media_type="text/html" if url else "text/plain",
        reader="html" if url else "plain",
        reader_version="1",
        encoding="utf-8",
        encoding_choice="utf-8",
        title=title,
        url=url,
        published_at=datetime(2024, 11, day, tzinfo=UTC),
    )


def _place(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def _said_there() -> tuple[Quotation, ...]:
    mara = _place(HARBOUR, "Mara Lindqvist")[0]
    she = _place(HARBOUR, "She")[0]
    named = Evidence(text="Mara Lindqvist", start=mara.start, end=mara.end, relation="source")
    return (
        Quotation(
            kind=Kind.DIRECT,
            content=_place(HARBOUR, "“The bridge opens in May,”", "“We will not raise the tolls.”"),
            cue=_place(HARBOUR, "said"),
            source=(mara,),
            confidence=0.97,
            method="marks",
            attribution=Attribution(
                name="Mara Lindqvist", kind=SpeakerKind.PERSON, method="name", evidence=(named,)
            ),
        ),
        Quotation(
            kind=Kind.INDIRECT,
            content=_place(HARBOUR, "that the clerks had\x1b[31m counted every boat"),
            cue=_place(HARBOUR, "added"),
            source=(she,),
            method="syntax",
            attribution=Attribution(
                name="Mara Lindqvist",
                kind=SpeakerKind.PERSON,
                method="pronoun",
                aliases=("Lindqvist",),
                evidence=(
                    Evidence(text="She", start=she.start, end=she.end, relation="source"),
                    Evidence(
                        text="Mara Lindqvist", start=mara.start, end=mara.end, relation="pronoun"
                    ),
                ),
            ),
        ),
        Quotation(
            kind=Kind.INDIRECT,
            act=Act.THOUGHT,
            content=_place(HARBOUR, "that the fares will double"),
            cue=_place(HARBOUR, "fear"),
            source=_place(HARBOUR, "Boatmen"),
            method="syntax",
            attribution=Attribution(name="Boatmen", kind=SpeakerKind.GROUP, method="name"),
        ),
    )


def _written_there() -> tuple[Quotation, ...]:
    return (
        Quotation(
            kind=Kind.DIRECT,
            act=Act.WRITING,
            content=_place(COUNCIL, "“It is a gift to shipping,”"),
            cue=_place(COUNCIL, "wrote"),
            source=_place(COUNCIL, "Olaf Brandt"),
            method="marks",
            attribution=Attribution(
                name="Olaf Brandt", kind=SpeakerKind.PERSON, method="name", aliases=("Brandt",)
            ),
        ),
        Quotation(kind=Kind.DIRECT, content=_place(COUNCIL, "=HYPERLINK(1)"), method="marks"),
    )
