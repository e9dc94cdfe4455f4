"""Aligning a claim's tokens with those of a passage, whole claim against the best part of it.

Global in the claim and local in the passage, by dynamic programming (Needleman and Wunsch 1970,
with free ends on one side as in Sellers 1980). Cost is bounded: a claim longer than MOST_WORDS is
not aligned, and a longer passage is cut to the window that shares most with the claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from quotes.verification.lexicon import AUXILIARIES, Class
from quotes.verification.moments import SIGN, apart
from quotes.verification.stem import related
from quotes.verification.synonyms import antonyms, other_kinds, synonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.verification.tokens import Token

MOST_WORDS = 250
_WINDOW = 2
_MARGIN = 30
_NEVER = -9.0
_TWO = "#2"
_PAIRS = frozenset({"both", "pair", "couple", "either"})
_CLAIM_GAP = 0.2
_SOURCE_GAP = 0.08
_NEGATION_GAP = 0.1


class Relation(StrEnum):
    """How two aligned tokens stand to each other."""

    SAME = "same"
    INFLECTED = "inflected"
    SYNONYM = "synonym"
    RELATED = "related"
    POINTED = "pointed"  # a pronoun for a pronoun or a name
    SMALL = "small"  # a small word for another
    ANTONYM = "antonym"
    DEGREE = "degree"  # another number, date, name, quantifier, modal, or kind of one thing
    OTHER = "other"


FAITHFUL = frozenset({Relation.SAME, Relation.INFLECTED, Relation.SYNONYM, Relation.RELATED})


@dataclass(frozen=True, slots=True)
class Pair:
    """A token of the claim beside one of the source; either may be missing."""

    claim: int | None
    source: int | None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs in order, from the first token of the source that has one beside it to the last."""

    pairs: tuple[Pair, ...]
    score: float


def window(claim: Sequence[Token], source: Sequence[Token]) -> tuple[int, int]:
    """Return the part of the source, as token indices, that shares most with the claim."""
    size = _WINDOW * len(claim) + _MARGIN
    if len(source) <= size:
        return 0, len(source)
    wanted = {token.key for token in claim}
    gains = [token.weight if token.key in wanted else 0.0 for token in source]
    held = best = sum(gains[:size])
    first = 0
    for end in range(size, len(source)):
        held += gains[end] - gains[end - size]
        if held > best:
            best, first = held, end - size + 1
    return first, first + size


def align(claim: Sequence[Token], source: Sequence[Token]) -> Alignment:
    """Align a claim with the best part of a source."""
    rows, columns = len(claim), len(source)
    kinds = [[relate(a, b) for b in source] for a in claim]
    losses = [_gap(token, _CLAIM_GAP) for token in claim]
    skips = [_gap(token, _SOURCE_GAP) for token in source]
    above = [0.0] * (columns + 1)
    steps: list[list[int]] = []
    for row in range(rows):
        loss = losses[row]
        related_row = kinds[row]
        here = [above[0] - loss]
        step = [1]
        left = here[0]
        for column in range(columns):
            diagonal = above[column] + related_row[column][0]
            up = above[column + 1] - loss
            # Behind the claim's last token the source is free.
            skip = left - (0.0 if row == rows - 1 else skips[column])
            if diagonal >= up and diagonal >= skip:
                left = diagonal
                step.append(0)
            elif up >= skip:
                left = up
                step.append(1)
            else:
                left = skip
                step.append(2)
            here.append(left)
        steps.append(step)
        above = here
    return Alignment(_trace(steps, kinds, rows, columns), above[columns])


def _trace(
    steps: list[list[int]],
    kinds: list[list[tuple[float, Relation | None]]],
    row: int,
    column: int,
) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    while row:
        step = steps[row - 1][column]
        if step == 0:
            row, column = row - 1, column - 1
            pairs.append(Pair(row, column, kinds[row][column][1]))
        elif step == 1:
            row -= 1
            pairs.append(Pair(row, None))
        else:
            column -= 1
            pairs.append(Pair(None, column))
    pairs.reverse()
    inside = [index for index, pair in enumerate(pairs) if pair.claim is not None]
    return tuple(pairs[inside[0] : inside[-1] + 1]) if inside else ()


def _gap(token: Token, share: float) -> float:
    return _NEGATION_GAP if token.kind is Class.NEGATION else share * token.weight


def relate(one: Token, other: Token) -> tuple[float, Relation | None]:
    """Return what it is worth to align two tokens, and how they stand to each other."""
    key, kind, other_key, other_kind = one.key, one.kind, other.key, other.kind
    if key == other_key:
        if one.surface == other.surface:
            return one.weight, Relation.SAME
        return 0.95 * one.weight, Relation.INFLECTED
    if kind is Class.NEGATION or other_kind is Class.NEGATION:
        return _NEVER, None
    if kind is other_kind:
        return _relate_alike(key, kind, one.degrees, other_key, other.degrees)
    return _relate_unlike(key, kind, other_key, other_kind)


def _relate_alike(
    key: str, kind: Class, degrees: frozenset[str], other: str, other_degrees: frozenset[str]
) -> tuple[float, Relation | None]:
    if kind in (Class.MODAL, Class.QUANTIFIER):
        if antonyms(key, other):
            return 0.5, Relation.ANTONYM
        faithful = not degrees.isdisjoint(other_degrees)
        return (1.2, Relation.SYNONYM) if faithful else (0.5, Relation.DEGREE)
    if kind is Class.PRONOUN:
        return 0.5, Relation.POINTED
    if kind is Class.FUNCTION:
        if antonyms(key, other):
            return 0.25, Relation.ANTONYM
        auxiliary = key in AUXILIARIES and other in AUXILIARIES
        return (0.3, Relation.INFLECTED) if auxiliary else (0.15, Relation.SMALL)
    if kind is Class.DATE and (key[0] == SIGN or other[0] == SIGN):
        return (0.6, Relation.DEGREE) if apart(key, other) else (1.0, Relation.POINTED)
    if kind in (Class.NUMBER, Class.DATE):
        return 0.6, Relation.DEGREE
    if antonyms(key, other):
        return 1.0, Relation.ANTONYM
    if related(key, other):
        return 2.3, Relation.RELATED
    if synonyms(key, other) and kind is not Class.NAME:
        return 2.4, Relation.SYNONYM
    if kind is Class.NAME or other_kinds(key, other):
        return 0.5, Relation.DEGREE
    return 0.1, Relation.OTHER


def _relate_unlike(
    key: str, kind: Class, other: str, other_kind: Class
) -> tuple[float, Relation | None]:
    kinds = {kind, other_kind}
    if (key in _PAIRS and other == _TWO) or (other in _PAIRS and key == _TWO):
        return 1.5, Relation.SYNONYM
    if antonyms(key, other):
        return 0.5, Relation.ANTONYM
    if Class.CONTENT in kinds or Class.NAME in kinds:
        if related(key, other):
            return 2.3, Relation.RELATED
        if synonyms(key, other):
            return 2.2 if kinds == {Class.CONTENT, Class.NAME} else 1.0, Relation.SYNONYM
    if kinds == {Class.PRONOUN, Class.NAME}:
        return 0.5, Relation.POINTED
    if kinds == {Class.PRONOUN, Class.FUNCTION}:
        return 0.1, Relation.SMALL
    if kinds == {Class.CONTENT, Class.NAME}:
        return 0.05, Relation.OTHER
    if kinds == {Class.NUMBER, Class.DATE}:
        return 0.3, Relation.DEGREE
    return _NEVER, None
