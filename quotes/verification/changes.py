"""The classes of differences between a claim and a passage, and what an alignment leaves of it.

negation, number, date, name, quantifier, modal, antonym, inserted, dropped, changed: these matter.
pronoun, tense, synonym, order, function: what a reworded report changes.

A difference is *hard* where it overturns a statement however it is worded: a negation on or off a
word that both have, another number, date or name, an opposite, another degree of a quantifier or a
modal before the same word. The others that matter do so only in what is otherwise the same wording:
a report may well leave out an adverb.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quotes.verification.stance import NO_STANCE, Stance

_NEAR = 3


class Kind(StrEnum):
    """The classes of differences, gravest first."""

    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ANTONYM = "antonym"
    QUANTIFIER = "quantifier"
    MODAL = "modal"
    CHANGED = "changed"
    INSERTED = "inserted"
    DROPPED = "dropped"
    SYNONYM = "synonym"
    TENSE = "tense"
    PRONOUN = "pronoun"
    ORDER = "order"
    FUNCTION = "function"


MATTERS = frozenset(list(Kind)[:10])


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: ranges of tokens in the claim and the source, either of which may be empty."""

    kind: Kind
    claim: tuple[int, int]
    source: tuple[int, int]
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The changes with what they leave: shares of the claim, from 0 to 1.

    `kept`: of its bearing words (nouns, verbs, names, numbers …), found in the passage, also
    reworded or moved. `placed`: the same with those that stand beside something else of their kind.
    `same`: of all its words, found unchanged and in place. `bearing` counts bearing words kept.
    `first` and `last` are the outermost source tokens that were aligned, `core` those that agree;
    `skipped` counts the bearing words between these that the claim has not.
    `led_in`: the claim begins as a report, "the mayor said that". `stance`: what both affirm, count
    and date, wherever that stands.
    """

    changes: tuple[Change, ...]
    kept: float
    placed: float
    same: float
    bearing: int
    first: int
    last: int
    core: tuple[int, int]
    skipped: int
    led_in: bool = False
    stance: Stance = NO_STANCE

    @property
    def hard(self) -> int:
        """How many changes overturn the statement."""
        return sum(change.hard for change in self.changes)

    @property
    def firm(self) -> bool:
        """Whether one is sure however much else is reworded.

        That is another number or date in the place of one, or words that changed sides.
        """
        counted = any(
            c.hard and c.kind in (Kind.NUMBER, Kind.DATE) and not _lone(c) for c in self.changes
        )
        strange = self.stance.strange_numbers or self.stance.strange_dates
        return bool((counted and strange) or self.stance.turned)

    @property
    def soft(self) -> int:
        """How many others matter."""
        return sum(c.kind in MATTERS and not c.hard for c in self.changes)

    @property
    def reworded(self) -> int:
        """How many changes are such as a report makes, small words apart; being led in is two."""
        return 2 * self.led_in + sum(
            c.kind not in MATTERS and c.kind is not Kind.FUNCTION for c in self.changes
        )


def cancelled(changes: list[Change]) -> list[Change]:
    """Take out a negation and an opposite that make up for one another: "not safe", "dangerous"."""
    kept = list(changes)
    for negation in [c for c in changes if c.hard and _lone(c)]:
        if negation.kind not in (Kind.NEGATION, Kind.ANTONYM):
            continue
        side = "claim" if negation.claim[0] < negation.claim[1] else "source"
        for opposite in kept:
            if opposite.kind is not Kind.ANTONYM or _lone(opposite):
                continue
            if 0 <= getattr(opposite, side)[0] - getattr(negation, side)[0] <= _NEAR + 1:
                kept[kept.index(opposite)] = Change(Kind.SYNONYM, opposite.claim, opposite.source)
                kept.remove(negation)
                break
    return kept


def _lone(change: Change) -> bool:
    """Tell whether a change has words on one side only."""
    return change.claim[0] == change.claim[1] or change.source[0] == change.source[1]


def merged(changes: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind is change.kind
            and last.hard == change.hard
            and _adjacent(last, change)
        ):
            claim = last.claim[0], max(last.claim[1], change.claim[1])
            source = last.source[0], max(last.source[1], change.source[1])
            joined[-1] = Change(last.kind, claim, source, last.hard)
        else:
            joined.append(change)
    return joined


def _adjacent(one: Change, other: Change) -> bool:
    if one.kind is Kind.ORDER:
        return False
    gap = other.claim[0] - one.claim[1], other.source[0] - one.source[1]
    return 0 <= gap[0] <= 1 and 0 <= gap[1] <= 1 and min(gap) <= 0
