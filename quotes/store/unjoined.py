"""What has come in, moved to another speaker or gone since quotations were last joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from quotes.store.models import (
    Attribution,
    DocumentVersion,
    Embedded,
    Embedding,
    Quotation,
    RunVersion,
    Utterance,
    UtteranceMark,
    UtteranceMember,
)
from quotes.store.namings import chunks
from quotes.store.tellings import is_shared
from quotes.store.utterances import groups_with

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What may have to be joined anew: quotations, and groups that may have lost a member."""

    quotations: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far something goes: the last run, attribution and vector in it, by their keys."""

    run_id: int
    attribution_id: int
    embedding_id: int


def reach(session: Session) -> Reach:
    """Return how far what is stored goes."""
    return Reach(
        run_id=session.scalar(select(func.max(RunVersion.run_id))) or 0,
        attribution_id=session.scalar(select(func.max(Attribution.id))) or 0,
        embedding_id=session.scalar(select(func.max(Embedding.id))) or 0,
    )


def joined(session: Session) -> Reach:
    """Return how far quotations have been joined."""
    mark = session.scalar(select(UtteranceMark).order_by(UtteranceMark.id).limit(1))
    if mark is None:
        return Reach(run_id=0, attribution_id=0, embedding_id=0)
    return Reach(
        run_id=mark.run_id, attribution_id=mark.attribution_id, embedding_id=mark.embedding_id
    )


def move_mark(session: Session, to: Reach) -> None:
    """Note that quotations have been joined so far, unless they have been further."""
    mark = session.scalar(select(UtteranceMark).order_by(UtteranceMark.id).limit(1))
    if mark is None:
        mark = UtteranceMark(run_id=0, attribution_id=0, embedding_id=0)
        session.add(mark)
    mark.run_id = max(mark.run_id, to.run_id)
    mark.attribution_id = max(mark.attribution_id, to.attribution_id)
    mark.embedding_id = max(mark.embedding_id, to.embedding_id)
    session.flush()


def changes(
    session: Session, since: Reach, *, run: int | None, versions: Collection[int]
) -> Changes:
    """Return what changed beyond a reach, in a run of one's own, and in some versions.

    A quotation that is new, or another speaker's now, has a later attribution, and a vector a
    later id; a document that is extracted again belongs to a later run. One whose older version
    became the current again has nothing that is later, and must be named. Another's run may have
    begun before the mark was moved, so one's own is asked for by its id.
    """
    found: set[int | None] = set()
    found.update(
        session.scalars(
            select(Attribution.quotation_id).where(Attribution.id > since.attribution_id)
        )
    )
    found.update(
        session.scalars(
            select(Embedding.quotation_id).where(
                Embedding.id > since.embedding_id, Embedding.kind == str(Embedded.QUOTATION)
            )
        )
    )
    found.update(session.scalars(select(Quotation.id).where(Quotation.run_id == run)))
    extracted = or_(RunVersion.run_id > since.run_id, RunVersion.run_id == run)
    touched = set(session.scalars(select(RunVersion.version_id).where(extracted).distinct()))
    quotations = frozenset(one for one in found if one is not None)
    groups = groups_with(session, quotations)
    for some in chunks(sorted(touched)):
        groups |= _groups_of_documents(session, some)
    of_versions = changes_of(session, versions)
    return Changes(
        quotations=quotations | of_versions.quotations, groups=of_versions.groups | groups
    )


def changes_of(session: Session, versions: Collection[int]) -> Changes:
    """Return what may have changed where versions became the current ones, or were judged."""
    quotations: set[int] = set()
    groups: set[int] = set()
    for some in chunks(sorted(versions)):
        quotations.update(
            session.scalars(select(Quotation.id).where(Quotation.version_id.in_(some)))
        )
        groups |= _groups_of_documents(session, some)
    groups |= groups_with(session, quotations)
    return Changes(quotations=frozenset(quotations), groups=frozenset(groups))


def changes_by(session: Session, speakers: Collection[int]) -> Changes:
    """Return all that is given to speakers, or was once."""
    found: set[int] = set()
    for some in chunks(sorted(speakers)):
        query = select(Attribution.quotation_id).where(Attribution.speaker_id.in_(some))
        found.update(session.scalars(query))
    return Changes(quotations=frozenset(found))


def stray(session: Session) -> Changes:
    """Return the groups no member of which is given, or ever was, to a speaker of several texts."""
    given = (
        select(UtteranceMember.utterance_id)
        .join(Attribution, Attribution.quotation_id == UtteranceMember.quotation_id)
        .where(UtteranceMember.utterance_id == Utterance.id, is_shared())
    )
    lost = select(Utterance.id).where(~given.exists())
    return Changes(groups=frozenset(session.scalars(lost)))


def _groups_of_documents(session: Session, versions: Sequence[int]) -> set[int]:
    """Return the groups with a member in any version of the documents that have these."""
    documents = select(DocumentVersion.document_id).where(DocumentVersion.id.in_(versions))
    return set(
        session.scalars(
            select(UtteranceMember.utterance_id)
            .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
            .join(DocumentVersion, DocumentVersion.id == Quotation.version_id)
            .where(DocumentVersion.document_id.in_(documents))
        )
    )
