"""What speakers are called: the name that is shown, and every name that leads to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, func, select

from quotes.quotation import SpeakerKind
from quotes.speakers.names import name_key, organisation_key
from quotes.speakers.naming import fullness, tells
from quotes.speakers.registry import Reason, node_key
from quotes.store.models import (
    Appearance,
    DecisionAction,
    Naming,
    Speaker,
    SpeakerAlias,
    SpeakerDecision,
    SpeakerMerge,
)
from quotes.store.models.naming import FACTS
from quotes.store.namings import chunks, standing, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

Facts = dict[tuple[str, str], list[SpeakerDecision]]
# Why a naming leads to the speaker of its own name, and not to another's.
_OWN_NAME = (Reason.SAME, Reason.LISTED, Reason.LONE, Reason.DOUBT)


# Statements that are asked for every document: to put one together takes as long as to ask it.
_COUNTED: Final = (
    select(
        Appearance.speaker_id,
        Appearance.current,
        Appearance.naming_id,
        func.count().label("documents"),
    )
    .where(Appearance.speaker_id.in_(bindparam("ids", expanding=True)))
    .group_by(Appearance.speaker_id, Appearance.current, Appearance.naming_id)
    .subquery()
)
_USES: Final = select(_COUNTED.c.speaker_id, Naming, _COUNTED.c.documents, _COUNTED.c.current).join(
    _COUNTED, _COUNTED.c.naming_id == Naming.id
)
_LEADING: Final = select(Naming).where(Naming.speaker_id.in_(bindparam("ids", expanding=True)))
_CALLED: Final = select(SpeakerAlias).where(
    SpeakerAlias.speaker_id.in_(bindparam("ids", expanding=True))
)


class Use(NamedTuple):
    """A naming of a speaker, how many documents use it, and whether they do now."""

    naming: Naming
    documents: int
    current: bool


def name(session: Session, speakers: Sequence[Speaker]) -> None:
    """Let speakers be called as the list of known people has them, or else most fully.

    Of names that tell as much, the one that most documents use.
    """
    facts = _facts(session) if speakers else {}
    for some in chunks(speakers):
        uses = _uses(session, [one.id for one in some])
        called = _called(session, [one.id for one in some])
        for speaker in some:
            # What only older versions and runs say tells no name while newer ones do.
            current = [use for use in uses[speaker.id] if use.current]
            found = current or uses[speaker.id]
            if found or _is_of_people(session, speaker):
                _rename(session, speaker, found, called[speaker.id], facts)
    session.flush()


def steady(session: Session, speakers: Sequence[Speaker]) -> set[int]:
    """Return the keys of those whose shown name no document changes that only uses a name again.

    It tells more than every other that leads there, so that no count of documents decides.
    """
    leading: defaultdict[int | None, set[tuple[tuple[int, ...], str]]] = defaultdict(set)
    for some in chunks(speakers):
        for row in session.scalars(_LEADING, {"ids": [one.id for one in some]}):
            shown, kind = value_of(row).shown, SpeakerKind(row.kind)
            leading[row.speaker_id].add((_telling(shown, kind), shown))
    found = set()
    for one in speakers:
        names = leading[one.id]
        most = min((telling for telling, _ in names), default=None)
        if [shown for telling, shown in names if telling == most] == [one.name]:
            found.add(one.id)
    return found


def _is_of_people(session: Session, speaker: Speaker) -> bool:
    """Tell whether no document has ever named a speaker, so that a person did."""
    if speaker.document_id is not None:
        return False
    led = select(SpeakerMerge.id).where(SpeakerMerge.speaker_id == speaker.id).limit(1)
    return session.scalar(led) is None


def _facts(session: Session) -> Facts:
    """Return what people said of speakers and nobody took back, oldest first, by name."""
    found: Facts = defaultdict(list)
    for one in standing(session, actions=FACTS):
        found[one.kind, one.keys[0]].append(one)
    return found


def _uses(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Use]]:
    rows = session.execute(_USES, {"ids": list(ids)})
    found: defaultdict[int, list[Use]] = defaultdict(list)
    for id_, naming, documents, current in rows:
        found[id_].append(Use(naming, documents, bool(current)))
    return found


def _called(session: Session, ids: Sequence[int]) -> defaultdict[int, list[SpeakerAlias]]:
    found: defaultdict[int, list[SpeakerAlias]] = defaultdict(list)
    for row in session.scalars(_CALLED, {"ids": list(ids)}):
        found[row.speaker_id].append(row)
    return found


def _rename(
    session: Session,
    speaker: Speaker,
    uses: Sequence[Use],
    called: Sequence[SpeakerAlias],
    facts: Facts,
) -> None:
    kind = SpeakerKind(speaker.kind)
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for row, documents, _ in uses:
        shown = value_of(row).shown
        # Shorter names, and those whom a person has led here, do not rename who bears it.
        own = row.speaker_id == speaker.id and row.reason in _OWN_NAME
        if speaker.document_id is not None or own:
            counts[shown] += documents
        names |= {shown, row.name, *row.aliases}
    listed = [use.naming for use in uses if use.naming.listed]
    listed = [row for row in listed if row.speaker_id == speaker.id]
    if listed:
        speaker.name = min(sorted(row.name for row in listed), key=len)
        external = sorted(row.external_id for row in listed if row.external_id)
        speaker.external_id = external[0] if external else speaker.external_id
    elif counts:
        speaker.name = min(counts, key=lambda one: _shown_order(one, counts[one], kind))
    elif not uses and called:
        # No document names it: a person did, and that was its first name.
        speaker.name = min(called, key=lambda one: one.id).alias
    names.add(speaker.name)
    names |= _take(speaker, uses, facts)
    for old in called:
        if old.alias not in names:
            session.delete(old)
    for new in sorted(names - {old.alias for old in called}):
        add_alias(session, speaker, new)


def _take(speaker: Speaker, uses: Sequence[Use], facts: Facts) -> set[str]:
    """Let a speaker be what people said of it, and return the names that they gave it.

    Of a name that a person merged into it, it takes the link and no name to go by.
    """
    if speaker.document_id is not None:
        return set()
    led = {(row.kind, row.key): row.reason for row, _, _ in uses if row.speaker_id == speaker.id}
    if not uses:
        kind = SpeakerKind(speaker.kind)
        led = {(speaker.kind, node_key(kind, speaker.name)[1]): str(Reason.SAME)}
    own = [one for key, reason in led.items() if reason in _OWN_NAME for one in facts.get(key, ())]
    merged = [one for key in led for one in facts.get(key, ()) if one not in own]
    given: set[str] = set()
    for one in (*merged, *sorted(own, key=lambda one: one.id)):
        if one.action == DecisionAction.LINK:
            speaker.external_id = one.into
        elif one.into is not None:
            given.add(one.into)
            if one.action == DecisionAction.RENAME and one in own:
                speaker.name = one.into
    return given


def _shown_order(name: str, count: int, kind: SpeakerKind) -> tuple[object, ...]:
    return (_telling(name, kind), -count, name)


def _telling(name: str, kind: SpeakerKind) -> tuple[int, ...]:
    """Return how much a name tells, the least number for the most."""
    told = fullness(name) if kind is SpeakerKind.PERSON else tells(name, kind)[:1]
    return tuple(-int(number) for number in told)


def add_alias(session: Session, speaker: Speaker, alias: str) -> None:
    """Let a name lead to a speaker."""
    key = alias_key(speaker.kind, alias)
    session.add(SpeakerAlias(speaker_id=speaker.id, alias=alias, key=key))


def alias_key(kind: str, alias: str) -> str:
    """Return the key under which a name of a speaker of this kind is looked for."""
    return name_key(alias) if kind == SpeakerKind.PERSON else organisation_key(alias)
