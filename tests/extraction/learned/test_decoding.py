"""The best path and the chances of roles, against every path there is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.decoding import (
    BEGIN_CONTENT,
    BEGIN_CUE,
    BEGIN_SOURCE,
    CONTENT,
    EMITS,
    FOLLOWS,
    LABELS,
    NEITHER,
    SOURCE,
    STARTS,
    Roles,
    Transitions,
    best_roles,
    cue_spans,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LENGTHS = st.lists(st.integers(1, 6), min_size=1, max_size=3)
SEEDS = st.integers(0, 2**32 - 1)
PLAIN = Transitions(np.zeros((5, 5), np.float32), np.zeros(5, np.float32))


@dataclass(frozen=True)
class Case:
    """Scores of several cues, the shorter ones padded with noise."""

    scores: NDArray[np.float32]
    transitions: Transitions
    free: NDArray[np.bool_]
    exists: NDArray[np.bool_]

    def read(self) -> list[Roles]:
        return best_roles(self.scores, self.transitions, free=self.free, exists=self.exists)

    def alone(self, cue: int) -> Case:
        """Return one cue without padding."""
        size = int(self.exists[cue].sum())
        own = slice(cue, cue + 1), slice(0, size)
        return Case(self.scores[own], self.transitions, self.free[own], self.exists[own])

    def paths(self, cue: int) -> dict[tuple[int, ...], float]:
        """Return the score of every path of the automaton, by the roles it emits."""
        size = int(self.exists[cue].sum())
        return {
            tuple(EMITS[state] for state in path): score
            for path in walks(size)
            if (score := self._score(cue, path)) is not None
        }

    def _score(self, cue: int, path: tuple[int, ...]) -> float | None:
        total = float(self.transitions.start[path[0]])
        total += sum(float(self.transitions.step[a, b]) for a, b in pairwise(path))
        for at, state in enumerate(path):
            if self.free[cue, at]:
                total += float(self.scores[cue, at, EMITS[state]])
            elif EMITS[state] != NEITHER:
                return None
        return total


def walks(size: int) -> Iterator[tuple[int, ...]]:
    for path in product(range(len(EMITS)), repeat=size):
        if path[0] in STARTS and all(b in FOLLOWS[a] for a, b in pairwise(path)):
            yield path


def case(lengths: list[int], seed: int, *, spread: float = 3.0) -> Case:
    random = np.random.default_rng(seed)
    width = max(lengths)
    exists = np.arange(width)[None, :] < np.array(lengths)[:, None]
    return Case(
        scores=random.normal(0, spread, (len(lengths), width, 3)).astype(np.float32),
        transitions=Transitions(
            random.normal(0, 2, (5, 5)).astype(np.float32),
            random.normal(0, 2, 5).astype(np.float32),
        ),
        free=exists & (random.random(exists.shape) < 0.8),
        exists=exists,
    )


def test_no_two_paths_emit_the_same_roles() -> None:
    for size in range(1, 7):
        emitted = [tuple(EMITS[state] for state in path) for path in walks(size)]
        assert len(set(emitted)) == len(emitted)


@given(LENGTHS, SEEDS)
def test_the_path_is_the_best_of_all(lengths: list[int], seed: int) -> None:
    one = case(lengths, seed)
    for cue, read in enumerate(one.read()):
        paths = one.paths(cue)
        assert paths[tuple(read.roles.tolist())] == pytest.approx(max(paths.values()), abs=1e-4)


@given(LENGTHS, SEEDS)
def test_the_chances_are_those_of_all_paths(lengths: list[int], seed: int) -> None:
    one = case(lengths, seed)
    for cue, read in enumerate(one.read()):
        weights = {roles: math.exp(score) for roles, score in one.paths(cue).items()}
        total = sum(weights.values())
        expected = np.zeros((lengths[cue], 3))
        for roles, weight in weights.items():
            expected[np.arange(len(roles)), roles] += weight / total
        assert read.chances == pytest.approx(expected, abs=1e-5)
        assert read.whole == pytest.approx(math.log(max(weights.values()) / total), abs=1e-4)


@given(LENGTHS, SEEDS, st.sampled_from([1.0, 10.0, 60.0]))
def test_padding_changes_nothing(lengths: list[int], seed: int, spread: float) -> None:
    together = case(lengths, seed, spread=spread)
    for cue, read in enumerate(together.read()):
        (alone,) = together.alone(cue).read()
        assert read.roles.tolist() == alone.roles.tolist()
        assert read.chances == pytest.approx(alone.chances, abs=1e-6)
        assert read.whole == pytest.approx(alone.whole, abs=1e-6)


@given(st.lists(st.integers(1, 120), min_size=1, max_size=3), SEEDS, st.sampled_from([0.1, 5, 40]))
def test_a_cue_of_any_width_has_one_source_at_most(
    lengths: list[int], seed: int, spread: float
) -> None:
    one = case(lengths, seed, spread=spread)
    for cue, read in enumerate(one.read()):
        assert len(read.roles) == lengths[cue]
        assert len(runs(read.roles == SOURCE)) <= 1
        assert np.all(read.roles[~one.free[cue, : lengths[cue]]] == NEITHER)
        assert read.chances.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
        assert read.whole <= 1e-9


def test_content_stands_on_both_sides_of_the_source() -> None:
    wanted = [CONTENT, CONTENT, NEITHER, SOURCE, SOURCE, NEITHER, CONTENT]
    scores = 9.0 * np.eye(3, dtype=np.float32)[wanted][None]
    every = np.ones((1, len(wanted)), np.bool_)
    (read,) = best_roles(scores, PLAIN, free=every, exists=every)
    assert read.roles.tolist() == wanted
    assert read.whole > -0.01


def test_without_cues_there_is_nothing_to_read() -> None:
    none = np.zeros((0, 1), np.bool_)
    assert best_roles(np.zeros((0, 1, 3), np.float32), PLAIN, free=none, exists=none) == []


def chances(*cells: tuple[float, float]) -> NDArray[np.float32]:
    """Return the labels' chances of tokens that begin a cue or go on with it so likely."""
    found = np.zeros((len(cells), LABELS), np.float32)
    found[:, BEGIN_CUE] = [begin for begin, _ in cells]
    found[:, BEGIN_CUE + 1] = [inside for _, inside in cells]
    return found


@pytest.mark.parametrize(
    ("cells", "spans"),
    [
        ([], []),
        ([(0.1, 0.1), (0.2, 0.7)], []),
        ([(0.1, 0.1), (0.9, 0.0), (0.0, 0.1)], [(1, 2)]),
        ([(0.9, 0.0), (0.0, 0.8), (0.1, 0.5), (0.0, 0.2)], [(0, 3)]),
        ([(0.9, 0.0), (0.6, 0.5)], [(0, 1), (1, 2)]),
        ([(0.9, 0.0), (0.5, 0.6)], [(0, 2)]),
        ([(0.3, 0.0), (0.0, 0.2)], [(0, 2)]),
    ],
)
def test_cues_begin_surely_and_go_on_while_that_is_likelier(
    cells: list[tuple[float, float]], spans: list[tuple[int, int]]
) -> None:
    assert cue_spans(chances(*cells), threshold=0.3) == spans


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=30), st.floats(0.05, 0.9))
def test_cues_lie_apart_and_none_is_missed(
    cells: list[tuple[float, float]], threshold: float
) -> None:
    given = chances(*cells)
    spans = cue_spans(given, threshold=threshold)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    covered = {token for start, end in spans for token in range(start, end)}
    likely = np.flatnonzero(given[:, BEGIN_CUE] >= threshold)
    assert {start for start, _ in spans} <= set(likely.tolist()) <= covered


@given(st.lists(st.booleans(), max_size=30))
def test_runs_are_where_the_mask_is_true(mask: list[bool]) -> None:
    found = runs(np.array(mask, np.bool_))
    assert [i for start, end in found for i in range(start, end)] == [
        i for i, true in enumerate(mask) if true
    ]
    assert all(one[1] < two[0] for one, two in pairwise(found))


def test_the_labels_do_not_meet() -> None:
    begins = (BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT)
    labels = [0, *(label for begin in begins for label in (begin, begin + 1))]
    assert sorted(labels) == list(range(LABELS))
