"""How well chains of mentions agree: MUC, B³, CEAF-e and their mean, as CoNLL-2012 counts them.

Chains are sets of anything that can be compared; a mention stands in one chain at most. Counts of
several documents are added up before they are divided (Pradhan et al., 2014).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    Chain = Collection[Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is right out of all in the key (recall) and out of all that was found (precision)."""

    recalled: float = 0.0
    key: float = 0.0
    precise: float = 0.0
    found: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            recalled=self.recalled + other.recalled,
            key=self.key + other.key,
            precise=self.precise + other.precise,
            found=self.found + other.found,
        )

    @property
    def recall(self) -> float:
        """From 0 to 1; 0 where the key is empty."""
        return self.recalled / self.key if self.key else 0.0

    @property
    def precision(self) -> float:
        """From 0 to 1; 0 where nothing was found."""
        return self.precise / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The measures of one document or of several."""

    mentions: Counts = field(default_factory=Counts)
    muc: Counts = field(default_factory=Counts)
    b_cubed: Counts = field(default_factory=Counts)
    ceaf_e: Counts = field(default_factory=Counts)

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            mentions=self.mentions + other.mentions,
            muc=self.muc + other.muc,
            b_cubed=self.b_cubed + other.b_cubed,
            ceaf_e=self.ceaf_e + other.ceaf_e,
        )

    @property
    def conll_f1(self) -> float:
        """The mean of the three F1, as CoNLL-2011 and 2012 ranked systems."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def agreement(key: Sequence[Chain], found: Sequence[Chain]) -> Agreement:
    """Hold found chains against those of the key."""
    of_key, of_found = _by_mention(key), _by_mention(found)
    shared = len(of_key.keys() & of_found.keys())
    return Agreement(
        mentions=Counts(recalled=shared, key=len(of_key), precise=shared, found=len(of_found)),
        muc=_both(_links(key, of_found), _links(found, of_key)),
        b_cubed=_both(_shares(key, of_found), _shares(found, of_key)),
        ceaf_e=_aligned(key, found),
    )


def _by_mention(chains: Sequence[Chain]) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def _both(recall: tuple[float, float], precision: tuple[float, float]) -> Counts:
    return Counts(recalled=recall[0], key=recall[1], precise=precision[0], found=precision[1])


def _links(chains: Sequence[Chain], other: dict[Hashable, int]) -> tuple[float, float]:
    """MUC (Vilain et al., 1995): the links of a chain less those the other chains leave out."""
    kept = total = 0
    for chain in chains:
        parts = {other[mention] for mention in chain if mention in other}
        alone = sum(mention not in other for mention in chain)
        kept += len(chain) - len(parts) - alone
        total += len(chain) - 1
    return kept, total


def _shares(chains: Sequence[Chain], other: dict[Hashable, int]) -> tuple[float, float]:
    """B³ (Bagga and Baldwin, 1998): for each mention, how much of its chain is with it."""
    right, total = 0.0, 0
    for chain in chains:
        sizes: dict[int, int] = {}
        for mention in chain:
            if mention in other:
                sizes[other[mention]] = sizes.get(other[mention], 0) + 1
        right += sum(size * size for size in sizes.values()) / len(chain)
        total += len(chain)
    return right, total


def _aligned(key: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """CEAF with the entity measure φ₄ (Luo, 2005): chains paired off so that they share most."""
    likeness = [
        [2 * len(set(one) & set(other)) / (len(one) + len(other)) for other in found] for one in key
    ]
    most = _best_total(likeness) if key and found else 0.0
    return Counts(recalled=most, key=len(key), precise=most, found=len(found))


def _best_total(gains: list[list[float]]) -> float:
    """Return the largest sum of entries with at most one in each row and column.

    The Hungarian method by shortest augmenting paths (Kuhn, 1955; Munkres, 1957).
    """
    if len(gains) > len(gains[0]):
        gains = [list(column) for column in zip(*gains, strict=True)]
    rows, columns = len(gains), len(gains[0])
    by_row, by_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    # Which row a column is given to, counted from one; column 0 holds the row being placed.
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        slack = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        done = [False] * (columns + 1)
        column = 0
        while owner[column]:
            done[column] = True
            here = owner[column]
            step, following = float("inf"), 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = -gains[here - 1][other - 1] - by_row[here] - by_column[other]
                if cost < slack[other]:
                    slack[other], came_from[other] = cost, column
                if slack[other] < step:
                    step, following = slack[other], other
            for other in range(columns + 1):
                if done[other]:
                    by_row[owner[other]] += step
                    by_column[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    return sum(gains[owner[c] - 1][c - 1] for c in range(1, columns + 1) if owner[c])
