"""What the model is told of each token beside its letters: case, marks, layout, tag, dependency.

The encoder is uncased and reads no punctuation pairs; these are the certain knowledge it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from spacy.tokens import Token

    from quotes.extraction.marks import Marked
    from quotes.extraction.reading import Reading

SHAPES = 6
MARKS = 7
LAYOUT = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The numbers of the parser's tags and dependencies; 0 stands for every other one."""

    tags: Mapping[str, int]
    dependencies: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One text's tokens as arrays of one length; those of white space alone are left out.

    `start` and `end` are in code points; `head` is an index into these tokens, `sentence` and
    `paragraph` into the text's; `passage` is the marked passage a token is in, or -1.
    """

    words: tuple[str, ...]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    shape: NDArray[np.int64]
    marks: NDArray[np.int64]
    layout: NDArray[np.int64]
    tag: NDArray[np.int64]
    dependency: NDArray[np.int64]
    head: NDArray[np.int64]
    sentence: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    passage: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def told(self) -> NDArray[np.int64]:
        """The encoder's features, `[tokens, 5]`."""
        rows = (self.shape, self.marks, self.layout, self.tag, self.dependency)
        return np.stack(rows, axis=1)


def read_tokens(reading: Reading, vocabulary: Vocabulary) -> Tokens:
    """Return the features of every token in a text."""
    kept = [token for token in reading.doc if not token.is_space]
    size = len(kept)
    words = tuple(token.text for token in kept)
    start = np.fromiter((token.idx for token in kept), np.int64, size)
    end = start + np.fromiter(map(len, words), np.int64, size)
    place = np.zeros(len(reading.doc), np.int64)
    place[[token.i for token in kept]] = np.arange(size)
    opens = _openings(reading)[[token.i for token in kept]]
    paragraph = _numbers(start, [p.start for p in reading.paragraphs])
    marks, passage = _marks(reading, start)
    dependencies = vocabulary.dependencies
    return Tokens(
        words=words,
        start=start,
        end=end,
        shape=np.fromiter(map(shape_of, words), np.int64, size),
        marks=marks,
        layout=_layout(reading, opens, paragraph),
        tag=np.fromiter((vocabulary.tags.get(t.tag_, 0) for t in kept), np.int64, size),
        dependency=np.fromiter((dependencies.get(t.dep_, 0) for t in kept), np.int64, size),
        head=np.fromiter((place[_head_of(t)] for t in kept), np.int64, size),
        sentence=opens,
        paragraph=paragraph,
        passage=passage,
    )


def _head_of(token: Token) -> int:
    """Return the index of a token's head, or of what is above it where that is white space."""
    head = token.head
    while head.is_space:
        if head.head.i == head.i:
            return token.i
        head = head.head
    return head.i


def _openings(reading: Reading) -> NDArray[np.int64]:
    """Return the number of the sentence that each token of the parse is in."""
    opens = np.fromiter((t.is_sent_start is True for t in reading.doc), np.int64, len(reading.doc))
    opens[:1] = 1
    return np.asarray(np.cumsum(opens) - 1, np.int64)


def shape_of(word: str) -> int:
    """Return 0 for signs, 1 lower case, 2 first letter upper, 3 all upper, 4 mixed, 5 digits."""
    if any(c.isdigit() for c in word):
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[:1].isupper():
        return 2
    return 4 if any(c.isalpha() for c in word) else 0


def _numbers(starts: NDArray[np.int64], firsts: list[int]) -> NDArray[np.int64]:
    """Return for each start the index of the last of `firsts` that is not after it, or 0."""
    return np.maximum(np.searchsorted(np.array(firsts, np.int64), starts, side="right") - 1, 0)


def _layout(
    reading: Reading, sentence: NDArray[np.int64], paragraph: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return 0 inside a sentence, 1 at its start, 2 at a paragraph's; 3 more in furniture."""
    opens = np.ones(len(sentence), np.int64)
    opens[1:] = sentence[1:] != sentence[:-1]
    new = np.ones(len(sentence), np.int64)
    new[1:] = paragraph[1:] != paragraph[:-1]
    furniture = np.array([p.start in reading.furniture for p in reading.paragraphs] or [False])
    return np.asarray(opens * (1 - new) + 2 * new + 3 * furniture[paragraph], np.int64)


def _marks(
    reading: Reading, starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each token 0 outside marks, 1 opening, 2 inside, 3 closing; and its passage.

    Inside single marks it is 4, inside a passage that never closes 5, inside a short one 6.
    """
    state = np.zeros(len(starts), np.int64)
    passage = np.full(len(starts), -1, np.int64)
    for number, marked in enumerate(reading.marked):
        first, last = np.searchsorted(starts, (marked.span.start, marked.span.end))
        passage[first:last] = number
        state[first:last] = _inside(marked, int(last - first))
        inner, outer = np.searchsorted(starts, (marked.inside.start, marked.inside.end))
        state[first:inner] = 1
        if marked.closed:
            state[outer:last] = 3
    return state, passage


def _inside(marked: Marked, tokens: int) -> int:
    if marked.single:
        return 4
    if not marked.closed:
        return 5
    return 6 if tokens <= 5 else 2
