"""How each token around a cue stands to it: distance, path in the parse, marks, sentence.

The path is the one used in semantic role labelling (Gildea and Jurafsky, 2002), cut to its turning
point: how far up from the cue, and by which dependency down again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotes.extraction.learned.features import Tokens

# Tokens looked at on each side of a cue; longer attributions are rare (0.3 % in PolNeAR).
REACH = 112
_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])
DISTANCES = 2 * len(_EDGES) + 1
UPS = 6
PLACES = 7
MARK_RELATIONS = 6
# Below these the numbers of the parser's dependencies begin.
NO_PATH, SELF, _FIRST = 0, 1, 2


def downs(dependencies: int) -> int:
    """Return how many ways down there are, given the number of dependencies with 0."""
    return dependencies + _FIRST


def head_of(tokens: Tokens, start: int, end: int) -> int:
    """Return the token of a span whose head is outside it: the last such one."""
    for index in range(end - 1, start - 1, -1):
        if not start <= tokens.head[index] < end or tokens.head[index] == index:
            return index
    return start


def relations(tokens: Tokens, start: int, end: int, *, first: int, last: int) -> NDArray[np.int64]:
    """Return for the tokens `first` to `last` their relation to the cue `[start, end)`.

    The rows are distance, way up, way down, place, and marks; the columns are tokens.
    """
    at = np.arange(first, last)
    gap = np.where(at < start, at - start, np.where(at >= end, at - end + 1, 0))
    distance = np.sign(gap) * np.searchsorted(_EDGES, np.abs(gap), side="right") + len(_EDGES)
    head = head_of(tokens, start, end)
    up, down = _paths(tokens, head, first, last)
    inside = (at >= start) & (at < end)
    down[inside] = SELF
    return np.stack((distance, up, down, _place(tokens, head, at), _marks(tokens, head, at)))


def _paths(
    tokens: Tokens, cue: int, first: int, last: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how far up from the cue each token's path turns, and by what dependency it goes down.

    Way up: 0 to 3 steps (3 for more), 4 where the token is in another sentence.
    """
    up = np.full(last - first, 4, np.int64)
    down = np.full(last - first, NO_PATH, np.int64)
    heads, sentence = tokens.head, tokens.sentence
    low, high = np.searchsorted(sentence, (sentence[cue], sentence[cue] + 1))
    known: dict[int, tuple[int, int]] = {}
    node, steps = cue, 0
    while node not in known:
        known[node] = (min(steps, 3), SELF)
        node, steps = int(heads[node]), steps + 1
    turning = set(known)
    for token in range(max(low, first), min(high, last)):
        climbed = []
        node = token
        while node not in known and int(heads[node]) not in turning and heads[node] != node:
            climbed.append(node)
            node = int(heads[node])
        if node not in known:
            above = known.get(int(heads[node]), (4, SELF))
            known[node] = (above[0], _FIRST + int(tokens.dependency[node]))
        for below in climbed:
            known[below] = known[node]
        up[token - first], down[token - first] = known[token]
    return up, down


def _place(tokens: Tokens, cue: int, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 in the cue's sentence, 1 and 2 in those beside it, 3 and 4 beyond them.

    Tokens of the paragraphs before and after have 5 and 6.
    """
    apart = tokens.sentence[at] - tokens.sentence[cue]
    place = np.select([apart == 0, apart == -1, apart == 1, apart < 0], [0, 1, 2, 3], 4)
    other = tokens.paragraph[at] - tokens.paragraph[cue]
    return np.where(other < 0, 5, np.where(other > 0, 6, place))


def _marks(tokens: Tokens, cue: int, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0 where both are outside marks, 1 where only the token is in them, 2 only the cue.

    In one passage they have 3, in two 4; 5 is a token in the passage that ends last before the cue
    or begins first after it.
    """
    here, there = tokens.passage[at], tokens.passage[cue]
    if there >= 0:
        return np.where(here < 0, 2, np.where(here == there, 3, 4))
    before = tokens.passage[max(0, at[0]) : cue]
    after = tokens.passage[cue : at[-1] + 1]
    near = {int(before[before >= 0].max(initial=-1)), int(after[after >= 0].min(initial=1 << 30))}
    return np.where(here < 0, 0, np.where(np.isin(here, list(near)), 5, 1))
