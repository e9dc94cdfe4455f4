"""One decision written down: how a row stood before, how it stands after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.store.assigning import speaker_of
from quotes.store.handmade import found_of, spans_record
from quotes.store.models import Quotation, Review, ReviewAction, ReviewStatus
from quotes.store.reviewed import histories, newest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a quotation stands; `speaker_id` is whom a person meant, where one has `assigned` it."""

    status: ReviewStatus = ReviewStatus.MACHINE
    assigned: bool = False
    speaker_id: int | None = None


def record(
    session: Session,
    row: Quotation,
    action: ReviewAction,
    after: State,
    *,
    by: str,
    note: str = "",
    old: dict[str, Any] | None = None,
    inherits: Review | None = None,
) -> Review:
    """Add a review of a row; `old` is its snapshot from before, taken now where none is given."""
    review = Review(
        quotation_id=row.id,
        reviewer=by,
        action=str(action),
        old=snapshot(session, row, newest_state(session, row).status) if old is None else old,
        new=snapshot(session, row, after.status),
        note=note or None,
        status=str(after.status),
        assigned=after.assigned,
        speaker_id=after.speaker_id,
        inherits_id=inherits.id if inherits is not None else None,
    )
    session.add(review)
    session.flush()
    return review


def newest_state(session: Session, row: Quotation) -> State:
    """Return how a row stands."""
    last = newest(row.id, histories(session, [row.id])[row.id])
    if last is None:
        return State()
    return State(
        status=ReviewStatus(last.status), assigned=last.assigned, speaker_id=last.speaker_id
    )


def snapshot(session: Session, row: Quotation, status: ReviewStatus) -> dict[str, Any]:
    """Return what a review keeps of a row: id, status, speaker and spans."""
    speaker = speaker_of(session, row.id)
    told = (
        {"id": speaker.public_id, "name": speaker.name, "kind": speaker.kind} if speaker else None
    )
    spans = spans_record(found_of(session, row))
    return {"id": row.public_id, "status": str(status), "speaker": told, "spans": spans}
