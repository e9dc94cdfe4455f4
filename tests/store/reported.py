"""A document with what a paper passes on and what two people say together, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.pipeline import Result
from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run
from tests.store.builders import make_document

if TYPE_CHECKING:
    from quotes.store import Store

TEXT = (
    "Harbour News, citing a port official, reported that the ferry would stop. "
    "Ada Moss and Bo Lund said that the pier was safe. "
    "Ada Moss said that it was late.\n"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def named(name: str, kind: SpeakerKind, *, relation: str = "source", **more: object) -> Attribution:
    place = span(name)
    step = Evidence(text=name, start=place.start, end=place.end, relation=relation)
    return Attribution(name=name, kind=kind, method="name", evidence=(step,), **more)  # type: ignore[arg-type]  # members or via


def told(words: str, attribution: Attribution) -> Quotation:
    source = attribution.evidence[0]
    return Quotation(
        kind=Kind.INDIRECT,
        content=(span(words),),
        source=(Span(source.start, source.end),),
        attribution=attribution,
    )


PERSON, GROUP = SpeakerKind.PERSON, SpeakerKind.GROUP
PAPER = named("Harbour News", SpeakerKind.ORGANISATION, relation="via")
MOSS, LUND = named("Ada Moss", PERSON), named("Bo Lund", PERSON)
QUOTATIONS = (
    told("that the ferry would stop", named("port official", SpeakerKind.UNNAMED, via=PAPER)),
    told(
        "that the pier was safe",
        named("Ada Moss and Bo Lund", GROUP, members=(MOSS, LUND)),
    ),
    told("that it was late", MOSS),
)


def store_report(store: Store, *quotations: Quotation) -> None:
    """Store the document as one finished run."""
    document = make_document(TEXT)
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="hand", version="1", models={}, config={})
        result = Result(text=TEXT, quotations=quotations or QUOTATIONS)
        save(session, document, result, run_id, SpeakerBook())
        finish_run(session, run_id, RunStatus.DONE)
