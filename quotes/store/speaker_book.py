"""Attributions led to speakers of the database: known ones by their names, new ones added."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from quotes.quotation import Attribution, SpeakerKind
from quotes.records import speaker_id
from quotes.speakers.names import name_key, organisation_key
from quotes.speakers.registry import KnownSpeaker, Registry, fuller_name
from quotes.store.members import set_members
from quotes.store.models import Document, Speaker, SpeakerAlias

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SHARED = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)


class SpeakerBook:
    """The speakers of one database, kept between transactions of one writer.

    What other writers add comes in by `refresh`. After a rollback a book is to be thrown away.
    """

    def __init__(self) -> None:
        self._registry = Registry()
        self._keys: dict[str, int] = {}
        self._read_to = 0

    def refresh(self, session: Session) -> None:
        """Take in every speaker that got a name since the last time."""
        newest = session.scalar(select(func.max(SpeakerAlias.id))) or 0
        if newest == self._read_to:
            return
        changed = select(SpeakerAlias.speaker_id).where(SpeakerAlias.id > self._read_to)
        names: defaultdict[int, list[str]] = defaultdict(list)
        aliases = select(SpeakerAlias.speaker_id, SpeakerAlias.alias).where(
            SpeakerAlias.speaker_id.in_(changed)
        )
        for id_, alias in session.execute(aliases.order_by(SpeakerAlias.id)):
            names[id_].append(alias)
        # A speaker bound to one document is never a candidate for another's.
        speakers = select(Speaker).where(Speaker.id.in_(changed), Speaker.document_id.is_(None))
        for speaker in session.scalars(speakers):
            self._note(speaker, names[speaker.id])
        self._read_to = newest

    def speaker_for(self, session: Session, attribution: Attribution, document: Document) -> int:
        """Return the key of the speaker that an attribution means, added where it is new."""
        if attribution.kind not in _SHARED:
            return _within(session, attribution, document)
        known = self._registry.match(attribution)
        if known is None:
            if _by_id(session, speaker_id(attribution.name, attribution.kind)) is not None:
                # Its name is taken, and yet nobody is meant beyond doubt.
                return _within(session, attribution, document)
            speaker = _add(session, attribution)
        elif _tells_nothing_new(attribution, known):
            return self._keys[known.id]
        else:
            speaker = session.get_one(Speaker, self._keys[known.id])
            if attribution.kind is SpeakerKind.PERSON:
                speaker.name = fuller_name(speaker.name, attribution.name)
        self._note(speaker, _add_aliases(session, speaker, attribution))
        return speaker.id

    def _note(self, speaker: Speaker, names: list[str]) -> None:
        self._keys[speaker.public_id] = speaker.id
        self._registry.add(
            KnownSpeaker(
                id=speaker.public_id,
                name=speaker.name,
                kind=SpeakerKind(speaker.kind),
                aliases=tuple(name for name in names if name != speaker.name),
            )
        )


class Chapter:
    """The part of a book that one document needs: what it means once by a name, it means always."""

    def __init__(self, book: SpeakerBook, session: Session, document: Document) -> None:
        self._book = book
        self._session = session
        self._document = document
        self._met: dict[tuple[str, str, tuple[str, ...]], int] = {}

    def speaker_for(self, attribution: Attribution) -> int:
        """Return the key of the speaker that an attribution means, added where it is new.

        So are the members of a group.
        """
        key = (attribution.name, attribution.kind, attribution.aliases)
        if key not in self._met:
            self._met[key] = self._book.speaker_for(self._session, attribution, self._document)
            if attribution.members:
                members = [self.speaker_for(member) for member in attribution.members]
                set_members(self._session, self._met[key], members)
        return self._met[key]


def alias_key(name: str, kind: str) -> str:
    """Return what a name is looked up by."""
    return name_key(name) if kind == SpeakerKind.PERSON else organisation_key(name)


def _tells_nothing_new(attribution: Attribution, known: KnownSpeaker) -> bool:
    names = {attribution.name, *attribution.aliases}
    is_fuller = (
        attribution.kind is SpeakerKind.PERSON
        and fuller_name(known.name, attribution.name) != known.name
    )
    return names <= set(known.names) and not is_fuller


def _within(session: Session, attribution: Attribution, document: Document) -> int:
    """Return the key of the speaker of this name that belongs to one document only."""
    id_ = speaker_id(attribution.name, attribution.kind, within=document.public_id)
    speaker = _by_id(session, id_) or _add(session, attribution, document=document)
    _add_aliases(session, speaker, attribution)
    return speaker.id


def _by_id(session: Session, public_id: str) -> Speaker | None:
    return session.scalar(select(Speaker).where(Speaker.public_id == public_id))


def _add(
    session: Session, attribution: Attribution, *, document: Document | None = None
) -> Speaker:
    within = document.public_id if document else ""
    speaker = Speaker(
        public_id=speaker_id(attribution.name, attribution.kind, within=within),
        name=attribution.name,
        kind=str(attribution.kind),
        document_id=document.id if document else None,
    )
    session.add(speaker)
    session.flush()
    return speaker


def _add_aliases(session: Session, speaker: Speaker, attribution: Attribution) -> list[str]:
    """Add the names that are new; returns all that the speaker has."""
    query = select(SpeakerAlias.alias).where(SpeakerAlias.speaker_id == speaker.id)
    names = list(session.scalars(query.order_by(SpeakerAlias.id)))
    for name in (attribution.name, *attribution.aliases):
        if name not in names:
            names.append(name)
            key = alias_key(name, speaker.kind)
            session.add(SpeakerAlias(speaker_id=speaker.id, alias=name, key=key))
    session.flush()
    return names
