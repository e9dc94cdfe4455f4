"""What is near in meaning: vectors in the table `embedding`, and the index over them.

The table is the truth. An index beside an SQLite file (`quotes.db.vectors`), or in a folder of the
user's for a server's database, follows it by the ids, which only ascend; what was deleted, or
belongs to an older version or run, is left out when an answer is looked up in the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Select, and_, func, select

from quotes.store.current import is_current_version, is_newest_run
from quotes.store.dialects import dialect_of
from quotes.store.embeddings import model_of
from quotes.store.models import DocumentVersion, Embedding, Quotation, RunVersion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy.orm import Session
    from sqlalchemy.pool import Pool

    from quotes.store.models import EmbeddingModel
    from quotes.vectors.index import Index

What = Literal["quotation", "sentence"]

# How many are compared by their numbers: enough that the signs hide few of those that matter.
FIRST = 4_000
_READ = 50_000
_LOOKED_UP = 400

_open_indexes: WeakKeyDictionary[Pool, dict[tuple[str, str], Index]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What is near: the cosine, and `[start, end)` in the text of a version.

    For a quotation it is the hull of its content.
    """

    score: float
    quotation_id: int | None
    version_id: int
    start: int
    end: int


def nearest(session: Session, vector: NDArray[np.float32], *, limit: int, what: What) -> list[Near]:
    """Return the quotations or sentences nearest to a vector `[384]` of unit length, best first.

    Only current versions and their newest runs count. Empty where the database has no vectors of
    this program's encoder. The index is brought up to date first.
    """
    model = model_of(session)
    if model is None or limit < 1:
        return []
    if has_own_index(session):
        return _nearest_there(session, model, vector, limit=limit, what=what)
    index = refreshed(session, what)
    assert index is not None
    first = max(FIRST, 4 * limit)
    while True:
        found = index.search(vector, first=first, limit=first)
        near = _standing(session, found, limit=limit, what=what)
        if len(near) >= limit or first >= len(index):
            return near
        first *= 8


def has_own_index(session: Session) -> bool:
    """Tell whether the database itself finds what is near, and needs no index beside it."""
    connection = session.connection()
    return dialect_of(connection).has_nearest(connection)


def without_own_index(session: Session) -> str | None:
    """Return why a database does not find by itself what is near; None where it does or cannot."""
    connection = session.connection()
    return dialect_of(connection).without_nearest(connection)


def make_own_index(session: Session) -> bool:
    """Let the database itself find what is near, where it can; tells whether it does."""
    connection = session.connection()
    return dialect_of(connection).make_nearest(connection)


def _nearest_there(
    session: Session, model: EmbeddingModel, vector: NDArray[np.float32], *, limit: int, what: What
) -> list[Near]:
    """Return what the database finds; their scores are computed from the packed vectors."""
    from quotes.vectors.nearest import best
    from quotes.vectors.packing import parts

    connection = session.connection()
    first = 4 * limit
    while True:
        rows = dialect_of(connection).nearest(connection, model.id, what, vector, limit=first)
        places, scores = best(*parts([packed for _, packed in rows]), vector, len(rows))
        found = [
            (rows[place][0], score) for place, score in zip(places, scores.tolist(), strict=True)
        ]
        near = _standing(session, found, limit=limit, what=what)
        if len(near) >= limit or len(rows) < first:
            return near
        first *= 8


def vectors_of(session: Session, public_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Return the vectors `[384]` of quotations by public id, of those that have any."""
    from quotes.vectors.packing import unpack

    model = model_of(session)
    if model is None or not public_ids:
        return {}
    # Asked for the model too, SQLite would read every vector of it.
    query = (
        select(Embedding.model_id, Quotation.public_id, Embedding.vector)
        .join(Embedding, Embedding.quotation_id == Quotation.id)
        .where(Quotation.public_id.in_(public_ids))
    )
    rows = session.execute(query)
    packed: dict[str, bytes] = {id_: vector for of, id_, vector in rows if of == model.id}
    return dict(zip(packed, unpack(list(packed.values())), strict=True)) if packed else {}


def has_vectors(session: Session) -> bool:
    """Tell whether the database has any vector of this program's encoder."""
    model = model_of(session)
    if model is None:
        return False
    query = select(Embedding.id).where(Embedding.model_id == model.id).limit(1)
    return session.scalar(query) is not None


def refreshed(session: Session, what: What, *, anew: bool = False) -> Index | None:
    """Return the index of a kind, brought up to date; None where no encoder has made vectors.

    None too where the database has an index of its own. With `anew` it is made from nothing.
    """
    model = model_of(session)
    if model is None or has_own_index(session):
        return None
    index = _opened(session, model, what)
    if anew or not _agrees(session, index, model, what):
        index.clear()
    _follow(session, index, model, what)
    return index


def indexed(session: Session, what: What) -> int:
    """Return how many vectors of a kind the index holds as it stands, those of old runs too."""
    model = model_of(session)
    if model is None:
        return 0
    if has_own_index(session):
        counted = select(func.count()).select_from(_rows(model, what).subquery())
        return session.scalar(counted) or 0
    return len(_opened(session, model, what))


def _opened(session: Session, model: EmbeddingModel, what: What) -> Index:
    from quotes.vectors.index import Index

    indexes = _open_indexes.setdefault(session.get_bind().engine.pool, {})
    index = indexes.get((what, model.token))
    if index is None:
        connection = session.connection()
        folder = dialect_of(connection).vectors_folder(connection, model.token)
        index = indexes[what, model.token] = Index(folder, what, origin=model.token)
    else:
        index.reload()
    return index


def _rows(model: EmbeddingModel, what: What) -> Select[int, bytes]:
    return select(Embedding.id, Embedding.vector).where(
        Embedding.model_id == model.id, Embedding.kind == what
    )


def _agrees(session: Session, index: Index, model: EmbeddingModel, what: What) -> bool:
    """Tell whether the last row that both should have is the same in both.

    It is another where a backup was put back and ids were given out anew.
    """
    if not index.last_id:
        return True
    shared = _rows(model, what).where(Embedding.id <= index.last_id)
    last = session.execute(shared.order_by(Embedding.id.desc()).limit(1)).first()
    return last is None or index.holds(last.id, last.vector)


def _follow(session: Session, index: Index, model: EmbeddingModel, what: What) -> None:
    """Add to an index what came into the table after it."""
    while True:
        last = index.last_id
        query = _rows(model, what).where(Embedding.id > last).order_by(Embedding.id)
        rows = session.execute(query.limit(_READ)).all()
        if not rows:
            return
        index.extend([row.id for row in rows], [row.vector for row in rows], after=last)


def _standing(
    session: Session, found: Sequence[tuple[int, float]], *, limit: int, what: What
) -> list[Near]:
    """Return the best of what was found that counts now."""
    query = _counting(what)
    near: list[Near] = []
    start, size = 0, min(_LOOKED_UP, limit + 10)
    while start < len(found) and len(near) < limit:
        part = found[start : start + size]
        rows = {
            row.id: row
            for row in session.execute(query.where(Embedding.id.in_([id_ for id_, _ in part])))
        }
        near += [_near(score, rows[id_]) for id_, score in part if id_ in rows]
        start, size = start + size, _LOOKED_UP
    return near[:limit]


def _counting(what: What) -> Select[*tuple[Any, ...]]:
    """Return the query for the vectors of current versions, and of their newest runs."""
    query = (
        select(
            Embedding.id,
            Embedding.quotation_id,
            Embedding.version_id,
            Embedding.start,
            Embedding.end,
        )
        .join(DocumentVersion, DocumentVersion.id == Embedding.version_id)
        .where(is_current_version())
    )
    if what == "sentence":
        return query
    of_its_run = and_(
        RunVersion.run_id == Quotation.run_id, RunVersion.version_id == Quotation.version_id
    )
    return (
        query.join(Quotation, Quotation.id == Embedding.quotation_id)
        .join(RunVersion, of_its_run)
        .where(is_newest_run())
    )


def _near(score: float, row: Any) -> Near:
    return Near(
        score=score,
        quotation_id=row.quotation_id,
        version_id=row.version_id,
        start=row.start,
        end=row.end,
    )
