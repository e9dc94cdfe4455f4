from __future__ import annotations

import time

import pytest

from quotes.evaluation.clock import Clock, Stopwatch, peak_memory


def test_times_add_up_by_name() -> None:
    watch = Stopwatch()
    for _ in range(2):
        with watch.timing("sleep"):
            time.sleep(0.02)
    with watch.timing("nothing"):
        pass
    assert watch.clocks["sleep"].wall >= 0.04
    assert watch.clocks["sleep"].cpu < watch.clocks["sleep"].wall
    assert set(watch.clocks) == {"sleep", "nothing"}


def test_clocks_are_added_and_subtracted_apart() -> None:
    both = Clock(2.0, 0.5) + Clock(1.0, 0.25)
    assert both == Clock(3.0, 0.75)
    assert both - Clock(1.0, 0.25) == Clock(2.0, 0.5)


def test_the_peak_stays_when_memory_is_given_back() -> None:
    before = peak_memory()
    held = bytearray(before + 50_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert peak_memory() > before + 40_000_000
    del held
    assert peak_memory() > before + 40_000_000
    assert before > 1_000_000


def test_an_error_inside_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError), Stopwatch().timing("odd"):
        raise ZeroDivisionError
