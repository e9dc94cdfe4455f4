"""Speakers of the registry, read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, not_, or_, select

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

_SHOWN = 5


def speakers(session: Session, contains: str | None = None) -> list[StoredSpeaker]:
    """Return the speakers, all or those a part of whose name or alias this is, by name."""
    if contains is None:
        return _speakers(session)
    part = select(SpeakerAlias.speaker_id).where(folding.contains(SpeakerAlias.alias, contains))
    return _speakers(session, or_(Speaker.id.in_(part), is_named(contains)))


def speaker(session: Session, ref: str) -> StoredSpeaker:
    """Return the speaker with this id, name, alias or surname; raises NotFound or Ambiguous.

    The surest way in which the name fits anyone decides: a whole name before a part of one. A
    single word is never whole: that one text says only "Moss" does not make it the only Moss. The
    id of a speaker whose names have all been led elsewhere leads there too.
    """
    whole = (Speaker.name == ref, has_key(ref)) if len(ref.split()) > 1 else ()
    tiers = (
        Speaker.public_id == ref,
        _succeeds(ref),
        *whole,
        is_named(ref),
        Speaker.public_id.startswith(ref, autoescape=True),
    )
    for tier in tiers if ref.strip() else ():
        found = bearers(_speakers(session, tier))
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"{one.name} ({one.id}, {one.kind})" for one in found[:_SHOWN]]
            more = ", …" if len(found) > _SHOWN else ""
            raise Ambiguous(
                f"several speakers answer to {ref!r}: {', '.join(names)}{more}",
                hint="give the full name or the id",
            )
    raise NotFound(f"no speaker answers to {ref!r}", hint="see `quotes speakers list`")


def bearers(found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    """Return those who bear a name among those whose name has it: people before all others.

    "Moss" means Ada Moss and not "Moss's office" or "a friend of Moss".
    """
    for kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION):
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


def _speakers(session: Session, which: ColumnElement[bool] | None = None) -> list[StoredSpeaker]:
    counted, passed_on = _counted().subquery("counted"), _passed_on().subquery("passed_on")
    query = (
        select(
            Speaker,
            counted.c.quotations,
            counted.c.documents,
            counted.c.together,
            passed_on.c.passed_on,
        )
        .outerjoin(counted, counted.c.speaker_id == Speaker.id)
        .outerjoin(passed_on, passed_on.c.via_id == Speaker.id)
        .where(not_(_is_superseded()))
        .order_by(func.lower(Speaker.name), Speaker.public_id)
    )
    rows = session.execute(query if which is None else query.where(which)).all()
    aliases = _aliases(session, [row.Speaker.id for row in rows])
    groups = {row.Speaker.id for row in rows if row.Speaker.kind == SpeakerKind.GROUP}
    members = member_records(session, groups)
    return [
        StoredSpeaker(
            id=one.public_id,
            name=one.name,
            kind=one.kind,
            external_id=one.external_id,
            aliases=tuple(alias for alias in aliases[one.id] if alias != one.name),
            quotations=quotations or 0,
            documents=documents or 0,
            together=together or 0,
            passed_on=passed_on or 0,
            members=tuple(members[one.id]),
        )
        for one, quotations, documents, together, passed_on in rows
    ]


def _counted() -> Select[*tuple[Any, ...]]:
    """Count by speaker; what several people say together is each one's."""
    runs = current_runs()
    said = (
        select(Attribution.speaker_id, runs.c.document_id)
        .select_from(Quotation)
        .join(runs, of_run(runs))
        .join(Attribution, Attribution.id == newest_attribution())
        .subquery("said")
    )
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


def _passed_on() -> Select[*tuple[Any, ...]]:
    runs = current_runs()
    return (
        select(Attribution.via_id, func.count().label("passed_on"))
        .select_from(Quotation)
        .join(runs, of_run(runs))
        .join(Attribution, Attribution.id == newest_attribution())
        .where(Attribution.via_id.is_not(None))
        .group_by(Attribution.via_id)
    )


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
