"""What people decide about speakers: split one, merge two, and take any decision back.

A decision is a new row. It binds the names, so that whatever is ingested or extracted later is led
as it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.errors import NotFound, RefusedDecision
from quotes.quotation import SpeakerKind
from quotes.records import speaker_id
from quotes.speakers.naming import Naming
from quotes.speakers.registry import node_key
from quotes.store.assigning import follow
from quotes.store.leading import place, settle
from quotes.store.models import (
    Appearance,
    DecisionAction,
    Document,
    Speaker,
    SpeakerDecision,
)
from quotes.store.models import Naming as NamingRow
from quotes.store.models.naming import FACTS, NAMED
from quotes.store.namings import standing, value_of
from quotes.store.people import speaker as find_speaker
from quotes.store.speaker_book import count
from quotes.store.speaker_facts import naming_of, take_back
from quotes.store.values import StoredDecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def split(
    session: Session, ref: str, *, document: str, reviewer: str, note: str | None = None
) -> tuple[str, str]:
    """Take what a speaker says in one document out to a speaker of its own.

    `document` is the public id. Returns the speaker's name and the new speaker's id. Raises
    NotFound, Ambiguous, or RefusedDecision where the speaker has nothing else.
    """
    stored = find_speaker(session, ref)
    speaker = session.scalars(select(Speaker).where(Speaker.public_id == stored.id)).one()
    _check_kind(speaker)
    home = session.scalars(select(Document).where(Document.public_id == document)).one()
    led = _led_to(session, speaker)
    here = [one for one in led if one.document_id == home.id]
    if not here:
        raise NotFound(
            f"{speaker.name} is not quoted in {home.path}", hint="see `quotes speakers show`"
        )
    if len(here) == len(led):
        raise RefusedDecision(
            f"{speaker.name} is quoted in {home.path} only, so there is nothing to split",
            hint="see `quotes speakers show`",
        )
    changed: dict[int, NamingRow] = {}
    for one in here:
        row = _decision(DecisionAction.SPLIT, one, reviewer=reviewer, note=note)
        _bind(session, one, row, changed)
    _settle(session, changed, here)
    return speaker.name, here[0].speaker.public_id


def merge(
    session: Session, ref: str, into: str, *, reviewer: str, note: str | None = None
) -> tuple[str, str]:
    """Let a speaker be another; returns the names of both, as they were.

    Raises NotFound, Ambiguous, or RefusedDecision for what cannot be one speaker.
    """
    first, second = (
        session.scalars(
            select(Speaker).where(Speaker.public_id == find_speaker(session, name).id)
        ).one()
        for name in (ref, into)
    )
    _check_kind(first)
    _check_kind(second)
    _check_pair(first, second)
    names = first.name, second.name
    target = naming_of(session, second)
    changed: dict[int, NamingRow] = {}
    led = _led_to(session, first)
    if first.document_id is not None:
        for one in led:
            row = _decision(DecisionAction.MERGE, one, reviewer=reviewer, note=note)
            row.into, row.into_key = target.shown, target.key
            _bind(session, one, row, changed)
        _settle(session, changed, led)
        return names
    own = naming_of(session, first)
    row = SpeakerDecision(
        action=str(DecisionAction.MERGE),
        kind=first.kind,
        name=own.shown,
        keys=[own.key],
        into=target.shown,
        into_key=target.key,
        reviewer=reviewer,
        note=note,
    )
    session.add(row)
    session.flush()
    settle(session, [own, target])
    follow(session, [first.id])
    return names


def undo(session: Session, id_: int | None, *, reviewer: str, note: str | None = None) -> str:
    """Take back a decision, or the last that stands; returns what it was.

    Raises NotFound where there is none.
    """
    decisions = standing(session)
    found = [one for one in decisions if id_ in (None, one.id)]
    if not found:
        which = f"no decision {id_} stands" if id_ else "no decision stands"
        raise NotFound(which, hint="see `quotes speakers log`")
    taken = found[-1]
    session.add(
        SpeakerDecision(
            action=str(DecisionAction.UNDO),
            kind=taken.kind,
            name=taken.name,
            keys=taken.keys,
            document_id=taken.document_id,
            undoes_id=taken.id,
            reviewer=reviewer,
            note=note,
        )
    )
    bound = session.scalars(select(Appearance).where(Appearance.decision_id == taken.id)).all()
    changed: dict[int, NamingRow] = {}
    for one in bound:
        one.decision, one.decision_id = None, None
        if one.current:
            count(one, 1, changed)
    session.flush()
    _settle(session, changed, bound)
    if taken.action in FACTS:
        take_back(session, taken)
    elif taken.into is not None and taken.document_id is None:
        kind = SpeakerKind(taken.kind)
        settle(session, [Naming(kind=kind, name=name) for name in (taken.name, taken.into)])
        follow(session, _called(session, kind, taken.name))
    return _told(session, taken)


def log(session: Session) -> list[StoredDecision]:
    """Return every decision, oldest first."""
    rows = session.execute(
        select(SpeakerDecision, Document.path)
        .outerjoin(Document, Document.id == SpeakerDecision.document_id)
        .order_by(SpeakerDecision.id)
    ).all()
    stands = {one.id for one in standing(session)}
    return [
        StoredDecision(
            id=row.id,
            action=row.action,
            name=row.name,
            path=path,
            into=row.into,
            undoes=row.undoes_id,
            stands=row.id in stands,
            reviewer=row.reviewer,
            note=row.note,
            created_at=row.created_at,
        )
        for row, path in rows
    ]


def _told(session: Session, one: SpeakerDecision) -> str:
    path = session.scalar(select(Document.path).where(Document.id == one.document_id))
    where = f" in {path}" if path else ""
    to = "to" if one.action in FACTS else "into"
    into = f" {to} {one.into}" if one.into else ""
    return f"{one.action} of {one.name}{where}{into}"


def _called(session: Session, kind: SpeakerKind, name: str) -> list[int]:
    """Return the key of the speaker whose id a name makes, if there is one."""
    found = select(Speaker.id).where(Speaker.public_id == speaker_id(name, kind))
    return list(session.scalars(found))


def _check_kind(speaker: Speaker) -> None:
    if speaker.kind not in NAMED:
        raise RefusedDecision(
            f"{speaker.name!r} is {speaker.kind} and its document's own",
            hint="only people and organisations are merged and split",
        )


def _check_pair(first: Speaker, second: Speaker) -> None:
    if first.id == second.id:
        raise RefusedDecision(f"{first.name} is one speaker already", hint="nothing was changed")
    if first.kind != second.kind:
        raise RefusedDecision(
            f"{first.name} is a {first.kind} and {second.name} a {second.kind}",
            hint="only speakers of one kind can be merged",
        )
    if second.document_id is not None:
        raise RefusedDecision(
            f"{second.name} ({second.public_id}) belongs to one document alone",
            hint="name it first, and then the speaker that it is",
        )


def _led_to(session: Session, speaker: Speaker) -> list[Appearance]:
    query = select(Appearance).where(Appearance.speaker_id == speaker.id, Appearance.current)
    return list(session.scalars(query.order_by(Appearance.id)))


def _decision(
    action: DecisionAction, one: Appearance, *, reviewer: str, note: str | None
) -> SpeakerDecision:
    kind = SpeakerKind(one.kind)
    others = (node_key(kind, alias)[1] for alias in one.naming.aliases)
    return SpeakerDecision(
        action=str(action),
        kind=one.kind,
        name=one.naming.name,
        keys=list(dict.fromkeys((one.key, *others))),
        document_id=one.document_id,
        reviewer=reviewer,
        note=note,
    )


def _bind(
    session: Session, one: Appearance, row: SpeakerDecision, changed: dict[int, NamingRow]
) -> None:
    session.add(row)
    session.flush()
    count(one, -1, changed)
    one.decision = row
    one.decision_id = row.id


def _settle(
    session: Session, changed: dict[int, NamingRow], appearances: Sequence[Appearance]
) -> None:
    session.flush()
    if changed:
        settle(session, [value_of(naming) for naming in changed.values()])
    place(session, appearances)
