"""Which rows hold most of a claim's rare words, without reading every row that holds a common one.

What a word is worth is how rare it is: the logarithm of how many rows there are for each that has
it, Spärck Jones (1972). The forms of a word count as one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from quotes.store import fulltext
from quotes.store.wording import WORD, content_words, folded_word, forms, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from quotes.store.fulltext import Counts

#: How many rows are looked at for single words, for words together, and how many words.
_ROWS: Final = 15_000
_ROWS_TOGETHER: Final = 4_000
_MOST_WORDS: Final = 8
_FEWEST_WORDS: Final = 3
_MOST_COMMON: Final = 4
_MOST_READ: Final = 40
# More than sums of a few numbers differ by where they are added in another order.
_NOTHING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a claim: the forms of it that the index has, in how many rows, and its worth."""

    stem: str
    forms: tuple[str, ...]
    rows: int
    worth: float


def sought(counts: Counts, text: str) -> list[Sought]:
    """Return the words of a text that are worth looking for in an index, the rarest first.

    None of them is common in any text; of a long text the longest forty words are looked up.
    """
    words = sorted(content_words(text), key=len, reverse=True)[:_MOST_READ]
    spelt = {word: forms(word) for word in words}
    known = counts.of(form for some in spelt.values() for form in some)
    found = []
    for word, some in spelt.items():
        there = tuple(form for form in some if known[form])
        rows = sum(known[form] for form in there)
        if rows:
            worth = math.log(1 + counts.total / rows)
            found.append(Sought(stem(word), there, rows, worth))
    return sorted(found, key=lambda one: one.rows)


def ranked(
    connection: Connection, index: str, words: Sequence[Sought], *, least: float = 0.0
) -> list[int]:
    """Return the rows of an index that hold most of the rarest of these words, best first.

    Words that many rows have are looked for in twos, and where that is still too much in threes.
    What cannot hold the share `least` of the words, by their worth, is left out.
    """
    single: list[Sought] = []
    left = _ROWS
    for word in words[:_MOST_WORDS]:
        if word.rows > left:
            break
        left -= word.rows
        single.append(word)
    worth: defaultdict[int, float] = defaultdict(float)
    for word in single:
        for row in fulltext.rows_with(connection, index, [word.forms], limit=_ROWS):
            worth[row] += word.worth
    if len(single) < _FEWEST_WORDS:
        common = words[len(single) : len(single) + _MOST_COMMON]
        for row, value in _together(connection, index, common).items():
            worth[row] += value
    # A row may hold any of the words that were not looked for one by one.
    total = sum(word.worth for word in words)
    enough = least * total - sum(word.worth for word in words[len(single) :]) - _NOTHING
    rows = sorted(row for row, value in worth.items() if value >= enough)
    # Sorting twice keeps the order of rows that are worth the same, and is faster than by pairs.
    return sorted(rows, key=worth.__getitem__, reverse=True)


def _together(connection: Connection, index: str, words: Sequence[Sought]) -> dict[int, float]:
    """Return the worth of rows that hold two or three of some common words."""
    held: defaultdict[int, int] = defaultdict(int)
    size = 1 if len(words) == 1 else 2
    for some in combinations(range(len(words)), size):
        forms = [words[one].forms for one in some]
        bits = sum(1 << one for one in some)
        for row in fulltext.rows_with(connection, index, forms, limit=_ROWS_TOGETHER):
            held[row] |= bits
    worth = [
        sum(word.worth for at, word in enumerate(words) if bits >> at & 1)
        for bits in range(1 << len(words))
    ]
    return {row: worth[bits] for row, bits in held.items()}


class Worth:
    """What texts hold of some words, by their worth."""

    def __init__(self, words: Iterable[Sought]) -> None:
        self.by_stem = {word.stem: word.worth for word in words}
        self._total = sum(self.by_stem.values())
        self._stems = _Stems(self.by_stem)

    def of(self, text: str) -> float:
        """Return what a text holds of the words, from 0 for none to 1 for all."""
        held = {self._stems[word] for word in WORD.findall(text)}
        some = (value for one, value in self.by_stem.items() if one in held)
        return sum(some) / self._total if self._total else 0.0


class _Stems(dict[str, str]):
    """The stems of words as they stand in texts, empty for what is none of those wanted."""

    def __init__(self, wanted: Iterable[str]) -> None:
        super().__init__()
        self._beginnings = {one[:2] for one in wanted}

    def __missing__(self, word: str) -> str:
        folded = folded_word(word)
        # A stem begins as its word does.
        found = self[word] = stem(folded) if folded[:2] in self._beginnings else ""
        return found
