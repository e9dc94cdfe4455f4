"""Documents and a small pipeline made by hand, so that the store is tested without a model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from quotes.documents.document import Document
from quotes.pipeline import Result
from quotes.quotation import Attribution, Evidence, Kind, Notice, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import Saved, finish_run, save, start_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from quotes.store import Store

SAID = re.compile(r"(“[^”]*”) (said) ([A-Z][\w’-]*(?: [A-Z][\w’-]*)*|a \w+)( to the [a-z]+)?")


def make_document(
    text: str,
    *,
    name: str = "summit.txt",
    raw: bytes | None = None,
    title: str | None = None,
    url: str | None = None,
    published_at: datetime | None = None,
    notices: tuple[Notice, ...] = (),
) -> Document:
    return Document(
        uri=f"file:///articles/{quote(name)}",
        path=f"articles/{name}",
        raw=text.encode("utf-8", "surrogatepass") if raw is None else raw,
        text=text,
        media_type="text/plain",
        reader="plain",
        reader_version="1",
        encoding="utf-8",
        encoding_choice="utf-8",
        title=title,
        url=url,
        published_at=published_at,
        notices=notices,
    )


def find(text: str) -> tuple[Quotation, ...]:
    """Return each “…” said Name of a text."""
    return tuple(_quotation(match) for match in SAID.finditer(text))


def _quotation(match: re.Match[str]) -> Quotation:
    source = Span(*match.span(3))
    is_name = match[3][0].isupper()
    step = Evidence(text=match[3], start=source.start, end=source.end, relation="source")
    return Quotation(
        kind=Kind.DIRECT,
        content=(Span(*match.span(1)),),
        cue=(Span(*match.span(2)),),
        source=(source,),
        addressee=(Span(*match.span(4)),) if match[4] else (),
        confidence=0.9,
        method="toy",
        attribution=Attribution(
            name=match[3],
            kind=SpeakerKind.PERSON if is_name else SpeakerKind.UNNAMED,
            method="name",
            confidence=0.8,
            evidence=(step,),
        ),
    )


@dataclass
class ToyPipeline:
    """Finds “…” said Name; raises on texts with `poison` in them, as a broken parser would."""

    name: str = "toy"
    version: str = "1"
    models: Mapping[str, str] = field(default_factory=lambda: {"toy": "0" * 8})
    poison: str | None = None
    ran: list[str] = field(default_factory=list)

    def read(self, text: str) -> Result:
        (result,) = self.run([text])
        return result

    def run(self, texts: Iterable[str]) -> Iterator[Result]:
        for text in texts:
            if self.poison is not None and self.poison in text:
                raise RuntimeError("the parser fell over")
            self.ran.append(text)
            unclosed = text.count("“") > text.count("”")
            notices = (
                (Notice(message="a quotation mark never closes", start=text.rindex("“")),)
                if unclosed
                else ()
            )
            yield Result(text=text, quotations=find(text), notices=notices)


def store_documents(store: Store, *documents: Document) -> list[Saved]:
    """Store documents with what the toy pipeline finds, as one finished run."""
    book = SpeakerBook()
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="toy", version="1", models={}, config={})
    saved = []
    for document in documents:
        with store.session(write=True) as session:
            result = Result(text=document.text, quotations=find(document.text))
            saved.append(save(session, document, result, run_id, book))
    with store.session(write=True) as session:
        finish_run(session, run_id, RunStatus.DONE)
    return saved
