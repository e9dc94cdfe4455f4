"""Which rows count now: each document's current version, and that version's newest whole run.

What a review has withdrawn (words that were edited, a quotation added and taken back) does not.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from quotes.store.models import (
    Attribution,
    DocumentVersion,
    Quotation,
    Review,
    ReviewStatus,
    RunVersion,
)


@cache
def is_current_version() -> ColumnElement[bool]:
    """Return the condition that no other version of the document was seen later."""
    later = aliased(DocumentVersion)
    return ~exists().where(
        later.document_id == DocumentVersion.document_id,
        or_(
            later.seen_at > DocumentVersion.seen_at,
            and_(later.seen_at == DocumentVersion.seen_at, later.id > DocumentVersion.id),
        ),
    )


@cache
def is_newest_run() -> ColumnElement[bool]:
    """Return the condition that no later run finished this version."""
    later = aliased(RunVersion)
    return and_(
        RunVersion.status == "done",
        ~exists().where(
            later.version_id == RunVersion.version_id,
            later.run_id > RunVersion.run_id,
            later.status == "done",
        ),
    )


def current_runs() -> Subquery:
    """Return `version_id`, `run_id` and `document_id` of what counts now."""
    return (
        select(RunVersion.version_id, RunVersion.run_id, DocumentVersion.document_id)
        .join(DocumentVersion, DocumentVersion.id == RunVersion.version_id)
        .where(is_current_version(), is_newest_run())
        .subquery("current_run")
    )


def runs_of(version_id: int) -> Subquery:
    """Return the same of one version, current or not."""
    return (
        select(RunVersion.version_id, RunVersion.run_id, DocumentVersion.document_id)
        .join(DocumentVersion, DocumentVersion.id == RunVersion.version_id)
        .where(RunVersion.version_id == version_id, is_newest_run())
        .subquery("run_of_version")
    )


def of_run(runs: Subquery, *, rejected: bool = True) -> ColumnElement[bool]:
    """Return the condition that a quotation belongs to one of these and is not withdrawn.

    Without `rejected`, what a review has rejected does not belong either.
    """
    gone = (
        (ReviewStatus.WITHDRAWN,) if rejected else (ReviewStatus.WITHDRAWN, ReviewStatus.REJECTED)
    )
    return and_(
        Quotation.version_id == runs.c.version_id,
        Quotation.run_id == runs.c.run_id,
        ~stands(*gone),
    )


def reaching_into(start: int, end: int | None) -> list[ColumnElement[bool]]:
    """Return the conditions that a quotation has words in this part of its text."""
    before_end = [] if end is None else [Quotation.start < end]
    return [*([Quotation.end > start] if start else []), *before_end]


def stands(*statuses: ReviewStatus) -> ColumnElement[bool]:
    """Return the condition that the newest review of a quotation left it so."""
    later = aliased(Review)
    of_this = Review.quotation_id == Quotation.id
    overtaken = exists().where(later.quotation_id == Review.quotation_id, later.id > Review.id)
    found = exists().where(of_this, Review.status.in_(statuses), ~overtaken.correlate(Review))
    return found.correlate(Quotation)


def newest_attribution() -> ColumnElement[int]:
    """Return the key of a quotation's attribution that holds."""
    newest = select(func.max(Attribution.id)).where(Attribution.quotation_id == Quotation.id)
    return newest.correlate(Quotation).scalar_subquery()


def is_newest_attribution() -> ColumnElement[bool]:
    """Return the condition that an attribution is the one of its quotation that holds.

    For many quotations: PostgreSQL, where it has no statistics yet, would find each one's newest
    among all attributions.
    """
    later = aliased(Attribution)
    overtaken = exists().where(
        later.quotation_id == Attribution.quotation_id, later.id > Attribution.id
    )
    return ~overtaken.correlate(Attribution)
