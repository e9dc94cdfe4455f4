"""The quotations of which the machine is least sure, for people to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, func, or_

from quotes.store import rows
from quotes.store.current import current_runs, of_run
from quotes.store.filters import conditions, has_status
from quotes.store.models import Quotation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.store.values import Filter, StoredQuotation

# What has no confidence comes last.
_NONE = 2.0


class Place(NamedTuple):
    """A place in the order of confidences: the confidence, and the key of the quotation."""

    confidence: float
    key: int


def least_sure(
    session: Session, which: Filter, *, after: Place | None = None, limit: int
) -> list[tuple[Place, StoredQuotation]]:
    """Return the quotations that pass a filter, the least confident first, from a place on."""
    runs = current_runs()
    sure = func.coalesce(Quotation.confidence, _NONE)
    query = (
        rows.statement()
        .join(runs, of_run(runs))
        .where(has_status(which), *conditions(which))
        .order_by(sure, Quotation.id)
        .limit(limit)
    )
    if after is not None:
        later = and_(sure == after.confidence, Quotation.id > after.key)
        query = query.where(or_(sure > after.confidence, later))
    found = session.execute(query).all()
    places = [
        Place(_NONE if row.Quotation.confidence is None else row.Quotation.confidence, row[0].id)
        for row in found
    ]
    return list(zip(places, rows.stored(session, found), strict=True))
