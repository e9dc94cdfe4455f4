"""Documents and their versions, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, undefer

from quotes.errors import Ambiguous, NotFound
from quotes.store.current import current_runs, is_current_version, is_newest_run, of_run, stands
from quotes.store.filters import source_tiers
from quotes.store.models import Document, DocumentVersion, Quotation, ReviewStatus, RunVersion
from quotes.store.values import StoredSource, StoredVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

# Made once, for an export asks it for every text.
_TEXT = select(DocumentVersion.text).where(DocumentVersion.id == bindparam("id"))


def sources(session: Session, which: str | None = None) -> Iterator[StoredSource]:
    """Yield the documents, all or those that `which` names as in `Filter.source`."""
    query = _statement().order_by(Document.id)
    if which is not None:
        query = query.where(or_(*source_tiers(which)))
    for row in session.execute(query.execution_options(yield_per=500)):
        yield _source(row)


def source(session: Session, ref: str) -> StoredSource:
    """Return the one document that `ref` names; raises NotFound or Ambiguous.

    The surest way in which the name fits any document decides: a path before a title.
    """
    for tier in source_tiers(ref) if ref.strip() else ():
        rows = session.execute(
            _statement().where(tier).order_by(Document.id).limit(Ambiguous.SHOWN + 1)
        ).all()
        if len(rows) == 1:
            return _source(rows[0])
        if rows:
            names = [f"{row.Document.public_id} {row.Document.path}" for row in rows]
            raise Ambiguous.among(
                f"several sources answer to {ref!r}", names, hint="name one by its id"
            )
    raise NotFound(f"no source answers to {ref!r}", hint="see `quotes source list`")


def source_by_id(session: Session, public_id: str) -> StoredSource:
    """Return the document of this id, whole; raises NotFound."""
    row = session.execute(_statement().where(Document.public_id == public_id)).first()
    if row is None:
        raise NotFound(f"no source has the id {public_id!r}", hint="see `quotes source list`")
    return _source(row)


def sources_page(
    session: Session,
    which: str | None = None,
    *,
    after: int = 0,
    before: int | None = None,
    limit: int = 50,
) -> tuple[list[StoredSource], int | None, int | None]:
    """Return the documents behind a place in the order of `sources`, and two places, or None.

    Behind the first begins the next page, before the second ends the previous one. With `before`
    it is the page that ends there, and the first where fewer are left than one has.
    """
    query = _statement()
    if which is not None:
        query = query.where(or_(*source_tiers(which)))
    if before is not None:
        back = query.where(Document.id < before).order_by(Document.id.desc())
        found = session.execute(back.limit(limit + 1)).all()[::-1]
        if len(found) <= limit:
            return sources_page(session, which, limit=limit)
        found = found[1:]
        return [_source(row) for row in found], found[-1].Document.id, found[0].Document.id
    query = query.where(Document.id > after).order_by(Document.id)
    found = session.execute(query.limit(limit + 1)).all()
    following = found[limit - 1].Document.id if len(found) > limit else None
    start = found[0].Document.id if after and found else None
    return [_source(row) for row in found[:limit]], following, start


def versions(session: Session, document_id: str) -> list[StoredVersion]:
    """Return the versions of the document with this public id, oldest first."""
    counted = (
        select(func.count())
        .select_from(Quotation)
        .join(
            RunVersion,
            (RunVersion.run_id == Quotation.run_id)
            & (RunVersion.version_id == Quotation.version_id),
        )
        .where(
            Quotation.version_id == DocumentVersion.id,
            is_newest_run(),
            ~stands(ReviewStatus.WITHDRAWN, ReviewStatus.REJECTED),
        )
        .correlate(DocumentVersion)
        .scalar_subquery()
    )
    found = session.execute(
        select(DocumentVersion, counted, is_current_version())
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(Document.public_id == document_id)
        .order_by(DocumentVersion.id)
    )
    return [_version(version, count, bool(current)) for version, count, current in found]


def version(
    session: Session, ref: str, *, document_id: str | None = None
) -> tuple[StoredSource, StoredVersion]:
    """Return the version whose bytes have this hash or one that begins so, and its source.

    `sha256:` may stand before it. Raises NotFound, or Ambiguous where several begin so.
    """
    digest = ref.strip().lower().removeprefix("sha256:")
    query = (
        select(DocumentVersion.id, DocumentVersion.sha256, Document.public_id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(DocumentVersion.sha256.startswith(digest, autoescape=True))
        .order_by(DocumentVersion.id)
        .limit(Ambiguous.SHOWN + 1)
    )
    if document_id is not None:
        query = query.where(Document.public_id == document_id)
    found = session.execute(query).all()
    if not digest or not found:
        raise NotFound(f"no version has the hash {ref!r}", hint="see `quotes source versions NAME`")
    if len(found) > 1:
        raise Ambiguous.among(
            f"several versions have a hash that begins with {ref!r}",
            [f"{row.public_id} sha256:{row.sha256[:12]}" for row in found],
            hint="give more of it, or name the source too",
        )
    (id_, _, owner) = found[0]
    (chosen,) = (one for one in versions(session, owner) if one.id == id_)
    return source(session, owner), chosen


def current_versions(session: Session) -> Iterator[tuple[int, str]]:
    """Yield the current version of each document, with the document's path."""
    query = (
        select(DocumentVersion.id, Document.path)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(is_current_version())
        .order_by(Document.id)
    )
    for row in session.execute(query.execution_options(yield_per=500)):
        yield row[0], row[1]


def passage(session: Session, version_id: int) -> str:
    """Return a version's canonical text; raises NotFound."""
    text = session.scalar(_TEXT, {"id": version_id})
    if text is None:
        raise NotFound(f"there is no version {version_id}", hint="see `quotes source versions`")
    return text


def raw_bytes(session: Session, version_id: int) -> bytes:
    """Return a version's bytes as they were read; raises NotFound."""
    version = session.get(DocumentVersion, version_id, options=[undefer(DocumentVersion.raw)])
    if version is None:
        raise NotFound(f"there is no version {version_id}", hint="see `quotes source versions`")
    return version.raw


def _statement() -> Select[*tuple[Any, ...]]:
    runs = current_runs()
    found = (
        select(func.count())
        .select_from(Quotation)
        .join(runs, of_run(runs, rejected=False))
        .where(runs.c.document_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    counted = (
        select(func.count())
        .select_from(DocumentVersion)
        .where(DocumentVersion.document_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    return (
        select(Document, DocumentVersion, counted.label("versions"), found.label("quotations"))
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(is_current_version())
    )


def _source(row: Row[*tuple[Any, ...]]) -> StoredSource:
    document, version, counted, found = row
    return StoredSource(
        id=document.public_id,
        uri=document.uri,
        path=document.path,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        url=document.url,
        language=document.language,
        published_at=document.published_at,
        version="sha256:" + version.sha256,
        version_id=version.id,
        media_type=version.media_type,
        ingested_at=version.ingested_at,
        versions=counted,
        quotations=found,
    )


def _version(version: DocumentVersion, count: int, current: bool) -> StoredVersion:
    return StoredVersion(
        id=version.id,
        version="sha256:" + version.sha256,
        text_sha256=version.text_sha256,
        media_type=version.media_type,
        reader=version.reader,
        reader_version=version.reader_version,
        encoding=version.encoding,
        encoding_choice=version.encoding_choice,
        ingested_at=version.ingested_at,
        seen_at=version.seen_at,
        current=current,
        quotations=count,
    )
