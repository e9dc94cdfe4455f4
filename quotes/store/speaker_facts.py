"""What people say of one speaker: its Wikidata item, the name it goes by, another name it has.

Each is a decision like a merge: a new row, bound to the speaker's name, that holds for whatever is
ingested later and can be taken back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from quotes.errors import RefusedDecision
from quotes.quotation import SpeakerKind
from quotes.records import speaker_id
from quotes.speakers.naming import Naming
from quotes.store.calling import name as call
from quotes.store.models import DecisionAction, Speaker, SpeakerDecision
from quotes.store.models import Naming as NamingRow
from quotes.store.models.naming import NAMED
from quotes.store.namings import value_of
from quotes.store.people import speaker as find_speaker

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ITEM: Final = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")


def link(
    session: Session, ref: str, item: str, *, reviewer: str, note: str | None = None
) -> tuple[str, str]:
    """Say which Wikidata item a speaker is; returns the speaker's name and the item.

    `item` is an id such as Q42, or the address of its page. Raises NotFound, Ambiguous, or
    RefusedDecision.
    """
    match = _ITEM.fullmatch(item.strip())
    if match is None:
        raise RefusedDecision(
            f"{item!r} is no Wikidata item", hint="write its id, for example Q42, or its address"
        )
    speaker = _shared(session, ref)
    if speaker.external_id == match[1]:
        raise RefusedDecision(f"{speaker.name} is {match[1]} already", hint="nothing was changed")
    return _decide(session, DecisionAction.LINK, speaker, match[1], reviewer, note), match[1]


def rename(
    session: Session, ref: str, name: str, *, reviewer: str, note: str | None = None
) -> tuple[str, str]:
    """Let a speaker go by a name; returns the names before and after.

    Its other names go on to lead to it. Raises NotFound, Ambiguous, or RefusedDecision.
    """
    shown = _name(name)
    speaker = _shared(session, ref)
    if speaker.name == shown:
        raise RefusedDecision(f"{shown} is its name already", hint="nothing was changed")
    return _decide(session, DecisionAction.RENAME, speaker, shown, reviewer, note), shown


def alias(
    session: Session, ref: str, name: str, *, reviewer: str, note: str | None = None
) -> tuple[str, str]:
    """Let a speaker answer to another name too; returns its name and the other.

    Raises NotFound, Ambiguous, or RefusedDecision.
    """
    shown = _name(name)
    speaker = _shared(session, ref)
    if shown in {one.alias for one in speaker.aliases}:
        raise RefusedDecision(
            f"{speaker.name} answers to {shown} already", hint="nothing was changed"
        )
    return _decide(session, DecisionAction.ALIAS, speaker, shown, reviewer, note), shown


def take_back(session: Session, taken: SpeakerDecision) -> None:
    """Let the speakers of a decision's name be as they were without it, once it is undone."""
    kind = SpeakerKind(taken.kind)
    named = select(NamingRow.speaker_id).where(
        NamingRow.kind == taken.kind, NamingRow.key == taken.keys[0]
    )
    own = Speaker.public_id == speaker_id(taken.name, kind)
    found = session.scalars(select(Speaker).where(Speaker.id.in_(named) | own)).all()
    for speaker in found:
        if taken.action == DecisionAction.LINK and speaker.external_id == taken.into:
            speaker.external_id = None
    call(session, found)


def naming_of(session: Session, speaker: Speaker) -> Naming:
    """Return the fullest naming that leads to a speaker."""
    rows = session.scalars(select(NamingRow).where(NamingRow.speaker_id == speaker.id)).all()
    kind = SpeakerKind(speaker.kind)
    first = min(speaker.aliases, key=lambda one: one.id).alias if speaker.aliases else speaker.name
    namings = [value_of(row) for row in rows] or [Naming(kind=kind, name=first)]
    named = [one for one in namings if one.name == speaker.name]
    return min(named or namings, key=lambda one: (-len(one.key.split()), one.key))


def _name(name: str) -> str:
    shown = " ".join(name.split())
    if not any(character.isalnum() for character in shown):
        raise RefusedDecision(f"{name!r} is no name", hint="write the name as it is to be shown")
    return shown


def _shared(session: Session, ref: str) -> Speaker:
    stored = find_speaker(session, ref, count=False)
    speaker = session.scalars(select(Speaker).where(Speaker.public_id == stored.id)).one()
    if speaker.kind not in NAMED or speaker.document_id is not None:
        raise RefusedDecision(
            f"{speaker.name} ({speaker.public_id}) belongs to one document alone",
            hint="only people and organisations that documents share can be named",
        )
    return speaker


def _decide(
    session: Session,
    action: DecisionAction,
    speaker: Speaker,
    into: str,
    reviewer: str,
    note: str | None,
) -> str:
    """Add the decision and carry it out; returns the name that the speaker had."""
    was = speaker.name
    own = naming_of(session, speaker)
    session.add(
        SpeakerDecision(
            action=str(action),
            kind=speaker.kind,
            name=own.name,
            keys=[own.key],
            into=into,
            reviewer=reviewer,
            note=note,
        )
    )
    session.flush()
    call(session, [speaker])
    return was
