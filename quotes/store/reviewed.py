"""Reviews read: each quotation's own, and those of the rows that it goes on from.

A row that takes on another's reviews (a new run's, or one with edited spans) has a review that
inherits the last of the other's; from there the way leads back to the first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from quotes.store.models import Quotation, Review, ReviewAction, ReviewStatus, Role
from quotes.store.namings import chunks
from quotes.store.values import StoredReview

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

#: What each decision makes of a quotation.
AFTER: Final = {
    ReviewAction.CONFIRM: ReviewStatus.CONFIRMED,
    ReviewAction.REJECT: ReviewStatus.REJECTED,
    ReviewAction.REASSIGN: ReviewStatus.CORRECTED,
    ReviewAction.EDIT: ReviewStatus.CORRECTED,
    ReviewAction.ADD: ReviewStatus.CORRECTED,
}
_NAMES: Final = ("id", "status", "speaker", "name", "kind", "spans", *map(str, Role))
_KEPT: Final = {name: place for place, name in enumerate(_NAMES)}


class Given(NamedTuple):
    """A review with the public id of the row it was given to, and the row that it inherits from."""

    review: Review
    public_id: str
    heir_of: int | None


def histories(session: Session, ids: Iterable[int]) -> dict[int, list[Given]]:
    """Return the reviews that count for each of these rows, oldest first, by the row's key."""
    roots = list(ids)
    known: defaultdict[int, list[Given]] = defaultdict(list)
    wanted = set(roots)
    while wanted:
        found = _own(session, sorted(wanted))
        for one in found:
            known[one.review.quotation_id].append(one)
        wanted = {one.heir_of for one in found if one.heir_of is not None} - known.keys()
    return {root: _history(root, known) for root in roots}


def _own(session: Session, ids: Sequence[int]) -> list[Given]:
    before = aliased(Review)
    found: list[Given] = []
    for some in chunks(ids):
        rows = session.execute(
            select(Review, Quotation.public_id, before.quotation_id)
            .select_from(Review)
            .join(Quotation, Quotation.id == Review.quotation_id)
            .outerjoin(before, before.id == Review.inherits_id)
            .where(Review.quotation_id.in_(some))
            .order_by(Review.id)
        )
        found += (Given(*row) for row in rows)
    return found


def _history(root: int, known: defaultdict[int, list[Given]]) -> list[Given]:
    collected: dict[int, Given] = {}
    waiting: list[tuple[int, int | None]] = [(root, None)]
    while waiting:
        row, last = waiting.pop()
        for one in known.get(row, ()):
            if (last is None or one.review.id <= last) and one.review.id not in collected:
                collected[one.review.id] = one
                if one.heir_of is not None:
                    waiting.append((one.heir_of, one.review.inherits_id))
    return [collected[id_] for id_ in sorted(collected)]


def standing(history: Iterable[Given]) -> list[Given]:
    """Return the decisions that nobody took back, oldest first; the last is what counts."""
    held: list[Given] = []
    for one in history:
        if one.review.action == ReviewAction.INHERIT:
            continue
        if one.review.action != ReviewAction.UNDO:
            held.append(one)
        elif held:
            held.pop()
    return held


def newest(row_id: int, history: Iterable[Given]) -> Review | None:
    """Return the newest review of the row itself, which says how it stands."""
    own = [one.review for one in history if one.review.quotation_id == row_id]
    return own[-1] if own else None


def status_of(row_id: int, history: Iterable[Given]) -> str:
    """Return `machine`, `confirmed`, `corrected` or `rejected`, as records have it."""
    last = newest(row_id, history)
    if last is None:
        return str(ReviewStatus.MACHINE)
    return str(ReviewStatus.REJECTED) if last.status == ReviewStatus.WITHDRAWN else last.status


def stored_review(one: Given) -> StoredReview:
    """Return a review as the store hands it out."""
    review = one.review
    return StoredReview(
        id=review.id,
        quotation=one.public_id,
        reviewer=review.reviewer,
        created_at=review.created_at,
        action=review.action,
        status=review.status,
        old=_in_order(review.old),
        new=_in_order(review.new),
        note=review.note,
        inherits=review.inherits_id,
    )


def _in_order(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what a review keeps in the order of `recording.snapshot`; PostgreSQL has its own."""
    if told is None:
        return None
    return {
        name: _in_order(value) if isinstance(value, dict) else value
        for name, value in sorted(told.items(), key=lambda item: _KEPT.get(item[0], len(_KEPT)))
    }
