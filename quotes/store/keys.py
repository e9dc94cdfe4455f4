"""From the id of a quotation to the row that it means now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, select

from quotes.errors import Ambiguous, NotFound
from quotes.store.current import current_runs, of_run
from quotes.store.models import Quotation, Review, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Key(NamedTuple):
    """The key of a quotation's row, and whether it counts now."""

    id: int
    current: bool


def key_of(session: Session, ref: str) -> Key:
    """Return the row of this id or unique prefix; raises NotFound or Ambiguous.

    One that only an older version or an older run has is found too, and is not `current`. An id
    whose quotation goes on under another, because a person edited it or a later run found other
    spans around the same words, leads there.
    """
    name = ref if ref.startswith("q_") else "q_" + ref
    # A whole id needs no look at every other.
    whole = session.scalar(select(exists().where(Quotation.public_id == name)))
    ids = (
        [name]
        if whole
        else session.scalars(
            select(Quotation.public_id)
            .where(Quotation.public_id.startswith(name, autoescape=True))
            .distinct()
            .order_by(Quotation.public_id)
            .limit(Ambiguous.SHOWN + 1)
        ).all()
    )
    if not ids:
        raise NotFound(f"no quotation has the id {ref!r}", hint="see `quotes list`")
    if len(ids) > 1 and name not in ids:
        raise Ambiguous.among(
            f"several quotations have ids that begin with {ref!r}", ids, hint="give more of the id"
        )
    first = _best(session, Quotation.public_id == (name if name in ids else ids[0]))
    assert first is not None
    if first.current:
        return first
    return next((key for key in _heirs(session, first.id) if key.current), first)


def row_named(session: Session, ref: str) -> Quotation:
    """Return the row that an id means now; raises NotFound or Ambiguous."""
    return session.get_one(Quotation, key_of(session, ref).id)


def _best(session: Session, which: ColumnElement[bool]) -> Key | None:
    runs = current_runs()
    is_current = exists().where(of_run(runs)).label("is_current")
    row = session.execute(
        select(Quotation.id, is_current)
        .where(which)
        .order_by(is_current.desc(), Quotation.run_id.desc())
        .limit(1)
    ).first()
    return Key(row[0], bool(row[1])) if row is not None else None


def _heirs(session: Session, row_id: int) -> Iterator[Key]:
    """Yield the rows under which a quotation goes on, each after the one before it."""
    seen = {row_id}
    while True:
        last = session.scalar(
            select(Review).where(Review.quotation_id == row_id).order_by(Review.id.desc()).limit(1)
        )
        if last is None:
            return
        heirs = select(Review.quotation_id).where(Review.inherits_id == last.id)
        heir = _best(session, Quotation.id.in_(heirs))
        if heir is None and last.status == ReviewStatus.WITHDRAWN and last.inherits_id:
            # It was withdrawn for the sake of the row whose review it inherits.
            beside = select(Review.quotation_id).where(Review.id == last.inherits_id)
            heir = _best(session, Quotation.id.in_(beside))
        if heir is None or heir.id in seen:
            return
        yield heir
        row_id = heir.id
        seen.add(row_id)
