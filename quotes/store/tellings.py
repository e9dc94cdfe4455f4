"""What speakers are quoted with, as it is compared to find what tells the same statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, Select, exists, func, select

from quotes.quotation import Act
from quotes.store.current import current_runs, is_newest_attribution, of_run
from quotes.store.embeddings import model_of
from quotes.store.models import Attribution, Document, Embedding, Quotation, Speaker
from quotes.store.models.naming import NAMED
from quotes.store.namings import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

# As many rows as are read at once.
_PART: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A current quotation by a speaker whom several documents may quote; `speaker` is a key."""

    id: int
    public_id: str
    document: int
    speaker: int
    kind: str
    act: str
    text: str
    published: datetime | None


def given(session: Session, quotations: Collection[int]) -> dict[int, set[int]]:
    """Return which of some quotations are given to whom, or ever were, by the speakers' keys.

    Only speakers whom several documents may quote are looked at.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    query = select(Attribution.speaker_id, Attribution.quotation_id).where(is_shared())
    for some in chunks(sorted(quotations)):
        for speaker, quotation in session.execute(query.where(Attribution.quotation_id.in_(some))):
            if speaker is not None:
                found[speaker].add(quotation)
    return found


def counts(session: Session, speakers: Collection[int]) -> Counter[int]:
    """Return about how many quotations are given to speakers, by their keys."""
    found: Counter[int] = Counter()
    for some in chunks(sorted(speakers)):
        query = select(Attribution.speaker_id, func.count()).group_by(Attribution.speaker_id)
        rows = session.execute(query.where(Attribution.speaker_id.in_(some)))
        found.update({speaker: count for speaker, count in rows if speaker is not None})
    return found


def texts(session: Session, speaker: int) -> Iterator[list[tuple[int, str]]]:
    """Yield in parts the keys and texts of quotations that a speaker has, or had once."""
    query = (
        select(Quotation.id, Quotation.text)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .where(Attribution.speaker_id == speaker)
    )
    for rows in session.execute(query.execution_options(yield_per=_PART)).partitions():
        yield [(row[0], row[1]) for row in rows]


def vectors(session: Session, speaker: int) -> Iterator[list[tuple[int, bytes]]]:
    """Yield the keys and packed vectors of a speaker's quotations, as `texts` does."""
    model = model_of(session)
    if model is None:
        return
    query = (
        select(Embedding.model_id, Embedding.quotation_id, Embedding.vector)
        .join(Attribution, Attribution.quotation_id == Embedding.quotation_id)
        .where(Attribution.speaker_id == speaker)
    )
    for rows in session.execute(query.execution_options(yield_per=_PART)).partitions():
        yield [(id_, vector) for of, id_, vector in rows if of == model.id and id_ is not None]


def tellings(
    session: Session,
    *,
    speakers: Collection[int] | None = None,
    quotations: Collection[int] | None = None,
) -> list[Told]:
    """Return the quotations that count now and can be joined, of these speakers or among these.

    Thoughts, groups, unnamed sources, names that belong to one document and what a review has
    rejected are left out.
    """
    column = Attribution.speaker_id if quotations is None else Attribution.quotation_id
    wanted = sorted(speakers or ()) if quotations is None else sorted(quotations)
    found: list[Told] = []
    for some in chunks(wanted):
        rows = session.execute(_tellings().where(column.in_(some)).order_by(Quotation.id))
        found += (
            Told(
                id=row.id,
                public_id=row.public_id,
                document=row.document_id,
                speaker=row.speaker_id,
                kind=row.kind,
                act=row.act,
                text=row.text,
                published=row.published_at,
            )
            for row in rows
        )
    return found


def _tellings() -> Select[*tuple[Any, ...]]:
    runs = current_runs()
    return (
        select(
            Quotation.id,
            Quotation.public_id,
            runs.c.document_id,
            Attribution.speaker_id,
            Quotation.kind,
            Quotation.act,
            Quotation.text,
            Document.published_at,
        )
        .select_from(Attribution)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(runs, of_run(runs, rejected=False))
        .join(Document, Document.id == runs.c.document_id)
        .where(
            is_newest_attribution(),
            is_shared(),
            Quotation.act != str(Act.THOUGHT),
        )
    )


def is_shared() -> ColumnElement[bool]:
    """Return the condition that an attribution is to a speaker whom several documents may quote."""
    # Joined, SQLite would begin with every speaker who belongs to no document.
    return exists().where(
        Speaker.id == Attribution.speaker_id,
        Speaker.kind.in_(NAMED),
        Speaker.document_id.is_(None),
    )


def quoted_speakers(session: Session) -> list[int]:
    """Return the keys of the speakers whom several documents may quote."""
    query = select(Speaker.id).where(Speaker.kind.in_(NAMED), Speaker.document_id.is_(None))
    return list(session.scalars(query.order_by(Speaker.id)))


def packed_vectors(session: Session, quotations: Collection[int]) -> dict[int, bytes]:
    """Return the packed vectors of quotations by key, those that this program's encoder made."""
    model = model_of(session)
    found: dict[int, bytes] = {}
    if model is None:
        return found
    for some in chunks(sorted(quotations)):
        # Asked for the model too, SQLite would read every vector of it.
        rows = session.execute(
            select(Embedding.model_id, Embedding.quotation_id, Embedding.vector).where(
                Embedding.quotation_id.in_(some)
            )
        )
        found.update((id_, vector) for of, id_, vector in rows if of == model.id and id_)
    return found
