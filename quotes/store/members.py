"""The members of those who speak together, written and read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, select

from quotes.store.models import Speaker, SpeakerMember

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import SpeakerRecord


def set_members(session: Session, group: int, members: Sequence[int]) -> None:
    """Let these speakers, by their keys, be the members of a group, in this order."""
    wanted = [key for key in dict.fromkeys(members) if key != group]
    if members_of(session, [group])[group] == wanted:
        return
    session.execute(delete(SpeakerMember).where(SpeakerMember.group_id == group))
    session.add_all(
        SpeakerMember(group_id=group, member_id=key, ordinal=place)
        for place, key in enumerate(wanted)
    )
    session.flush()


def members_of(session: Session, groups: Collection[int]) -> defaultdict[int, list[int]]:
    """Return the keys of the members by that of their group, in order."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = session.execute(
        select(SpeakerMember.group_id, SpeakerMember.member_id)
        .where(SpeakerMember.group_id.in_(groups))
        .order_by(SpeakerMember.group_id, SpeakerMember.ordinal)
    )
    for group, member in rows:
        found[group].append(member)
    return found


def member_records(
    session: Session, groups: Collection[int]
) -> defaultdict[int, list[SpeakerRecord]]:
    """Return the records of the members by the key of their group, in order."""
    found: defaultdict[int, list[SpeakerRecord]] = defaultdict(list)
    if not groups:
        return found
    rows = session.execute(
        select(SpeakerMember.group_id, Speaker)
        .join(Speaker, Speaker.id == SpeakerMember.member_id)
        .where(SpeakerMember.group_id.in_(groups))
        .order_by(SpeakerMember.group_id, SpeakerMember.ordinal)
    )
    for group, speaker in rows:
        found[group].append({"id": speaker.public_id, "name": speaker.name, "kind": speaker.kind})
    return found


def is_or_has_member(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a speaker, or one of those who speak together, is so."""
    fitting = select(Speaker.id).where(which).correlate(None)
    groups = select(SpeakerMember.group_id).where(SpeakerMember.member_id.in_(fitting))
    return Speaker.id.in_(fitting) | Speaker.id.in_(groups)
