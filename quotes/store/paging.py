"""Listings a page at a time, by where the last page ended: the last costs no more than the first.

A page is read by walking the documents in order, some at a time. So no plan of the database can
make it sort a million rows, and a filter that nearly nothing passes ends a page early rather than
reading everything; the next page goes on from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Row, func, literal, or_, select

from quotes.errors import MalformedQuery
from quotes.store import rows
from quotes.store.current import current_runs, newest_attribution, of_run, reaching_into
from quotes.store.filters import answers_to, conditions, has_status, source_tiers
from quotes.store.members import is_or_has_member
from quotes.store.models import Attribution, Document, DocumentVersion, Quotation, Speaker
from quotes.store.queries import by_keys
from quotes.store.values import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.records import PassageRecord
    from quotes.store.values import StoredQuotation

#: A page looks at about so many quotations, and stops even where too few of them pass; at fewer
#: where their words are looked through.
MOST_LOOKED_AT: Final = 20_000
MOST_READ: Final = 3_000
#: Of a speaker with no more than so many, each is looked at; of one with more, the documents are.
_FEW: Final = 2_000
_FIRST_DOCUMENTS, _MOST_DOCUMENTS = 16, 1_024
_WRITTEN: Final = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.(q_[0-9a-f]{1,30}|~)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the order of listings: behind this quotation; `str` writes it for an address."""

    document: int
    start: int
    end: int
    id: str

    def __str__(self) -> str:
        return f"{self.document}.{self.start}.{self.end}.{self.id}"

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Return the cursor that was written so; raises MalformedQuery."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise MalformedQuery(
                f"{text[:40]!r} is no place in the list", hint="begin at the first page"
            )
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4])

    @classmethod
    def behind(cls, document: int) -> Cursor:
        """Return the place behind all that a document has."""
        return cls(document, 0, 0, "~")

    @property
    def is_whole(self) -> bool:
        """Whether it stands behind all of its document."""
        return self.id == "~"

    def is_before(self, place: Cursor) -> bool:
        """Tell whether a quotation's place comes after this one."""
        return place.document > self.document if self.is_whole else place > self

    def is_behind(self, place: Cursor) -> bool:
        """Tell whether a quotation's place comes before this one, and is not the same."""
        return place.document <= self.document if self.is_whole else place < self


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some quotations, behind which place the next page begins, and before which the one before.

    Both are None where nothing is left. A page may have fewer than were asked for, even none, and
    still have a next one.
    """

    quotations: list[StoredQuotation]
    next: Cursor | None
    previous: Cursor | None


Place = tuple[Cursor, int]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What passes of some documents, the first and the last of them, and if that will do."""

    found: list[Place]
    first: int = 0
    last: int = 0
    is_enough: bool = False


def page(
    session: Session,
    which: Filter | None = None,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 50,
) -> Page:
    """Return the quotations behind a place, in the order of `queries.quotations`.

    All pages together are what that function yields. With `before` it is the page that ends there
    instead, and the first page where fewer are left than one has.
    """
    chosen = which or Filter()
    speakers, vias = _named(session, chosen.speaker), _named(session, chosen.via)
    given = _given(speakers, vias)
    few = _few(session, given)
    if few is not None:
        steps = iter([_Looked(sorted(_keys(session, chosen, given, Quotation.id.in_(few))))])
    else:
        steps = _looked(session, chosen, given, after=after, before=before, limit=limit)
    if before is None:
        return _forward(session, steps, after, limit)
    back = _back(session, steps, before, limit)
    return back or page(session, chosen, limit=limit)


def _forward(session: Session, steps: Iterator[_Looked], after: Cursor | None, limit: int) -> Page:
    found: list[Place] = []
    end = None
    for looked in steps:
        found += [one for one in looked.found if after is None or after.is_before(one[0])]
        if len(found) > limit:
            found, end = found[:limit], found[limit - 1][0]
            break
        if looked.is_enough:
            end = Cursor.behind(looked.last)
            break
    quotations = by_keys(session, [key for _, key in found])
    start = None if after is None else found[0][0] if found else after
    return Page(quotations=quotations, next=end, previous=start)


def _back(session: Session, steps: Iterator[_Looked], before: Cursor, limit: int) -> Page | None:
    """Return the page that ends before a place; None where fewer are left than a page has."""
    found: list[Place] = []
    for looked in steps:
        found = [one for one in looked.found if before.is_behind(one[0])] + found
        if len(found) > limit:
            found = found[-limit:]
            start = found[0][0]
            break
        if looked.is_enough:
            start = Cursor.behind(looked.first - 1)
            break
    else:
        return None
    quotations = by_keys(session, [key for _, key in found])
    return Page(quotations=quotations, next=found[-1][0] if found else before, previous=start)


def of_version(
    session: Session, version_id: int, *, start: int = 0, end: int | None = None
) -> list[StoredQuotation]:
    """Return the quotations that count of a document's current version, by their places.

    With `start` and `end` those that reach into this part of the text.
    """
    runs = current_runs()
    query = (
        rows.statement()
        .join(runs, of_run(runs))
        .where(Quotation.version_id == version_id, runs.c.version_id == version_id)
        .where(*reaching_into(start, end))
        .order_by(Quotation.start, Quotation.end, Quotation.public_id)
    )
    return rows.stored(session, session.execute(query).all())


def start_of(session: Session, version_id: int, public_id: str) -> int | None:
    """Return where a quotation of a version begins, None where it has none of this id."""
    return session.scalar(
        select(func.min(Quotation.start)).where(
            Quotation.public_id == public_id, Quotation.version_id == version_id
        )
    )


def overlapping(session: Session, stored: StoredQuotation) -> list[StoredQuotation]:
    """Return the other current quotations that share words with one, by their places."""
    content = stored.record["content"]
    near = select(Quotation.id).where(
        Quotation.version_id == stored.version_id,
        Quotation.run_id == stored.run.id,
        Quotation.start < content["end"],
        Quotation.end > content["start"],
        Quotation.public_id != stored.record["id"],
    )
    found = by_keys(session, session.scalars(near.order_by(Quotation.start, Quotation.id)).all())
    return [one for one in found if _shares(one.record["content"], content)]


def _shares(one: PassageRecord, other: PassageRecord) -> bool:
    return any(a < d and c < b for a, b in one["spans"] for c, d in other["spans"])


def _named(session: Session, name: str | None) -> list[int] | None:
    """Return the keys of who answers to a name; None where none is asked for."""
    if name is None:
        return None
    is_id = Speaker.public_id == name
    if session.scalar(select(Speaker.id).where(is_id)) is not None:
        # A whole id needs no look at every name.
        return list(session.scalars(select(Speaker.id).where(is_or_has_member(is_id))))
    return list(session.scalars(select(Speaker.id).where(is_or_has_member(answers_to(name)))))


def _given(speakers: list[int] | None, vias: list[int] | None) -> list[ColumnElement[bool]]:
    """Return the conditions on whom a quotation is given to."""
    asked = ((Attribution.speaker_id, speakers), (Attribution.via_id, vias))
    return [column.in_(keys) for column, keys in asked if keys is not None]


def _few(session: Session, given: Sequence[ColumnElement[bool]]) -> list[int] | None:
    """Return the keys of all quotations ever given so, None where they are too many."""
    for condition in given:
        keys = select(Attribution.quotation_id).where(condition).limit(_FEW + 1)
        found = session.scalars(keys).all()
        if len(found) <= _FEW:
            return list(found)
    return None


def _looked(
    session: Session,
    which: Filter,
    given: Sequence[ColumnElement[bool]],
    *,
    after: Cursor | None,
    before: Cursor | None,
    limit: int,
) -> Iterator[_Looked]:
    """Yield what passes, behind a place or going back from one, some documents at a time."""
    looked, most = 0, MOST_LOOKED_AT if which.contains is None else MOST_READ
    for runs in _runs(session, which, after, before):
        versions = [run.version_id for run in runs]
        found = sorted(_keys(session, which, given, Quotation.version_id.in_(versions)))
        looked += _looked_at(session, versions) if len(found) < limit else len(found)
        yield _Looked(found, runs[0].document_id, runs[-1].document_id, looked >= most)


def _runs(
    session: Session, which: Filter, after: Cursor | None, before: Cursor | None
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """Yield the runs that count of the documents that pass, some at a time and ever more."""
    runs = current_runs()
    when = func.coalesce(Document.published_at, Document.created_at)
    passes = [] if which.source is None else [or_(*source_tiers(which.source))]
    if which.since is not None:
        passes.append(when >= literal(which.since, Document.published_at.type))
    if which.until is not None:
        passes.append(when < literal(which.until, Document.published_at.type))
    step = _FIRST_DOCUMENTS
    back = before is not None
    if before is not None:
        edge = before.document + 1
    else:
        edge = after.document - (not after.is_whole) if after else 0
    while True:
        further = Document.id < edge if back else Document.id > edge
        order = Document.id.desc() if back else Document.id
        some = session.scalars(
            select(Document.id).where(further, *passes).order_by(order).limit(step)
        ).all()
        if some:
            current = select(runs).where(runs.c.document_id.in_(some))
            if found := session.execute(current.order_by(runs.c.document_id)).all():
                yield found
        if len(some) < step:
            return
        edge, step = some[-1], min(step * 4, _MOST_DOCUMENTS)


def _keys(
    session: Session,
    which: Filter,
    given: Sequence[ColumnElement[bool]],
    among: ColumnElement[bool],
) -> list[Place]:
    """Return the places and keys of the current quotations that pass, among some of them."""
    query = (
        select(
            DocumentVersion.document_id,
            Quotation.start,
            Quotation.end,
            Quotation.public_id,
            Quotation.id,
            Quotation.version_id,
            Quotation.run_id,
        )
        .join(DocumentVersion, DocumentVersion.id == Quotation.version_id)
        .where(among)
    )
    if given:
        query = query.join(Attribution, Attribution.id == newest_attribution()).where(*given)
    if which.source is not None or which.since is not None or which.until is not None:
        about = Filter(source=which.source, since=which.since, until=which.until)
        query = query.join(Document, Document.id == DocumentVersion.document_id)
        query = query.where(*conditions(about))
    if which.kind is not None:
        # Not the bare column: SQLite would rather read all of this kind by their index.
        query = query.where(Quotation.kind.concat("") == which.kind)
    if which.act:
        query = query.where(Quotation.act.concat("").in_(which.act))
    about = Filter(contains=which.contains, min_confidence=which.min_confidence)
    found = session.execute(query.where(has_status(which), *conditions(about))).all()
    now = _now(session, {row.version_id for row in found})
    return [(Cursor(*row[:4]), row.id) for row in found if (row.version_id, row.run_id) in now]


def _now(session: Session, versions: set[int]) -> set[tuple[int, int]]:
    """Return which of these versions count, each with its run."""
    runs = current_runs()
    query = select(runs.c.version_id, runs.c.run_id).where(runs.c.version_id.in_(versions))
    return {(version, run) for version, run in session.execute(query)}


def _looked_at(session: Session, versions: Sequence[int]) -> int:
    query = select(func.count()).select_from(Quotation).where(Quotation.version_id.in_(versions))
    return session.scalar(query) or 0
