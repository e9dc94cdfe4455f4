"""The nearest by signs and then by numbers is the nearest of all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotes.vectors.nearest import best, distances, least, signs
from quotes.vectors.packing import pack, parts, unpack
from tests.vectors.made import beside, made_vectors

VECTORS = made_vectors(3_000, seed=7)
PACKED = pack(VECTORS)
STEPS, WHOLE = parts(PACKED)
BITS = signs(WHOLE)


@given(st.integers(0, len(VECTORS) - 1), st.integers(0, 10**6), st.floats(0.0, 1.2))
def test_a_clear_winner_is_found_as_by_comparing_all(place: int, seed: int, far: float) -> None:
    query = beside(VECTORS[place], seed=seed, far=far)
    everything = unpack(PACKED) @ query
    near = least(distances(BITS, signs(query[None, :])[0]), 100)
    places, scores = best(STEPS[near], WHOLE[near], query, 1)
    assert near[places[0]] == int(everything.argmax()) == place
    np.testing.assert_allclose(scores[0], everything.max(), atol=1e-5)


def test_distances_count_the_signs_that_differ() -> None:
    query = VECTORS[3]
    expected = ((WHOLE >= 0) != (query >= 0)).sum(axis=1)
    assert distances(BITS, signs(query[None, :])[0]).tolist() == expected.tolist()


@given(st.lists(st.integers(0, 384), max_size=60), st.integers(1, 80))
def test_the_least_are_all_that_are_no_greater_than_the_last(found: list[int], count: int) -> None:
    given_ = np.array(found, np.uint16)
    chosen = [found[place] for place in least(given_, count)]
    kept = sorted(found)[:count]
    assert sorted(chosen)[:count] == kept
    assert all(one in kept for one in chosen)
    assert len(chosen) >= min(count, len(found))


def test_the_best_come_in_order() -> None:
    places, scores = best(STEPS, WHOLE, VECTORS[11], 5)
    assert places[0] == 11
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
