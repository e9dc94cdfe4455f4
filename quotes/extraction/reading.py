"""What every rule looks at: the parse, the paragraphs, the marks, the turns and the furniture.

The turns are those of a transcript, or the answers of an interview without labels.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.extraction.answers import Answer, answers
from quotes.extraction.layout import furniture_starts
from quotes.extraction.marks import Marked, marked_passages
from quotes.extraction.turns import Turn, turns
from quotes.nlp.paragraphs import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Reading:
    """One text, looked over once; everything here is in code points unless it says tokens."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.paragraphs = paragraphs(self.text)
        self._starts = [p.start for p in self.paragraphs]
        self.marked, self.notices = marked_passages(self.text, self.paragraphs)
        self._marked_starts = [m.span.start for m in self.marked]
        self.turns: list[Turn] | list[Answer] = turns(self.text, self.paragraphs)
        if not self.turns:
            marked = [m.span for m in self.marked]
            self.turns = answers(self.text, self.paragraphs, marked, self.furniture)
        self._turn_starts = [t.start for t in self.turns]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The start offsets of paragraphs that are headings, bylines, credits or boilerplate."""
        return furniture_starts(self.text, self.paragraphs)

    def first_token(self, start: int) -> int:
        """Return the index of the first token that starts at `start` or after it."""
        return bisect_left(self._token_starts, start)

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indices of the tokens that start inside `[start, end)`."""
        return range(self.first_token(start), self.first_token(end))

    def paragraph_of(self, position: int) -> int:
        """Return the index of the paragraph that a position lies in, or of the one before it."""
        return max(0, bisect_right(self._starts, position) - 1)

    def is_furniture_at(self, position: int) -> bool:
        """Tell whether a position lies in a heading, a byline, a credit or boilerplate."""
        if not self.paragraphs:
            return False
        return self._starts[self.paragraph_of(position)] in self.furniture

    def marked_at(self, position: int) -> Marked | None:
        """Return the outermost marked passage that a position lies in."""
        index = bisect_right(self._marked_starts, position) - 1
        if index >= 0 and position < self.marked[index].span.end:
            return self.marked[index]
        return None

    def marked_within(self, start: int, end: int) -> list[Marked]:
        """Return the marked passages that start inside `[start, end)`."""
        first = bisect_left(self._marked_starts, start)
        return self.marked[first : bisect_left(self._marked_starts, end)]

    def turn_at(self, position: int) -> Turn | Answer | None:
        """Return the turn of a transcript, or the answer, that a position lies in."""
        index = bisect_right(self._turn_starts, position) - 1
        if index >= 0 and position < self.turns[index].end:
            return self.turns[index]
        return None
