"""Which rows count now: each document's current version, and that version's newest whole run."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from quotes.store.models import Attribution, DocumentVersion, Quotation, RunVersion


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


def of_run(runs: Subquery) -> ColumnElement[bool]:
    """Return the condition that a quotation belongs to one of these."""
    return and_(Quotation.version_id == runs.c.version_id, Quotation.run_id == runs.c.run_id)


def newest_attribution() -> ColumnElement[int]:
    """Return the key of a quotation's attribution that holds."""
    newest = select(func.max(Attribution.id)).where(Attribution.quotation_id == Quotation.id)
    return newest.correlate(Quotation).scalar_subquery()
