from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation.reliability import reliability

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


def test_bins_made_by_hand() -> None:
    found = reliability([(0.72, True), (0.78, False), (0.9, True), (1.0, True)], bins=10)
    low, high = found.bins
    assert (low.low, low.high, low.count, low.right) == (0.7, 0.8, 2, 0.5)
    assert low.confidence == pytest.approx(0.75)
    assert (high.low, high.high, high.count, high.right) == (0.9, 1.0, 2, 1.0)
    assert found.error == pytest.approx((2 * 0.25 + 2 * 0.05) / 4)


def test_nothing_judged_has_no_error() -> None:
    found = reliability([])
    assert (found.bins, found.error) == ((), 0.0)


@given(JUDGED)
def test_every_prediction_is_in_one_bin(judged: list[tuple[float, bool]]) -> None:
    found = reliability(judged)
    assert sum(one.count for one in found.bins) == len(judged)
    assert 0 <= found.error <= 1
    for one in found.bins:
        # Beside a bin's edge, a rounding may count a confidence on either side.
        assert one.low - 1e-9 <= one.confidence <= one.high + 1e-9
        assert one.count
        assert 0 <= one.right <= 1


@given(st.integers(1, 20), st.integers(0, 20))
def test_the_error_is_the_distance_where_all_are_equally_sure(count: int, right: int) -> None:
    right = min(right, count)
    judged = [(0.65, place < right) for place in range(count)]
    assert reliability(judged).error == pytest.approx(abs(0.65 - right / count))
