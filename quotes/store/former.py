"""What sources said before they changed: the quotations of versions that newer ones replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_

from quotes.store import fulltext, rows
from quotes.store.asking import Words
from quotes.store.current import is_current_version, is_newest_run, stands
from quotes.store.members import is_or_has_member
from quotes.store.models import Quotation, ReviewStatus, RunVersion, Speaker
from quotes.store.wording import folded_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from quotes.store.values import StoredQuotation

_MOST_READ: Final = 500


def former(
    session: Session, words: str, *, speakers: Collection[str], limit: int
) -> list[StoredQuotation]:
    """Return the quotations of replaced versions with these words in this order.

    `speakers` are the public ids of those to whom they must be attributed, alone or together with
    others. Only the newest run of each version counts.
    """
    if not words or not speakers:
        return []
    phrase = Words(" ".join(folded_words(words)))
    counts = fulltext.Counts(session.connection(), "fulltext_quotation")
    ids = fulltext.found(counts, phrase, limit=_MOST_READ)
    if not ids:
        return []
    of_its_run = and_(
        RunVersion.run_id == Quotation.run_id, RunVersion.version_id == Quotation.version_id
    )
    query = (
        rows.statement()
        .join(RunVersion, of_its_run)
        .where(
            Quotation.id.in_(ids),
            ~is_current_version(),
            is_newest_run(),
            ~stands(ReviewStatus.WITHDRAWN),
        )
        .where(is_or_has_member(Speaker.public_id.in_(speakers)))
        .order_by(Quotation.id.desc())
        .limit(limit)
    )
    return rows.stored(session, session.execute(query).all(), current=False)
