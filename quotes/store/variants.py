"""The tellings of one statement, read: who tells it, and which was first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from quotes.store import rows
from quotes.store.current import current_runs, of_run
from quotes.store.models import (
    Attribution,
    Document,
    DocumentVersion,
    Quotation,
    Speaker,
    UtteranceMember,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.store.values import StoredQuotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One telling of a statement; `at` is when its source was published, or else first read."""

    stored: StoredQuotation
    at: datetime
    is_published: bool
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement that several sources tell, with how many, and its first telling."""

    id: int
    sources: int
    quotations: int
    first: Variant


def variants(session: Session, quotation: str, version_id: int) -> list[Variant]:
    """Return the current tellings of what a quotation tells, its own too, the first one first.

    `quotation` is its public id. Empty where no other source tells it.
    """
    id_ = session.scalar(_utterance(quotation, version_id))
    found = _variants(session, id_) if id_ is not None else []
    return found if len({one.stored.record["document"]["id"] for one in found}) > 1 else []


def others(session: Session, quotation: str, version_id: int) -> int:
    """Return how many other sources tell what a quotation tells."""
    runs = current_runs()
    query = (
        select(func.count(runs.c.document_id.distinct()))
        .select_from(UtteranceMember)
        .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
        .join(runs, of_run(runs, rejected=False))
        .where(
            UtteranceMember.utterance_id == _utterance(quotation, version_id).scalar_subquery(),
            runs.c.document_id
            != select(DocumentVersion.document_id)
            .where(DocumentVersion.id == version_id)
            .scalar_subquery(),
        )
    )
    return session.scalar(query) or 0


def count(session: Session) -> int:
    """Return how many statements several sources tell."""
    return session.scalar(select(func.count()).select_from(_counted().subquery())) or 0


def told_most(session: Session, *, limit: int | None = None) -> list[Statement]:
    """Return the statements that several sources tell, those that most tell first."""
    return _told(session, _counted(), limit)


def told_by(session: Session, speaker: str, *, limit: int | None = None) -> list[Statement]:
    """Return the same of one speaker, by public id."""
    theirs = (
        select(UtteranceMember.utterance_id)
        .join(Attribution, Attribution.quotation_id == UtteranceMember.quotation_id)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Speaker.public_id == speaker)
    )
    return _told(session, _counted().where(UtteranceMember.utterance_id.in_(theirs)), limit)


def _told(session: Session, which: Select[int, int, int], limit: int | None) -> list[Statement]:
    counted = which.subquery()
    rows_ = session.execute(
        select(counted.c.utterance_id, counted.c.sources, counted.c.quotations)
        .order_by(counted.c.sources.desc(), counted.c.quotations.desc(), counted.c.utterance_id)
        .limit(limit)
    )
    return [
        Statement(id=id_, sources=number, quotations=quotations, first=_variants(session, id_)[0])
        for id_, number, quotations in rows_.all()
    ]


def _counted() -> Select[int, int, int]:
    runs = current_runs()
    sources = func.count(runs.c.document_id.distinct())
    return (
        select(
            UtteranceMember.utterance_id,
            sources.label("sources"),
            func.count().label("quotations"),
        )
        .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
        .join(runs, of_run(runs, rejected=False))
        .group_by(UtteranceMember.utterance_id)
        .having(sources > 1)
    )


def _utterance(quotation: str, version_id: int) -> Select[int]:
    return (
        select(UtteranceMember.utterance_id)
        .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
        .where(Quotation.public_id == quotation, Quotation.version_id == version_id)
        .order_by(Quotation.run_id.desc())
        .limit(1)
    )


def _variants(session: Session, utterance: int) -> list[Variant]:
    runs = current_runs()
    at = func.coalesce(
        Document.published_at, DocumentVersion.ingested_at, type_=Document.published_at.type
    )
    query = (
        rows.statement()
        .add_columns(UtteranceMember.score.label("score"), Document.published_at.label("published"))
        .join(UtteranceMember, UtteranceMember.quotation_id == Quotation.id)
        .join(runs, of_run(runs, rejected=False))
        .where(UtteranceMember.utterance_id == utterance)
        .order_by(at, Document.id, Quotation.start)
    )
    found: list[Any] = list(session.execute(query))
    return [
        Variant(
            stored=stored,
            at=row.published or stored.ingested_at,
            is_published=row.published is not None,
            score=row.score,
        )
        for row, stored in zip(found, rows.stored(session, found), strict=True)
    ]
