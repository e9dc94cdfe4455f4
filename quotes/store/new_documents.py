"""Documents of which the database has nothing, stored many at a time.

What `quotes.store.writer` does for one document in the face of all that is stored comes to the same
rows; here keys are known before the rows go in, and each table is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quotes.store.bulk import new_keys, put
from quotes.store.embeddings import save_new_vectors
from quotes.store.models import Document, DocumentVersion, RunVersion
from quotes.store.models.base import now
from quotes.store.named import everybody
from quotes.store.new_chapters import NewChapter, lead
from quotes.store.quotation_rows import Details, Home, distinct, enter
from quotes.store.standing import Standing
from quotes.store.writer import KNOWN, Saved, check_result, check_storable, version_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument
    from quotes.pipeline import Result
    from quotes.vectors.meanings import Meanings

# As many quotations are put in together, and those of one document more.
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A new document with what was found in it, and its vectors where they were made."""

    document: ReadDocument
    result: Result
    vectors: Meanings | None = None


def save_new(session: Session, arrivals: Sequence[Arrival], run_id: int) -> list[Saved]:
    """Store documents of which `standing.absent` told, in this transaction, that they are new.

    Raises DocumentError for text that no database keeps, OffsetError for a span that does not fit.
    """
    return [one for some in _portions(arrivals) for one in _save_together(session, some, run_id)]


def _portions(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """Yield documents some together, so that not too many rows are held at once."""
    some: list[Arrival] = []
    held = 0
    for one in arrivals:
        some.append(one)
        held += len(one.result.quotations)
        if held >= _MOST:
            yield some
            some, held = [], 0
    if some:
        yield some


def _save_together(session: Session, arrivals: Sequence[Arrival], run_id: int) -> list[Saved]:
    for one in arrivals:
        check_storable(one.document)
        check_result(one.result, one.document.text)
    at = now()
    documents = new_keys(session, Document, len(arrivals))
    versions = new_keys(session, DocumentVersion, len(arrivals))
    homes = [
        Home(version_id=id_, sha256=one.document.sha256, text=one.document.text, run_id=run_id)
        for id_, one in zip(versions, arrivals, strict=True)
    ]
    found = [
        distinct(home, one.result.quotations) for home, one in zip(homes, arrivals, strict=True)
    ]
    rows = [_document(id_, one, at) for id_, one in zip(documents, arrivals, strict=True)]
    put(session, Document, rows)
    keys = zip(versions, documents, strict=True)
    rows = [_version(*ids, one, at) for ids, one in zip(keys, arrivals, strict=True)]
    put(session, DocumentVersion, rows)
    rows = [{"run_id": run_id, "version_id": id_, "status": "done"} for id_ in versions]
    put(session, RunVersion, [{**row, "finished_at": at} for row in rows])
    entered = enter(session, list(zip(homes, found, strict=True)))
    chapters = [
        NewChapter(id=id_, public_id=one.document.id, attributions=everybody(quotations.values()))
        for id_, one, quotations in zip(documents, arrivals, entered, strict=True)
    ]
    lead(session, chapters)
    details = Details()
    for home, quotations, chapter in zip(homes, entered, chapters, strict=True):
        details.add(quotations, home.text, chapter.entry)
    details.put(session)
    for home, quotations, one in zip(homes, entered, arrivals, strict=True):
        if one.vectors is not None:
            save_new_vectors(session, home, quotations, one.vectors)
    return [
        Saved(standing=Standing.NEW, version_id=id_, quotations=len(quotations))
        for id_, quotations in zip(versions, entered, strict=True)
    ]


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
