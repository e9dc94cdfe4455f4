"""Which quotations tell one statement: what may be joined, what is, and what has changed since."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Select, delete, exists, func, insert, or_, select

from quotes.quotation import Act
from quotes.store.current import current_runs, is_newest_attribution, of_run
from quotes.store.embeddings import model_of
from quotes.store.models import (
    Attribution,
    Document,
    DocumentVersion,
    Embedded,
    Embedding,
    Quotation,
    RunVersion,
    Speaker,
    Utterance,
    UtteranceMark,
    UtteranceMember,
)
from quotes.store.models.naming import NAMED
from quotes.store.namings import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

# As many rows as are read at once.
_PART: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A current quotation by a speaker whom several documents may quote; `speaker` is a key."""

    id: int
    public_id: str
    document: int
    speaker: int
    kind: str
    act: str
    text: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An utterance with the score of each member, by the member's key, and their public ids."""

    id: int
    scores: Mapping[int, float | None]
    public_ids: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What may have to be joined anew: quotations, and groups that may have lost a member."""

    quotations: frozenset[int]
    groups: frozenset[int]


def given(session: Session, quotations: Collection[int]) -> dict[int, set[int]]:
    """Return which of some quotations are given to whom, or ever were, by the speakers' keys."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    pair = Attribution.speaker_id, Attribution.quotation_id
    for some in chunks(sorted(quotations)):
        for speaker, quotation in session.execute(select(*pair).where(pair[1].in_(some))):
            if speaker is not None:
                found[speaker].add(quotation)
    return found


def counts(session: Session, speakers: Collection[int]) -> Counter[int]:
    """Return about how many quotations are given to speakers, by their keys."""
    found: Counter[int] = Counter()
    for some in chunks(sorted(speakers)):
        query = select(Attribution.speaker_id, func.count()).group_by(Attribution.speaker_id)
        rows = session.execute(query.where(Attribution.speaker_id.in_(some)))
        found.update({speaker: count for speaker, count in rows if speaker is not None})
    return found


def texts(session: Session, speaker: int) -> Iterator[list[tuple[int, str]]]:
    """Yield in parts the keys and texts of quotations that a speaker has, or had once."""
    query = (
        select(Quotation.id, Quotation.text)
        .join(Attribution, Attribution.quotation_id == Quotation.id)
        .where(Attribution.speaker_id == speaker)
    )
    for rows in session.execute(query.execution_options(yield_per=_PART)).partitions():
        yield [(row[0], row[1]) for row in rows]


def vectors(session: Session, speaker: int) -> Iterator[list[tuple[int, bytes]]]:
    """Yield the keys and packed vectors of a speaker's quotations, as `texts` does."""
    model = model_of(session)
    if model is None:
        return
    query = (
        select(Embedding.model_id, Embedding.quotation_id, Embedding.vector)
        .join(Attribution, Attribution.quotation_id == Embedding.quotation_id)
        .where(Attribution.speaker_id == speaker)
    )
    for rows in session.execute(query.execution_options(yield_per=_PART)).partitions():
        yield [(id_, vector) for of, id_, vector in rows if of == model.id and id_ is not None]


def tellings(
    session: Session,
    *,
    speakers: Collection[int] | None = None,
    quotations: Collection[int] | None = None,
) -> list[Told]:
    """Return the quotations that count now and can be joined, of these speakers or among these.

    Thoughts, groups, unnamed sources, names that belong to one document and what a review has
    rejected are left out.
    """
    column = Attribution.speaker_id if quotations is None else Attribution.quotation_id
    wanted = sorted(speakers or ()) if quotations is None else sorted(quotations)
    found: list[Told] = []
    for some in chunks(wanted):
        rows = session.execute(_tellings().where(column.in_(some)).order_by(Quotation.id))
        found += (
            Told(
                id=row.id,
                public_id=row.public_id,
                document=row.document_id,
                speaker=row.speaker_id,
                kind=row.kind,
                act=row.act,
                text=row.text,
                published=row.published_at,
            )
            for row in rows
        )
    return found


def _tellings() -> Select[*tuple[Any, ...]]:
    runs = current_runs()
    # Joined, SQLite would begin with every speaker who belongs to no document.
    shared = exists().where(
        Speaker.id == Attribution.speaker_id,
        Speaker.kind.in_(NAMED),
        Speaker.document_id.is_(None),
    )
    return (
        select(
            Quotation.id,
            Quotation.public_id,
            runs.c.document_id,
            Attribution.speaker_id,
            Quotation.kind,
            Quotation.act,
            Quotation.text,
            Document.published_at,
        )
        .select_from(Attribution)
        .join(Quotation, Quotation.id == Attribution.quotation_id)
        .join(runs, of_run(runs, rejected=False))
        .join(Document, Document.id == runs.c.document_id)
        .where(
            is_newest_attribution(),
            shared,
            Quotation.act != str(Act.THOUGHT),
        )
    )


def quoted_speakers(session: Session) -> list[int]:
    """Return the keys of the speakers whom several documents may quote."""
    query = select(Speaker.id).where(Speaker.kind.in_(NAMED), Speaker.document_id.is_(None))
    return list(session.scalars(query.order_by(Speaker.id)))


def packed_vectors(session: Session, quotations: Collection[int]) -> dict[int, bytes]:
    """Return the packed vectors of quotations by key, those that this program's encoder made."""
    model = model_of(session)
    found: dict[int, bytes] = {}
    if model is None:
        return found
    for some in chunks(sorted(quotations)):
        # Asked for the model too, SQLite would read every vector of it.
        rows = session.execute(
            select(Embedding.model_id, Embedding.quotation_id, Embedding.vector).where(
                Embedding.quotation_id.in_(some)
            )
        )
        found.update((id_, vector) for of, id_, vector in rows if of == model.id and id_)
    return found


def mark_of(session: Session) -> UtteranceMark:
    """Return how far quotations have been joined, added where none have."""
    mark = session.scalar(select(UtteranceMark).order_by(UtteranceMark.id).limit(1))
    if mark is None:
        mark = UtteranceMark(run_id=0, attribution_id=0, embedding_id=0)
        session.add(mark)
        session.flush()
    return mark


def move_mark(session: Session, mark: UtteranceMark) -> None:
    """Note that all that is stored has been joined."""
    mark.run_id = session.scalar(select(func.max(RunVersion.run_id))) or 0
    mark.attribution_id = session.scalar(select(func.max(Attribution.id))) or 0
    mark.embedding_id = session.scalar(select(func.max(Embedding.id))) or 0
    session.flush()


def changes(
    session: Session, mark: UtteranceMark, *, run: int | None, versions: Collection[int]
) -> Changes:
    """Return what changed after a mark, in a run of one's own, and in some versions.

    A quotation that is new, or another speaker's now, has a later attribution, and a vector a
    later id; a document that is extracted again belongs to a later run. One whose older version
    became the current again has nothing that is later, and must be named. Another's run may have
    begun before the mark was moved, so one's own is asked for by its id.
    """
    found: set[int | None] = set()
    found.update(
        session.scalars(
            select(Attribution.quotation_id).where(Attribution.id > mark.attribution_id)
        )
    )
    found.update(
        session.scalars(
            select(Embedding.quotation_id).where(
                Embedding.id > mark.embedding_id, Embedding.kind == str(Embedded.QUOTATION)
            )
        )
    )
    found.update(session.scalars(select(Quotation.id).where(Quotation.run_id == run)))
    extracted = or_(RunVersion.run_id > mark.run_id, RunVersion.run_id == run)
    touched = set(session.scalars(select(RunVersion.version_id).where(extracted).distinct()))
    for some in chunks(sorted(versions)):
        found.update(session.scalars(select(Quotation.id).where(Quotation.version_id.in_(some))))
    quotations = frozenset(one for one in found if one is not None)
    groups = _groups_with(session, quotations)
    for some in chunks(sorted(touched | set(versions))):
        groups |= _groups_of_documents(session, some)
    return Changes(quotations=quotations, groups=frozenset(groups))


def _groups_of_documents(session: Session, versions: Sequence[int]) -> set[int]:
    """Return the groups with a member in any version of the documents that have these."""
    documents = select(DocumentVersion.document_id).where(DocumentVersion.id.in_(versions))
    return set(
        session.scalars(
            select(UtteranceMember.utterance_id)
            .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
            .join(DocumentVersion, DocumentVersion.id == Quotation.version_id)
            .where(DocumentVersion.document_id.in_(documents))
        )
    )


def _groups_with(session: Session, quotations: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(sorted(quotations)):
        found |= set(
            session.scalars(
                select(UtteranceMember.utterance_id).where(UtteranceMember.quotation_id.in_(some))
            )
        )
    return found


def groups(
    session: Session,
    *,
    ids: Collection[int] | None = None,
    quotations: Collection[int] = (),
) -> list[Group]:
    """Return the groups of these ids, and those with a member among quotations; all for no ids."""
    wanted = set(session.scalars(select(Utterance.id)) if ids is None else ids)
    wanted |= _groups_with(session, quotations)
    scores: defaultdict[int, dict[int, float | None]] = defaultdict(dict)
    public: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for some in chunks(sorted(wanted)):
        rows = session.execute(
            select(
                UtteranceMember.utterance_id,
                UtteranceMember.quotation_id,
                UtteranceMember.score,
                Quotation.public_id,
            )
            .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
            .where(UtteranceMember.utterance_id.in_(some))
        )
        for id_, quotation, score, public_id in rows:
            scores[id_][quotation] = score
            public[id_][quotation] = public_id
    return [Group(id=id_, scores=scores[id_], public_ids=public[id_]) for id_ in sorted(wanted)]


def replace(
    session: Session,
    old: Sequence[Group],
    new: Sequence[Mapping[int, float]],
    *,
    method: str,
) -> int:
    """Put groups, each the scores of its members, in the place of old ones; count what differs.

    A group goes on under the id of the old one with which it shares most members, which are the
    same after another extraction too if their public ids are.
    """
    kept = _successors(old, new, _public_ids(session, new))
    known = {group.id: dict(group.scores) for group in old}
    same = {place for place, id_ in kept.items() if known[id_] == dict(new[place])}
    stale = [id_ for id_ in known if id_ not in {kept[place] for place in same}]
    gone = sorted(set(known) - set(kept.values()))
    for some in chunks(stale):
        session.execute(delete(UtteranceMember).where(UtteranceMember.utterance_id.in_(some)))
    for some in chunks(gone):
        session.execute(delete(Utterance).where(Utterance.id.in_(some)))
    added = {place: Utterance(method=method) for place in range(len(new)) if place not in kept}
    session.add_all(added.values())
    session.flush()
    rows = [
        {
            "utterance_id": kept[place] if place in kept else added[place].id,
            "quotation_id": quotation,
            "score": score,
        }
        for place, scores in enumerate(new)
        if place not in same
        for quotation, score in sorted(scores.items())
    ]
    if rows:
        session.execute(insert(UtteranceMember), rows)
    return len(new) - len(same) + len(gone)


def _public_ids(session: Session, groups: Sequence[Mapping[int, float]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(sorted({quotation for scores in groups for quotation in scores})):
        rows = session.execute(
            select(Quotation.id, Quotation.public_id).where(Quotation.id.in_(some))
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def _successors(
    old: Sequence[Group], new: Sequence[Mapping[int, float]], public_ids: Mapping[int, str]
) -> dict[int, int]:
    """Return the old id under which a new group goes on, by the new group's place."""
    before: defaultdict[str, set[int]] = defaultdict(set)
    for group in old:
        for public_id in group.public_ids.values():
            before[public_id].add(group.id)
    shared: Counter[tuple[int, int]] = Counter()
    for place, scores in enumerate(new):
        for quotation in scores:
            for id_ in before[public_ids[quotation]]:
                shared[id_, place] += 1
    kept: dict[int, int] = {}
    used: set[int] = set()
    first = [min(scores) for scores in new]
    order = sorted(shared.items(), key=lambda one: (-one[1], one[0][0], first[one[0][1]]))
    for (id_, place), _ in order:
        if place not in kept and id_ not in used:
            kept[place] = id_
            used.add(id_)
    return kept
