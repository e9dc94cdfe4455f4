"""Documents of which the database has nothing, stored many at a time.

What `quotes.store.writer` does for one document in the face of all that is stored comes to the same
rows; here keys are known before the rows go in, and each table is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from quotes.errors import Overtaken
from quotes.store.bulk import new_keys, put
from quotes.store.embeddings import save_new_vectors
from quotes.store.models import Document, DocumentVersion, RunVersion
from quotes.store.models.base import now
from quotes.store.named import everybody
from quotes.store.namings import chunks
from quotes.store.new_chapters import NewChapter, lead
from quotes.store.quotation_rows import Home, attribute, distinct, enter
from quotes.store.standing import Standing
from quotes.store.writer import KNOWN, Saved, check_result, check_storable, version_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument
    from quotes.pipeline import Result
    from quotes.quotation import Quotation as Found
    from quotes.vectors.meanings import Meanings

# As many quotations are put in together, and those of one document more.
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A new document with what was found in it, and its vectors where they were made."""

    document: ReadDocument
    result: Result
    vectors: Meanings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entered:
    """An arrival under its keys, with its quotations by theirs."""

    arrival: Arrival
    document_id: int
    home: Home
    quotations: Mapping[int, Found]


@dataclass(frozen=True, slots=True)
class Entered:
    """New documents with their quotations, stored but for whom these are given to."""

    _portions: Sequence[Sequence[_Entered]]

    def complete(self, session: Session) -> list[Saved]:
        """Give the quotations to their speakers; to be called in the session's turn.

        Raises Overtaken where the bytes of one have been stored meanwhile, which makes it a copy.
        """
        self._check_alone(session)
        for some in self._portions:
            _give(session, some)
        return [
            Saved(
                standing=Standing.NEW,
                version_id=one.home.version_id,
                quotations=len(one.quotations),
            )
            for some in self._portions
            for one in some
        ]

    def _check_alone(self, session: Session) -> None:
        own = {one.home.version_id for some in self._portions for one in some}
        hashes = sorted({one.home.sha256 for some in self._portions for one in some})
        for part in chunks(hashes):
            stored = select(DocumentVersion.id).where(DocumentVersion.sha256.in_(part))
            if not own.issuperset(session.scalars(stored)):
                raise Overtaken("another program has stored the same bytes", hint="try again")


def save_new(session: Session, arrivals: Sequence[Arrival], run_id: int) -> list[Saved]:
    """Store documents of which `standing.absent` told, in this transaction, that they are new.

    Raises DocumentError for text that no database keeps, OffsetError for a span that does not fit.
    """
    return enter_new(session, arrivals, run_id).complete(session)


def enter_new(session: Session, arrivals: Sequence[Arrival], run_id: int) -> Entered:
    """Store what of new documents nobody else can have or wants to know yet, beside other writers.

    That is all but their speakers: most of the work, full text and indexes among it. Raises
    Overtaken where another program has stored one of them, and what `save_new` raises.
    """
    for one in arrivals:
        check_storable(one.document)
        check_result(one.result, one.document.text)
    at = now()
    documents = new_keys(session, Document, len(arrivals))
    rows = [_document(id_, one, at) for id_, one in zip(documents, arrivals, strict=True)]
    # In an order, so that of two programs with the same documents one waits for the other.
    rows.sort(key=itemgetter("public_id"))
    if put(session, Document, rows, unless_there=True) < len(rows):
        raise Overtaken("another program has stored the same source", hint="try again")
    keyed = list(zip(documents, arrivals, strict=True))
    return Entered([_enter(session, some, run_id, at) for some in _portions(keyed)])


def _portions(keyed: Iterable[tuple[int, Arrival]]) -> Iterator[list[tuple[int, Arrival]]]:
    """Yield documents some together, so that not too many rows are held at once."""
    some: list[tuple[int, Arrival]] = []
    held = 0
    for id_, one in keyed:
        some.append((id_, one))
        held += len(one.result.quotations)
        if held >= _MOST:
            yield some
            some, held = [], 0
    if some:
        yield some


def _enter(
    session: Session, keyed: Sequence[tuple[int, Arrival]], run_id: int, at: datetime
) -> list[_Entered]:
    """Add what documents said, and the quotations in it."""
    arrivals = [one for _, one in keyed]
    versions = new_keys(session, DocumentVersion, len(arrivals))
    homes = [
        Home(version_id=id_, sha256=one.document.sha256, text=one.document.text, run_id=run_id)
        for id_, one in zip(versions, arrivals, strict=True)
    ]
    found = [
        distinct(home, one.result.quotations) for home, one in zip(homes, arrivals, strict=True)
    ]
    rows = [
        _version(version_id, id_, one, at)
        for version_id, (id_, one) in zip(versions, keyed, strict=True)
    ]
    put(session, DocumentVersion, rows)
    rows = [{"run_id": run_id, "version_id": id_, "status": "done"} for id_ in versions]
    put(session, RunVersion, [{**row, "finished_at": at} for row in rows])
    entered = enter(session, list(zip(homes, found, strict=True)))
    return [
        _Entered(arrival=one, document_id=id_, home=home, quotations=quotations)
        for (id_, one), home, quotations in zip(keyed, homes, entered, strict=True)
    ]


def _give(session: Session, some: Sequence[_Entered]) -> None:
    """Lead the names of documents to speakers, and give these their quotations."""
    chapters = [
        NewChapter(
            id=one.document_id,
            public_id=one.arrival.document.id,
            attributions=everybody(one.quotations.values()),
        )
        for one in some
    ]
    lead(session, chapters)
    each = zip(some, chapters, strict=True)
    attribute(session, [(one.quotations, chapter.entry) for one, chapter in each])
    for one in some:
        if one.arrival.vectors is not None:
            save_new_vectors(session, one.home, one.quotations, one.arrival.vectors)


def _document(id_: int, arrival: Arrival, at: datetime) -> dict[str, Any]:
    document = arrival.document
    return {
        "id": id_,
        "public_id": document.id,
        "uri": document.uri,
        **{name: getattr(document, name) for name in KNOWN},
        "created_at": at,
    }


def _version(id_: int, document_id: int, arrival: Arrival, at: datetime) -> dict[str, Any]:
    values = version_values(arrival.document, at, at)
    return {"id": id_, "document_id": document_id, **values}
