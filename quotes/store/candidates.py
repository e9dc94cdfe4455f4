"""Quotations that hold all the words of a claim, for verification to read word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store import fulltext, rows
from quotes.store.current import current_runs, of_run
from quotes.store.members import is_or_has_member
from quotes.store.models import Quotation, Speaker

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from quotes.store.values import StoredQuotation


def candidates(
    session: Session,
    words: str,
    *,
    speakers: Collection[str] | None = None,
    limit: int | None = None,
) -> list[StoredQuotation]:
    """Return the current quotations with all these words, best first.

    `speakers` are the public ids of those to whom they must be attributed, alone or together with
    others.
    """
    wanted = fulltext.words_of(words)
    if not wanted:
        return []
    dialect = session.get_bind().dialect.name
    matching = fulltext.matches(dialect, "fulltext_quotation", wanted)
    runs = current_runs()
    query = (
        rows.statement()
        .join(matching.rows, matching.id == Quotation.id)
        .join(runs, of_run(runs))
        .order_by(matching.rank, Quotation.id)
        .limit(limit)
    )
    if speakers is not None:
        query = query.where(is_or_has_member(Speaker.public_id.in_(speakers)))
    return rows.stored(session, session.execute(query).all())
