"""Attributions led to speakers of the database, through how their document names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.quotation import NAMED_KINDS, Attribution, SpeakerKind
from quotes.speakers.registry import NodeKey, Reason, node_key
from quotes.store.calling import add_alias, name
from quotes.store.leading import hold, own_speaker, place, place_of, settle
from quotes.store.members import Member, set_members
from quotes.store.models import Appearance, Document, SpeakerAlias
from quotes.store.models import Attribution as AttributionRow
from quotes.store.models import Naming as NamingRow
from quotes.store.models import Quotation as QuotationRow
from quotes.store.named import naming_of, namings_of
from quotes.store.namings import rows_of, standing, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.models import Speaker, SpeakerDecision


class SpeakerBook:
    """The speakers of one database; it keeps nothing, so that several may write in turn."""

    def open(
        self,
        session: Session,
        document: Document,
        attributions: Iterable[Attribution],
    ) -> Chapter:
        """Enter how a document names its speakers; it is led by these names alone from now on."""
        return Chapter(session, document, list(attributions))

    def turn_back(self, session: Session, document: Document, run_version: tuple[int, int]) -> None:
        """Let a document be led by the names that an earlier run found in one of its versions."""
        run_id, version_id = run_version
        had = set(
            session.scalars(
                select(AttributionRow.appearance_id)
                .join(QuotationRow, QuotationRow.id == AttributionRow.quotation_id)
                .where(QuotationRow.run_id == run_id, QuotationRow.version_id == version_id)
                .distinct()
            )
        )
        rows = _appearances(session, document)
        _enter(session, document, {k: one.naming for k, one in rows.items() if one.id in had}, rows)


class Chapter:
    """The part of a book that one document needs: what it means once by a name, it means always."""

    def __init__(
        self,
        session: Session,
        document: Document,
        attributions: Sequence[Attribution],
    ) -> None:
        self._session = session
        self._document = document
        self._own: dict[tuple[str, str], int] = {}
        shared = [one for one in attributions if one.kind in NAMED_KINDS]
        rows = _appearances(session, document)
        self._entered = _enter(session, document, rows_of(session, namings_of(shared)), rows)

    def entry(self, attribution: Attribution) -> tuple[int, int | None]:
        """Return the key of the speaker that an attribution means, and of its appearance."""
        if attribution.kind in NAMED_KINDS:
            found = self._entered[naming_of(attribution).kind, naming_of(attribution).key]
            return found.speaker_id, found.id
        key = (attribution.name, attribution.kind)
        if key not in self._own:
            speaker = own_speaker(self._session, *key, self._document)
            _add_aliases(self._session, speaker, attribution)
            self._own[key] = speaker.id
            if attribution.members:
                members = [Member(*self.entry(member)) for member in attribution.members]
                set_members(self._session, speaker.id, members)
        return self._own[key], None


def _appearances(session: Session, document: Document) -> dict[NodeKey, Appearance]:
    rows = session.scalars(select(Appearance).where(Appearance.document_id == document.id))
    return {(SpeakerKind(row.kind), row.key): row for row in rows}


def _enter(
    session: Session,
    document: Document,
    namings: dict[NodeKey, NamingRow],
    rows: dict[NodeKey, Appearance],
) -> dict[NodeKey, Appearance]:
    """Make these a document's namings in place of its `rows`, and lead each to its speaker."""
    decided = _decided(session, document, namings, rows) if namings and rows else {}
    changed: dict[int, NamingRow] = {}
    left: dict[int, Speaker] = {}
    for key, row in rows.items():
        if row.current and (row.naming is not namings.get(key)):
            count(row, -1, changed)
        if row.current and key not in namings:
            left[row.speaker_id] = row.speaker
            row.current = False
    for key, naming in namings.items():
        known = rows.get(key)
        was = known is not None and known.current and known.naming is naming
        if not was and (known.decision_id if known else decided.get(key)) is None:
            naming.documents += 1
            if naming.documents == 1:
                changed[naming.id] = naming
        if naming.reason in (None, Reason.UPGRADE):
            changed[naming.id] = naming
    session.flush()
    if changed:
        settle(session, [value_of(naming) for naming in changed.values()])
    entered = {}
    hold(session, namings.values())
    for key, naming in namings.items():
        entry = rows.get(key)
        if entry is None:
            entry = _new(session, document, key, naming, decided.get(key))
        entry.naming, entry.current = naming, True
        entered[key] = entry
    session.flush()
    place(session, list(entered.values()))
    name(session, list(left.values()))
    return entered


def count(row: Appearance, step: int, changed: dict[int, NamingRow]) -> None:
    """Let an appearance that nobody has decided on count for its naming, or no longer."""
    if row.decision_id is None:
        row.naming.documents += step
        if row.naming.documents == (1 if step > 0 else 0):
            changed[row.naming.id] = row.naming


def _new(
    session: Session,
    document: Document,
    key: NodeKey,
    naming: NamingRow,
    decision: SpeakerDecision | None,
) -> Appearance:
    row = Appearance(document_id=document.id, kind=naming.kind, key=key[1], current=True)
    row.naming, row.decision = naming, decision
    row.speaker_id = place_of(session, row).speaker.id
    session.add(row)
    return row


def _decided(
    session: Session,
    document: Document,
    namings: dict[NodeKey, NamingRow],
    rows: dict[NodeKey, Appearance],
) -> dict[NodeKey, SpeakerDecision]:
    """Return which of the names that are new to a document a person has decided on.

    What people decided on one name of the document holds for another that takes its place.
    """
    found: dict[NodeKey, SpeakerDecision] = {}
    for decision in standing(session, document.id):
        kind = SpeakerKind(decision.kind)
        if (kind, decision.keys[0]) in namings:
            if (kind, decision.keys[0]) not in rows:
                found[kind, decision.keys[0]] = decision
            continue
        for key, naming in namings.items():
            others = {node_key(kind, alias)[1] for alias in naming.aliases}
            called = decision.keys[0] in others or key[1] in decision.keys[1:]
            if key[0] is kind and called and key not in rows:
                found.setdefault(key, decision)
    return found


def _add_aliases(session: Session, speaker: Speaker, attribution: Attribution) -> None:
    stored = select(SpeakerAlias.alias).where(SpeakerAlias.speaker_id == speaker.id)
    known = set(session.scalars(stored))
    for alias in dict.fromkeys((attribution.name, *attribution.aliases)):
        if alias not in known:
            add_alias(session, speaker, alias)
    session.flush()
