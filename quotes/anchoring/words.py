"""A text as its words and signs, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.verification.normalise import normalise

if TYPE_CHECKING:
    from quotes.spans import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text: where they begin and end, and what they are compared by.

    Two words with the same key differ at most in case and typography.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]

    def __len__(self) -> int:
        return len(self.keys)

    def lines(self) -> set[int]:
        """Return the words that begin a line."""
        before = [0, *self.ends[:-1]] if self.ends else []
        return {
            at
            for at, (end, start) in enumerate(zip(before, self.starts, strict=True))
            if not at or "\n" in self.text[end:start]
        }

    def within(self, span: Span) -> range:
        """Return the places of the words that a span touches."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def is_word(self, at: int) -> bool:
        """Tell whether it is a word or a number, not a sign."""
        return _WORD.match(self.keys[at]) is not None

    def count(self, among: range) -> int:
        """Return how many of these are words."""
        return sum(map(self.is_word, among))


def read(text: str) -> Words:
    """Read the words and signs of a text."""
    starts, ends, keys = [], [], []
    for match in _TOKEN.finditer(text):
        starts.append(match.start())
        ends.append(match.end())
        keys.append(_key(match[0]))
    return Words(text, starts, ends, keys)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return normalise(word).text.casefold() or word
