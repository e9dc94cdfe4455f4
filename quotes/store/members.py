"""The members of those who speak together, written and read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, delete, select, update

from quotes.store.models import Speaker, SpeakerMember

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import SpeakerRecord


class Member(NamedTuple):
    """A member of a group by its key, and by that of the name through which it was given."""

    speaker_id: int
    appearance_id: int | None


def set_members(session: Session, group: int, members: Sequence[Member]) -> None:
    """Let these speakers be the members of a group, in this order."""
    wanted = among(group, members)
    rows = session.scalars(
        select(SpeakerMember).where(SpeakerMember.group_id == group).order_by(SpeakerMember.ordinal)
    )
    if [Member(row.member_id, row.appearance_id) for row in rows] == wanted:
        return
    session.execute(delete(SpeakerMember).where(SpeakerMember.group_id == group))
    session.add_all(
        SpeakerMember(**member_values(group, place, member)) for place, member in enumerate(wanted)
    )
    session.flush()


def among(group: int, members: Sequence[Member]) -> list[Member]:
    """Return the members of a group once each: it is none itself."""
    return [member for member in dict.fromkeys(members) if member.speaker_id != group]


def member_values(group: int, place: int, member: Member) -> dict[str, Any]:
    """Return the row of a group's member at a place."""
    return {
        "group_id": group,
        "ordinal": place,
        "member_id": member.speaker_id,
        "appearance_id": member.appearance_id,
    }


def lead_members(session: Session, appearance_id: int, speaker_id: int) -> None:
    """Let the members who were given through a document's name be the speaker it leads to."""
    session.execute(
        update(SpeakerMember)
        .where(SpeakerMember.appearance_id == appearance_id)
        .values(member_id=speaker_id)
    )


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
