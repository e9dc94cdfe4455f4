"""Two tellings word by word: what the second puts for words of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from quotes.verification.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts; either `[start, end)` may be empty.

    `is_same` where the words are the same but for case, typography and punctuation beside them.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    is_same: bool


def pieces(first: str, second: str) -> list[Piece]:
    """Return the stretches of two texts in order, those that are the same and those that differ."""
    ours, theirs = list(_WORD.finditer(first)), list(_WORD.finditer(second))
    matcher = SequenceMatcher(None, _keys(ours), _keys(theirs), autojunk=False)
    return [
        Piece(_hull(ours, a, b), _hull(theirs, c, d), tag == "equal")
        for tag, a, b, c, d in matcher.get_opcodes()
    ]


def _keys(words: Sequence[re.Match[str]]) -> list[str]:
    folded = [normalise(word[0]).text.casefold() for word in words]
    return [_MARKS.sub("", word) or word for word in folded]


def _hull(words: Sequence[re.Match[str]], first: int, end: int) -> tuple[int, int]:
    if first == end:
        at = words[first].start() if first < len(words) else words[-1].end() if words else 0
        return at, at
    return words[first].start(), words[end - 1].end()
