"""What a collection holds, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from quotes.store.current import (
    is_current_version,
    is_newest_run,
    newest_attribution,
    stands,
)
from quotes.store.days import utc_day
from quotes.store.models import (
    Attribution,
    Document,
    DocumentVersion,
    Quotation,
    Review,
    ReviewStatus,
    RunVersion,
    Speaker,
    SpeakerDecision,
    SpeakerMember,
    UtteranceMember,
)
from quotes.store.namings import chunks
from quotes.store.queries import by_keys
from quotes.store.variants import count as utterances

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from quotes.store.values import StoredQuotation

#: A version and a run over it.
Pair = tuple[int, int]
_LOOKED_AT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A speaker with the number of their current quotations, alone or together with others."""

    id: str
    name: str
    kind: str
    quotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The numbers of a collection; all but `reviews` are of what is current.

    `speakers` counts those who are quoted, and `counts` their quotations by public id. `by_day` has
    the quotations of the sources that were published, or where they name no date first read, on
    each day; `undated` of them have none.
    """

    sources: int
    quotations: int
    speakers: int
    unattributed: int
    utterances: int
    reviews: int
    most_quoted: tuple[Quoted, ...]
    counts: dict[str, int]
    by_kind: dict[str, int]
    by_day: dict[date, int]
    undated: int


def state_of(session: Session) -> tuple[object, ...]:
    """Return numbers that change whenever what counts changes, without reading much."""
    newest = (
        select(func.max(column)).scalar_subquery()
        for column in (
            RunVersion.run_id,
            Attribution.id,
            Review.id,
            SpeakerDecision.id,
            DocumentVersion.id,
            DocumentVersion.seen_at,
            UtteranceMember.utterance_id,
        )
    )
    return tuple(session.execute(select(*newest, func.count()).select_from(RunVersion)).one())


def overview(session: Session, *, most: int = 100) -> Overview:
    """Count the collection, with the `most` speakers quoted most; reads every current row once."""
    old = _old(session)
    by_speaker, by_kind = _by_speaker_and_kind(session, old)
    unattributed = by_speaker.pop(None, 0)
    for group, member in session.execute(select(SpeakerMember.group_id, SpeakerMember.member_id)):
        by_speaker[member] += by_speaker.get(group, 0)
    given = [(number, key) for key, number in by_speaker.items() if key is not None and number]
    given.sort(key=lambda one: (-one[0], one[1]))
    days, undated = _by_day(session, old)
    return Overview(
        sources=session.scalar(select(func.count()).select_from(Document)) or 0,
        quotations=sum(by_kind.values()),
        speakers=len(given),
        unattributed=unattributed,
        utterances=utterances(session),
        reviews=session.scalar(select(func.count()).select_from(Review)) or 0,
        most_quoted=_named(session, given[:most]),
        counts=_counts(session, by_speaker),
        by_kind=dict(by_kind),
        by_day=dict(sorted(days.items())),
        undated=undated,
    )


def latest(session: Session, *, limit: int = 8) -> list[StoredQuotation]:
    """Return the current quotations that were stored last, the last first, without rejected."""
    newest = select(Quotation.id).order_by(Quotation.id.desc())
    found: list[StoredQuotation] = []
    # Nearly always the last few will do, but a new run may have put many out of force.
    for first, some in ((0, 2 * limit), (2 * limit, _LOOKED_AT)):
        if len(found) < limit:
            keys = session.scalars(newest.offset(first).limit(some)).all()
            there = by_keys(session, keys)
            found += (one for one in there if one.record["status"] != ReviewStatus.REJECTED)
    return found[:limit]


def _old(session: Session) -> set[Pair]:
    """Return the versions and runs that do not count now; mostly there are few.

    To ask each version whether it counts takes a third of a second for a hundred thousand.
    """
    several_versions = (
        select(DocumentVersion.document_id)
        .group_by(DocumentVersion.document_id)
        .having(func.count() > 1)
    )
    several_runs = (
        select(RunVersion.version_id).group_by(RunVersion.version_id).having(func.count() > 1)
    )
    found = session.execute(
        select(RunVersion.version_id, RunVersion.run_id)
        .join(DocumentVersion, DocumentVersion.id == RunVersion.version_id)
        .where(
            or_(
                DocumentVersion.document_id.in_(several_versions),
                RunVersion.version_id.in_(several_runs),
                RunVersion.status != "done",
            ),
            ~and_(is_current_version(), is_newest_run()),
        )
    )
    return {(version, run) for version, run in found}


def _by_speaker_and_kind(
    session: Session, old: Collection[Pair]
) -> tuple[Counter[int | None], Counter[str]]:
    """Count by speaker and by kind: all there is by the indexes, less what does not count now.

    To look at a million quotations one by one, whose run and review each has, takes seconds.
    """
    kinds = _counted(session, select(Quotation.kind, func.count()).group_by(Quotation.kind))
    given = select(Attribution.speaker_id, func.count()).group_by(Attribution.speaker_id)
    speakers = _counted(session, given)
    several = select(func.count(Attribution.quotation_id.distinct()), func.count(Attribution.id))
    quotations, attributions = session.execute(several).one()
    if quotations < attributions:
        speakers.subtract(_counted(session, _overtaken()))
    speakers[None] += kinds.total() - speakers.total()
    taken_out = (tuple(row) for row in session.execute(_taken_out()))
    for speaker, kind, number in chain(_of_old_runs(session, old), taken_out):
        speakers[speaker] -= number
        kinds[kind] -= number
    return speakers, +kinds


def _counted(session: Session, query: Select[*tuple[Any, ...]]) -> Counter[Any]:
    return Counter({row[0]: row[1] for row in session.execute(query)})


def _overtaken() -> Select[*tuple[Any, ...]]:
    """Count by speaker the attributions that newer ones of the same quotation replace."""
    several = (
        select(Attribution.quotation_id, func.max(Attribution.id).label("newest"))
        .group_by(Attribution.quotation_id)
        .having(func.count() > 1)
        .subquery("several")
    )
    return (
        select(Attribution.speaker_id, func.count())
        .join(several, several.c.quotation_id == Attribution.quotation_id)
        .where(Attribution.id < several.c.newest)
        .group_by(Attribution.speaker_id)
    )


def _of_old_runs(session: Session, old: Collection[Pair]) -> Iterator[tuple[Any, str, int]]:
    """Count by speaker and kind what only older versions and runs have, which these are."""
    place = (Quotation.version_id, Quotation.run_id)
    query = (
        select(*place, Attribution.speaker_id, Quotation.kind, func.count())
        .outerjoin(Attribution, Attribution.id == newest_attribution())
        .group_by(*place, Attribution.speaker_id, Quotation.kind)
    )
    for some in chunks(sorted({version for version, _ in old})):
        found = session.execute(query.where(Quotation.version_id.in_(some)))
        for version, run, speaker, kind, number in found:
            if (version, run) in old:
                yield speaker, kind, number


def _taken_out() -> Select[*tuple[Any, ...]]:
    """Count by speaker and kind what reviews have rejected or withdrawn of what counts."""
    return (
        select(Attribution.speaker_id, Quotation.kind, func.count())
        .select_from(Quotation)
        .join(RunVersion, _of_its_run())
        .join(DocumentVersion, DocumentVersion.id == RunVersion.version_id)
        .outerjoin(Attribution, Attribution.id == newest_attribution())
        .where(_is_taken_out(), is_current_version(), is_newest_run())
        .group_by(Attribution.speaker_id, Quotation.kind)
    )


def _of_its_run() -> ColumnElement[bool]:
    return and_(
        RunVersion.version_id == Quotation.version_id, RunVersion.run_id == Quotation.run_id
    )


def _is_taken_out() -> ColumnElement[bool]:
    gone = (ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN)
    # Few have reviews at all, so these are looked at first.
    reviewed = select(Review.quotation_id).where(Review.status.in_(gone))
    return and_(Quotation.id.in_(reviewed), stands(*gone))


def _by_day(session: Session, old: Collection[Pair]) -> tuple[Counter[date], int]:
    """Count by the day of the source, and those whose source has none."""
    days: Counter[date] = Counter()
    undated = 0
    for sign, rows in ((1, _dated(session)), (-1, _dated_out(session, old))):
        for day, bare, number in rows:
            days[date.fromisoformat(day)] += sign * number
            undated += sign * number if bare else 0
    return +days, undated


def _dated(session: Session) -> Iterator[tuple[str, bool, int]]:
    """Count all quotations by day, and by whether the source names no date."""
    place = (Quotation.version_id, Quotation.run_id)
    # By version first, for which an index has all that it takes.
    counted = select(*place, func.count().label("number")).group_by(*place).subquery("counted")
    query = _days(func.sum(counted.c.number)).join(
        counted, counted.c.version_id == DocumentVersion.id
    )
    for day, bare, number in session.execute(query):
        yield day, bare, int(number)


def _dated_out(session: Session, old: Collection[Pair]) -> Iterator[tuple[str, bool, int]]:
    """Count in the same way what does not count: of old versions and runs, or taken out."""
    place = (Quotation.version_id, Quotation.run_id)
    query = _days(func.count(), *place).join(Quotation, place[0] == DocumentVersion.id)
    for some in chunks(sorted({version for version, _ in old})):
        for day, bare, number, *pair in session.execute(query.where(place[0].in_(some))):
            if tuple(pair) in old:
                yield day, bare, number
    for day, bare, number, *pair in session.execute(query.where(_is_taken_out())):
        if tuple(pair) not in old:
            yield day, bare, number


def _days(
    number: ColumnElement[int], *more: InstrumentedAttribute[int]
) -> Select[*tuple[Any, ...]]:
    """Return numbers by the day of a version's source and by whether it names none."""
    day = utc_day(func.coalesce(Document.published_at, Document.created_at))
    bare = Document.published_at.is_(None)
    return (
        select(day, bare, number, *more)
        .select_from(DocumentVersion)
        .join(Document, Document.id == DocumentVersion.document_id)
        .group_by(day, bare, *more)
    )


def _counts(session: Session, by_speaker: Counter[int | None]) -> dict[str, int]:
    found = session.execute(select(Speaker.id, Speaker.public_id))
    return {public_id: by_speaker[key] for key, public_id in found if by_speaker[key]}


def _named(session: Session, given: Sequence[tuple[int, int]]) -> tuple[Quoted, ...]:
    keys = [key for _, key in given]
    found = {row.id: row for row in session.scalars(select(Speaker).where(Speaker.id.in_(keys)))}
    return tuple(
        Quoted(
            id=found[key].public_id, name=found[key].name, kind=found[key].kind, quotations=number
        )
        for number, key in given
    )
