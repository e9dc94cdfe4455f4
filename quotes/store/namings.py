"""The namings of a collection: kept once each, and found by their handles."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import bindparam, select

from quotes.quotation import SpeakerKind
from quotes.speakers.naming import Naming
from quotes.speakers.registry import Link, NodeKey, Registry
from quotes.store.bulk import put
from quotes.store.models import DecisionAction, NamingHandle, SpeakerDecision
from quotes.store.models import Naming as Row

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.speakers.handles import Handle

T = TypeVar("T")
K = TypeVar("K", bound="Hashable")
_CHUNK = 400

# Statements that are asked for every document: to put one together takes as long as to ask it.
_UNDONE = select(SpeakerDecision.undoes_id).where(SpeakerDecision.undoes_id.is_not(None))
_STANDING = (
    select(SpeakerDecision)
    .where(SpeakerDecision.action != str(DecisionAction.UNDO), SpeakerDecision.id.not_in(_UNDONE))
    .order_by(SpeakerDecision.id)
)
_STANDING_OF = _STANDING.where(SpeakerDecision.document_id == bindparam("document"))
_OF_KEYS = (
    select(Row)
    .where(Row.kind == bindparam("kind"), Row.key.in_(bindparam("keys", expanding=True)))
    .order_by(Row.id)
)
_OF_FORMS = select(Row).where(Row.form.in_(bindparam("forms", expanding=True)))
_HAVING = (
    select(Row.key)
    .join(NamingHandle, NamingHandle.naming_id == Row.id)
    .where(
        NamingHandle.handle.in_(bindparam("handles", expanding=True)),
        NamingHandle.grip == bindparam("grip"),
        Row.documents > 0,
    )
)


def rows_of(session: Session, namings: Mapping[K, tuple[Naming, str | None]]) -> dict[K, Row]:
    """Return the rows of namings with their external ids, added where they are new."""
    forms = {key: _form(naming, external_id) for key, (naming, external_id) in namings.items()}
    # A transaction that stores many documents reads each naming once.
    known: dict[str, Row] = session.info.setdefault("namings", {})
    for some in chunks(sorted({*forms.values()} - known.keys())):
        known |= {row.form: row for row in session.scalars(_OF_FORMS, {"forms": list(some)})}
    added: list[tuple[Row, Naming]] = []
    for key, (naming, external_id) in namings.items():
        if forms[key] in known:
            continue
        row = Row(
            form=forms[key],
            kind=str(naming.kind),
            key=naming.key,
            name=naming.name,
            aliases=list(naming.aliases),
            listed=naming.listed,
            external_id=external_id,
            documents=0,
            because=[],
        )
        known[row.form] = row
        added.append((row, naming))
    session.add_all(row for row, _ in added)
    session.flush()
    held = [
        {"handle": text, "grip": str(grip), "naming_id": row.id}
        for row, naming in added
        for grip, text in sorted(naming.handles)
    ]
    put(session, NamingHandle, held)
    return {key: known[form] for key, form in forms.items()}


def _form(naming: Naming, external_id: str | None) -> str:
    told = [naming.kind, naming.name, naming.aliases, naming.listed, external_id]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def value_of(row: Row) -> Naming:
    """Return a row as the registry reads it."""
    return Naming(
        kind=SpeakerKind(row.kind), name=row.name, aliases=tuple(row.aliases), listed=row.listed
    )


def registry(session: Session) -> Registry:
    """Return the registry over the namings in use, with what people have linked."""
    return Registry(_Kept(session), links(session))


class _Kept:
    """The namings in use that a database keeps."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keys(self, kind: SpeakerKind, handles: Collection[Handle]) -> set[str]:
        # Grips are those of one kind, so that nobody needs to be asked for the kind too.
        by_grip: defaultdict[str, list[str]] = defaultdict(list)
        for grip, text in sorted(handles):
            by_grip[str(grip)].append(text)
        found: set[str] = set()
        for held, texts in by_grip.items():
            for some in chunks(texts):
                asked = {"grip": held, "handles": list(some)}
                found.update(self._session.scalars(_HAVING, asked))
        return found

    def namings(self, keys: Sequence[NodeKey]) -> Iterator[tuple[NodeKey, Naming]]:
        for row in of_keys(self._session, keys):
            if row.documents > 0:
                yield (SpeakerKind(row.kind), row.key), value_of(row)


def of_keys(session: Session, keys: Sequence[NodeKey]) -> Iterator[Row]:
    """Yield the rows of these names."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, key in keys:
        by_kind[str(kind)].append(key)
    for kind_, of_kind in by_kind.items():
        for some in chunks(of_kind):
            yield from session.scalars(_OF_KEYS, {"kind": kind_, "keys": list(some)})


def links(session: Session) -> list[Link]:
    """Return the merges of whole speakers that people decided and nobody took back."""
    return [
        Link(kind=SpeakerKind(one.kind), name=one.name, into=one.into)
        for one in standing(session)
        if one.action == DecisionAction.MERGE and one.document_id is None and one.into
    ]


def standing(
    session: Session,
    document_id: int | None = None,
    *,
    actions: Collection[DecisionAction] = (),
) -> list[SpeakerDecision]:
    """Return the decisions that hold, oldest first: all, or about one document, or some kinds."""
    asked: dict[str, object] = {}
    query = _STANDING
    if document_id is not None:
        query, asked["document"] = _STANDING_OF, document_id
    found = session.scalars(query, asked)
    return [one for one in found if not actions or one.action in actions]


def chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    """Yield the items in parts that one statement can name."""
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
