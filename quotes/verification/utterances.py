"""Quotations of different documents that tell one statement, joined to groups.

A group is a connected component of `same_statement` over the quotations that count now. Nothing
else goes in, so that the groups are the same in whatever order the documents came.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store import utterances as stored
from quotes.store.embeddings import model_of
from quotes.vectors.packing import parts
from quotes.verification.partners import BLOCK, SLACK, partners
from quotes.verification.same import CLOSE, Telling, grams, same_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.utterances import Told

Edge = tuple[int, int, float]

# As many speakers, and as many of their quotations, as are held at once.
_SPEAKERS = 200
_HELD = 20_000
# Of a speaker with more than this, and so many times what is new, not all are held.
_MANY = 2_000
_TIMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """How many utterances are new, changed or gone, and whether there were vectors to compare."""

    changed: int
    by_meaning: bool


def link(session: Session, *, run: int | None = None, versions: Collection[int] = ()) -> Linked:
    """Join what came in, moved to another speaker or went since this was last done.

    `run` is one's own run; `versions` became the current ones again without a run.
    """
    mark = stored.mark_of(session)
    changes = stored.changes(session, mark, run=run, versions=versions)
    undone = stored.groups(session, ids=changes.groups)
    fresh = set(changes.quotations).union(*(group.scores for group in undone))
    edges = _edges(session, fresh)
    hit = {one for first, second, _ in edges for one in (first, second)} - fresh
    grown = stored.groups(session, ids=(), quotations=hit)
    return _put(session, [*undone, *grown], edges, held=grown)


def rebuild(session: Session) -> Linked:
    """Join everything anew; a group whose members stay keeps its id."""
    edges = _edges(session, None)
    old = stored.groups(session)
    return _put(session, old, edges, held=())


def _put(
    session: Session,
    old: Sequence[stored.Group],
    edges: Sequence[Edge],
    *,
    held: Iterable[stored.Group],
) -> Linked:
    """Put the components of the edges in the place of old groups, those held whole among them."""
    model = model_of(session)
    scores: dict[int, float] = {}
    pairs: list[tuple[int, int]] = []
    for group in held:
        members = sorted(group.scores)
        pairs += ((members[0], one) for one in members)
        scores.update((one, score or 0.0) for one, score in group.scores.items())
    for first, second, score in edges:
        pairs.append((first, second))
        for one in (first, second):
            scores[one] = max(score, scores.get(one, 0.0))
    new = [{one: scores[one] for one in some} for some in components(pairs)]
    changed = stored.replace(
        session, old, new, method="words" if model is None else f"words and {model.name}"
    )
    stored.move_mark(session, stored.mark_of(session))
    return Linked(changed=changed, by_meaning=model is not None)


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


def _edges(session: Session, fresh: Collection[int] | None) -> list[Edge]:
    """Return the pairs of quotations that tell the same, one of each pair among the fresh ones.

    With None every quotation is fresh.
    """
    if fresh is None:
        new: Mapping[int, Collection[int]] = dict.fromkeys(stored.quoted_speakers(session), ())
        many: set[int] = set()
        counts = stored.counts(session, new)
    else:
        new = stored.given(session, fresh)
        counts = stored.counts(session, new)
        many = {one for one in new if counts[one] > max(_MANY, _TIMES * len(new[one]))}
    edges: list[Edge] = []
    for some in _together(sorted(new.keys() - many), counts):
        by_speaker: defaultdict[int, list[Told]] = defaultdict(list)
        for one in stored.tellings(session, speakers=some):
            by_speaker[one.speaker].append(one)
        for told in by_speaker.values():
            if len({one.document for one in told}) > 1:
                edges += _of_speaker(session, told, fresh)
    for speaker in sorted(many):
        ours = _by(speaker, stored.tellings(session, quotations=new[speaker]))
        if ours:
            found = partners(session, speaker, ours)
            told = _by(speaker, stored.tellings(session, quotations=found))
            edges += _of_speaker(session, told, fresh)
    return edges


def _together(speakers: Iterable[int], counts: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield speakers, some together, of whom not too many quotations are held at once."""
    some: list[int] = []
    held = 0
    for one in speakers:
        if some and (held + counts[one] > _HELD or len(some) == _SPEAKERS):
            yield some
            some, held = [], 0
        some.append(one)
        held += counts[one]
    if some:
        yield some


def _by(speaker: int, told: Iterable[Told]) -> list[Told]:
    return [one for one in told if one.speaker == speaker]


def _of_speaker(
    session: Session, told: Sequence[Told], fresh: Collection[int] | None
) -> list[Edge]:
    new = [place for place, one in enumerate(told) if fresh is None or one.id in fresh]
    packed = stored.packed_vectors(session, [one.id for one in told])
    closeness = _close(told, new, packed)
    edges: list[Edge] = []
    for first, second in sorted(closeness.keys() | _sharing(told, new)):
        score = same_statement(
            _telling(told[first]),
            _telling(told[second]),
            closeness=closeness.get((first, second)),
        )
        if score is not None:
            edges.append((told[first].id, told[second].id, score))
    return edges


def _telling(one: Told) -> Telling:
    return Telling(
        document=one.document,
        speaker=one.speaker,
        kind=one.kind,
        act=one.act,
        text=one.text,
        published=one.published,
    )


def _sharing(told: Sequence[Told], new: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of places, the lower first, that share words enough to be compared."""
    # By their hashes: two that are one by chance are only compared in vain.
    held = {place: {hash(gram) for gram in grams(told[place].text)} for place in new}
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for place, some in held.items():
        for gram in some:
            holding[gram].append(place)
    found: set[tuple[int, int]] = set()
    for place, one in enumerate(told):
        own = held[place] if place in held else map(hash, grams(one.text))
        for gram in own:
            for other in holding.get(gram, ()):
                if told[other].document != one.document:
                    found.add((min(place, other), max(place, other)))
    return found


def _close(
    told: Sequence[Told], new: Sequence[int], packed: Mapping[int, bytes]
) -> dict[tuple[int, int], float]:
    """Return the cosines of the pairs of places, the lower first, that are close enough."""
    import numpy as np

    places = [place for place, one in enumerate(told) if one.id in packed]
    rows = {place: row for row, place in enumerate(places)}
    ours = [rows[place] for place in new if place in rows]
    if len(places) < 2 or not ours:
        return {}
    steps, whole = parts([packed[told[place].id] for place in places])
    vectors = whole.astype(np.float32) * steps[:, None]
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(ours), BLOCK):
        some = ours[start : start + BLOCK]
        cosines = vectors[some] @ vectors.T
        for at, row in zip(*np.nonzero(cosines >= CLOSE - SLACK), strict=True):
            one, other = sorted((int(some[at]), int(row)))
            if told[places[one]].document == told[places[other]].document:
                continue
            # Of whole numbers, so that it is the same whichever block it was found in.
            dot = int(whole[one].astype(np.int32) @ whole[other].astype(np.int32))
            found[places[one], places[other]] = dot * float(steps[one]) * float(steps[other])
    return found
