"""Quotations given to speakers by people; attributions are never changed, the newest row holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased

from quotes.errors import NotFound, RefusedDecision
from quotes.quotation import SpeakerKind
from quotes.speakers.registry import node_key
from quotes.store.models import (
    Appearance,
    Attribution,
    Document,
    DocumentVersion,
    Naming,
    Quotation,
    Review,
    Speaker,
    SpeakerMerge,
)
from quotes.store.models.naming import NAMED
from quotes.store.namings import links

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

#: How attributions say that a person decided them, of the machine's quotations and of people's.
REVIEW: Final = "review"
MANUAL: Final = "manual"
_PEOPLE: Final = (REVIEW, MANUAL)

_LATER: Final = aliased(Review)
_GIVEN: Final = select(Review.quotation_id, Review.speaker_id).where(
    Review.speaker_id.in_(bindparam("speakers", expanding=True)),
    Review.assigned,
    ~exists().where(_LATER.quotation_id == Review.quotation_id, _LATER.id > Review.id),
)


def attribution_of(session: Session, row_id: int) -> Attribution | None:
    """Return the attribution of a quotation that holds."""
    newest = select(func.max(Attribution.id)).where(Attribution.quotation_id == row_id)
    return session.scalar(select(Attribution).where(Attribution.id == newest.scalar_subquery()))


def speaker_of(session: Session, row_id: int) -> Speaker | None:
    """Return whose a quotation is."""
    held = attribution_of(session, row_id)
    if held is None or held.speaker_id is None:
        return None
    return session.get_one(Speaker, held.speaker_id)


def machine_speaker(session: Session, row_id: int) -> int | None:
    """Return the key of the speaker to whom the machine gives a quotation, as names lead now."""
    found = _machine(session, row_id)
    speaker = _led(session, found.speaker_id, found.appearance_id) if found is not None else None
    return present(session, speaker) if speaker is not None else None


def present(session: Session, speaker_id: int) -> int:
    """Return the speaker who a speaker is now, by their keys: another, where all its names are."""
    if session.scalar(select(Appearance.id).where(Appearance.speaker_id == speaker_id).limit(1)):
        return speaker_id
    heirs = session.scalars(
        select(Appearance.speaker_id)
        .join(SpeakerMerge, SpeakerMerge.appearance_id == Appearance.id)
        .where(SpeakerMerge.speaker_id == speaker_id)
        .distinct()
        .limit(2)
    ).all()
    if len(heirs) == 1:
        return heirs[0]
    return speaker_id if heirs else _merged_by_name(session, speaker_id)


def _merged_by_name(session: Session, speaker_id: int) -> int:
    """Return whom a person said a speaker to be that no document names."""
    speaker = session.get_one(Speaker, speaker_id)
    if speaker.kind not in NAMED or speaker.document_id is not None:
        return speaker_id
    key = node_key(SpeakerKind(speaker.kind), speaker.name)
    into = [one.into for one in links(session) if node_key(one.kind, one.name) == key]
    if not into:
        return speaker_id
    _, wanted = node_key(SpeakerKind(speaker.kind), into[-1])
    found = session.scalar(
        select(Naming.speaker_id)
        .where(Naming.kind == speaker.kind, Naming.key == wanted, Naming.speaker_id.is_not(None))
        .order_by(Naming.documents.desc(), Naming.id)
        .limit(1)
    )
    return speaker_id if found is None else found


def follow(session: Session, speakers: Collection[int]) -> None:
    """Let quotations that people gave to these speakers go where their names are led now."""
    if not speakers:
        return
    given = session.execute(_GIVEN, {"speakers": list(speakers)})
    for row_id, meant in given.all():
        speaker = present(session, meant) if meant is not None else None
        held = attribution_of(session, row_id)
        if held is not None and held.speaker_id != speaker:
            assign(session, row_id, speaker, method=held.method)


def assignable(session: Session, public_id: str, quotation: Quotation) -> Speaker:
    """Return the speaker of this id; raises NotFound, or RefusedDecision for another document's."""
    speaker = session.scalar(select(Speaker).where(Speaker.public_id == public_id))
    if speaker is None:
        raise NotFound(f"no speaker has the id {public_id!r}", hint="see `quotes speakers list`")
    if speaker.document_id is not None:
        version = session.get_one(DocumentVersion, quotation.version_id)
        if version.document_id != speaker.document_id:
            path = session.get_one(Document, speaker.document_id).path
            raise RefusedDecision(
                f"{speaker.name} ({speaker.public_id}) belongs to {path} alone",
                hint="name a speaker whom the sources share, or add one with --new",
            )
    return speaker


def assign(
    session: Session, row_id: int, speaker_id: int | None, *, method: str = REVIEW
) -> Attribution:
    """Give a quotation to a speaker, or to nobody, by their keys, on a person's word.

    Who passes it on stays.
    """
    held = attribution_of(session, row_id)
    row = Attribution(
        quotation_id=row_id,
        speaker_id=speaker_id,
        method=method,
        evidence=[],
        via_id=held.via_id if held else None,
        via_appearance_id=held.via_appearance_id if held else None,
        via_evidence=held.via_evidence if held else None,
    )
    session.add(row)
    session.flush()
    return row


def give_back(session: Session, row_id: int) -> None:
    """Give a quotation to whom the machine gave it, as that name is led now."""
    held = attribution_of(session, row_id)
    if held is not None and held.method not in _PEOPLE:
        return
    found = _machine(session, row_id)
    if found is not None:
        copy_attribution(session, found, row_id)
    elif held is not None and held.speaker_id is not None:
        assign(session, row_id, None)


def copy_attribution(
    session: Session, held: Attribution, row_id: int, *, evidence: bool = True
) -> None:
    """Give a quotation what another row's attribution says, through names as they are led now."""
    session.add(
        Attribution(
            quotation_id=row_id,
            speaker_id=_led(session, held.speaker_id, held.appearance_id),
            appearance_id=held.appearance_id,
            method=held.method,
            evidence=held.evidence if evidence else [],
            confidence=held.confidence,
            via_id=_led(session, held.via_id, held.via_appearance_id),
            via_appearance_id=held.via_appearance_id,
            via_evidence=held.via_evidence if evidence else None,
        )
    )
    session.flush()


def _machine(session: Session, row_id: int) -> Attribution | None:
    return session.scalar(
        select(Attribution)
        .where(Attribution.quotation_id == row_id, Attribution.method.not_in(_PEOPLE))
        .order_by(Attribution.id.desc())
        .limit(1)
    )


def _led(session: Session, speaker_id: int | None, appearance_id: int | None) -> int | None:
    if appearance_id is None:
        return speaker_id
    return session.get_one(Appearance, appearance_id).speaker_id
