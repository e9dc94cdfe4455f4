"""Read spans off the network's scores: cues from the tagger, then the best path for each cue.

The path goes through an automaton of five states (outside and content before a source was seen,
source, and the same two after it), so a cue has one source or none; Viterbi (1967).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEITHER, SOURCE, CONTENT = 0, 1, 2
# Where the labels of a role begin in the tagger; each is followed by the label for going on.
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
LABELS = 7
# What each state emits, which states may follow it, and which may begin.
EMITS = (NEITHER, CONTENT, SOURCE, NEITHER, CONTENT)
FOLLOWS = ((0, 1, 2), (0, 1, 2), (2, 3, 4), (3, 4), (3, 4))
STARTS = (0, 1, 2)
_IMPOSSIBLE = -1e4


@dataclass(frozen=True, slots=True)
class Transitions:
    """The chain's learned scores: `step` is `[from, to]`, `start` `[state]`."""

    step: NDArray[np.float32]
    start: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Roles:
    """What the tokens around a cue are to it, and how likely.

    `roles` is `[tokens]`; `chances` `[tokens, 3]` are marginals; `whole` is the log-probability of
    the whole path.
    """

    roles: NDArray[np.int64]
    chances: NDArray[np.float32]
    whole: float


def cue_spans(chances: NDArray[np.float32], *, threshold: float) -> list[tuple[int, int]]:
    """Return the spans of tokens that begin a cue with this chance or more, `[tokens, 7]`."""
    begin, inside = chances[:, BEGIN_CUE], chances[:, BEGIN_CUE + 1]
    spans: list[tuple[int, int]] = []
    for start in np.flatnonzero(begin >= threshold):
        if spans and start < spans[-1][1]:
            continue
        end = int(start) + 1
        while end < len(inside) and inside[end] >= 0.5 * begin[start] and inside[end] > begin[end]:
            end += 1
        spans.append((int(start), end))
    return spans


def best_roles(
    scores: NDArray[np.float32],
    transitions: Transitions,
    *,
    free: NDArray[np.bool_],
    exists: NDArray[np.bool_],
) -> list[Roles]:
    """Return the best path for each cue; `scores` are `[cues, tokens, 3]`.

    `free` `[cues, tokens]` tells the tokens that may be source or content; those that `exists`
    names stand first.
    """
    if not len(scores):
        return []
    emitted = _emitted(scores, free, exists)
    step, start = np.exp(_step(transitions)), np.exp(_start(transitions))
    # Beyond a cue's last token nothing moves: a step there would count for its state.
    steps = np.where(exists.T[:, :, None, None], step, np.eye(len(EMITS)))
    path, best = _viterbi(emitted, steps, start)
    chances, total = _marginals(emitted, steps, start)
    sizes = exists.sum(axis=1)
    roles = np.array(EMITS)[path]
    return [
        Roles(roles[i, :n], chances[i, :n], float(best[i] - total[i])) for i, n in enumerate(sizes)
    ]


def _emitted(
    scores: NDArray[np.float32], free: NDArray[np.bool_], exists: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what each state emits, `[tokens, cues, states]`, the highest scaled to 1."""
    only = np.array([0.0, _IMPOSSIBLE, _IMPOSSIBLE])
    bound = np.where(free[:, :, None], scores.astype(np.float64), only)
    scaled = np.exp(bound - bound.max(axis=2, keepdims=True))
    scaled[~exists] = 1.0
    return np.ascontiguousarray(scaled[:, :, list(EMITS)].transpose(1, 0, 2))


def _step(transitions: Transitions) -> NDArray[np.float64]:
    step = np.full((len(EMITS), len(EMITS)), -np.inf)
    for state, after in enumerate(FOLLOWS):
        step[state, list(after)] = transitions.step[state, list(after)]
    return step


def _start(transitions: Transitions) -> NDArray[np.float64]:
    start = np.full(len(EMITS), -np.inf)
    start[list(STARTS)] = transitions.start[list(STARTS)]
    return start


def _viterbi(
    emitted: NDArray[np.float64], steps: NDArray[np.float64], start: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return each cue's best path `[cues, tokens]` and its log-score, up to the scaling."""
    width, cues, states = emitted.shape
    back = np.zeros((width, cues, states), np.int64)
    best = start * emitted[0]
    score = np.zeros(cues)
    for at in range(1, width):
        reached = best[:, :, None] * steps[at]
        back[at] = reached.argmax(axis=1)
        best = reached.max(axis=1) * emitted[at]
        top = best.max(axis=1)
        score += np.log(top)
        best /= top[:, None]
    score += np.log(best.max(axis=1))
    path = np.empty((cues, width), np.int64)
    every = np.arange(cues)
    path[:, -1] = best.argmax(axis=1)
    for at in range(width - 1, 0, -1):
        path[:, at - 1] = back[at, every, path[:, at]]
    return path, score


def _marginals(
    emitted: NDArray[np.float64], steps: NDArray[np.float64], start: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the chances of each role `[cues, tokens, 3]` and each cue's log-partition."""
    width, cues, _ = emitted.shape
    forward = np.empty_like(emitted)
    backward = np.ones_like(emitted)
    forward[0] = start * emitted[0]
    total = np.zeros(cues)
    for at in range(1, width):
        onward = (forward[at - 1][:, None] @ steps[at])[:, 0] * emitted[at]
        scale = onward.sum(axis=1)
        total += np.log(scale)
        forward[at] = onward / scale[:, None]
    total += np.log(forward[-1].sum(axis=1))
    for at in range(width - 2, -1, -1):
        onward = (steps[at + 1] @ (emitted[at + 1] * backward[at + 1])[:, :, None])[:, :, 0]
        backward[at] = onward / onward.max(axis=1, keepdims=True)
    marginal = forward * backward
    marginal /= marginal.sum(axis=2, keepdims=True)
    chances = np.zeros((cues, width, 3), np.float32)
    for state, role in enumerate(EMITS):
        chances[:, :, role] += marginal[:, :, state].T
    return chances, total


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the spans where a mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
