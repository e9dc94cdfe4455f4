"""Search by meaning: what is nearest to a sentence vector, with the filters of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.spans import Span
from quotes.store import hits
from quotes.store.models import DocumentVersion, Quotation
from quotes.store.vectors import nearest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

    from quotes.store.values import Filter, Hit

# How many times as many are looked at as are wanted, for those that a filter takes out.
_MORE: Final = (5, 50)


def search_near(
    session: Session, vector: NDArray[np.float32], *, limit: int, which: Filter
) -> list[Hit] | None:
    """Return the quotations, then the sentences outside them, that are nearest in meaning.

    `vector` is `[384]` of unit length; at most `limit` of each. None where the database has no
    vectors of what is asked for.
    """
    said = _quotations(session, vector, limit, which)
    if hits.is_of_quotations(which):
        return said
    outside = _sentences(session, vector, limit, which, said or [])
    return None if said is None and outside is None else (said or []) + (outside or [])


def _quotations(
    session: Session, vector: NDArray[np.float32], limit: int, which: Filter
) -> list[Hit] | None:
    statement = hits.quotations(which)
    found: list[Hit] = []
    for times in _MORE:
        near = nearest(session, vector, limit=times * limit, what="quotation")
        if not near:
            return None
        score = {one.quotation_id: one.score for one in near}
        rows = session.execute(statement.where(Quotation.id.in_(list(score)))).all()
        found = [
            hits.quotation_hit(quotation, document, speaker, score=score[quotation.id])
            for quotation, document, speaker in rows
        ]
        if len(found) >= limit or len(near) < times * limit:
            break
    return _best(found, limit)


def _sentences(
    session: Session, vector: NDArray[np.float32], limit: int, which: Filter, said: list[Hit]
) -> list[Hit] | None:
    near = nearest(session, vector, limit=_MORE[0] * limit, what="sentence")
    if not near:
        return None
    ids = {one.version_id for one in near}
    statement = hits.versions(which).where(DocumentVersion.id.in_(ids))
    texts = {id_: (text, document) for id_, text, document in session.execute(statement)}
    found = []
    for one in near:
        if one.version_id not in texts or any(
            hit.version_id == one.version_id and hit.start < one.end and one.start < hit.end
            for hit in said
        ):
            continue
        text, document = texts[one.version_id]
        span = Span(one.start, one.end)
        shown = text[one.start : one.end]
        found.append(hits.passage_hit(one.version_id, document, span, shown, score=one.score))
    return _best(found, limit)


def _best(found: list[Hit], limit: int) -> list[Hit]:
    return sorted(found, key=lambda hit: -(hit.score or 0))[:limit]
