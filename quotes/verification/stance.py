"""What a claim and a passage affirm and deny, count and date, wherever the words stand.

The word-by-word reading sees only words that stand beside one another. A report that moves and
rewords everything still keeps its numbers, and turns a negation round only with an opposite.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Final

from quotes.verification.lexicon import Class
from quotes.verification.moments import SIGN, apart
from quotes.verification.synonyms import antonyms, converse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quotes.verification.tokens import Token

_LIMIT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Counts, none above 3.

    `opposed`: words of the claim whose opposite stands in the passage, and which do not stand there
    themselves. `denials`: by how many the negations of both differ. `flipped`: whether negations
    and opposites together turn the statement round. The `strange` ones are the claim's numbers,
    dates, names and degrees that the passage does not have; `left`, the passage's numbers and dates
    that the claim does not have. `turned`: words that changed sides around a third.
    """

    opposed: float = 0.0
    denials: float = 0.0
    flipped: float = 0.0
    strange_numbers: float = 0.0
    strange_dates: float = 0.0
    strange_names: float = 0.0
    strange_degrees: float = 0.0
    left: float = 0.0
    turned: float = 0.0

    @property
    def values(self) -> tuple[float, ...]:
        """The figures in the order of STANCES."""
        return astuple(self)


NO_STANCE: Final = Stance()
STANCES: Final = tuple(field.name for field in fields(Stance))


def stance(
    claim: Sequence[Token],
    passage: Sequence[Token],
    *,
    kept: Collection[int],
    taken: Collection[int],
    among: range,
    turned: int,
) -> Stance:
    """Compare what stands in a claim with what stands in the sentences `among` of a passage.

    `kept` are places of the claim that stand in the passage, `taken` their places there.
    """
    ours = [token for at, token in enumerate(claim) if at not in kept]
    inside = [(at, token) for at, token in enumerate(passage) if token.sentence in among]
    theirs = [token for at, token in inside if at not in taken]
    keys = {token.key for token in passage}
    opposed = sum(any(_opposite(one, other) for other in theirs) for one in ours)
    denials = _denials(claim) - _denials([token for _, token in inside])
    degrees = {degree for token in passage for degree in token.degrees}
    strange = [token for token in ours if token.key not in keys]
    return Stance(
        opposed=_limited(opposed),
        denials=_limited(abs(denials)),
        flipped=float((denials + opposed) % 2),
        strange_numbers=_limited(sum(t.kind is Class.NUMBER for t in strange)),
        strange_dates=_limited(sum(_is_other_time(t, passage) for t in strange)),
        strange_names=_limited(sum(t.kind is Class.NAME for t in strange)),
        strange_degrees=_limited(
            sum(bool(t.degrees) and degrees.isdisjoint(t.degrees) for t in ours)
        ),
        left=_limited(sum(t.kind in (Class.NUMBER, Class.DATE) for t in theirs)),
        turned=_limited(turned),
    )


def _opposite(one: Token, other: Token) -> bool:
    return antonyms(one.key, other.key) and not converse(one.key, other.key)


def _denials(tokens: Sequence[Token]) -> int:
    return sum(token.kind is Class.NEGATION for token in tokens)


def _is_other_time(token: Token, passage: Sequence[Token]) -> bool:
    if token.kind is not Class.DATE:
        return False
    dates = [other.key for other in passage if other.kind is Class.DATE]
    if token.key[0] == SIGN:
        return any(apart(token.key, key) for key in dates)
    return any(key[0] != SIGN for key in dates)


def _limited(count: int) -> float:
    return float(min(_LIMIT, count))
