"""A packed vector is nearly the vector, and nothing else passes for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotes.vectors.packing import DIMENSIONS, PACKED_BYTES, pack, parts, unpack

numbers = st.floats(-1, 1, width=32)
rows = arrays(np.float32, (3, DIMENSIONS), elements=numbers, fill=st.just(0.25)).filter(
    lambda found: bool((np.abs(found).max(axis=1) > 0.01).all())
)


@given(rows)
def test_what_is_unpacked_has_unit_length_and_the_same_direction(given_: np.ndarray) -> None:
    packed = pack(given_)
    assert {len(one) for one in packed} == {PACKED_BYTES}
    found = unpack(packed)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    # Before it is made unit long, no number is off by more than half a 127th of the largest.
    _, whole = parts(packed)
    steps = np.abs(given_).max(axis=1, keepdims=True) / 127
    assert (np.abs(whole * steps - given_) <= 0.5001 * steps).all()


def test_no_vectors_are_packed_into_nothing() -> None:
    assert pack(np.empty((0, DIMENSIONS), np.float32)) == []
    assert unpack([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_a_vector_without_a_direction_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="direction"):
        pack(np.full((1, DIMENSIONS), value, np.float32))


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match=f"{PACKED_BYTES} bytes"):
        unpack([b"short"])
