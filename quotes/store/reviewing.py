"""What people decide about quotations: confirm, reject, reassign, edit, add, and take back.

Every decision is a new row with its author and time, and nothing is overwritten: edited spans are
a row of their own, whose id follows from them, and the row that the machine found is withdrawn.
The last decision that stands says how a quotation stands (the record's `status`): `machine`,
`confirmed`, `corrected` or `rejected`.

Every function takes a session that writes (`store.session(write=True)`) and commits nothing. A
`public_id` may be cut short. Each returns the public id under which the quotation goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import literal, select

from quotes.errors import RefusedDecision
from quotes.quotation import Act, Kind
from quotes.quotation import Quotation as Found
from quotes.records import quotation_id
from quotes.store.assigning import (
    MANUAL,
    assign,
    assignable,
    attribution_of,
    copy_attribution,
    give_back,
    present,
    speaker_of,
)
from quotes.store.handmade import add_row, checked, found_of, kept, row_of, run_of
from quotes.store.inheriting import counterpart
from quotes.store.keys import key_of
from quotes.store.models import (
    DocumentVersion,
    Quotation,
    Review,
    ReviewAction,
    ReviewStatus,
)
from quotes.store.recording import State, newest_state, record, snapshot
from quotes.store.reviewed import AFTER, Given, histories, standing, stored_review

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.spans import Spans
    from quotes.store.values import StoredReview


def confirm(session: Session, public_id: str, *, by: str, note: str = "") -> str:
    """Say that a quotation and its speaker are right; raises NotFound or Ambiguous."""
    row, state = _present(session, public_id)
    after = replace(state, status=ReviewStatus.CONFIRMED)
    record(session, row, ReviewAction.CONFIRM, after, by=by, note=note)
    return row.public_id


def reject(session: Session, public_id: str, *, by: str, note: str = "") -> str:
    """Say that this is no quotation, or not worth keeping; raises NotFound or Ambiguous."""
    row, state = _present(session, public_id)
    after = replace(state, status=ReviewStatus.REJECTED)
    record(session, row, ReviewAction.REJECT, after, by=by, note=note)
    return row.public_id


def reassign(
    session: Session, public_id: str, *, speaker_id: str | None, by: str, note: str = ""
) -> str:
    """Give a quotation to the speaker of this public id, or with None to nobody.

    Raises NotFound, Ambiguous, or RefusedDecision where that changes nothing or the speaker
    belongs to another document alone.
    """
    row, state = _present(session, public_id)
    speaker = assignable(session, speaker_id, row) if speaker_id is not None else None
    now = speaker_of(session, row.id)
    if (now.id if now else None) == (speaker.id if speaker else None):
        whose = f"is {speaker.name}'s already" if speaker else "has no speaker already"
        raise RefusedDecision(
            f"{row.public_id} {whose}", hint="confirm it with `quotes review confirm`"
        )
    before = snapshot(session, row, state.status)
    assign(session, row.id, speaker.id if speaker else None)
    after = State(
        status=ReviewStatus.CORRECTED, assigned=True, speaker_id=speaker.id if speaker else None
    )
    record(session, row, ReviewAction.REASSIGN, after, by=by, note=note, old=before)
    return row.public_id


def edit(
    session: Session,
    public_id: str,
    *,
    content: Spans | None = None,
    cue: Spans | None = None,
    source: Spans | None = None,
    by: str,
    note: str = "",
) -> str:
    """Correct the spans of a quotation; what is None stays, and an empty tuple takes away.

    Its id follows from its spans, so it goes on under a new one, to which the old leads. Raises
    NotFound, Ambiguous, OffsetError for spans that do not fit the text, or RefusedDecision where
    that changes nothing or another quotation has these spans.
    """
    row, state = _present(session, public_id)
    version = session.get_one(DocumentVersion, row.version_id)
    was = found_of(session, row)
    found = replace(
        was,
        content=kept(content, was.content),
        cue=kept(cue, was.cue),
        source=kept(source, was.source),
    )
    checked(found, version.text)
    if found.roles() == was.roles():
        raise RefusedDecision(
            f"{row.public_id} has these spans already", hint="confirm it if it is right"
        )
    heir = _free_row(session, found, version, row.run_id)
    held = attribution_of(session, row.id)
    if held is not None:
        copy_attribution(session, held, heir.id, evidence=found.source == was.source)
    after = replace(state, status=ReviewStatus.CORRECTED)
    _hand_over(session, row, heir, ReviewAction.EDIT, after, by=by, note=note)
    return heir.public_id


def add(
    session: Session,
    *,
    version_id: int,
    content: Spans,
    cue: Spans = (),
    source: Spans = (),
    speaker_id: str | None = None,
    kind: str = Kind.DIRECT,
    act: str = Act.SPEECH,
    by: str,
    note: str = "",
) -> str:
    """Add a quotation that the machine did not find; its record's method is `manual`.

    `speaker_id` is a public id, None for nobody known. Raises OffsetError for spans that do not
    fit the text, NotFound, or RefusedDecision where a quotation has these spans already.
    """
    version = session.get_one(DocumentVersion, version_id)
    found = Found(kind=Kind(kind), act=Act(act), content=content, cue=cue, source=source)
    checked(found, version.text)
    row = _free_row(session, found, version, run_of(session, version_id))
    speaker = assignable(session, speaker_id, row) if speaker_id is not None else None
    assign(session, row.id, speaker.id if speaker else None, method=MANUAL)
    after = State(
        status=ReviewStatus.CORRECTED, assigned=True, speaker_id=speaker.id if speaker else None
    )
    record(session, row, ReviewAction.ADD, after, by=by, note=note, old={})
    return row.public_id


def undo(session: Session, public_id: str, *, by: str, note: str = "") -> str:
    """Take back the last decision on a quotation that stands, by a new row.

    Raises NotFound, Ambiguous, or RefusedDecision where none stands.
    """
    row, _ = _present(session, public_id)
    stands = standing(histories(session, [row.id])[row.id])
    if not stands:
        raise RefusedDecision(
            f"no review of {row.public_id} stands, so there is none to take back",
            hint="see `quotes review log`",
        )
    *below, taken = stands
    state = _state_after(below[-1]) if below else State()
    action = ReviewAction.UNDO
    if taken.review.action == ReviewAction.EDIT:
        before = session.get_one(Quotation, taken.review.quotation_id)
        heir = counterpart(session, before, row)
        _hand_over(session, row, heir, action, state, by=by, note=note)
        _assign_as(session, heir, state)
        return heir.public_id
    if not below and taken.review.action == ReviewAction.ADD:
        state = replace(_state_after(taken), status=ReviewStatus.WITHDRAWN)
    old = snapshot(session, row, newest_state(session, row).status)
    _assign_as(session, row, state)
    record(session, row, action, state, by=by, note=note, old=old)
    return row.public_id


def log(
    session: Session,
    public_id: str | None = None,
    *,
    by: str | None = None,
    since: datetime | None = None,
) -> list[StoredReview]:
    """Return what people decided, oldest first: all of it, or what counts for one quotation.

    `by` is a reviewer's name in full, `since` an aware time, inclusive. What a row takes on from
    another is no decision of its own and is left out. Raises NotFound or Ambiguous for the id.
    """
    if public_id is not None:
        key = key_of(session, public_id).id
        given = histories(session, [key])[key]
    else:
        query = select(Review, Quotation.public_id, literal(None)).join(
            Quotation, Quotation.id == Review.quotation_id
        )
        given = [Given(*row) for row in session.execute(query.order_by(Review.id))]
    return [
        stored_review(one)
        for one in given
        if one.review.action != ReviewAction.INHERIT
        and by in (None, one.review.reviewer)
        and (since is None or one.review.created_at >= since)
    ]


def _present(session: Session, public_id: str) -> tuple[Quotation, State]:
    row = session.get_one(Quotation, key_of(session, public_id).id)
    state = newest_state(session, row)
    if state.status is ReviewStatus.WITHDRAWN:
        raise RefusedDecision(
            f"{row.public_id} was taken back", hint="add it again with `quotes review add`"
        )
    return row, state


def _free_row(session: Session, found: Found, version: DocumentVersion, run_id: int) -> Quotation:
    """Return the row for these spans, a new one or one that was withdrawn."""
    row = row_of(session, version.id, run_id, quotation_id(version.sha256, found))
    if row is None:
        return add_row(session, found, version, run_id)
    if newest_state(session, row).status is not ReviewStatus.WITHDRAWN:
        raise RefusedDecision(
            f"{row.public_id} has these spans already", hint="confirm, edit or reject that one"
        )
    return row


def _hand_over(
    session: Session,
    row: Quotation,
    heir: Quotation,
    action: ReviewAction,
    after: State,
    *,
    by: str,
    note: str,
) -> None:
    """Withdraw a row for another, which inherits its reviews."""
    gone = replace(after, status=ReviewStatus.WITHDRAWN)
    review = record(session, row, action, gone, by=by, note=note)
    review.new = snapshot(session, heir, after.status)
    record(session, heir, ReviewAction.INHERIT, after, by=by, inherits=review)


def _assign_as(session: Session, row: Quotation, state: State) -> None:
    """Let a quotation be whose a state says: a person's choice, or else the machine's."""
    if not state.assigned:
        give_back(session, row.id)
        return
    meant = present(session, state.speaker_id) if state.speaker_id is not None else None
    now = speaker_of(session, row.id)
    if meant != (now.id if now else None):
        assign(session, row.id, meant)


def _state_after(given: Given) -> State:
    review = given.review
    return State(
        status=AFTER[ReviewAction(review.action)],
        assigned=review.assigned,
        speaker_id=review.speaker_id,
    )
