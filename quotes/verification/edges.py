"""The pairs of quotations that tell one statement, looked for speaker by speaker."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from quotes.store import tellings
from quotes.vectors.packing import parts
from quotes.verification.partners import BLOCK, SLACK, partners
from quotes.verification.same import CLOSE, Telling, grams, same_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from sqlalchemy.orm import Session

    from quotes.store.tellings import Told

#: Two quotations by their keys, and how surely they tell the same.
Edge: TypeAlias = tuple[int, int, float]

# As many speakers, and as many of their quotations, as are held, and joined, at once.
_SPEAKERS: Final = 200
_HELD: Final = 20_000
# Of a speaker with more than this, and so many times what is new, not all are held.
_MANY: Final = 2_000
_TIMES: Final = 4


def edges(session: Session, fresh: Collection[int]) -> list[Edge]:
    """Return the pairs of quotations that tell the same, one of each pair among the fresh ones."""
    new = tellings.given(session, fresh)
    counts = tellings.counts(session, new)
    many = {one for one in new if counts[one] > max(_MANY, _TIMES * len(new[one]))}
    pairs: list[Edge] = []
    for some in together(([one] for one in sorted(new.keys() - many)), counts):
        by_speaker: defaultdict[int, list[Told]] = defaultdict(list)
        for one in tellings.tellings(session, speakers=some):
            by_speaker[one.speaker].append(one)
        for told in by_speaker.values():
            if len({one.document for one in told}) > 1:
                pairs += _of_speaker(session, told, fresh)
    for speaker in sorted(many):
        ours = _by(speaker, tellings.tellings(session, quotations=new[speaker]))
        if ours:
            found = partners(session, speaker, ours)
            told = _by(speaker, tellings.tellings(session, quotations=found))
            pairs += _of_speaker(session, told, fresh)
    return pairs


def together(units: Iterable[Sequence[int]], counts: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield units of speakers, some together, of whom not too many quotations are held at once.

    What no count is given for has none.
    """
    some: list[int] = []
    held = 0
    for unit in units:
        size = sum(counts.get(one, 0) for one in unit)
        if some and (held + size > _HELD or len(some) + len(unit) > _SPEAKERS):
            yield some
            some, held = [], 0
        some += unit
        held += size
    if some:
        yield some


def _by(speaker: int, told: Iterable[Told]) -> list[Told]:
    return [one for one in told if one.speaker == speaker]


def _of_speaker(session: Session, told: Sequence[Told], fresh: Collection[int]) -> list[Edge]:
    new = [place for place, one in enumerate(told) if one.id in fresh]
    packed = tellings.packed_vectors(session, [one.id for one in told])
    closeness = _close(told, new, packed)
    edges: list[Edge] = []
    for first, second in sorted(closeness.keys() | sharing(told, new)):
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


def sharing(told: Sequence[Told], new: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of places, the lower first, that share words enough to be compared."""
    # By their hashes: two that are one by chance are only compared in vain.
    held = {place: set(map(hash, grams(told[place].text))) for place in new}
    every: set[int] = set()
    shared: set[int] = set()
    for some in held.values():
        shared |= every & some
        every |= some
    sharing: dict[int, set[int]] = {}
    for place, one in enumerate(told):
        if place not in held and (common := every.intersection(map(hash, grams(one.text)))):
            sharing[place] = common
            shared |= common
    # Most runs of words are one quotation's alone, and looked at no further.
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for place, some in held.items():
        sharing[place] = some & shared
        for gram in sharing[place]:
            holding[gram].append(place)
    found: set[tuple[int, int]] = set()
    for place, some in sharing.items():
        for gram in some:
            for other in holding[gram]:
                if told[other].document != told[place].document:
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
