"""The reading side of the store: every function takes a session, and none of them writes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from quotes.store.values import (
    Filter,
    Hit,
    StoredQuotation,
    StoredSource,
    StoredSpeaker,
    StoredVersion,
)


def quotations(
    session: Session, which: Filter | None = None, *, limit: int | None = None, offset: int = 0
) -> Iterator[StoredQuotation]:
    """Yield the quotations of each document's current version, from its newest finished run.

    They come in the order of documents and offsets, a batch in memory at a time.
    """
    raise NotImplementedError


def quotation(session: Session, ref: str) -> StoredQuotation:
    """Return the quotation with this id or unique prefix; raises NotFound or Ambiguous."""
    raise NotImplementedError


def passage(session: Session, version_id: int) -> str:
    """Return a version's canonical text; raises NotFound."""
    raise NotImplementedError


def sources(session: Session, which: str | None = None) -> Iterator[StoredSource]:
    """Yield the documents, all or those that `which` names as in `Filter.source`."""
    raise NotImplementedError


def source(session: Session, ref: str) -> StoredSource:
    """Return the one document that `ref` names; raises NotFound or Ambiguous."""
    raise NotImplementedError


def versions(session: Session, document_id: str) -> list[StoredVersion]:
    """Return the versions of the document with this public id, oldest first."""
    raise NotImplementedError


def speakers(session: Session, contains: str | None = None) -> list[StoredSpeaker]:
    """Return the speakers, all or those a part of whose name or alias this is, by name."""
    raise NotImplementedError


def speaker(session: Session, ref: str) -> StoredSpeaker:
    """Return the speaker with this id, name, alias or surname; raises NotFound or Ambiguous."""
    raise NotImplementedError


def search(session: Session, text: str, *, limit: int = 20) -> list[Hit]:
    """Return the quotations, then the passages, that hold all the words, best first."""
    raise NotImplementedError
