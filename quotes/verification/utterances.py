"""Quotations of different documents that tell one statement, joined to groups.

A group is a connected component of `same_statement` over the quotations that count now. Nothing
else goes in, so that the groups are the same in whatever order the documents came.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from quotes.store import tellings, unjoined, utterances
from quotes.store.embeddings import model_of
from quotes.store.unjoined import Changes
from quotes.verification.edges import edges, together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy.orm import Session

    from quotes.store import Store

# After so many seconds others who wait for their turn have it.
_LONG: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """How many utterances are new, changed or gone, and whether there were vectors to compare."""

    changed: int
    by_meaning: bool


def link(store: Store, *, run: int | None = None, versions: Collection[int] = ()) -> Linked:
    """Join what came in, moved to another speaker or went since this was last done.

    `run` is one's own run; `versions` became the current ones again without a run. Some speakers
    are done at a time, each time in a transaction of its own, so that no other writer waits long;
    what is left when it is stopped is done the next time. Raises StoreError.
    """
    with store.session() as session:
        # Whatever is stored from now on belongs to the next time.
        reach = unjoined.reach(session)
        since = unjoined.joined(session)
        found = unjoined.changes(session, since, run=run, versions=versions)
        parts = _parts(session, found)
    return _linked(store, parts, reach)


def rebuild(store: Store) -> Linked:
    """Join everything anew, as `link` does; a group whose members stay keeps its id."""
    with store.session() as session:
        reach = unjoined.reach(session)
        speakers = tellings.quoted_speakers(session)
        parts = list(together([[one] for one in speakers], tellings.counts(session, speakers)))

    def every() -> Iterator[Changes]:
        for some in parts:
            with store.session() as session:
                yield unjoined.changes_by(session, some)
        with store.session() as session:
            yield unjoined.stray(session)

    return _linked(store, every(), reach)


def join(session: Session, versions: Collection[int]) -> int:
    """Join what some versions tell, and nothing else that may have come in.

    They have become the current ones again, or their quotations were judged. Returns how many
    utterances are new, changed or gone.
    """
    return _join(session, unjoined.changes_of(session, versions))


def _linked(store: Store, parts: Iterable[Changes], reach: unjoined.Reach) -> Linked:
    changed = 0
    begun = monotonic()
    for part in parts:
        if monotonic() - begun > _LONG:
            store.give_way()
            begun = monotonic()
        with store.session(write=True) as session:
            changed += _join(session, part)
    with store.session(write=True) as session:
        unjoined.move_mark(session, reach)
        return Linked(changed=changed, by_meaning=model_of(session) is not None)


def _join(session: Session, changes: Changes) -> int:
    """Put what changed into its groups, whatever else has changed since that was found out."""
    undone = utterances.groups(session, ids=changes.groups, quotations=changes.quotations)
    fresh = set(changes.quotations).union(*(group.scores for group in undone))
    found = edges(session, fresh)
    hit = {one for first, second, _ in found for one in (first, second)} - fresh
    held = utterances.groups(session, ids=(), quotations=hit)
    scores: dict[int, float] = {}
    pairs: list[tuple[int, int]] = []
    for group in held:
        members = sorted(group.scores)
        pairs += ((members[0], one) for one in members)
        scores.update((one, score or 0.0) for one, score in group.scores.items())
    for first, second, score in found:
        pairs.append((first, second))
        for one in (first, second):
            scores[one] = max(score, scores.get(one, 0.0))
    new = [{one: scores[one] for one in some} for some in components(pairs)]
    model = model_of(session)
    method = "words" if model is None else f"words and {model.name}"
    return utterances.replace(session, [*undone, *held], new, method=method)


def components(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of a graph, each in order, by their first."""
    above: dict[int, int] = {}

    def top(one: int) -> int:
        above.setdefault(one, one)
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for first, second in pairs:
        low, high = sorted((top(first), top(second)))
        above[high] = low
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one in sorted(above):
        found[top(one)].append(one)
    return list(found.values())


def _parts(session: Session, changes: Changes) -> list[Changes]:
    """Part what changed by speakers; those stay together who share a quotation, or a group.

    So a group that goes on under its id is told from all that share members with it.
    """
    undone = utterances.groups(session, ids=changes.groups)
    fresh = set(changes.quotations).union(*(group.scores for group in undone))
    given = tellings.given(session, fresh)
    # In one graph with the speakers, groups go by numbers that no speaker has.
    pairs = [(one, one) for one in (*given, *(-group.id for group in undone))]
    owner: dict[int, int] = {}
    for speaker, some in given.items():
        pairs += ((owner.setdefault(one, speaker), speaker) for one in some)
    public: dict[str, int] = {}
    for group in undone:
        pairs += ((owner[one], -group.id) for one in group.scores if one in owner)
        for id_ in group.public_ids.values():
            pairs.append((public.setdefault(id_, -group.id), -group.id))
    if public:
        # Extracted again, a quotation has another key, and maybe another speaker.
        again = utterances.public_ids(session, changes.quotations & owner.keys())
        pairs += ((public[id_], owner[one]) for one, id_ in again.items() if id_ in public)
    counts = tellings.counts(session, given)
    return [
        Changes(
            quotations=frozenset[int]().union(*(given[one] for one in some if one > 0)),
            groups=frozenset(-one for one in some if one < 0),
        )
        for some in together(components(pairs), counts)
    ]
