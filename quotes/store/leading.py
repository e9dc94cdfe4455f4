"""Names led to speakers: what the registry derives written down, with its reasons.

Attributions are never changed: where a document's name is led elsewhere, its quotations get new
rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import aliased

from quotes.quotation import SpeakerKind
from quotes.records import speaker_id
from quotes.speakers.names import parse_name
from quotes.speakers.registry import Lead, NodeKey, Reason
from quotes.store.assigning import follow
from quotes.store.calling import add_alias, name
from quotes.store.members import lead_members
from quotes.store.models import (
    Appearance,
    Attribution,
    DecisionAction,
    Document,
    Naming,
    Speaker,
    SpeakerDecision,
    SpeakerMerge,
)
from quotes.store.models.base import now, table_of
from quotes.store.namings import chunks, of_keys, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.speakers.naming import Naming as NamingValue

#: Why a lone name is led to another's speaker, which another of its document can forbid.
BY_NAME_ALONE: Final = (Reason.SURNAME, Reason.NICKNAME)


_COPIED = (
    Attribution.quotation_id,
    Attribution.speaker_id,
    Attribution.appearance_id,
    Attribution.method,
    Attribution.evidence,
    Attribution.confidence,
    Attribution.via_id,
    Attribution.via_appearance_id,
    Attribution.via_evidence,
)


class Owner(Protocol):
    """A document, as far as its own speakers need to know it."""

    @property
    def id(self) -> int: ...

    @property
    def public_id(self) -> str: ...


class Place(NamedTuple):
    """Whose a name is, and why."""

    speaker: Speaker
    reason: str
    because: list[str]


def settle(session: Session, changed: Iterable[NamingValue]) -> None:
    """Derive anew where the names lead that these namings, come or gone, can have changed."""
    look = registry(session)
    leads = look.leads(changed)
    rows = [row for row in of_keys(session, list(leads)) if row.documents]
    led = [(row, leads[SpeakerKind(row.kind), row.key]) for row in rows]
    speakers = _speakers(session, [lead for _, lead in led if not lead.apart])
    ids = [row.id for row, lead in led if _take(row, lead, speakers)]
    session.flush()
    waiting: list[Appearance] = []
    for some in chunks(ids):
        found = session.scalars(
            select(Appearance)
            .where(Appearance.naming_id.in_(some), Appearance.current)
            .order_by(Appearance.id)
        )
        waiting += (one for one in found if one.decision_id is None)
    waiting += _bound_to(session, list(leads))
    place(session, waiting)


def _take(row: Naming, lead: Lead, speakers: Mapping[str, Speaker]) -> bool:
    """Write where a naming leads; tells whether that is news."""
    speaker = None if lead.apart else speakers[_id_of(lead)]
    reason = lead.reason
    if row.listed and reason is Reason.SAME:
        reason = Reason.LISTED
    found = (speaker.id if speaker else None, str(reason), list(lead.because))
    if (row.speaker_id, row.reason, row.because) == found:
        return False
    row.speaker_id, row.reason, row.because = found
    return True


def _bound_to(session: Session, keys: Sequence[NodeKey]) -> list[Appearance]:
    """Return the appearances that a person led to one of these names."""
    into = [
        id_
        for some in chunks(sorted({key for _, key in keys}))
        for id_ in session.scalars(
            select(SpeakerDecision.id).where(SpeakerDecision.into_key.in_(some))
        )
    ]
    found: list[Appearance] = []
    for ids in chunks(into):
        query = select(Appearance).where(Appearance.decision_id.in_(ids), Appearance.current)
        found += session.scalars(query.order_by(Appearance.id))
    return found


def place(session: Session, appearances: Sequence[Appearance]) -> None:
    """Give each of these its speaker, full names first, and their quotations with it.

    A surname that its own document tells apart from a full name is not led to that name.
    """
    if not appearances:
        return
    touched: dict[int, Speaker] = {}
    moves: list[dict[str, Any]] = []
    hold(session, [one.naming for one in appearances])
    known = _reasons(session, [one.id for one in appearances])
    lone = {one.id: one for one in appearances if _is_lone(one)}
    for one in appearances:
        if one.id not in lone:
            _move(session, one, place_of(session, one), known.get(one.id), touched, moves)
    _note(session, moves)
    beside = _lone_beside(session, {one.document_id for one in appearances})
    known |= _reasons(session, [one.id for one in beside if one.id not in known])
    lone |= {one.id: one for one in beside}
    for one in lone.values():
        found = place_of(session, one)
        if found.reason in BY_NAME_ALONE and _is_rival(session, one, found.speaker):
            because = [found.speaker.name]
            found = Place(_own(session, one), str(Reason.RIVAL), because)
        _move(session, one, found, known.get(one.id), touched, moves)
    _note(session, moves)
    name(session, list(touched.values()))
    follow(session, list(touched))


def _is_lone(one: Appearance) -> bool:
    naming = one.naming
    return naming.kind == SpeakerKind.PERSON and not parse_name(naming.name).is_full


def _lone_beside(session: Session, documents: set[int]) -> list[Appearance]:
    """Return the surnames of these documents that hang on who else is in them."""
    found: list[Appearance] = []
    for some in chunks(sorted(documents)):
        # What is bound is left out here: asked for that too, SQLite reads all that is unbound.
        rows = session.execute(
            select(Appearance, Naming.reason)
            .join(Naming, Naming.id == Appearance.naming_id)
            .where(Appearance.document_id.in_(some), Appearance.current)
            .order_by(Appearance.id)
        )
        found += (
            one for one, reason in rows if one.decision_id is None and reason in BY_NAME_ALONE
        )
    return found


def _is_rival(session: Session, one: Appearance, speaker: Speaker) -> bool:
    others = session.scalars(
        select(Naming.name)
        .join(Appearance, Appearance.naming_id == Naming.id)
        .where(
            Appearance.document_id == one.document_id,
            Appearance.current,
            Appearance.speaker_id == speaker.id,
            Appearance.id != one.id,
        )
    )
    return any(parse_name(other).is_full for other in others)


def place_of(session: Session, one: Appearance) -> Place:
    """Return where an appearance's naming, or a person's decision on it, leads."""
    decision, naming = one.decision, one.naming
    if decision is not None and decision.action == DecisionAction.SPLIT:
        return Place(_own(session, one), str(Reason.SPLIT), [])
    if decision is not None and decision.into is not None:
        target = session.scalar(
            select(Naming)
            .where(Naming.kind == naming.kind, Naming.key == decision.into_key)
            .where(Naming.speaker_id.is_not(None))
            .order_by(Naming.documents.desc(), Naming.id)
            .limit(1)
        )
        kind = SpeakerKind(naming.kind)
        if target is not None and target.speaker_id is not None:
            speaker = session.get_one(Speaker, target.speaker_id)
        else:
            lead = Lead(kind=kind, name=decision.into, reason=Reason.MERGE)
            (speaker,) = _speakers(session, [lead]).values()
        return Place(speaker, str(Reason.MERGE), [decision.name, decision.into])
    reason = naming.reason or str(Reason.SAME)
    if naming.speaker_id is None:
        return Place(_own(session, one), reason, naming.because)
    return Place(session.get_one(Speaker, naming.speaker_id), reason, naming.because)


def _own(session: Session, one: Appearance) -> Speaker:
    """Return the speaker of this name that belongs to its document alone."""
    document = session.get_one(Document, one.document_id)
    naming = one.naming
    return own_speaker(session, naming.name, SpeakerKind(naming.kind), document)


def own_speaker(session: Session, name: str, kind: SpeakerKind, document: Owner) -> Speaker:
    """Return the speaker of a name that belongs to one document only, added where it is new."""
    id_ = speaker_id(name, kind, within=document.public_id)
    known = session.scalar(select(Speaker).where(Speaker.public_id == id_))
    return known or _added(session, id_, name, kind, document)


def _id_of(lead: Lead) -> str:
    return speaker_id(lead.name, lead.kind, within=lead.within)


def _speakers(session: Session, leads: Sequence[Lead]) -> dict[str, Speaker]:
    """Return the speakers to whom names lead, by public id, added where they are new."""
    wanted = {_id_of(lead): lead for lead in leads}
    found: dict[str, Speaker] = {}
    for some in chunks(sorted(wanted)):
        rows = session.scalars(select(Speaker).where(Speaker.public_id.in_(some)))
        found |= {row.public_id: row for row in rows}
    added = {
        id_: Speaker(public_id=id_, name=lead.name, kind=str(lead.kind))
        for id_, lead in wanted.items()
        if id_ not in found
    }
    session.add_all(added.values())
    session.flush()
    for speaker in added.values():
        add_alias(session, speaker, speaker.name)
    return found | added


def hold(session: Session, namings: Iterable[Naming]) -> None:
    """Keep the speakers of some namings, so that none is read again in this session."""
    kept: dict[int, Speaker] = session.info.setdefault("speakers", {})
    wanted = {row.speaker_id for row in namings if row.speaker_id is not None}
    for some in chunks(sorted(wanted - kept.keys())):
        found = session.scalars(select(Speaker).where(Speaker.id.in_(some)))
        kept.update((row.id, row) for row in found)


def _added(session: Session, id_: str, name: str, kind: SpeakerKind, document: Owner) -> Speaker:
    speaker = Speaker(
        public_id=id_,
        name=name,
        kind=str(kind),
        document_id=document.id,
    )
    session.add(speaker)
    session.flush()
    add_alias(session, speaker, name)
    return speaker


def _move(
    session: Session,
    one: Appearance,
    to: Place,
    known: tuple[int, str, list[str]] | None,
    touched: dict[int, Speaker],
    moves: list[dict[str, Any]],
) -> None:
    """Lead an appearance to a speaker, if it is not led there for this reason already."""
    touched[to.speaker.id] = to.speaker
    if known == (to.speaker.id, to.reason, to.because):
        return
    before = one.speaker_id
    one.speaker_id = to.speaker.id
    moves.append(merge_values(one.id, to))
    if before != to.speaker.id:
        touched.setdefault(before, session.get_one(Speaker, before))
        _attribute(session, one)
        lead_members(session, one.id, to.speaker.id)


def merge_values(appearance_id: int, to: Place) -> dict[str, Any]:
    """Return the row that says where an appearance is led, and why."""
    return {
        "appearance_id": appearance_id,
        "speaker_id": to.speaker.id,
        "reason": to.reason,
        "because": to.because,
    }


def _note(session: Session, moves: list[dict[str, Any]]) -> None:
    """Write down where appearances have been led, and why."""
    session.flush()
    if moves:
        session.execute(insert(table_of(SpeakerMerge)), moves)
        moves.clear()


def _reasons(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str, list[str]]]:
    """Return where each appearance is led, and why."""
    found: dict[int, tuple[int, str, list[str]]] = {}
    for some in chunks(ids):
        newest = (
            select(func.max(SpeakerMerge.id))
            .where(SpeakerMerge.appearance_id.in_(some))
            .group_by(SpeakerMerge.appearance_id)
        )
        for row in session.scalars(select(SpeakerMerge).where(SpeakerMerge.id.in_(newest))):
            found[row.appearance_id] = (row.speaker_id, row.reason, row.because)
    return found


def _attribute(session: Session, one: Appearance) -> None:
    """Give the quotations of an appearance, where nobody has decided otherwise, to its speaker.

    Those that it passes on too, by who passes them on.
    """
    later = aliased(Attribution)
    newest = (
        ~select(later.id)
        .where(later.quotation_id == Attribution.quotation_id, later.id > Attribution.id)
        .exists()
    )
    at = literal(now(), Attribution.created_at.type)
    for through, led in (
        (Attribution.appearance_id, Attribution.speaker_id),
        (Attribution.via_appearance_id, Attribution.via_id),
    ):
        kept = [column for column in _COPIED if column is not led]
        again = select(*kept, literal(one.speaker_id), at).where(
            through == one.id, led != one.speaker_id, newest
        )
        columns = (*kept, led, Attribution.created_at)
        session.execute(insert(Attribution).from_select([c.key for c in columns], again))
