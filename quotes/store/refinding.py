"""Words of one version of a text found again in another; in doubt they are not found.

Stricter than `quotes.anchoring`, which also trusts the order that two texts have in common: what a
person decided of one "No" must not pass to another in its place, and nobody looks at it again.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.spans import Span

# So many characters on either side are compared, and so many must agree where words stand twice.
_MARGIN: Final = 64
_AGREEING: Final = 24
# Words as long as this stand for themselves where they stand once.
_LONG: Final = 40
_MOST: Final = 200


def moved_by(old: str, new: str, span: Span) -> int | None:
    """Return how far the words of a span of `old` have moved in `new`, None where in doubt.

    The words must stand there character for character. Where either text has them more than once,
    or they are short, what stands before and after must agree too, and in one place only.
    """
    words = old[span.start : span.end]
    places = list(islice(_places(new, words), _MOST))
    before = list(islice(_places(old, words), 2))
    if len(places) == 1 and len(before) == 1 and len(words) >= _LONG:
        return places[0] - span.start
    alone = len(places) == 1 and len(before) == 1
    fitting = [at for at in places if _agrees(old, span.start, new, at, len(words), alone=alone)]
    return fitting[0] - span.start if len(fitting) == 1 else None


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _agrees(old: str, start: int, new: str, at: int, length: int, *, alone: bool) -> bool:
    """Tell whether enough agrees around the words: on both sides, or on one where they are alone.

    The beginning and the end of a text agree with each other.
    """
    left = _common(old[max(0, start - _MARGIN) : start][::-1], new[max(0, at - _MARGIN) : at][::-1])
    right = _common(old[start + length :][:_MARGIN], new[at + length :][:_MARGIN])
    sides = (
        left >= _AGREEING or left == start == at,
        right >= _AGREEING or len(old) - start - length == right == len(new) - at - length,
    )
    return any(sides) if alone else all(sides)


def _common(first: str, second: str) -> int:
    """Return how many characters two strings begin with alike."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
