"""Reviews carried over: what people decided of one row counts for the row that takes its place.

A new run's quotation takes on the reviews of one with the same content in the same version; in a
changed version, where content, cue and source stand in it as they did and the machine gives them
to the same speaker. Quotations that people made are added to what the new run found. What finds no
place is an orphan: it stays where it was, and is listed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from quotes.errors import RefusedDecision
from quotes.records import quotation_id
from quotes.spans import Span, Spans, hull
from quotes.store import rows
from quotes.store.assigning import (
    MANUAL,
    assign,
    attribution_of,
    copy_attribution,
    machine_speaker,
    present,
    speaker_of,
)
from quotes.store.current import current_runs, of_run
from quotes.store.embeddings import copy_vectors
from quotes.store.handmade import add_row, found_of, row_of
from quotes.store.models import (
    DocumentVersion,
    Quotation,
    Review,
    ReviewAction,
    ReviewStatus,
)
from quotes.store.recording import State, newest_state, record
from quotes.store.refinding import moved_by
from quotes.store.reviewed import histories

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.quotation import Quotation as Found
    from quotes.store.values import StoredQuotation

_DECIDED = (ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED, ReviewStatus.REJECTED)


def carry(session: Session, version_id: int, run_id: int) -> int:
    """Let what a run found in a version take on a document's reviews; returns how many."""
    version = session.get_one(DocumentVersion, version_id)
    elsewhere = (Quotation.version_id != version_id) | (Quotation.run_id != run_id)
    of_document = select(DocumentVersion.id).where(
        DocumentVersion.document_id == version.document_id
    )
    heads = _heads(session, Quotation.version_id.in_(of_document), elsewhere)
    if not heads:
        return 0
    target = _Target.of(session, version, run_id)
    return sum(target.take_on(row, review) for row, review in heads)


def orphans(session: Session) -> list[StoredQuotation]:
    """Return the quotations whose reviews found no place in what counts now, in their order."""
    runs = current_runs()
    heads = _heads(session, ~exists().where(of_run(runs)))
    ids = [row.id for row, _ in heads]
    found = session.execute(rows.statement().where(Quotation.id.in_(ids))).all()
    place = {id_: number for number, id_ in enumerate(ids)}
    found = sorted(found, key=lambda row: place[row.Quotation.id])
    return rows.stored(session, found, current=False)


def counterpart(session: Session, old: Quotation, beside: Quotation) -> Quotation:
    """Return the row of an older quotation's spans in the run and version of another row.

    It is added where that run did not find it. Raises RefusedDecision where its words do not stand
    in that version.
    """
    if (old.version_id, old.run_id) == (beside.version_id, beside.run_id):
        return old
    version = session.get_one(DocumentVersion, beside.version_id)
    found = _found_again(session, old, version)
    if found is None:
        raise RefusedDecision(
            f"the words of {old.public_id} do not stand in the source as it reads now",
            hint="edit or reject the quotation instead",
        )
    id_ = quotation_id(version.sha256, found)
    row = row_of(session, version.id, beside.run_id, id_)
    if row is not None:
        return row
    row = add_row(session, found, version, beside.run_id)
    held = attribution_of(session, old.id)
    if held is not None:
        same = old.version_id == version.id
        copy_attribution(session, held, row.id, evidence=same)
    return row


def _heads(session: Session, *which: ColumnElement[bool]) -> list[tuple[Quotation, Review]]:
    """Return the rows whose newest review decides and goes on in no other row."""
    later, heir = aliased(Review), aliased(Review)
    overtaken = exists().where(later.quotation_id == Review.quotation_id, later.id > Review.id)
    goes_on = exists().where(
        heir.inherits_id == Review.id, heir.status != str(ReviewStatus.WITHDRAWN)
    )
    found = session.execute(
        select(Quotation, Review)
        .join(Review, Review.quotation_id == Quotation.id)
        .where(Review.status.in_(_DECIDED), ~overtaken, ~goes_on, *which)
        .order_by(Review.id)
    )
    return [(row[0], row[1]) for row in found]


def _found_again(session: Session, row: Quotation, version: DocumentVersion) -> Found | None:
    """Return a quotation in the offsets of a version, None where it does not stand there."""
    found = found_of(session, row)
    if row.version_id == version.id:
        return found
    old = session.get_one(DocumentVersion, row.version_id)
    whole = hull([span for _, spans in found.roles() for span in spans])
    step = moved_by(old.text, version.text, whole)
    return _moved(found, step) if step is not None else None


def _moved(found: Found, step: int) -> Found:
    def along(spans: Spans) -> Spans:
        return tuple(Span(span.start + step, span.end + step) for span in spans)

    moved = {role: along(spans) for role, spans in found.roles()}
    return replace(found, **moved)  # type: ignore[arg-type]  # the roles are the fields' names


@dataclass(frozen=True, slots=True)
class _Target:
    """What a run found in a version, by id and by content."""

    session: Session
    version: DocumentVersion
    run_id: int
    by_id: dict[str, Quotation]
    by_content: defaultdict[Spans, list[Quotation]]

    @classmethod
    def of(cls, session: Session, version: DocumentVersion, run_id: int) -> _Target:
        query = select(Quotation).where(
            Quotation.version_id == version.id, Quotation.run_id == run_id
        )
        by_content: defaultdict[Spans, list[Quotation]] = defaultdict(list)
        by_id: dict[str, Quotation] = {}
        for row in session.scalars(query.order_by(Quotation.id)).all():
            by_id[row.public_id] = row
            by_content[found_of(session, row).content].append(row)
        return cls(session, version, run_id, by_id, by_content)

    def take_on(self, old: Quotation, review: Review) -> bool:
        """Find the place of a reviewed row and let it inherit; tells whether there is one."""
        found = _found_again(self.session, old, self.version)
        if found is None:
            return False
        id_ = quotation_id(self.version.sha256, found)
        if old.method == MANUAL:
            row = self.by_id.get(id_) or self._add(found, old)
            if row is None:
                return False
            last = self._inherit(row, old, review)
            self._withdraw_former(row, found, old, last)
            return True
        row = self.by_id.get(id_) or self._only(found.content)
        if row is None or not self._is_same_speakers(row, old):
            return False
        self._inherit(row, old, review)
        return True

    def _only(self, content: Spans) -> Quotation | None:
        found = self.by_content[content]
        return found[0] if len(found) == 1 else None

    def _is_same_speakers(self, row: Quotation, old: Quotation) -> bool:
        """Tell whether a changed text still says who speaks, as far as the machine can tell."""
        if old.version_id == self.version.id:
            return True
        now = machine_speaker(self.session, row.id)
        held = speaker_of(self.session, old.id)
        meant = present(self.session, held.id) if held is not None else None
        return now in (machine_speaker(self.session, old.id), meant)

    def _add(self, found: Found, old: Quotation) -> Quotation | None:
        """Add a quotation that a person made; None where a changed text has another speaker."""
        beside = next((one for one in self._former(found, old) if one.method != MANUAL), None)
        same = old.version_id == self.version.id
        if beside is not None and not self._is_same_speakers(beside, old):
            return None
        row = add_row(self.session, found, self.version, self.run_id)
        source = old if same or beside is None else beside
        held = attribution_of(self.session, source.id)
        if held is not None:
            copy_attribution(self.session, held, row.id, evidence=same or source is beside)
        copy_vectors(self.session, old.id, row)
        self.by_id[row.public_id] = row
        return row

    def _inherit(self, row: Quotation, old: Quotation, review: Review) -> Review:
        state = State(
            status=ReviewStatus(review.status),
            assigned=review.assigned,
            speaker_id=review.speaker_id,
        )
        held = speaker_of(self.session, old.id)
        meant = present(self.session, held.id) if held is not None else None
        now = speaker_of(self.session, row.id)
        before = newest_state(self.session, row)
        if meant != (now.id if now is not None else None) and (
            state.assigned or state.status is not ReviewStatus.REJECTED
        ):
            assign(self.session, row.id, meant)
            state = replace(state, assigned=True, speaker_id=state.speaker_id or meant)
        return record(
            self.session,
            row,
            ReviewAction.INHERIT,
            state,
            by=review.reviewer,
            inherits=review,
            old={"id": old.public_id, "status": str(before.status)},
        )

    def _withdraw_former(self, row: Quotation, found: Found, old: Quotation, last: Review) -> None:
        """Withdraw what the machine found again of words that a person put right."""
        for one in self._former(found, old):
            if one.id != row.id and newest_state(self.session, one).status not in _DECIDED:
                gone = State(status=ReviewStatus.WITHDRAWN)
                record(
                    self.session, one, ReviewAction.INHERIT, gone, by=last.reviewer, inherits=last
                )

    def _former(self, found: Found, old: Quotation) -> list[Quotation]:
        """Return the rows with the content of a person's quotation, now or before it was edited."""
        contents = [found.content]
        for given in histories(self.session, [old.id])[old.id]:
            if given.review.action == ReviewAction.EDIT:
                edited = self.session.get_one(Quotation, given.review.quotation_id)
                again = _found_again(self.session, edited, self.version)
                if again is not None:
                    contents.append(again.content)
        rows_ = [row for content in dict.fromkeys(contents) for row in self.by_content[content]]
        return list({row.id: row for row in rows_}.values())
