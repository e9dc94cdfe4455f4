"""Quotations that tell one statement, in groups that are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from quotes.store.models import Quotation, Utterance, UtteranceMember
from quotes.store.namings import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An utterance with the score of each member, by the member's key, and their public ids."""

    id: int
    scores: Mapping[int, float | None]
    public_ids: Mapping[int, str]


def groups_with(session: Session, quotations: Collection[int]) -> set[int]:
    """Return the keys of the groups with a member among quotations."""
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
    wanted |= groups_with(session, quotations)
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
    members = {quotation for scores in new for quotation in scores}
    kept = _successors(old, new, public_ids(session, members))
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


def public_ids(session: Session, quotations: Collection[int]) -> dict[int, str]:
    """Return the public ids of quotations by their keys."""
    found: dict[int, str] = {}
    for some in chunks(sorted(quotations)):
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
