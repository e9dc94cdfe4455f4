"""Speakers that people name and no document has named so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.errors import RefusedDecision
from quotes.quotation import SpeakerKind
from quotes.records import speaker_id
from quotes.store.calling import add_alias
from quotes.store.leading import own_speaker
from quotes.store.models import Document, DocumentVersion, Speaker
from quotes.store.models.naming import NAMED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def new_speaker(
    session: Session, name: str, *, kind: str = SpeakerKind.PERSON, version_id: int
) -> str:
    """Add a speaker of this name and return its public id.

    A group or an unnamed source belongs to the document of this version alone. A document that
    names this person or organisation later is led here. Raises RefusedDecision where one has this
    name, or for no name.
    """
    shown = " ".join(name.split())
    if not any(character.isalnum() for character in shown):
        raise RefusedDecision(f"{name!r} is no name", hint="name the speaker after --speaker")
    if kind not in NAMED:
        version = session.get_one(DocumentVersion, version_id)
        document = session.get_one(Document, version.document_id)
        return own_speaker(session, shown, SpeakerKind(kind), document).public_id
    id_ = speaker_id(shown, SpeakerKind(kind))
    known = session.scalar(select(Speaker).where(Speaker.public_id == id_))
    if known is not None:
        raise RefusedDecision(
            f"{known.name} ({known.public_id}) is a speaker already",
            hint="leave out --new to mean this one",
        )
    speaker = Speaker(public_id=id_, name=shown, kind=str(kind))
    session.add(speaker)
    session.flush()
    add_alias(session, speaker, shown)
    session.flush()
    return id_
