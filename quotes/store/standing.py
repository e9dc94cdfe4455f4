"""How a document that was just read stands to what is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, exists, func, select, update

from quotes.store.current import is_current_version
from quotes.store.models import Document, DocumentVersion, RunVersion
from quotes.store.models.base import now
from quotes.store.namings import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.documents.document import Document as ReadDocument

# The shortest time that a database tells apart.
_LEAST: Final = timedelta(microseconds=1)


class Standing(StrEnum):
    """What a document is to the store."""

    NEW = "new"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A standing, with what is stored already: the version, and of a copy the other path.

    `same_text` is False where the same bytes were decoded or read differently before.
    """

    standing: Standing
    document_id: int | None = None
    version_id: int | None = None
    path: str | None = None
    same_text: bool = True


# Statements that are asked for every document: to put one together takes as long as to ask it.
_OWN: Final = select(Document.id).where(Document.public_id == bindparam("id"))
_WHOLE: Final = exists().where(
    RunVersion.version_id == DocumentVersion.id, RunVersion.status == "done"
)
_AMONG: Final = (
    select(
        Document.public_id,
        DocumentVersion.sha256,
        DocumentVersion.id,
        DocumentVersion.document_id,
        DocumentVersion.text_sha256,
    )
    .join(DocumentVersion, DocumentVersion.document_id == Document.id)
    .where(
        Document.public_id.in_(bindparam("ids", expanding=True)),
        DocumentVersion.sha256.in_(bindparam("hashes", expanding=True)),
        _WHOLE,
    )
)
_COPY: Final = (
    select(Document.id, Document.path, DocumentVersion.id.label("version_id"))
    .join(DocumentVersion, DocumentVersion.document_id == Document.id)
    .where(
        DocumentVersion.sha256 == bindparam("sha256"),
        DocumentVersion.text_sha256 == bindparam("text_sha256"),
        is_current_version(),
    )
    .order_by(Document.id)
    .limit(1)
)


def standing_of(session: Session, document: ReadDocument) -> Found:
    """Compare a document with the store, by its identity and the hash of its bytes."""
    own = session.scalar(_OWN, {"id": document.id})
    if own is None:
        return _copy_or_new(session, document)
    row = session.execute(
        select(DocumentVersion.id, DocumentVersion.text_sha256).where(
            DocumentVersion.document_id == own, DocumentVersion.sha256 == document.sha256
        )
    ).first()
    if row is None:
        return Found(standing=Standing.NEW_VERSION, document_id=own)
    whole = session.scalar(
        select(exists().where(RunVersion.version_id == row.id, RunVersion.status == "done"))
    )
    return Found(
        standing=Standing.UNCHANGED if whole else Standing.NEW_VERSION,
        document_id=own,
        version_id=row.id,
        same_text=row.text_sha256 == document.text_sha256,
    )


def absent(session: Session, documents: Sequence[ReadDocument]) -> set[str]:
    """Return the ids of those documents of which neither source nor bytes are stored.

    Nor do they stand among the others too.
    """
    ids = Counter(document.id for document in documents)
    hashes = Counter(document.sha256 for document in documents)
    known: set[str] = set()
    for column, asked in ((Document.public_id, ids), (DocumentVersion.sha256, hashes)):
        for some in chunks(sorted(asked)):
            known.update(session.scalars(select(column).where(column.in_(some))))
    return {
        document.id
        for document in documents
        if ids[document.id] == hashes[document.sha256] == 1
        and not {document.id, document.sha256} & known
    }


def standings(session: Session, documents: Sequence[ReadDocument]) -> list[Found | None]:
    """Return for each of a few hundred documents how it stands: unchanged, new, or None for else.

    New are those that are `absent`, as far as this session sees.
    """
    asked = {
        "ids": list({one.id for one in documents}),
        "hashes": list({one.sha256 for one in documents}),
    }
    rows = session.execute(_AMONG, asked)
    stored = {(row.public_id, row.sha256): row for row in rows}
    others = [one for one in documents if (one.id, one.sha256) not in stored]
    new = absent(session, others) if others else set()
    return [_standing(one, stored.get((one.id, one.sha256)), new) for one in documents]


def _standing(document: ReadDocument, row: Any, new: Collection[str]) -> Found | None:
    if row is None:
        return Found(standing=Standing.NEW) if document.id in new else None
    return Found(
        standing=Standing.UNCHANGED,
        document_id=row.document_id,
        version_id=row.id,
        same_text=row.text_sha256 == document.text_sha256,
    )


def _copy_or_new(session: Session, document: ReadDocument) -> Found:
    """Look for the same content elsewhere; what a source said only in the past is no copy."""
    asked = {"sha256": document.sha256, "text_sha256": document.text_sha256}
    row = session.execute(_COPY, asked).first()
    if row is None:
        return Found(standing=Standing.NEW)
    return Found(
        standing=Standing.COPY, document_id=row.id, version_id=row.version_id, path=row.path
    )


def mark_seen(session: Session, seen: Mapping[int, datetime]) -> None:
    """Note when sources were found with these contents, which makes them the current versions."""
    if seen:
        session.execute(
            update(DocumentVersion), [{"id": id_, "seen_at": at} for id_, at in seen.items()]
        )


def seen_after(
    session: Session, document_id: int, at: datetime, *, but: int | None = None
) -> datetime:
    """Return when a version of a document was seen: at this moment, by a clock that holds.

    A version that was seen in the future shows that the clock has been put back since; what is
    seen now comes after it. `but` is a version that is not asked.
    """
    others = [DocumentVersion.document_id == document_id, DocumentVersion.id != but]
    latest = session.scalar(select(func.max(DocumentVersion.seen_at)).where(*others))
    if latest is None or latest <= now():
        return at
    return latest + _LEAST
