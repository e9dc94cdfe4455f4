"""Speakers of the registry, read."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, not_, or_, select

from quotes.errors import Ambiguous, NotFound
from quotes.quotation import SpeakerKind
from quotes.store import folding
from quotes.store.current import current_runs, newest_attribution, of_run
from quotes.store.filters import has_key, is_named
from quotes.store.members import member_records
from quotes.store.models import (
    Appearance,
    Attribution,
    Quotation,
    Speaker,
    SpeakerAlias,
    SpeakerMember,
    SpeakerMerge,
)
from quotes.store.values import StoredSpeaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_ID_BEGINS = "s_"
_BEARERS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
# No more speakers than this answer to a name, or have their quotations counted one at a time.
_FEW = 500


def speakers(
    session: Session,
    contains: str | None = None,
    *,
    count: bool = True,
    limit: int | None = None,
) -> list[StoredSpeaker]:
    """Return the speakers, all or those a part of whose name or alias this is, by name.

    Without `count` all their counts are 0, which for the most quoted saves the better part of a
    second. With a `limit` people come first, then organisations.
    """
    if contains is None:
        return _speakers(session, count=count, limit=limit)
    part = select(SpeakerAlias.speaker_id).where(folding.contains(SpeakerAlias.alias, contains))
    return _speakers(
        session, or_(Speaker.id.in_(part), is_named(contains)), count=count, limit=limit
    )


def speaker(session: Session, ref: str, *, count: bool = True) -> StoredSpeaker:
    """Return the one speaker who answers to a name; raises NotFound or Ambiguous.

    Who that is `answering` says; `count` is as for `speakers`.
    """
    found = answering(session, ref, count=count)
    if not found:
        raise NotFound(f"no speaker answers to {ref!r}", hint="see `quotes speakers list`")
    if len(found) > 1:
        raise Ambiguous.among(
            f"several speakers answer to {ref!r}",
            [f"{one.name} ({one.id}, {one.kind})" for one in found],
            hint="give the full name or the id",
        )
    return found[0]


def answering(session: Session, ref: str, *, count: bool = False) -> list[StoredSpeaker]:
    """Return the speakers with this id, name, alias or surname, at most 500 of them.

    The surest way in which the name fits anyone decides: a whole name before a part of one. A
    single word is never whole: that one text says only "Moss" does not make it the only Moss. The
    id of a speaker whose names have all been led elsewhere leads there too. `count` is as for
    `speakers`.
    """
    whole = (Speaker.name == ref, has_key(ref)) if len(ref.split()) > 1 else ()
    is_id = ref[:2].lower() == _ID_BEGINS
    tiers = (
        *((Speaker.public_id == ref, _succeeds(ref)) if is_id else ()),
        *whole,
        is_named(ref),
        *((Speaker.public_id.startswith(ref, autoescape=True),) if is_id else ()),
    )
    for tier in tiers if ref.strip() else ():
        if found := bearers(_speakers(session, tier, count=count, limit=_FEW)):
            return found
    return []


def bearers(found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    """Return those who bear a name among those whose name has it: people before all others.

    "Moss" means Ada Moss and not "Moss's office" or "a friend of Moss".
    """
    for kind in _BEARERS:
        if chosen := [one for one in found if one.kind == kind]:
            return chosen
    return list(found)


def _is_superseded() -> ColumnElement[bool]:
    """Return the condition that every name that once led to the speaker now leads elsewhere."""
    once = exists().where(SpeakerMerge.speaker_id == Speaker.id)
    return once & ~exists().where(Appearance.speaker_id == Speaker.id)


def _succeeds(public_id: str) -> ColumnElement[bool]:
    """Return the condition that a name that once led to the speaker of this id leads here."""
    before = select(Speaker.id).where(Speaker.public_id == public_id, _is_superseded())
    return Speaker.id.in_(
        select(Appearance.speaker_id)
        .join(SpeakerMerge, SpeakerMerge.appearance_id == Appearance.id)
        .where(SpeakerMerge.speaker_id.in_(before))
    )


def _speakers(
    session: Session,
    which: ColumnElement[bool] | None = None,
    *,
    count: bool,
    limit: int | None = None,
) -> list[StoredSpeaker]:
    by_name = (func.lower(Speaker.name), Speaker.public_id)
    query = select(Speaker).where(not_(_is_superseded())).order_by(*by_name)
    if limit is not None:
        # People first, so that a limit leaves out none of them for what only has their name.
        first = case(
            {str(kind): at for at, kind in enumerate(_BEARERS)}, value=Speaker.kind, else_=2
        )
        query = query.order_by(None).order_by(first, Speaker.id).limit(limit)
    found = session.scalars(query if which is None else query.where(which)).all()
    ids = [one.id for one in found]
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    if count and ids:
        counts = _counts(session, None if which is None else ids)
    aliases = _aliases(session, ids)
    groups = {one.id for one in found if one.kind == SpeakerKind.GROUP}
    members = member_records(session, groups)
    return [
        StoredSpeaker(
            id=one.public_id,
            name=one.name,
            kind=one.kind,
            external_id=one.external_id,
            aliases=tuple(alias for alias in aliases[one.id] if alias != one.name),
            members=tuple(members[one.id]),
            quotations=counts[one.id]["quotations"],
            documents=counts[one.id]["documents"],
            together=counts[one.id]["together"],
            passed_on=counts[one.id]["passed_on"],
        )
        for one in found
    ]


def _counts(session: Session, ids: Sequence[int] | None) -> defaultdict[int, Counter[str]]:
    """Return the counts of these speakers, or of all, by their keys."""
    some = None if ids is None or len(ids) > _FEW else ids
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in session.execute(_counted(some)):
        counts[row.speaker_id].update(
            quotations=row.quotations, documents=row.documents, together=row.together
        )
    for via_id, passed_on in session.execute(_passed_on(some)):
        counts[via_id]["passed_on"] = passed_on
    return counts


def _counted(ids: Sequence[int] | None) -> Select[*tuple[Any, ...]]:
    """Count by speaker; what several people say together is each one's."""
    runs = current_runs()
    saying = (
        select(Attribution.speaker_id, runs.c.document_id)
        .select_from(Quotation)
        .join(runs, of_run(runs, rejected=False))
        .join(Attribution, Attribution.id == newest_attribution())
    )
    if ids is not None:
        # The quotations first: SQLite would read every run for a speaker of twenty quotations.
        groups = select(SpeakerMember.group_id).where(SpeakerMember.member_id.in_(ids))
        theirs = or_(Attribution.speaker_id.in_(ids), Attribution.speaker_id.in_(groups))
        given = select(Attribution.quotation_id).where(theirs).correlate(None)
        saying = saying.where(Quotation.id.in_(given), theirs)
    said = saying.subquery("said")
    shared = select(SpeakerMember.member_id, said.c.document_id, literal(1)).join(
        said, said.c.speaker_id == SpeakerMember.group_id
    )
    alone = select(said.c.speaker_id, said.c.document_id, literal(0).label("together"))
    each = alone.union_all(shared).subquery("each")
    return select(
        each.c.speaker_id,
        func.count().label("quotations"),
        func.count(each.c.document_id.distinct()).label("documents"),
        func.sum(each.c.together).label("together"),
    ).group_by(each.c.speaker_id)


def _passed_on(ids: Sequence[int] | None) -> Select[*tuple[Any, ...]]:
    runs = current_runs()
    query = (
        select(Attribution.via_id, func.count().label("passed_on"))
        .select_from(Quotation)
        .join(runs, of_run(runs, rejected=False))
        .join(Attribution, Attribution.id == newest_attribution())
        .where(Attribution.via_id.is_not(None))
        .group_by(Attribution.via_id)
    )
    if ids is None:
        return query
    given = select(Attribution.quotation_id).where(Attribution.via_id.in_(ids)).correlate(None)
    return query.where(Quotation.id.in_(given), Attribution.via_id.in_(ids))


def _aliases(session: Session, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for start in range(0, len(ids), 500):
        found = session.execute(
            select(SpeakerAlias.speaker_id, SpeakerAlias.alias)
            .where(SpeakerAlias.speaker_id.in_(ids[start : start + 500]))
            .order_by(SpeakerAlias.id)
        )
        for id_, alias in found:
            aliases[id_].append(alias)
    return aliases
